"""Literature reviews in Jupyter notebooks."""
