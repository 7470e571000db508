PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder
SOURCES := knipsel flows expectations warehouse transforms tests benchmarks

.PHONY: kills races help run install install-dev test test-long test-wheel lint types unit docs lock clean fuzz bench-start bench-scale bench-memory \
	bench-annotations bench-search bench-newspapers bench-formats bench-dumps bench-metadata bench-duplicates train-lines

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install ## Install, ingest corpus/ and publish warehouse/latest
	test -e warehouse/knipsel.toml || echo 'codebooks = ["negotiations"]' > warehouse/knipsel.toml
	$(BIN)/knipsel ingest

install: $(VENV)/.installed ## Install the locked dependencies and the project into .venv

install-dev: $(VENV)/.installed-dev ## Install what the tests need besides

# The lock is complete, so pip has nothing to resolve; older versions of it fail when they try.
$(VENV)/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	touch $@

test: lint types unit ## Check style and types, and run the tests of every day

lint: install-dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: install-dev
	$(BIN)/mypy

unit: install-dev
	$(PYTEST) -m "not long"

test-long: install-dev ## Run what takes long: kills, races, orders, growth, many examples
	$(PYTEST) -m "long or hypothesis" --hypothesis-profile long

test-wheel: install-dev ## Build the wheel, install it into an environment of its own, run it
	.ci/wheel $(BIN)/python

docs: install-dev ## Write the pages that are generated
	$(BIN)/python -m knipsel.warehouse.contract.dictionary
	$(BIN)/python -m knipsel.flows.cli.pages.commands
	$(BIN)/python -m knipsel.flows.cli.pages.metadata
	$(BIN)/python -m knipsel.flows.cli.pages.duplicates
	$(BIN)/python -m knipsel.flows.cli.pages.quarantine

bench-start: install-dev ## Measure a small run beside an empty Prefect flow
	$(BIN)/python -m benchmarks.start

bench-scale: install-dev ## Measure how cost grows with the warehouse; 15 minutes, 3 GB
	$(BIN)/python -m benchmarks.scale build/bench

FILES ?= 10000
fuzz: install-dev ## Send FILES spoiled files of every format through the pipeline; some 30 minutes
	$(BIN)/python -m tests.fuzz.growth
	$(BIN)/python -m tests.fuzz.long build/fuzz --files $(FILES)

bench-memory: install-dev ## Measure the memory of 100,000 articles; 15 minutes, 3 GB
	$(BIN)/python -m benchmarks.memory build/memory

ARTICLES ?= 50000
bench-search: install-dev ## Measure search on ARTICLES made-up articles, beside SQLite's
	$(BIN)/python -m benchmarks.search.beside_sqlite $(ARTICLES)

bench-annotations: install-dev ## Measure what each annotator takes, on the samples
	$(BIN)/python -m benchmarks.annotations

bench-newspapers: install-dev ## Measure who says what in made-up newspaper articles
	$(BIN)/python -m benchmarks.newspapers

bench-formats: install-dev ## Measure how fast each format is read, beside trafilatura
	$(BIN)/python -m benchmarks.formats

KILLS ?= 200
kills: install-dev ## Kill KILLS commands at random moments and compare the outcome; an hour
	$(BIN)/python -m tests.faults.kills build/kills --kills $(KILLS)
	$(BIN)/python -m tests.faults.kills build/kills --kills $$(($(KILLS) / 10)) --real

RACES ?= 50
races: install-dev ## Run RACES races of commands on one warehouse; half an hour
	$(BIN)/python -m tests.faults.races build/races --races $(RACES)

DUMPS ?= dumps
bench-dumps: install-dev ## Score the page dumps in the folders DUMPS
	$(BIN)/python -m benchmarks.dumps $(DUMPS)

NEWS ?=
bench-duplicates: install-dev ## Measure linking: speed, growth, and quality on DUMPS and NEWS
	$(BIN)/python -m benchmarks.duplicates.speed
	$(BIN)/python -m benchmarks.duplicates.growth build/bench
	$(BIN)/python -m benchmarks.duplicates.quality $(if $(wildcard $(DUMPS)),--dumps $(DUMPS)) \
		$(if $(NEWS),--news $(NEWS))

bench-metadata: install-dev ## Measure what each part of describing an article costs, on DUMPS or samples
	$(BIN)/python -m benchmarks.metadata $(DUMPS)

train-lines: install-dev ## Train the line model on the folders DUMPS; needs PyTorch
	$(BIN)/python -m benchmarks.line_model.train $(DUMPS) --out corpus/registers

lock: install-dev ## Resolve the dependencies anew and lock them
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet \
		-c requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and all that was made
	rm -rf $(VENV) build .prefect .mypy_cache .pytest_cache .ruff_cache .hypothesis
