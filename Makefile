# make lab         opens the course in JupyterLab as trainees see it (sets everything up first)
# make instructor  the same for instructors and authors: nbgrader, Excel and what else they need on top
# make demo        a class to practise on: 24 made-up people in a folder of its own, open at the instructor's page
# make setup       what authors and tests need, and runs nothing
# make test        sets everything up and runs all checks and tests
# make long        the full volumes of which make test takes a sample: some 17 minutes on two quiet cores
# make pythons     lint, types and make fast on each other Python from 3.11 to 3.13 that is installed
# make fast        the tests that start no browser, server or nbgrader: for the minute between two edits
# make fix         mends what ruff and biome can mend
# make lock        makes the four lock files again from pyproject.toml
# make lines       the lines of Python and JavaScript that the product has, without what is derived or another's
# make help        this page

BIN := .venv/bin
NODE := $(BIN)/node
export PYTHONUTF8 := 1
## Where it is set (many images do), each of the thousand processes compiles Jupyter anew.
unexport PYTHONDONTWRITEBYTECODE

## Tests wait for browsers, servers and clocks a third of their time: one more than there are cores on a small machine.
WORKERS := 3

PYTEST := $(BIN)/python .ci/cpu-seconds $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder

.PHONY: lab instructor demo setup test long pythons types style course fast fix lock lines help
.DEFAULT_GOAL := help

lab: .venv/.ready
	@$(BIN)/python -m buuchinh lab

instructor: .venv/.ready-instructor
	@$(BIN)/python -m buuchinh lab --instructor

demo: .venv/.ready-instructor
	@$(BIN)/python -m buuchinh demo --open

setup: .venv/.ready-dev

test: .venv/.ready-dev
	@sh .ci/setup-system
	@$(BIN)/python --version && $(BIN)/uv --version && $(BIN)/ruff --version && $(BIN)/mypy --version
	@$(MAKE) --no-print-directory -j 2 types style course
	$(PYTEST) -n $(WORKERS) -m "not long"

long: .venv/.ready-dev
	@sh .ci/setup-system
	$(PYTEST) -n $(WORKERS) -m long tests

pythons: .venv/.ready-dev
	@sh .ci/pythons

types: .venv/.ready-dev
	$(BIN)/mypy
	[ ! -d node_modules/typescript ] || for config in tsconfig.json tsconfig.strict.json; do $(NODE) node_modules/typescript/bin/tsc --project $$config || exit 1; done

style: .venv/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	[ ! -d node_modules/@biomejs ] || $(NODE) node_modules/@biomejs/biome/bin/biome check --error-on-warnings

course: .venv/.ready-dev
	$(BIN)/python -m buuchinh check
	$(BIN)/python -m buuchinh derive --check
	$(BIN)/python -m buuchinh audit --date reviewed

fast: .venv/.ready-dev
	$(PYTEST) -q -n 2 -m fast tests

fix: .venv/.ready-dev
	$(BIN)/ruff check --fix .
	[ ! -d node_modules/@biomejs ] || $(NODE) node_modules/@biomejs/biome/bin/biome check --write
	$(BIN)/ruff format .

COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q
INSTRUCTOR := --extra instructor --extra author --extra postgresql

# Each lock is held to the versions of the smaller one: what a trainee has is what is tested.
lock: .venv/.ready-dev
	$(COMPILE) -o requirements.lock
	$(COMPILE) $(INSTRUCTOR) --constraint requirements.lock -o requirements-instructor.lock
	$(COMPILE) $(INSTRUCTOR) --extra hub --constraint requirements-instructor.lock -o requirements-hub.lock
	$(COMPILE) $(INSTRUCTOR) --extra cluster --group dev --constraint requirements-instructor.lock -o requirements-dev.lock

lines:
	@git ls-files buuchinh | grep -E '\.(py|js)$$' | grep -vE '/dist/|/vendor/|\.test\.js$$' | xargs cat | wc -l

help:
	@sed -n 's/^# make /make /p' Makefile

# A stamp is newer than what it was made from: a second call does nothing.
.venv/bin/uv:
	@sh .ci/setup-python

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/uv
	@echo "Đang chuẩn bị (lần đầu mất vài phút)…"
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/.ready-instructor: requirements-instructor.lock .venv/.ready
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements-instructor.lock
	@touch $@

.venv/.ready-dev: requirements-dev.lock requirements-instructor.lock requirements.lock pyproject.toml package-lock.json | .venv/bin/uv
	@$(BIN)/uv pip sync -q --python $(BIN)/python requirements-dev.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent || { echo "make: npm fetched nothing, so no esbuild, tsc, biome" >&2; [ -z "$$CI" ]; }
	@touch .venv/.ready .venv/.ready-instructor $@
