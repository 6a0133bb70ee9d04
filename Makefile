# Two commands on a fresh machine: `make data` builds a release from data/raw, `make test` runs the tests. Both set up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: setup data test lint bench profile soak clean

$(STAMP): requirements.lock pyproject.toml flows/normalize/counts.py flows/normalize/prior.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps -e .
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib flows schemas >/dev/null 2>&1 || true   # pip would compile on one processor
	@$(BIN)/python -m flows.prefect_home || true   # without it the first run in each work folder takes some seconds more
	@$(BIN)/python -m flows.normalize.prior || true   # without it every process counts it for itself, which takes two seconds
	@$(BIN)/python -m flows.code || true   # without it every run reads it off the modules, which takes a second
	@touch $(STAMP)

setup: $(STAMP)

data: $(STAMP)
	@$(BIN)/jianghua build --raw data/raw --out data/processed

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(STAMP)
	@$(BIN)/python -m flows.bench

profile: $(STAMP)
	@$(BIN)/python -m flows.bench --profile

soak: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ray]'   # too large to set up where nobody needs a cluster
	@$(BIN)/python -m pytest -m soak --timeout 0

clean:
	rm -rf $(VENV) .bench data/processed/.work
