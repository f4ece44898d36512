#!/bin/bash
# The programs that the tests use beside Python: installed where this machine lets us, named where it does not.
# Under BANGFU_CI=1 a program that stays missing is a failure, otherwise the tests that need it are skipped and counted.
set -euo pipefail

packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v soffice >/dev/null || packages+=(libreoffice-writer-nogui)
command -v pdftoppm >/dev/null || packages+=(poppler-utils)
if ! command -v fc-list >/dev/null || [ -z "$(fc-list :lang=zh-cn)" ]; then packages+=(fontconfig fonts-noto-cjk); fi
if ! command -v initdb >/dev/null && [ -z "$(compgen -G '/usr/lib/postgresql/*/bin/initdb')" ]; then packages+=(postgresql); fi
[ ${#packages[@]} -gt 0 ] || exit 0

install() {
  export DEBIAN_FRONTEND=noninteractive
  # the tests start servers of their own: Debian shall neither make a cluster nor take the port for one
  local without=/etc/postgresql-common/createcluster.d/bangfu-ci.conf
  mkdir -p "${without%/*}" && echo "create_main_cluster = false" >"$without"
  local status=0
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; } || status=1
  rm -f "$without"
  return $status
}

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing system packages / 安装系统软件包：${packages[*]}"
  install && exit 0
fi
echo "missing programs; as root: apt-get install --no-install-recommends ${packages[*]}" >&2
echo "缺少系统软件，请以管理员身份安装（Debian 软件包名）：${packages[*]}；缺少时相关测试跳过并计数" >&2
[ "${BANGFU_CI:-}" != 1 ]
