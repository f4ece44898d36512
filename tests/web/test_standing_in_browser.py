"""Standing in for somebody who is away, and a resident's correction, each from its first click to its last in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from records import household_file, register, schema, verification
from records.engine import reading
from tests.flows.district import at
from tests.web.browsing import ONE_PIXEL, healthy, opened, press, said
from tests.web.desk import Desk

pytestmark = pytest.mark.browser
L = schema.ledger
Filled = tuple[Desk, dict[str, int]]


def choose_post(page: Page, title: str) -> None:
    """Act in that post from now on, by the list at the head of every page."""
    label = next(text for text in page.locator("#seat option").all_inner_texts() if title in text)
    with page.expect_navigation():
        page.select_option("#seat", label=label)


def test_a_leader_hands_the_desk_over_and_a_deputy_decides_in_the_leaders_name_until_it_ends(
    browser: Browser, filled: Filled
) -> None:
    desk, waiting = filled
    case = waiting["street_review"]
    with opened(browser, desk, "leader") as page:
        page.click("nav[aria-label='主菜单'] >> text='离岗委托'")
        page.select_option("#to", label="吴主任（街道负责人）")
        page.fill("#until", "2017-11-10")
        page.fill("#reason", "外出培训")
        page.click("button:has-text('委托')")
        assert "已委托" in said(page)
        expect(page.locator("section:has(#h-given) tbody tr")).to_contain_text("吴主任")
        healthy(page)

    with opened(browser, desk, "other_leader") as page:
        page.goto("/lent")
        expect(page.locator("main")).to_contain_text("李书记")
        choose_post(page, "代李书记")
        assert "代李书记" in said(page)
        page.goto(f"/tasks/{case}")
        page.fill("#opinion", "情况属实，同意。")
        press(page, "approve")
        assert "现在“区复核”" in said(page)
        page.goto(f"/cases/{case}")
        expect(page.locator(".trace li", has_text="情况属实，同意。")).to_contain_text(
            "吴主任（达濠街道办事处街道负责人）代李书记"
        )
    with reading(desk.district.office.records) as conn:
        lines = conn.execute(select(L.c.body, L.c.personal).where(L.c.stream == f"case:{case}").order_by(L.c.seq)).all()
    assert "吴主任" in lines[-1].personal and "李书记" in lines[-1].personal

    with opened(browser, desk, "leader") as page:
        page.goto("/delegations")
        page.click("button:has-text('收回')")
        assert "委托已结束" in said(page)
    with opened(browser, desk, "other_leader") as page:
        assert "代李书记" not in page.inner_text("header")


def test_a_delegation_ends_by_itself_after_its_last_day(browser: Browser, filled: Filled) -> None:
    desk, _ = filled
    with opened(browser, desk, "leader", script=False) as page:
        page.goto("/delegations")
        page.select_option("#to", label="吴主任（街道负责人）")
        page.fill("#until", f"{desk.clock.now:%Y-%m-%d}")
        page.fill("#reason", "开会")
        page.click("button:has-text('委托')")
    with opened(browser, desk, "other_leader", script=False) as page:
        assert "代李书记" in page.inner_text("#seat")
        desk.clock.now += timedelta(days=1)
    with opened(browser, desk, "other_leader", script=False) as page:
        assert "代李书记" not in page.inner_text("header")
        page.goto("/delegations")
        expect(page.locator("section:has(#h-taken)")).to_contain_text("已到期")


# --- a correction --------------------------------------------------------------------------------------------------------


def test_a_resident_has_the_file_put_right_and_is_answered(browser: Browser, filled: Filled) -> None:
    """A wrong fact is mended and a sentence that says too much is taken off; three people decide, and the chain holds."""
    desk, waiting = filled
    case = desk.district.see(waiting["refused"])
    with opened(browser, desk, "clerk") as page:
        page.goto(f"/households/{case.subject_id}")
        page.click("text=更正申请")
        page.fill("#asker", "庄文彬")
        page.fill("#about", "健康状况登记有误；意见中写有家人病情")
        page.fill("#reason", "与事实不符、超出必要范围")
        page.select_option("#person", index=1)
        page.select_option("#field", label="健康状况")
        page.fill("#value", "长期慢性病")
        page.check("label:has-text('家中老人住院') input")
        page.set_input_files("#request", {"name": "申请书.png", "mimeType": "image/png", "buffer": ONE_PIXEL})
        healthy(page)
        page.click("text=登记并送街道核实")
        assert "更正申请已登记" in said(page)
        number = int(page.url.rsplit("/", 1)[1])
    desk.clock.now = at(2017, 11, 6)
    for who, now in (("street_clerk", "现在“街道决定”"), ("leader", "现在“答复申请人”")):
        with opened(browser, desk, who) as page:
            page.goto(f"/tasks/{number}")
            expect(page.locator("main")).to_contain_text(
                "长期慢性病"
            )  # what is asked for stands before the one who decides
            expect(page.locator("main")).to_contain_text("家中老人住院")
            press(page, "approve")
            assert now in said(page)
    with opened(browser, desk, "street_clerk") as page:
        page.goto(f"/tasks/{number}")
        page.fill("[name='f.replied_on']", "2017-11-06")
        press(page, "approve")
        assert "办件办结" in said(page)
    with opened(browser, desk, "clerk") as page:
        page.goto(f"/households/{case.subject_id}/correction")
        assert "家中老人住院" not in page.inner_text("main")
    with reading(desk.district.office.records) as conn:
        home = register.household_on(conn, case.subject_id, desk.clock.now.date())
        assert home is not None and home.members[0].facts["health"] == "长期慢性病"
        assert all("住院" not in line.personal for line in household_file.personal_lines(conn, case.subject_id))
        assert [fault for fault in verification.verify(conn) if "case 0" not in fault.where] == []
