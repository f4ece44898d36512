"""A real browser over the workspace: windows of people, and what every page must be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.desk import PASSWORD, Desk

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=zh-CN",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


@contextmanager
def opened(
    browser: Browser, desk: Desk, who: str | None = None, script: bool = True, width: int = 1280
) -> Iterator[Page]:
    """A window, signed in as one of the district's people or as nobody."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 900}, locale="zh-CN", base_url=desk.url
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    if who is not None:
        page.goto("/sign-in")
        page.fill("#login", desk.account(who))
        page.fill("#password", PASSWORD)
        page.click("button:has-text('登录')")
        page.wait_for_url(lambda url: "/sign-in" not in url)
    try:
        yield page
    finally:
        context.close()


def attach(page: Page, *kinds: str) -> None:
    """A photo for every kind of evidence."""
    for kind in kinds:
        page.set_input_files(
            f"input[name='e.{kind}']", {"name": f"{kind}.png", "mimeType": "image/png", "buffer": ONE_PIXEL}
        )


def press(page: Page, verdict: str) -> None:
    """Press a verdict and wait for what the workspace says."""
    page.click(f"button[value='decide:{verdict}']")
    page.wait_for_selector("[role=status], [role=alert]")


def said(page: Page) -> str:
    return page.inner_text("[role=status], [role=alert]")


def healthy(page: Page) -> None:
    """No serious finding of accessibility, and nothing beside the page at its width."""
    found = [v for v in Axe().run(page)["violations"] if v["impact"] in ("serious", "critical")]
    assert found == [], [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
