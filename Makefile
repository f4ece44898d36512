# bangfu（帮扶）. `make help` says what there is. Needs python 3.11 or newer with venv, git and make; the rest it fetches.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
WORKERS ?= 2
OUT ?= demo-out

# bytecode is what makes the second start quick
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-faults lint format bundle bench province tickbench migration transitions pictures clauses keep lock clean serve screenshots

help: ## what there is / 有哪些目标
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: .venv/installed ## three years of the example district, into demo-out/ / 示例区三年全过程
	$(BIN)/bangfu demo --out $(OUT)

serve: .venv/installed ## the workspace on the demo's data, with an account for every role / 以示例数据打开工作台
	@test -f $(OUT)/bangfu.sqlite3 || $(BIN)/bangfu demo --out $(OUT)
	$(BIN)/bangfu serve --no-prefect --demo $(OUT)

screenshots: .venv/installed ## docs/screenshots/ anew, one picture of every page / 各页截图
	$(BIN)/python -m tests.web.screenshots

test: .venv/installed ## lint and every test; fails when either does / 静态检查和全部测试
	@bash deploy/system-packages.sh
	@status=0; $(MAKE) --no-print-directory lint || status=1; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(PYTEST) || status=1; \
	if [ $$status -ne 0 ]; then echo "make test: FAILED / 未通过" >&2; fi; exit $$status

test-faults: .venv/installed ## processes killed two hundred times while people work (half an hour) / 反复强行终止进程
	BANGFU_FAULT_KILLS=$(KILLS) $(BIN)/python -m pytest -s --timeout=5400 tests/faults
KILLS ?= 200

lint: .venv/installed ## ruff, mypy --strict, import contract / 代码规范
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check --quiet . || { status=1; echo "ruff format: run make format" >&2; }; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports || status=1; \
	exit $$status

format: .venv/installed ## lay the code out as ruff does / 统一代码格式
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bundle: .venv/installed ## wheelhouse/ for an office without internet / 离线安装包
	rm -rf wheelhouse build
	$(BIN)/pip wheel --quiet --require-hashes --no-deps --wheel-dir wheelhouse -r requirements.lock
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir wheelhouse .
	cp docs/bundle/install.sh docs/bundle/README.txt requirements.lock wheelhouse/
	rm -rf build
	@echo "wheelhouse/: $$(ls wheelhouse/*.whl | wc -l) wheels; install with / 安装： sh wheelhouse/install.sh"

bench: .venv/installed ## ratios against other engines, in one run / 性能比较
	$(BIN)/python -m benchmarks

province: .venv/installed ## a generated province of 600,000 households, 200 people at once / 全省规模
	$(BIN)/python -m benchmarks.province_bench --households 600000

migration: .venv/installed ## write the first migration anew from the tables (before the first release)
	$(BIN)/python -m records.migrations.autogen

tickbench: .venv/installed ## the tick over ten million tasks with 1,000 due, on both databases (minutes, 10 GB) / 千万待办的计时
	$(BIN)/python -m benchmarks.tick_bench --many 10000000

transitions: .venv/installed ## write docs/transitions.md anew from the machines / 状态表
	$(BIN)/python docs/make_transitions.py

pictures: .venv/installed ## print every paper anew for docs/papers/ (PICTURES=folder: PDF and a contact sheet) / 文书图样
	$(BIN)/python docs/make_papers.py $(PICTURES)

clauses: .venv/installed ## fill "shown by" in docs/requirements.md from the tests / 条款对应的测试
	$(BIN)/python docs/make_shown.py

keep: .venv/installed ## pack an office as this version leaves it, with every release (VERSION=1.2.3)
	PYTHONPATH=. $(BIN)/python tests/flows/keep_release.py $(VERSION)

lock: ## resolve the dependencies anew (needs uv) / 重新锁定依赖
	uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock $(LOCK) -o requirements-dev.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

clean: ## remove everything that make made / 清除
	rm -rf .venv build dist wheelhouse demo-out *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/locked: requirements-dev.lock
	@if [ -z "$(PYTHON)" ]; then \
	  echo "bangfu needs python 3.11 or newer with its venv module (Debian, Ubuntu: apt install python3 python3-venv)." >&2; \
	  echo "缺少 Python 3.11 或更高版本（含 venv 模块）。Debian、Ubuntu 请先执行：apt install python3 python3-venv" >&2; \
	  exit 1; fi
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
