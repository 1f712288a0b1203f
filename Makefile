# Any Python from 3.11 on: `make run PYTHON=python3.13`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test check bench format lock neo4j

run: .venv/run.stamp
	$(BIN)/segur build
	$(BIN)/segur serve

test: .venv/dev.stamp
	scripts/install_programs.sh
	$(BIN)/pytest

check: .venv/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_lengths.py

# A whole country takes a quarter of an hour on two idle cores: `make bench SCALES="0.01 0.1"` is quick.
SCALES ?= 0.01 0.1 1.0
bench: .venv/dev.stamp
	$(BIN)/python benchmarks/national.py $(SCALES)

format: .venv/dev.stamp
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format

# An empty Neo4j to try with, until Ctrl-C.
neo4j: .venv/dev.stamp
	scripts/install_programs.sh
	$(BIN)/python scripts/servers.py neo4j

# Keeps the versions that are locked; `make lock UPGRADE=--upgrade` takes the newest.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet $(UPGRADE) --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock:
	test -d .venv || $(PYTHON) -m venv .venv
	$(PIP) install uv
	$(LOCK) --group build --group test --group check --output-file requirements/dev.txt
	$(LOCK) --group build --constraint requirements/dev.txt --output-file requirements/run.txt

.venv/run.stamp: pyproject.toml requirements/run.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@
