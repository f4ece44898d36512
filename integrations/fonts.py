"""Which fonts this machine has for the names that papers use, and what stands in for the missing ones."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from integrations.unreachable import Unreachable

# What resembles each font most, best first. Named so that a machine with several families never takes one by chance.
STAND_INS: Mapping[str, tuple[str, ...]] = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "小标宋", "Noto Serif CJK SC Black", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang R", "FandolFang",
                  "Noto Serif CJK SC", "Noto Sans CJK SC"),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    "黑体": ("SimHei", "STHeiti", "FandolHei", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "STSong", "FandolSong", "Noto Serif CJK SC", "Noto Sans CJK SC"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Substitution:
    """A font that is missing here, and the family that stands in for it."""

    wanted: str
    used: str

    def __str__(self) -> str:
        return f"{self.wanted}→{self.used}"


def substitutions(names: Sequence[str] = tuple(STAND_INS)) -> tuple[Substitution, ...]:
    """The fonts of these names that are missing, each with its stand-in. Raises Unreachable without any Chinese font."""
    installed = _families()
    found = []
    for name in names:
        used = next((n for n in (name, *STAND_INS.get(name, ())) if n in installed), None)
        if used is None:
            raise Unreachable(
                f"本机没有可以代替“{name}”的中文字体，请安装中文字体（如 fonts-noto-cjk）。", permanent=True
            )
        if used != name:
            found.append(Substitution(name, used))
    return tuple(found)


def write_fontconfig(path: Path, found: Sequence[Substitution]) -> None:
    """A fontconfig file in which each missing name is its stand-in, whatever else the machine would have chosen."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(s.wanted)}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{escape(s.used)}</string></edit></match>'
        for s in found
    )
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>',
        encoding="utf-8",
    )


def _families() -> frozenset[str]:
    try:
        done = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as no:
        raise Unreachable("本机没有字体查询程序 fc-list，不能核对字体。", permanent=True) from no
    return frozenset(name.strip() for line in done.stdout.splitlines() for name in line.split(","))
