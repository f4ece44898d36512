#!/bin/sh
# Installs bangfu from this folder, without internet: sh install.sh [where, default ./bangfu]
# 离线安装：sh install.sh [安装位置，默认 ./bangfu]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
where=${1:-bangfu}
python=${PYTHON:-python3}
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "bangfu needs python 3.11 or newer with its venv module; set PYTHON to its path if it has another name." >&2
  echo "缺少 Python 3.11 或更高版本（含 venv 模块）；如装在别处，请用环境变量 PYTHON 指明路径。" >&2
  exit 1
fi
"$python" -m venv "$where"
"$where/bin/pip" install --quiet --no-index --find-links "$here" bangfu
echo "installed / 已安装：$where/bin/bangfu"
