# make lab    opens the course in JupyterLab (sets everything up first)
# make test   sets everything up and runs all checks and tests
# make fix    mends what ruff can mend
# make lock   makes the two lock files again from pyproject.toml
# make help   this page

BIN := .venv/bin
export PYTHONUTF8 := 1

.PHONY: lab instructor test fix lock help
.DEFAULT_GOAL := help

lab: .venv/.ready
	@$(BIN)/python -m buuchinh lab

instructor: .venv/.ready
	@$(BIN)/python -m buuchinh lab --instructor

test: .venv/.ready-dev
	@sh .ci/setup-system
	@$(BIN)/python --version && $(BIN)/uv --version && $(BIN)/ruff --version && $(BIN)/mypy --version
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m buuchinh check
	$(BIN)/python -m buuchinh derive --check
	$(BIN)/python -m buuchinh audit --date reviewed
	$(BIN)/python -m pytest -n 2 --dist loadfile

fix: .venv/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.ready-dev
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra postgresql \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra postgresql --extra cluster --group dev \
	    --constraint requirements.lock \
	    --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements-dev.lock

help:
	@sed -n 's/^# //p' Makefile

# A stamp is newer than what it was made from: a second call does nothing.
.venv/bin/uv:
	@sh .ci/setup-python

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/uv
	@echo "Đang chuẩn bị (lần đầu mất vài phút)…"
	@$(BIN)/uv pip install -q --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/.ready-dev: requirements-dev.lock requirements.lock pyproject.toml | .venv/bin/uv
	@$(BIN)/uv pip sync -q --python $(BIN)/python requirements-dev.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch .venv/.ready $@
