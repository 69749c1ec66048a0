# Works on a machine that has only Python >= 3.11 with pip and venv: every target makes .venv first.
PYTHON ?= python3
BIN := .venv/bin
CODE := commands scrapers storage feeds web demo benchmarks tests cli.py doctor.py errands.py home.py printing.py health.py scheduler.py workers.py

.PHONY: demo check test bench fuzz format clean

demo: .venv/installed
	$(BIN)/bantin demo

check: .venv/installed-dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 4 --dist worksteal --cov --cov-report=term --cov-fail-under=90

test: .venv/installed-dev
	$(BIN)/python -m pytest -n 4 --dist worksteal

bench: .venv/installed-bench
	$(BIN)/python -m benchmarks

fuzz: .venv/installed-dev
	$(BIN)/python -m tests.fuzz

format: .venv/installed-dev
	$(BIN)/ruff check --fix --select I $(CODE)
	$(BIN)/ruff format $(CODE)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.*

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Bantin needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-dev: .venv/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ .venv/installed

.venv/installed-bench: .venv/installed-dev requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@
