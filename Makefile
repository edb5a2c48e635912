# Needs make and Python 3.11 or later; everything else is installed into the folder, from locks.

PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

UV_VERSION := 0.13.9
DEV_LOCKS := requirements/dev.txt
CLOUD_LOCKS := requirements/cloud.txt
fingerprint = $(shell cat $(1) | cksum | cut -d' ' -f1)
DEV := .venv/.stamp-$(call fingerprint,$(DEV_LOCKS))
CLOUD := .venv-cloud/.stamp-$(call fingerprint,$(CLOUD_LOCKS))
BIN := .venv/bin
MODULE := PYTHONPATH="$(CURDIR)/layers/common:$(CURDIR)" $(BIN)/python -m
TEMPLATE := $(wildcard template.yaml)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Passed to the programs when given: make run ONCE=1, make bench ONLY=order.
export ONCE WATCH ONLY

.PHONY: help
help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# --- Use -------------------------------------------------------------------------------------

.PHONY: run bench replay audit tours trace install
run: $(DEV) $(CLOUD) ## Start the whole system here and play the demo (ONCE=1: stop after it; WATCH=1: redeploy on change)
	@$(MODULE) local.run

bench: $(DEV) $(CLOUD) ## Measure, one figure per line (ONLY=<prefix> for those figures)
	@$(MODULE) benchmarks $(if $(ONLY),--only $(ONLY))

replay: $(DEV) ## Source past orders by other RULES=<file or profile@n>, of DAYS=<n> or FILE=<history>, into a report
	@$(MODULE) tools.replay $(if $(RULES),--rules $(RULES)) $(if $(DAYS),--days $(DAYS)) \
	  $(if $(FILE),--file $(FILE)) $(if $(STACK),--stack $(STACK)) $(if $(SAVE),--save $(SAVE)) \
	  $(if $(OUT),--out $(OUT))

audit: $(DEV) ## Check the invariants of a running stack, the one of make run or API and OPS of yours
	@$(MODULE) local.audit

tours: $(DEV) ## Paste the README and docs/tours into a make run that has just come up, and compare the answers
	@$(MODULE) tools.tours README.md docs/tours/*.md

trace: $(DEV) ## Print what all functions logged about ORDER=<id>, of DAYS=<n>, here or of STACK=<name>
	@$(MODULE) tools.trace $(ORDER) $(if $(STACK),--stack $(STACK)) $(if $(DAYS),--days $(DAYS))

install: $(DEV) $(CLOUD) ## Install the environments without running anything

# --- Check -----------------------------------------------------------------------------------

.PHONY: pr test unit system lint house format generate
pr: lint test ## What a change must pass: lint, then every test

test: unit system ## Every test: unit and handlers first, then the system on the local cloud

unit: $(DEV) ## The tests that need no local cloud: those with tables beside those without
	@$(MAKE) --keep-going --jobs=2 --output-sync=target unit-tables unit-rest

.PHONY: unit-tables unit-rest
TABLES := tests/handlers tests/inprocess tests/usecases
unit-tables: $(DEV) ## Of these, the tests of stores, use cases and handlers on tables
	@$(BIN)/pytest -m "not system" $(TABLES)

unit-rest: $(DEV) ## Of these, all others
	@$(BIN)/pytest -m "not system" $(filter-out $(TABLES) tests/system,$(patsubst %/,%,$(wildcard tests/*/)))

system: $(DEV) $(CLOUD) ## The tests that run on the local cloud
	@$(BIN)/pytest -m system

lint: $(DEV) ## Style, types, template, state machines, laws, generated files; names all that is wrong
	@$(MAKE) --keep-going lint-style lint-types lint-template lint-generated lint-structure

format: $(DEV) ## Put code into its form and repair what can be repaired
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

generate: $(DEV) ## Write every generated file anew: lifecycles, events, OpenAPI, parts of the template
	@$(MODULE) tools.generate

.PHONY: lint-style lint-types lint-template lint-generated lint-structure
lint-style: $(DEV) ## Rules of style and the form of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted as above: run 'make format'."; exit 1; }

house: $(DEV) ## Count what makes the code hard to read, one figure per line with its bound (VERBOSE=1: name the places)
	@$(MODULE) tools.house $(if $(VERBOSE),--verbose)

lint-types: $(DEV) ## Types
	@$(BIN)/mypy

lint-template: $(DEV) ## The template, by cfn-lint and by what SAM makes of it
	@$(if $(TEMPLATE),$(BIN)/cfn-lint $(TEMPLATE))
	@$(if $(TEMPLATE),$(MODULE) tools.validate_template $(TEMPLATE))

lint-generated: $(DEV) ## Generated files are as they would be written now
	@$(MODULE) tools.generate --check

lint-structure: $(DEV) ## The laws of the architecture, and the state machines
	@$(BIN)/pytest tests/architecture tests/statemachines

# --- Deploy ----------------------------------------------------------------------------------

.PHONY: build deploy
build: need-sam ## Package functions and layer for AWS
	sam build

deploy: build ## Deploy to your AWS account; asks for stack name, region and parameters
	sam deploy --guided

.PHONY: need-sam
need-sam: ## Fail with advice when the AWS SAM CLI is missing
	@command -v sam >/dev/null || { \
	  echo "The AWS SAM CLI is missing: install it with 'pipx install aws-sam-cli'."; exit 1; }

# --- Maintain --------------------------------------------------------------------------------

.PHONY: lock clean
COMPILE = .build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
          --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: python-is-usable ## Resolve the newest allowed dependencies into the lock files
	@test -x .build/lock/bin/uv || { \
	  $(PYTHON) -m venv .build/lock; .build/lock/bin/pip install --quiet uv==$(UV_VERSION); }
	$(COMPILE) requirements/dev.in -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt layers/common/requirements.in -o layers/common/requirements.txt
	$(COMPILE) requirements/cloud.in -o requirements/cloud.txt

clean: ## Remove everything that make made
	rm -rf .venv .venv-cloud .build .aws-sam .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Environments: a stamp named by its lock's checksum, so a changed lock installs anew --------

# The locks are complete, so nothing is resolved (--no-deps) and nothing unlisted gets in.
define install_into
	@$(MAKE) python-is-usable
	@test -x $(1)/bin/pip || { echo "Making $(1)"; $(PYTHON) -m venv $(1); }
	@echo "Installing $(2) into $(1)"
	@$(1)/bin/pip install --quiet --no-compile --no-deps --require-hashes -r $(2)
	@rm -f $(1)/.stamp-*
	@touch $@
endef

$(DEV):
	$(call install_into,.venv,$(DEV_LOCKS))

$(CLOUD):
	$(call install_into,.venv-cloud,$(CLOUD_LOCKS))

.PHONY: python-is-usable
python-is-usable: ## Fail with advice when PYTHON is too old or incomplete
	@command -v $(PYTHON) >/dev/null || { \
	  echo "'$(PYTHON)' is not installed. Name one with: make PYTHON=/path/to/python3.13"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is needed, '$(PYTHON)' is $$($(PYTHON) -V)."; \
	  echo "Name a later one with: make PYTHON=/path/to/python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu:"; \
	  $(PYTHON) -c 'import sys; print("  apt-get install python%d.%d-venv" % sys.version_info[:2])'; \
	  exit 1; }
