"""What happens to people in a real browser: the back button, two tabs, a session that ends in the middle of a form."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from records import accounts, schema
from records.engine import reading, writing
from tests.web.browsing import ONE_PIXEL, opened, press, said
from tests.web.desk import PASSWORD, Desk

pytestmark = pytest.mark.browser
Filled = tuple[Desk, dict[str, int]]
LONG = "入户三次，收入以当年台账为准；\n房屋安全、饮水、上学、看病均已核对，家中老人由长子赡养。"


def decisions(desk: Desk, case: int) -> int:
    with reading(desk.district.office.records) as conn:
        return len(conn.execute(schema.decisions.select().where(schema.decisions.c.case_id == case)).all())


def expire(desk: Desk) -> None:
    """Everybody's session lay idle too long."""
    desk.clock.now += timedelta(hours=13)


def sign_in(page: Page, who: str) -> None:
    page.fill("#login", who)
    page.fill("#password", PASSWORD)
    page.click("button:text-is('登录')")
    page.wait_for_selector("h1:text-is('登录')", state="detached")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_back_after_a_decision_and_the_old_form_again_says_who_decided_when(
    browser: Browser, filled: Filled, script: bool
) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    with opened(browser, desk, "leader", script=script) as page:
        page.goto(f"/tasks/{case}")
        page.fill("#opinion", "同意上报")
        press(page, "approve")
        made = decisions(desk, case)
        page.go_back()
        if page.locator("button[value='decide:approve']").count():  # a browser that kept the page as it was
            page.locator("button[value='decide:approve']").click()
            page.wait_for_url("**/todo")
            assert "没有重复办理" in said(page)
        else:
            expect(page.locator("main")).to_contain_text(
                "同意上报"
            )  # the case, where the decision stands with its name
            expect(page.locator("main")).to_contain_text("李书记")
    assert decisions(desk, case) == made


def test_the_same_task_in_two_tabs_is_decided_once_and_the_second_says_by_whom_and_when(
    browser: Browser, filled: Filled
) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    with opened(browser, desk, "leader") as first:
        first.goto(f"/tasks/{case}")
        second = first.context.new_page()
        second.goto(f"/tasks/{case}")
        second.fill("#opinion", "另一个窗口的意见")
        press(first, "approve")
        made = decisions(desk, case)
        press(second, "approve")
        told = said(second)
        assert "李书记" in told and "2017年" in told and "没有重复办理" in told, told
    assert decisions(desk, case) == made
    assert desk.district.see(case).step == "district_check"


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing_of_it(
    browser: Browser, filled: Filled, script: bool
) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    before = decisions(desk, case)
    with opened(browser, desk, "leader", script=script) as page:
        page.goto(f"/tasks/{case}")
        page.fill("#opinion", LONG)
        expire(desk)
        page.click("button[value='decide:approve']")
        expect(page.locator("[role=alert]")).to_contain_text("您填写的内容已保留")
        assert decisions(desk, case) == before
        page.fill("#login", "leader")
        page.fill("#password", "不对的密码")
        page.click("button:text-is('登录')")
        expect(page.locator("[role=alert]").first).to_contain_text(
            "您填写的内容已保留"
        )  # a wrong password loses nothing
        sign_in(page, "leader")
        page.click("button:has-text('回到表单')")
        expect(page.locator("#opinion")).to_have_value(LONG)
        assert decisions(desk, case) == before, "nothing is decided before the person says so"
        press(page, "approve")
    assert decisions(desk, case) == before + 1


def test_an_upload_when_the_session_has_ended_keeps_the_words_and_names_the_files_to_choose_again(
    browser: Browser, filled: Filled
) -> None:
    desk, waiting = filled
    case = waiting["accept"]
    with opened(browser, desk, "clerk") as page:
        page.goto(f"/tasks/{case}")
        page.fill("[name='made_by']", "郑炳坤")
        page.fill("#opinion", LONG)
        page.set_input_files(
            "input[name='e.D-34']", {"name": "承诺书.png", "mimeType": "image/png", "buffer": ONE_PIXEL}
        )
        expire(desk)
        page.click("button[value='decide:approve']")
        expect(page.locator("[role=alert]").first).to_contain_text("承诺书.png")
        sign_in(page, "clerk")
        expect(page.locator("[role=alert]")).to_contain_text("需要重新选择：承诺书.png")
        page.click("button:has-text('回到表单')")
        expect(page.locator("#opinion")).to_have_value(LONG)
        expect(page.locator("[name='made_by']")).to_have_value("郑炳坤")


