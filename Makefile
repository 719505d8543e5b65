# Payung: the commands that are always true. Each sets up what it needs; the second call is quick.
PYTHON ?= python3
BIN := .venv/bin
override DEMO := var/demo
DIST ?= dist
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: help python run stop setup test check format bench wheel lock clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: setup  ## set up, do the main job on an invented district, open the office on localhost
	@sh scripts/demo.sh $(DEMO)

stop:  ## close the office that `make run` opened
	@sh scripts/office.sh stop $(DEMO)

python:
	@command -v $(PYTHON) > /dev/null || { echo "Set-up stopped: there is no $(PYTHON): install Python 3.11 or newer \
	(apt-get install python3 python3-venv), then call make again." >&2; exit 1; }

setup: python  ## set up: virtual environment, packages, region codes
	@$(PYTHON) scripts/setup.py

test: python  ## set up and run all tests
	@$(PYTHON) scripts/setup.py --with dev
	@$(BIN)/pytest

check: python  ## format, lint, types, import contracts
	@$(PYTHON) scripts/setup.py --with dev
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: python  ## format the code and mend what the linter can
	@$(PYTHON) scripts/setup.py --with dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: python  ## the speed tables, beside the peers
	@$(PYTHON) scripts/setup.py --with bench
	@$(BIN)/python bench/all.py

wheel: setup  ## the package as one file in dist/, complete, for `pip install`
	@rm -rf build/lib build/bdist.* src/payung.egg-info "$(DIST)"/payung-*.whl
	@SOURCE_DATE_EPOCH=315532800 $(BIN)/uv build --quiet --offline --wheel --no-build-isolation \
		--python $(BIN)/python --out-dir "$(DIST)"
	@rm -rf build/lib build/bdist.*
	@ls "$(DIST)"/payung-*.whl

lock:  ## lock all requirements again
	@for name in bootstrap node base dev bench; do \
		echo "· Locking requirements/$$name.in"; \
		$(UV_COMPILE) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean:  ## remove what can be made again; never an office, wherever it lies
	rm -rf .venv .venv-bench node_modules build dist src/payung.egg-info $(DEMO) var/setup.log src/payung/regions/wilayah.* \
		src/payung/office/served src/payung/office/desk/static/vendor
	@rmdir var 2> /dev/null || true
