"""Work for several processes: tables derived in batches on this machine; corpora and reports on a Dask cluster."""
