# Needs Python 3.11 or later, git and make; everything else goes into .venv.

PYTHON ?= python3
DESIGN ?= designs/web-node.toml
# What the benchmarks are asked: --short, --write, --seconds N.
BENCH ?=
# A test of the screen waits as much as it computes, so there is one more at a time than there are
# cores; JOBS=0 runs them in one process, which a debugger wants.
JOBS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint bench campaign mutants pages screenshots requirements clean

help:
	@echo "make run           open the application on a shipped design (DESIGN=path for another)"
	@echo "make test          everything that CI checks"
	@echo "make lint          style, types and the import contract alone"
	@echo "make bench         measure, as ratios against named peers"
	@echo "make campaign      list the long campaigns of faults, kills and random edits"
	@echo "make mutants       change each decision in turn, and see which ones no test notices"
	@echo "make campaign NAME=kills ARGS='1000 1'   run one of them"
	@echo "make pages         make the command reference, the man page and shell completion again"
	@echo "make screenshots   take every picture of the screen again"
	@echo "make requirements  pin the newest libraries again, with hashes"
	@echo "make clean         remove what make made"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making an environment for the program in $(VENV) ..."
	$(PYTHON) -m venv $(VENV)

# A stamp says which pinned set is installed, so that a second run starts at once. The package
# itself is linked in from here, so that .venv/bin/vreltui is the program as it stands.
$(VENV)/stamp-run: requirements/run.txt requirements/install.txt pyproject.toml | $(BIN)/python
	@echo "Installing the libraries that requirements/run.txt pins, checked by their hashes (half a minute):"
	@grep -o '^[^ ;]*==[^ ;]*' requirements/run.txt | sed 's/==/ /; s/^/  /'
	$(PIP) install --require-hashes --requirement requirements/run.txt --requirement requirements/install.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@echo "Done: $(BIN)/vreltui is the program."
	@touch $@

$(VENV)/stamp-dev: requirements/dev.txt $(VENV)/stamp-run
	@echo "Installing what tests need, pinned in requirements/dev.txt ..."
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

run: $(VENV)/stamp-run
	@$(BIN)/vreltui $(DESIGN)

lint: $(VENV)/stamp-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n $(JOBS)

$(VENV)/stamp-bench: requirements/bench.txt $(VENV)/stamp-dev
	$(PIP) install --require-hashes --requirement requirements/bench.txt
	@touch $@

bench: $(VENV)/stamp-bench
	$(BIN)/python -m benchmarks $(BENCH)

pages: $(VENV)/stamp-run
	@$(BIN)/python -m vreltui.cli.pages

$(VENV)/stamp-pictures: requirements/pictures.txt $(VENV)/stamp-run
	$(PIP) install --require-hashes --requirement requirements/pictures.txt
	@touch $@

screenshots: $(VENV)/stamp-pictures
	$(BIN)/python -m screenshots $(SCENES)

# The long forms of tests/campaigns/test_*; docs/reliability.md has what they came to.
NAME ?=
ARGS ?=

$(VENV)/stamp-fuzz: requirements/fuzz.txt $(VENV)/stamp-dev
	$(PIP) install --require-hashes --requirement requirements/fuzz.txt
	@touch $@

campaign: $(VENV)/stamp-$(if $(filter fuzz,$(NAME)),fuzz,dev)
	@$(BIN)/python -m tests.campaigns $(NAME) $(ARGS)

# Hours of work: what came out is kept in .mutants.jsonl, and a stopped run goes on where it was.
# MUTANTS="--sample 50 --rooms storage --seconds 600" and the like; docs/development.md says more.
mutants: $(VENV)/stamp-dev
	@$(BIN)/python -m tests.mutants $(MUTANTS)

# One file serves every supported Python on every platform, hence --universal.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
  --no-annotate --custom-compile-command "make requirements" --quiet

requirements: | $(BIN)/python
	$(PIP) install uv
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra cluster --output-file requirements/cluster.txt
	$(COMPILE) pyproject.toml --extra parquet --output-file requirements/parquet.txt
	$(COMPILE) --group install --output-file requirements/install.txt
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group dev --group bench --output-file requirements/bench.txt
	$(COMPILE) pyproject.toml --group dev --group fuzz --output-file requirements/fuzz.txt
	$(COMPILE) pyproject.toml --group pictures --output-file requirements/pictures.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