def test_a_page_of_an_earlier_session_goes_on_after_signing_in_elsewhere(browser: Browser, filled: Filled) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    with opened(browser, desk, "leader") as page:
        page.goto(f"/tasks/{case}")
        page.fill("#opinion", LONG)
        expire(desk)
        other = page.context.new_page()
        other.goto("/sign-in")
        sign_in(other, "leader")
        page.click("button[value='decide:approve']")
        page.click("button:has-text('回到表单')")
        expect(page.locator("#opinion")).to_have_value(LONG)


def test_a_long_document_that_somebody_words_comes_back_as_it_was_worded(browser: Browser, filled: Filled) -> None:
    desk, _ = filled
    with opened(browser, desk, "street_clerk") as page:
        page.goto("/papers/compose/D-77A")
        names = page.eval_on_selector_all("textarea[name^='b.']", "all => all.map(one => one.name)")
        page.fill(f"textarea[name='{names[0]}']", LONG)
        expire(desk)
        page.eval_on_selector("form[action='/papers/compose/D-77A']", "form => { form.noValidate = true; }")
        page.click("button[value='keep']")
        sign_in(page, "street_clerk")
        page.click("button:has-text('回到表单')")
        expect(page.locator(f"textarea[name='{names[0]}']")).to_have_value(LONG)


def test_whoever_signs_in_in_another_window_goes_on_in_this_one(filled: Filled) -> None:
    """As with a government identity provider, whose pages are elsewhere."""
    desk, waiting = filled
    leader = desk.as_("leader")
    page = f"/tasks/{waiting['street_review']}"
    form = {"csrf": leader.token(page), "opinion": "同意上报", "act": "decide:approve"}
    expire(desk)
    ours = {"origin": desk.url, "sec-fetch-site": "same-origin"}
    shown = leader.client.post(page, data=form, headers=ours).text
    carried = {
        name: html.unescape(re.findall(rf'name="{name}" value="([^"]*)"', shown)[0]) for name in ("csrf", "kept")
    }
    early = leader.client.post("/sign-in", data=carried, headers=ours)
    assert "还没有登录" in early.text and 'name="kept"' in early.text
    leader.send("/sign-in", "/sign-in", login="leader", password=PASSWORD)
    goes_on = leader.client.post("/sign-in", data=carried, headers=ours)
    assert "回到表单" in goes_on.text and 'value="同意上报"' in goes_on.text


def test_another_form_shows_what_was_typed_and_is_sent_only_when_confirmed(browser: Browser, filled: Filled) -> None:
    desk, _ = filled
    with opened(browser, desk, "leader") as page:
        page.goto("/account/phrases")
        page.fill("input[name='text'], textarea[name='text']", "情况已逐户核实")
        expire(desk)
        page.click("form:has([name='text']) button")
        sign_in(page, "leader")
        expect(page.locator("main")).to_contain_text("情况已逐户核实")
        page.click("button:has-text('继续提交')")
        page.goto("/account/phrases")
        expect(page.locator("main")).to_contain_text("情况已逐户核实")


def test_what_one_person_typed_is_not_shown_to_the_next_who_signs_in(browser: Browser, filled: Filled) -> None:
    desk, waiting = filled
    desk.account("clerk")
    with opened(browser, desk, "leader") as page:
        page.goto(f"/tasks/{waiting['street_review']}")
        page.fill("#opinion", LONG)
        expire(desk)
        page.click("button[value='decide:approve']")
        sign_in(page, "clerk")
        expect(page.locator("[role=status], [role=alert]").first).to_contain_text("属于另一个账号")
        assert "入户三次" not in page.inner_text("body")


def test_a_password_is_never_kept_and_a_strangers_form_neither(filled: Filled) -> None:
    desk, waiting = filled
    leader = desk.as_("leader")
    page = f"/tasks/{waiting['street_review']}"
    form = {"csrf": leader.token(page), "opinion": "同意", "act": "decide:approve"}
    expire(desk)
    ours = {"origin": desk.url, "sec-fetch-site": "same-origin"}
    kept = leader.client.post(page, data=form, headers=ours)
    assert kept.status_code == 403 and 'name="kept"' in kept.text
    foreign = leader.client.post(page, data=form, headers={"origin": "https://elsewhere.example"})
    secret = leader.client.post("/account/password", data={**form, "password": PASSWORD}, headers=ours)
    for answer in (foreign, secret):
        assert 'name="kept"' not in answer.text and "过期" in answer.text
    stranger = desk.visitor()
    assert 'name="kept"' not in stranger.client.post(page, data=form, headers=ours).text
    with writing(desk.district.office.records) as conn:
        assert accounts.session_owner(conn, "0" * 64) is None
