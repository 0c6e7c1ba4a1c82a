"""Display of tables and findings; an executed notebook becomes a page; run, publish, check."""
