"""A browser's own description in words that its owner recognises."""

from __future__ import annotations

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "微信"), ("QQBrowser", "QQ浏览器"), ("Firefox", "Firefox"),
            ("Chrome", "Chrome"), ("Safari", "Safari"), ("MSIE", "IE"), ("Trident", "IE"))  # fmt: skip
SYSTEMS = (("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def device_of(agent: str) -> str:
    """The browser and the system, as far as the description tells: “Chrome浏览器（Windows）”."""
    browser = next((title for mark, title in BROWSERS if mark in agent), "")
    system = next((title for mark, title in SYSTEMS if mark in agent), "")
    named = browser if browser.endswith("浏览器") or not browser else f"{browser}浏览器"
    return f"{named or '程序'}（{system}）" if system else named or "没有说明的设备"
