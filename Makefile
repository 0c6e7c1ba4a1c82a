# Everything this project does, with nothing but make and Python 3.11 or newer.
# Each target makes .venv when it is missing or older than its lock: requirements.lock for the reports,
# requirements-dev.lock on top of it for the checks and tests.

.DEFAULT_GOAL := help
.PHONY: help reports test lab check style bench bench-peers licences lock

# Processes for reports and tests: make test JOBS=4
JOBS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
SUITABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$name" -c "$(SUITABLE)" 2>/dev/null && echo "$$name" && break; done)

help:
	@echo "make reports   render every report into reports/; start at reports/index.html"
	@echo "make test      run every check and every test"
	@echo "make check     the quick checks: format, lint, types, layout, clean notebooks"
	@echo "make lab       open JupyterLab on the reading room, beside the other notebooks"
	@echo "make bench     measure the main steps, into reports/benchmark.html; SIZES=\"1000 20000\" records"
	@echo "make bench-peers   install litstudy and ASReview for it, each in an environment of its own"
	@echo "make licences  list what is installed, with its licence"
	@echo "make lock      write the lock files anew from pyproject.toml; needs uv"

reports: $(BIN)/.package
	@$(BIN)/litreview report --jobs $(JOBS)

test: style
	@echo "Running the tests in $(JOBS) processes"
	@$(BIN)/python -m pytest --numprocesses $(JOBS)

lab: $(BIN)/.package
	@$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/40-reading-room.ipynb

check: style
	@echo "Checking the layout"
	@$(BIN)/python -m pytest --quiet --no-header --no-summary tests/test_layout.py

style: $(BIN)/.tools
	@echo "Checking format, lint, types, and that notebooks are clean"
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/nbstripout --verify --keep-id --extra-keys metadata.language_info.version notebooks/*.ipynb

bench: $(BIN)/.tools
	@$(BIN)/python tests/bench.py $(SIZES)

# Other programs to measure beside, each in an environment of its own.
bench-peers:
	@for peer in "litstudy litstudy==1.0.6 bibtexparser<2" "asreview asreview==1.6.6"; do set -- $$peer; name=$$1; shift; \
		"$(PYTHON)" -m venv .peers/$$name && .peers/$$name/bin/python -m pip install --quiet "$$@" || exit 1; done

# The licence as the package says it: an SPDX expression, else the classifiers, else a line of text.
LICENCES := from importlib.metadata import distributions; \
	found = [each.metadata for each in distributions()]; \
	said = [[line.split(" :: ")[-1] for line in each.get_all("Classifier", []) if line.startswith("License ::")] for each in found]; \
	said = [each["License-Expression"] or "; ".join(line) or each["License"] or "not said" for each, line in zip(found, said)]; \
	rows = sorted({(each["Name"].lower(), each["Version"], line.split("\n")[0]) for each, line in zip(found, said)}); \
	print(*("{:32}{:14}{}".format(*row) for row in rows), sep="\n")

licences: $(BIN)/.package
	@$(BIN)/python -c '$(LICENCES)'

COMPILE := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --extra build pyproject.toml

# The second lock names only what the first does not.
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --extra dask --constraint requirements.lock --output-file requirements-dev.lock \
		$$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock)

# Each mark is written last, so an interrupted install does not look finished.
# The environment starts afresh when the lock changes: it holds what the lock names and nothing else.
$(BIN)/.environment: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed, and none was found" \
		"(python3 here: $$(python3 --version 2>&1)). On Debian: apt-get install python3-venv." \
		"Or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Making .venv from requirements.lock with $(PYTHON); this takes a minute or two"
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

# The package is installed in place; its commands follow pyproject.toml. The lock holds its build backend.
$(BIN)/.package: $(BIN)/.environment pyproject.toml
	@echo "Installing litreview into .venv"
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(BIN)/.tools: $(BIN)/.package requirements-dev.lock
	@echo "Adding the tools for checks and tests from requirements-dev.lock"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
