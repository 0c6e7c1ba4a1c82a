"""Where the project keeps its things. A source checkout is the product, so the folders lie beside the library."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "data"
RAW = DATA / "raw"
CURATED = DATA / "curated"
CORPUS = DATA / "corpus"
NOTEBOOKS = PROJECT / "notebooks"
REPORTS = PROJECT / "reports"
