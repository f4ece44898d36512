"""The workspace in a real browser: a refusal, a batch, standing in; without JavaScript, on a phone, by keyboard, readable by all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import attach, opened, press, said
from tests.web.desk import PASSWORD, Desk

pytestmark = pytest.mark.browser
Filled = tuple[Desk, dict[str, int]]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_household_that_does_not_accept_ends_its_exit(browser: Browser, filled: Filled, script: bool) -> None:
    """R1.3-06: the householder's refusal is recorded with its reason, and nobody can override it."""
    desk, waiting = filled
    case = waiting["accept"]
    with opened(browser, desk, "clerk", script=script) as page:
        page.goto(f"/tasks/{case}")
        page.fill("[name='made_by']", "郑炳坤")
        page.fill("#opinion", "家中老人住院，暂不同意退出")
        attach(page, "D-34")
        press(page, "refuse")

        assert "办件不予通过" in said(page)
        page.goto(f"/cases/{case}")
        expect(page.locator(".trace-refuse")).to_contain_text("家中老人住院")
    assert desk.district.see(case).status == "refused"
    assert desk.district.state(desk.district.see(case).subject_id) == "assisted"


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_list_is_ticked_and_signed(browser: Browser, filled: Filled, script: bool) -> None:
    desk, waiting = filled
    with opened(browser, desk, "clerk", script=script) as page:
        page.goto("/todo")
        for name in ("陈家强户", "吴桂英户"):
            page.check(f"[aria-label='勾选{name}']")
        page.click("text=批量办理勾选的")
        page.click("button[value='approve']")
        expect(page.locator("h1")).to_contain_text("办成2件，未办0件")
    assert desk.district.see(waiting["candidate"]).step == "review"


def test_a_phrase_is_one_click_and_a_verdict_that_is_sent_twice_counts_once(browser: Browser, filled: Filled) -> None:
    desk, waiting = filled
    with opened(browser, desk, "leader") as page:
        page.goto(f"/tasks/{waiting['street_review']}")
        page.click("button:has-text('情况属实，同意。')")
        page.locator("button[value='decide:approve']").dblclick()
        page.wait_for_url("**/todo")
        assert "已通过" in said(page) or "没有重复办理" in said(page)
    assert desk.district.see(waiting["street_review"]).step == "district_check"


PAGES = ("/todo", "/tasks/{street_review}", "/cases/{street_review}", "/cases/{returned}", "/cases/{returned}/print",
         "/mine/done", "/mine/copied", "/lent", "/inbox", "/delegations", "/account", "/tasks/{street_review}/preview")  # fmt: skip


def test_a_task_is_decided_by_keyboard_alone(browser: Browser, filled: Filled) -> None:
    """From the sign-in to the decision without a mouse; what has the focus is always to be seen."""
    desk, _ = filled
    desk.account("leader")
    with opened(browser, desk) as page:
        page.goto("/sign-in")
        # a browser hands over the focus with its first frame, which may be after the page has loaded
        page.wait_for_function("document.activeElement.id === 'login'")
        page.keyboard.type("leader")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/todo")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        page.keyboard.press("Enter")
        _tab_to(page, "蔡木水户")
        page.keyboard.press("Enter")
        page.wait_for_url("**/tasks/*")
        _tab_to(page, "通过")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Enter")
        page.wait_for_url("**/todo")
        assert "现在“区复核”" in said(page)


def _tab_to(page: Page, text: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"{text} is not reached by Tab")


def test_on_a_phone_the_menu_folds_and_a_task_is_decided(browser: Browser, filled: Filled) -> None:
    desk, waiting = filled
    with opened(browser, desk, "leader", script=False, width=390) as page:
        page.goto("/inbox")
        page.click("summary:has-text('菜单')")
        page.click("nav[aria-label='折叠菜单'] >> text=待办")
        page.click("text=蔡木水户")
        press(page, "approve")
        assert "现在“区复核”" in said(page)
    assert desk.district.see(waiting["street_review"]).step == "district_check"


def test_nothing_is_loaded_from_elsewhere_and_nothing_breaks_the_policy(browser: Browser, filled: Filled) -> None:
    """An office PC without internet: every file comes from the workspace itself, and the console stays silent."""
    desk, waiting = filled
    with opened(browser, desk, "leader") as page:
        asked: list[str] = []
        spoken: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on(
            "console", lambda message: spoken.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: spoken.append(str(error)))
        for path in PAGES:
            page.goto(path.format(**waiting))
        assert {url for url in asked if not url.startswith((desk.url, "data:"))} == set()
        assert spoken == []
