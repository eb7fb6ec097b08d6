# Needs Python 3.11 or later, git and make; everything else goes into .venv.

PYTHON ?= python3
DESIGN ?= designs/web-node.toml
# What the benchmarks are asked: --short, --write, --seconds N.
BENCH ?=
# Tests run on every core; JOBS=0 runs them in one process, which a debugger wants.
JOBS ?= auto

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint bench screenshots requirements clean
.PHONY: campaign-kills campaign-workers campaign-hangups campaign-fuzz campaign-offline
.PHONY: campaign-faults campaign-power

help:
	@echo "make run           open the application on a shipped design (DESIGN=path for another)"
	@echo "make test          everything that CI checks"
	@echo "make lint          style, types and the import contract alone"
	@echo "make bench         measure, as ratios against named peers"
	@echo "make screenshots   take every picture of the screen anew"
	@echo "make campaign-kills    a live session killed 1,000 times (KILLS=n SEED=n)"
	@echo "make campaign-hangups  signals and closed terminals, in every combination (ROUNDS=n)"
	@echo "make campaign-workers  the computing process killed, stuck and cancelled (ROUNDS=n)"
	@echo "make campaign-fuzz     10 million mutated designs and journals (EXECUTIONS=n SECONDS=n)"
	@echo "make campaign-offline  everything in an empty network, its sockets counted"
	@echo "make campaign-edits    random edits and random keys, for an hour (RUNS=n STEPS=n KEY_RUNS=n)"
	@echo "make campaign-faults   every system call of a save fails or is the last (strace, root; FAULTS=n)"
	@echo "make campaign-power    1,000 losses of power on an ext4 (root; CUTS=n SEED=n)"
	@echo "make requirements  pin the newest libraries again, with hashes"
	@echo "make clean         remove what make made"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A stamp says which pinned set is installed, so that a second run starts at once.
$(VENV)/stamp-run: requirements.txt | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/stamp-dev: requirements-dev.txt | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@ $(VENV)/stamp-run

run: $(VENV)/stamp-run
	@$(BIN)/python -m vreltui $(DESIGN)

lint: $(VENV)/stamp-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n $(JOBS)

$(VENV)/stamp-bench: requirements-bench.txt $(VENV)/stamp-dev
	$(PIP) install --require-hashes --requirement requirements-bench.txt
	@touch $@

bench: $(VENV)/stamp-bench
	$(BIN)/python -m benchmarks $(BENCH)

$(VENV)/stamp-pictures: requirements-pictures.txt $(VENV)/stamp-run
	$(PIP) install --require-hashes --requirement requirements-pictures.txt
	@touch $@

screenshots: $(VENV)/stamp-pictures
	$(BIN)/python -m screenshots $(SCENES)

# The long forms of tests/campaigns/test_*; docs/reliability.md has what they came to.
KILLS ?= 1000
SEED ?= 1
ROUNDS ?= 10
EXECUTIONS ?= 10000000
SECONDS ?= 0
FAULTS ?= 2000
CUTS ?= 1000

campaign-kills: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.session_kills $(KILLS) $(SEED)

campaign-hangups: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.session_hangups $(ROUNDS)

campaign-workers: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.session_workers $(ROUNDS)

$(VENV)/stamp-fuzz: requirements-fuzz.txt $(VENV)/stamp-dev
	$(PIP) install --require-hashes --requirement requirements-fuzz.txt
	@touch $@

campaign-fuzz: $(VENV)/stamp-fuzz
	$(BIN)/python -m tests.campaigns.input_fuzz $(EXECUTIONS) $(SECONDS)

campaign-offline: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.input_offline

# Each run is repeated by its number; docs/reliability.md has what they came to.
RUNS ?= 200
STEPS ?= 2000
KEY_RUNS ?= 100

.PHONY: campaign-edits
campaign-edits: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.edit_runs $(RUNS) $(STEPS)
	$(BIN)/python -m tests.campaigns.key_runs $(KEY_RUNS)

campaign-faults: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.faults_strace $(FAULTS)

campaign-power: $(VENV)/stamp-dev
	$(BIN)/python -m tests.campaigns.power_cuts $(CUTS) $(SEED)

# One file serves every supported Python on every platform, hence --universal.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
  --no-annotate --custom-compile-command "make requirements" --quiet pyproject.toml

requirements: | $(BIN)/python
	$(PIP) install uv
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --output-file requirements-dev.txt
	$(COMPILE) --group dev --group bench --output-file requirements-bench.txt
	$(COMPILE) --group dev --group fuzz --output-file requirements-fuzz.txt
	$(COMPILE) --group pictures --output-file requirements-pictures.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
