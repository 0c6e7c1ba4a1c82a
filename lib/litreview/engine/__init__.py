"""Work beyond one machine: a corpus, its derived tables and reports made by the workers of a Dask cluster."""
