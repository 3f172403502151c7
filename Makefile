# Every target is a thin call of a command; `make help` lists them.
IN   ?= data/raw
OUT  ?= data/processed
GOLD ?=
Q    ?=
FORMAT ?= csv
PYTHON ?= python3
VENV := .venv
BIN  := $(VENV)/bin
export OMP_THREAD_LIMIT := 1

# What apt brings: for reading, and what the tests and benchmarks need besides.
READING := python3-venv tesseract-ocr-vie libreoffice-writer-nogui
TESTING := fonts-liberation fonts-dejavu-core fonts-freefont-ttf chromium
BENCH   := tesseract-ocr

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-bench ingest status search export archive stats explore serve test check format evaluate bench models audit clean

help: ## This list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.reading $(VENV)/.runtime ## Everything that reading needs, once
setup-test: setup $(VENV)/.testing $(VENV)/.development
setup-bench: setup-test $(VENV)/.bench

ingest: setup ## Read the folder IN (default data/raw) into the tables of OUT (default data/processed)
	$(BIN)/congvan ingest "$(IN)" --out "$(OUT)"

status: setup ## Every file found, each in exactly one state
	$(BIN)/congvan status --out "$(OUT)"

search: setup ## Search the catalogue: make search Q='phong trào thi đua'
	$(BIN)/congvan search "$(Q)" --out "$(OUT)"

explore: setup $(VENV)/.explore ## The tables in Datasette, in the browser
	$(BIN)/congvan explore --out "$(OUT)"

export: setup ## All tables as files: make export FORMAT=csv|xlsx|parquet|jsonl
	$(BIN)/congvan export --format $(FORMAT) --out "$(OUT)"

archive: setup ## Packages (SIP) for the archive, of the files tagged hồ-sơ/…: make archive OUT=folder
	$(BIN)/congvan archive package --out "$(OUT)"

stats: setup ## Figures and plots, as one page that works offline
	$(BIN)/congvan stats --out "$(OUT)"

serve: setup ## The review and tagging pages, in the browser
	$(BIN)/congvan serve --out "$(OUT)" --inbox "$(IN)"

test: setup-test ## Every test, with OCR, LibreOffice and the browser
	$(BIN)/python -m pytest

check: setup-test ## Format, lint, types, floors, length of files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@git ls-files -co --exclude-standard '*.py' | xargs wc -l | awk '$$2 != "total" && $$1 > 400 {print "over 400 lines: " $$2; bad = 1} END {exit bad}'

format: setup-test ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: $(if $(GOLD),setup,setup-test) ## How right the values are: on made dispatches, or make evaluate GOLD=folder OUT=folder
	$(if $(GOLD),$(BIN)/congvan evaluate "$(GOLD)" --out "$(OUT)",$(BIN)/python -m benchmarks.accuracy)

bench: setup-bench ## Speed, as ratios within one run
	$(BIN)/python -m benchmarks

models: setup ## Rebuild what models/ is built from, and its manifest
	$(BIN)/python -m models.build

audit: setup-test ## Known flaws and licences of the dependencies
	$(BIN)/python -m pip install --quiet pip-audit pip-licenses
	@$(BIN)/pip-audit --local --strict || echo "!! Có lỗ hổng, hoặc mạng không cho kiểm tra hết: xem ở trên / Flaws found, or the network does not let all be checked: see above"
	$(BIN)/pip-licenses --order=license

clean: ## Remove the virtual environment and caches; data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

# --- set-up; a stamp for each part, so that nothing is done twice ---

define apt_install
	@missing=""; for name in $(1); do \
	  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Không có apt-get. Hãy tự cài / Please install:$$missing"; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then run=""; else run="sudo"; fi; \
	echo "apt-get install$$missing"; \
	$$run apt-get update -qq && \
	$$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

$(VENV)/.reading: Makefile
	$(call apt_install,$(READING))
	@mkdir -p $(VENV) && touch $@

$(VENV)/.testing: Makefile | $(VENV)/.reading
	$(call apt_install,$(TESTING))
	@touch $@

$(VENV)/.bench: Makefile | $(VENV)/.reading
	$(call apt_install,$(BENCH))
	@touch $@

$(BIN)/pip: | $(VENV)/.reading
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.runtime: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.explore: pyproject.toml | $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group explore
	@touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@
