# Two commands for everybody, on bare Python 3.11+ and make: `make demo` and `make test`.
# The others are for those who work on mqwizard.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
DEMO := build/demo
# Hundreds of short processes run in tests and measurements: compiled modules are kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
WORKERS ?= auto

.PHONY: demo test check format bench kills faults pictures test-mq clean

$(RUN): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(DEV): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(RUN)

# The main job in a sandbox: two-way TLS, own CA, two clients, an address rule; ends with the proof.
demo: $(RUN)
	rm -rf $(DEMO) && mkdir -p $(DEMO)
	cd $(DEMO) && $(CURDIR)/$(BIN)/mqwizard --recipe two-way-tls-own-ca --sandbox sandbox --state state --yes
	$(DEMO)/sandbox/bin/endmqm -i QM1

test: $(DEV)
	$(BIN)/python -m pytest -n $(WORKERS)

# Format, lint, types, floors of the house; `make format` mends what can be mended.
check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Ratios measured side by side in one run, medians of whole processes.
bench: $(DEV)
	$(BIN)/python tests/bench/run.py

# The pictures of the README, taken of the real wizard while it does the main job in a sandbox.
pictures: $(DEV)
	$(BIN)/python tests/pictures/run.py

# mqwizard killed at random moments, two hundred times in a row; prints how often the next runs came to the same end.
kills: $(DEV)
	$(BIN)/python tests/engine/random_kills.py --kills 200

# Every fault at every command of every shipped recipe, each in a fresh sandbox; prints a row for each.
faults: $(DEV)
	$(BIN)/python tests/engine/faults/all_faults.py

# On a machine with a licensed IBM MQ only: the shipped recipes with the real commands, on throw-away queue managers.
test-mq: $(DEV)
	$(BIN)/python -m pytest -n 0 tests/real_mq --real-mq

clean:
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
