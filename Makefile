# The verbs of the project. `make` alone lists them; each sets up what it needs in .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
LIBRARY ?= library
PORT ?= 8000
TESTS ?= tests
CODE := casebook ingest search webui corpus tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup run test test-browser test-slow check lint types shape format coverage bench \
	lock wheel clean browser

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
	awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: .venv/.dev ## make .venv with everything that running and testing need

run: .venv/.run ## serve the sample library on http://127.0.0.1:8000/ (PORT=, LIBRARY=)
	@$(BIN)/casebook --library "$(LIBRARY)" serve --sample --port $(PORT)

test: .venv/.dev browser ## run the tests (TESTS=tests/test_x.py for some of them)
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not cluster" $(TESTS)

test-browser: .venv/.dev browser ## only the tests that drive a browser
	@$(BIN)/python -m pytest -m browser tests

test-slow: .venv/.dev browser ## the slow tests: every hostile file, soak, scale
	@$(BIN)/python -m pytest -m slow tests

check: lint types test ## lint, types and tests (architecture rules are among the tests)

lint: .venv/.dev ## ruff: rules and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/.dev ## mypy, strict
	@$(BIN)/mypy

shape: .venv/.dev ## list functions and modules that are longer than we like
	@$(BIN)/python tests/test_architecture.py

format: .venv/.dev ## let ruff format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

coverage: .venv/.dev browser ## the tests with branch coverage
	@$(BIN)/python -m pytest -n 2 -m "not slow and not cluster" --cov --cov-report=term tests

bench: .venv/.bench ## all benchmarks beside their peers; results in benchmarks/results/
	@$(BIN)/python -m benchmarks.segmentation
	@$(BIN)/python -m benchmarks.quality
	@$(BIN)/python -m benchmarks.search_speed
	@$(BIN)/python -m benchmarks.growth
	@$(BIN)/python -m benchmarks.extract_speed
	@$(BIN)/python -m benchmarks.ingest_speed
	@$(BIN)/python -m benchmarks.http_load

lock: .venv/.dev ## pin every dependency anew, with hashes
	@$(PIP) uv
	@for set in run dev bench; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate pyproject.toml --group build \
	    $$( [ $$set != run ] && echo "--group dev" ) $$( [ $$set = bench ] && echo "--group bench" ) \
	    --output-file requirements/$$set.lock; \
	done
	@echo "whoosh-reloaded==2.7.5" | $(BIN)/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --output-file requirements/whoosh-reloaded.lock -

wheel: .venv/.dev ## build dist/*.whl
	@$(BIN)/hatchling build -t wheel

clean: ## remove .venv, caches and build results (never a library)
	@rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up --------------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Casebook needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv module is missing: sudo apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv (once; a minute or two) ..."
	@$(PYTHON) -m venv .venv

.venv/.run: requirements/run.lock pyproject.toml | .venv/bin/python
	@[ -e .venv/.dev ] || $(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.lock requirements/whoosh-reloaded.lock pyproject.toml | .venv/bin/python
	@$(PIP) --require-hashes -r requirements/dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(PIP) --require-hashes --upgrade --target .venv/whoosh-reloaded \
	  -r requirements/whoosh-reloaded.lock
	@touch .venv/.run $@

.venv/.bench: .venv/.dev requirements/bench.lock
	@$(PIP) --require-hashes -r requirements/bench.lock
	@touch $@

browser:
	@command -v chromium >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium fonts-dejavu-core >/dev/null; } || \
	  echo "No chromium: the browser tests are skipped. To run them: sudo apt-get install chromium"
