"""A signed-in device is named so that its owner knows it again."""

from __future__ import annotations

import pytest

from web.agents import device_of

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(("agent", "said"), [
    (CHROME, "Chrome浏览器（Windows）"),
    (f"{CHROME} Edg/120.0", "Edge浏览器（Windows）"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile/15E148 Safari/604.1", "Safari浏览器（iPhone）"),
    ("Mozilla/5.0 (Linux; Android 13) Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0", "微信浏览器（安卓）"),
    ("python-httpx/0.28", "没有说明的设备"),
    ("", "没有说明的设备"),
])  # fmt: skip
def test_a_browser_is_told_in_words(agent: str, said: str) -> None:
    assert device_of(agent) == said
