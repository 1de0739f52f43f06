# make setup, make run, make test: each sets up what it needs. Python 3.11 or newer is all that must be there.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup run demo test prove bench lint words

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@echo "Setting up .venv (about 2 GB; a few minutes the first time)."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# torch first and alone, so that its pin decides which build is taken.
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

run: setup
	@$(BIN)/sitrep run --try

demo: setup
	@$(BIN)/sitrep demo

test: setup
	@# A file of tests stays in one process, so that its models are loaded once; the longest come first (tests/conftest.py).
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

prove: setup
	$(BIN)/python -m bench.prove

# Some thirty minutes on a quiet machine; `make bench ARGS=--quick` to see that it works, ARGS="--only reading" for a part.
bench: setup .venv-bench/.installed
	$(BIN)/python -m bench.report $(ARGS)

# Other systems, in an environment of their own. Without them the benchmark still runs, and says that they were not there.
.venv-bench/.installed: bench/rivals.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	-.venv-bench/bin/python -m pip install --disable-pip-version-check -r bench/rivals.txt && touch $@
	-.venv-bench/bin/python -m pip install --disable-pip-version-check --no-deps CQE==2.0.3

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Brings the catalogues of what Sitrep says in step with the code.
words: setup
	$(BIN)/python -m bot.catalogue.extraction
