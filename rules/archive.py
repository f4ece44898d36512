"""In which part of a household's file a paper lies (一户一档)."""

from __future__ import annotations

from collections.abc import Iterable

_FIRST = {
    "D-0": "精准识别",
    "D-1": "精准识别",
    "D-2": "精准帮扶",
    "D-3": "贫困退出",
    "D-4": "跟踪巩固",
    "D-5": "精准帮扶",
}
_OWN = {"D-16": "精准帮扶", "D-17": "精准帮扶", "D-18": "精准帮扶", "D-19": "精准帮扶", "D-24": "精准识别", "D-25": "精准识别",
        "D-43": "精准识别", "D-40": "贫困退出", "D-7B": "其他"}  # fmt: skip


def category_of(code: str) -> str:
    """精准识别, 精准帮扶, 贫困退出, 跟踪巩固 or 其他, by the code of the catalogue."""
    return _OWN.get(code) or _FIRST.get(code[:3], "其他")


def longest(retentions: Iterable[str]) -> str:
    """The longest of several retentions (永久, 30年, 10年): a file is kept as long as the paper in it that is kept longest."""
    return max(retentions, key=lambda text: (text == "永久", int("0" + "".join(filter(str.isdigit, text)))), default="")
