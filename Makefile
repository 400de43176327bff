# Two commands need nothing but make and Python 3.11+ with venv:  make demo,  make test
# Another Python:  make demo PYTHON=python3.12
# The oldest libraries that are supported:  make test DEPENDENCIES=lowest VENV=.venv-lowest
# The very versions that were tested at the last release:  make test DEPENDENCIES=locked VENV=.venv-locked
# On Windows: in Git Bash, with make from  choco install make

PYTHON ?= python3
VENV := .venv
DEPENDENCIES := newest
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
SHELL := bash
else
BIN := $(VENV)/bin
endif
# An environment knows its folder and its Python by path, so a copied or moved project, or another
# PYTHON, makes its own anew. Where it is activated, its Python is the one that it was made of.
PLACE := $(shell { pwd; $(PYTHON) -c 'import sys; print(sys.base_prefix, sys.version)'; \
	echo $(DEPENDENCIES); } 2>/dev/null | cksum | cut -d' ' -f1)
MADE := $(VENV)/.made-$(PLACE)
INSTALLED := $(VENV)/.installed-$(PLACE)
TESTABLE := $(VENV)/.testable-$(PLACE)
DOCUMENTED := $(VENV)/.documented-$(PLACE)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ifeq ($(DEPENDENCIES),lowest)
PIP += --constraint $(VENV)/lowest.txt
endif
ifeq ($(DEPENDENCIES),locked)
PIP += --constraint .ci/locked.txt
endif
# Without compiled files every start compiles turnout anew, and pytest rewrites all of its tests.
unexport PYTHONDONTWRITEBYTECODE
# A worker that is done takes tests from the other; those of one file stay together at first, so
# that what they share is made once.
# Two workers have the two cores: threads of their libraries would wait for each other.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist worksteal

# What answers first when something is broken: tests of every layer, in a minute one case of each.
LAYERS := tests/test_architecture.py tests/test_language.py tests/test_errors.py tests/test_project_files.py \
	tests/scores tests/rules tests/reading tests/areas tests/test_forecast.py tests/goals \
	tests/models/tree/test_kernels.py tests/models/tree/test_messages.py tests/models/tree/test_same_figures.py \
	tests/runs

.DEFAULT_GOAL := help
.PHONY: help demo quick layers test test-slow test-long fuzz coverage doctests lint types pytest format notebooks picture docs \
	package sbom audit wheels lock clean check-python

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) ## Forecast turnout in Kota Jambi (makes its own environment first)
	@$(BIN)/forecast demo

quick: $(TESTABLE) ## Check the style and run the tests that answer within a minute
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(PYTEST) --one-case $(wildcard $(LAYERS))

layers: $(TESTABLE) ## Run the tests of `make quick` with all their cases
	@$(PYTEST) $(wildcard $(LAYERS))

test: lint types pytest ## Check the code and run the tests that are not slow

test-slow: $(TESTABLE) ## Run the tests that take long: whole runs, statistics, notebooks (MINUTES=40: no longer)
	@$(PYTEST) -m slow $(if $(MINUTES),--for-minutes $(MINUTES))

test-long: $(TESTABLE) fuzz ## Kill 200 runs and 100 watches at any moment, start 200 runs two at once, fuzz (hours)
	@TURNOUT_KILLS=200 TURNOUT_DOUBLES=200 $(BIN)/python -m pytest -s tests/cli/test_killed.py
	@TURNOUT_WATCH_KILLS=100 $(BIN)/python -m pytest -m slow tests/watch/test_kills.py

fuzz: $(TESTABLE) ## Read files and workbooks that were mutated, for an hour (SECONDS=3600)
	@TURNOUT_FUZZ_SECONDS=$(or $(SECONDS),3600) $(BIN)/python -m pytest -m slow -k many \
		tests/hostile/test_mutations.py tests/hostile/test_structures.py

