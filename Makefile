# Every command works on a fresh machine with make and a Python from 3.11 to 3.13.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
STAMP := .venv/.installed
CATALOGUES := $(wildcard */locale/*/LC_MESSAGES/*.po */*/locale/*/LC_MESSAGES/*.po)
MESSAGES := $(CATALOGUES:.po=.mo)
KERNEL := $(wildcard recommender/engine/native/*.c recommender/engine/native/*.h)
BUILT := .venv/.kernel
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# Compile each module once, also where the environment says not to: the tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve test check format lint types contracts migrations i18n-check bench bench-planning messages lock clean

help: ## Show what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup: $(STAMP) $(MESSAGES) $(BUILT) ## Make .venv with everything in it, and compile the planner's kernel

# The newest Python that really runs, from 3.13 down to 3.11 (a shim on PATH may exist and fail). No second download
# where .venv is already the right one.
$(STAMP): requirements.lock
	@python=""; for v in 3.13 3.12 3.11; do \
	  for p in "$$(command -v python$$v || true)" $(HOME)/.pyenv/versions/$$v.*/bin/python "$$(command -v python3 || true)"; do \
	    if [ -n "$$p" ] && [ -x "$$p" ] && [ "$$("$$p" -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$$v" ]; then python=$$p; break 2; fi; \
	  done; done; \
	if [ -z "$$python" ]; then echo "No Python from 3.11 to 3.13 found (with venv and pip). Install one, e.g. 'apt-get install python3-venv'." >&2; exit 1; fi; \
	if ! { [ -x $(PY) ] && [ "$$($(PY) -c 'import sys; print(sys.version_info[:2])' 2>/dev/null)" = "$$("$$python" -c 'import sys; print(sys.version_info[:2])')" ]; }; then \
	  echo "Setting up .venv with $$("$$python" --version) …"; \
	  if command -v uv >/dev/null; then uv venv --quiet --clear --python "$$python" .venv; else "$$python" -m venv --clear .venv; fi; fi; \
	echo "Installing the locked packages (a minute or two) …"; \
	if command -v uv >/dev/null; then uv pip sync --quiet --python $(PY) --require-hashes requirements.lock; \
	else $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@touch $@

%.mo: %.po | $(STAMP)
	@$(PY) -m babel.messages.frontend --quiet compile --statistics -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

$(BUILT): $(KERNEL) recommender/engine/native/building.py | $(STAMP)
	@$(PY) -m recommender.engine.native.building >/dev/null
	@touch $@

messages: $(MESSAGES) ## Compile the translations anew where they changed

demo: setup ## Run the main job on embedded defaults: curriculum, release, model, programs, exports
	@$(PY) manage.py demo

serve: setup ## Serve admin, learners' pages and API on http://localhost:8000 (ADDRESS=8001: on another port)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py runserver $(ADDRESS)

test: setup ## Run every test, on SQLite and on PostgreSQL
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup --database sqlite
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup --database postgresql -m database

check: setup format lint types contracts migrations i18n-check test ## Everything that CI checks

format:
	$(PY) -m ruff format --check .
	$(PY) -m djlint --check cms curriculum_graph recommender exports

lint:
	$(PY) -m ruff check .
	$(PY) -m djlint --lint cms curriculum_graph recommender exports

types:
	$(PY) -m mypy

contracts:
	.venv/bin/lint-imports

migrations:
	DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run --verbosity 1

i18n-check: setup ## Count what editors can read in Vietnamese; at least 95 % of each domain, all of ours
	@DJANGO_SETTINGS_MODULE=cms.settings.dev $(PY) -m cms.vietnamese

bench: setup ## Measure against named peers; results go to benchmarks/out
	$(PY) -m benchmarks

bench-planning: setup ## Measure planning: quality against an exact solver, speed beside LightFM and implicit
	@$(PY) -c 'import implicit' 2>/dev/null || { echo "Installing the peers (dependency group bench) …"; \
	  peers="$$($(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["bench"])')"; \
	  if command -v uv >/dev/null; then uv pip install --quiet --python $(PY) $$peers; \
	  else $(PY) -m pip install -qq --disable-pip-version-check $$peers; fi; }
	$(PY) -m benchmarks.planning

lock: ## Renew requirements.lock (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --group dev --output-file requirements.lock pyproject.toml

clean: ## Remove what the demo and the tests made
	rm -rf var .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
