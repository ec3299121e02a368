# Plumbline's commands. `make run` to try it, `make test` and `make check` before a change is proposed.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PLUMBLINE_DEMO ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench drill lock vendor clean

help: ## Show these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

$(VENV)/run.stamp: requirements/run.txt
	@test -x $(BIN)/python || $$(command -v $(PYTHON) || command -v python3) -m venv $(VENV)
	@echo "Installing what Plumbline needs (about a minute the first time)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

run: $(VENV)/run.stamp ## Install, prepare and serve Plumbline with its demo council
	@exec $(BIN)/python scripts/serve.py

test: $(VENV)/dev.stamp ## Install what tests need and run them all, on SQLite and PostgreSQL
	@$(BIN)/python scripts/test.py

check: $(VENV)/dev.stamp ## Lint, types, import contracts, templates, migrations, definitions
	@$(BIN)/python scripts/check.py

fix: $(VENV)/dev.stamp ## Format and mend what can be mended by itself
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## Print ratios from the benchmarks
	@for file in tests/bench/bench_*.py; do echo "== $$file"; $(BIN)/python -m tests.bench.$$(basename $$file .py) || exit 1; done

drill: $(VENV)/dev.stamp ## Kill, back up and restore, and count what was lost
	@$(BIN)/python scripts/drill.py

lock: ## Pin requirements anew (needs uv)
	@for name in run dev; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt || exit 1; done

vendor: ## Copy stylesheets and scripts anew (needs Node; only to upgrade them)
	@npm ci --no-audit --no-fund && $(BIN)/python scripts/vendor.py

clean: ## Remove the environment and caches; the state under var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
