# make demo: run the portal on illustrative results. make test: everything we promise. Both work in a fresh clone.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo test lint bench requirements reference

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The first interpreter that is new enough; PYTHON=… names another.
PYTHON ?= $(shell for python in python3 python3.15 python3.14 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

demo: $(VENV)/.runtime
	$(BIN)/portal demo

test: lint
	.ci/chromium
	$(BIN)/pytest -n 2

lint: $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.tools
	$(BIN)/python -m tests.bench

# The reference files from vietnamadminunits, checked against the official counts.
reference: $(VENV)/.tools
	$(BIN)/python -m data.reference.build

# Pins what pyproject.toml asks for, for every Python and processor, without addresses. UPGRADE=--upgrade takes what is newest.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-config --no-emit-index-url --no-annotate --no-header $(UPGRADE) pyproject.toml
requirements: $(VENV)/.tools
	$(COMPILE) --group build --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

# Stamps: an install runs again only when what it reads has changed.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml $(VENV)/.made
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.tools: requirements-dev.txt pyproject.toml $(VENV)/.made
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $(VENV)/.runtime $@