coverage: $(TESTABLE) ## Run the tests and show which lines they miss; at least 95% must run
	@$(PYTEST) --cov --cov-report=term:skip-covered

doctests: $(TESTABLE) ## Run the examples in the docstrings
	@$(PYTEST) src

lint: $(TESTABLE) ## Check style and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(TESTABLE) ## Check the types
	@$(BIN)/mypy

pytest: $(TESTABLE) ## Run the tests that are not slow and the examples in the docstrings
	@$(PYTEST)

format: $(TESTABLE) ## Put the code in the project's format
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

notebooks: $(TESTABLE) ## Run the notebooks and keep their output
	@$(BIN)/python notebooks/run.py

picture: $(TESTABLE) ## Draw the pictures of READMEs and docs from the present model and texts
	@$(BIN)/python docs/picture.py
	@$(BIN)/python docs/terminal.py
	@$(BIN)/python docs/phone.py

docs: $(DOCUMENTED) ## Build the documentation site into site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

package: $(TESTABLE) ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m build --outdir dist

sbom: package ## List what an installed turnout consists of (CycloneDX) in dist/sbom.json
	@rm -rf dist/installed && $(PYTHON) -m venv dist/installed
	@dist/installed/bin/python -m pip install --quiet --disable-pip-version-check $$(ls -t dist/turnout-*.whl | head -n 1)
	@$(PIP) 'cyclonedx-bom>=6'
	@$(BIN)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml --of JSON \
		--output-file dist/sbom.json dist/installed/bin/python
	@rm -rf dist/installed

audit: $(TESTABLE) ## Look up the tested libraries (.ci/locked.txt) among known vulnerabilities; needs pypi.org
	@$(PIP) 'pip-audit>=2.10'
	@$(BIN)/pip-audit --strict --no-deps --disable-pip --progress-spinner off --requirement .ci/locked.txt

wheels: package ## Collect what Windows needs to install turnout without a network into dist/windows/
	@$(BIN)/python windows/collect.py $$(ls -t dist/turnout-*.whl | head -n 1)

lock: $(TESTABLE) $(DOCUMENTED) ## Write the versions of all libraries, as tested, into .ci/locked.txt
	@$(BIN)/python -m pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools > .ci/locked.txt

clean: ## Remove the environment and everything built
	@rm -rf $(VENV) dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

$(MADE): | check-python
	@echo "Making the environment $(VENV) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(NO_VENV)" >&2; exit 1; }
	@[ "$(DEPENDENCIES)" != lowest ] || $(BIN)/python .ci/lowest.py > $(VENV)/lowest.txt
	@touch $@

$(INSTALLED): $(MADE) pyproject.toml
	@echo "Installing turnout and the libraries it stands on ..."
	@$(PIP) --editable .
	@touch $@

$(TESTABLE): $(MADE) pyproject.toml
	@echo "Installing turnout with what its tests need ..."
	@$(PIP) --editable '.[test]'
	@touch $@ $(INSTALLED)

$(DOCUMENTED): $(MADE) pyproject.toml
	@echo "Installing turnout with what its documentation needs ..."
	@$(PIP) --editable '.[docs]'
	@touch $@

NO_PYTHON := Python is missing: there is no '$(PYTHON)'. Install Python 3.11 or newer (Debian, \
	Ubuntu: sudo apt install python3 python3-venv; others: https://www.python.org/downloads) or \
	name yours: make demo PYTHON=python3.12
OLD_PYTHON := is too old: turnout needs Python 3.11 or newer. Name a newer one if you have it: \
	make demo PYTHON=python3.12
NO_VENV := Python's venv module is missing or incomplete. Install it (Debian, Ubuntu: sudo apt \
	install python3-venv; others: reinstall Python from https://www.python.org/downloads).

check-python:
	@command -v $(PYTHON) >/dev/null || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$$($(PYTHON) --version) $(OLD_PYTHON)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(NO_VENV)" >&2; exit 1; }
