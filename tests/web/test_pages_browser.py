"""The pages in a real browser: a round with what is held back, signing, an import, an objection without any script; by
keyboard, on a phone, and without a serious finding of accessibility."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from demo.story import DATA
from flows.drain import drain
from records import schema
from records.cases import open_objections
from records.engine import reading
from tests.flows.district import MEETING, at
from tests.web.browsing import ONE_PIXEL, healthy, opened
from tests.web.desk import Desk

pytestmark = pytest.mark.browser


def go(page: Page, desk: Desk, path: str) -> None:
    page.goto(f"{desk.url}{path}")


def scan_file(tmp_path: Path) -> str:
    """A photograph, as small as one can be."""
    path = tmp_path / "照片.png"
    path.write_bytes(ONE_PIXEL)
    return str(path)


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_a_meeting_is_held_on_one_page_and_what_is_held_back_says_why(
    browser: Browser, desk: Desk, tmp_path: Path
) -> None:
    """One page for a meeting: each household's verdict, attendance and votes, rehearsed and then done at once."""
    first = desk.district.exit_until("review", desk.district.household("陈家强"))
    second = desk.district.exit_until("review", desk.district.household("林木生"))
    desk.clock.now = at(2017, 10, 16)
    with opened(browser, desk, "clerk") as page:
        go(page, desk, "/rounds")
        page.click("text=民主评议（2户）")
        for key, value in MEETING.items():
            page.fill(f"[name='field-{key}']", str(value))
        page.fill("[name=made_by]", "居民会议")
        page.select_option(f"[name='verdict-{second}']", "refuse")
        page.set_input_files("[name='evidence-D-07']", scan_file(tmp_path))
        page.fill("[name='field-chair']", "")
        page.click("button:has-text('一并办理')")  # the chair was forgotten: nothing is done, and nothing is lost
        told = page.text_content("main") or ""
        assert "没有一户能办成" in told and "主持人" in told and "已附 照片.png" in told
        assert (
            page.input_value("[name='field-place']") == MEETING["place"]
            and page.input_value("[name=made_by]") == "居民会议"
        )
        with reading(desk.district.office.records) as conn:
            assert not conn.execute(schema.round_acts.select().where(schema.round_acts.c.step == "review")).all()
        page.fill("[name='field-chair']", str(MEETING["chair"]))
        page.click("text=先试算")
        assert "试算：可办成1户，1户会被留下" in page.text_content("main")  # type: ignore[operator]
        assert desk.district.see(first).step == "review"
        page.fill(f"[name='why-{second}']", "收入不实")
        assert "已附 照片.png" in page.text_content("main")  # type: ignore[operator]
        page.click("button:has-text('一并办理')")
        assert "办成2件，未办成0件" in page.text_content("main")  # type: ignore[operator]
        assert "收入不实" in page.text_content("main")  # type: ignore[operator]
        healthy(page)
    assert desk.district.see(first).step == "verify" and desk.district.see(second).status == "refused"


def test_a_notice_is_settled_signed_and_posted(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    case = desk.district.exit_until("pub_post", desk.district.household("陈家强"))
    desk.clock.now = at(2017, 10, 24)
    with opened(browser, desk, "clerk") as page:
        go(page, desk, "/rounds")
        page.click("text=张贴拟退出公示（1户）")
        page.click("text=确定名单，起草公示")
        assert "正在起草" in page.text_content("main")  # type: ignore[operator]
    drain(desk.district.office, desk.clock.now)
    with opened(browser, desk, "head") as page:
        go(page, desk, "/signing")
        page.click("th a:has-text('公示')")
        assert "陈家强" in page.text_content(".sheets")  # type: ignore[operator]
        healthy(page)
        go(page, desk, "/signing")
        waiting = (page.text_content("h1") or "").removeprefix("待签发（").removesuffix("）")
        page.check("[data-all]")
        page.click("text=签发所选文书")
        assert page.text_content("h1") == f"已签发{waiting}份" and len(page.text_content("td.mono") or "") == 64  # type: ignore[operator]
    with opened(browser, desk, "clerk") as page:
        go(page, desk, "/rounds")
        page.click("text=张贴拟退出公示（1户）")
        page.set_input_files("[name='evidence-posting']", scan_file(tmp_path))
        page.click("text=已张贴，登记")
        assert "办成1件" in page.text_content("main")  # type: ignore[operator]
    assert desk.district.see(case).step == "pub_close"


# --- the board --------------------------------------------------------------------------------------------------------


def test_a_resident_objects_with_scripts_off_on_a_phone(browser: Browser, desk: Desk) -> None:
    case = desk.district.exit_until("pub_close", desk.district.household("欧阳家强"))
    desk.clock.now = at(2017, 10, 26)
    with opened(browser, desk, None, script=False, width=390) as page:
        go(page, desk, "/board")
        page.click("h2 a")
        assert "欧阳*" in page.text_content("main")  # type: ignore[operator]
        page.fill("#serial", "1")
        page.fill("#about", "该户有小汽车。")
        page.click("text=提交异议")
        receipt = (page.text_content("#receipt") or "").strip()
        page.click("text=返回公示公告")
        page.fill("#receipt", receipt)
        page.click("button:has-text('查询')")
        assert "已收到，等待登记" in page.text_content("main")  # type: ignore[operator]
    with reading(desk.district.office.records) as conn:
        assert len(open_objections(conn, case)) == 1


# --- import -----------------------------------------------------------------------------------------------------------


def test_a_workbook_is_uploaded_vouched_for_and_approved_by_another(browser: Browser, desk: Desk) -> None:
    desk.clock.now = at(2016, 5, 3)
    with opened(browser, desk, "district_clerk") as page:
        go(page, desk, "/imports")
        page.set_input_files("#file", str(DATA))
        page.click("text=上传并核对")
        page.wait_for_selector("ol.stages", timeout=60_000)
        assert "638" in page.text_content(".numbers")  # type: ignore[operator]
        page.click("text=我已核对，送审")
        assert page.query_selector("text=批准，一并入库") is None
        where = page.url
        healthy(page)
    with opened(browser, desk, "director") as page:
        page.goto(where)
        page.click("text=批准，一并入库")
        page.wait_for_selector("text=各行已一并入库", timeout=120_000)
    with opened(browser, desk, "director") as page:
        go(page, desk, "/households")
        assert "638户" in page.text_content("h1")  # type: ignore[operator]


def test_no_workbook_is_refused_with_a_sentence(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    fake = tmp_path / "假.xlsx"
    with zipfile.ZipFile(io.FileIO(fake, "w"), "w") as file:
        file.writestr("x", "y")
    with opened(browser, desk, "district_clerk") as page:
        go(page, desk, "/imports")
        page.set_input_files("#file", str(fake))
        page.click("text=上传并核对")
        assert "不能导入" in page.text_content("#problem")  # type: ignore[operator]


# --- by keyboard ---------------------------------------------------------------------------------------------------------


def test_a_household_is_found_and_opened_by_keyboard_alone(browser: Browser, desk: Desk) -> None:
    desk.district.household("陈家强")
    desk.clock.now = at(2017, 6, 1)
    with opened(browser, desk, "clerk") as page:
        go(page, desk, "/households")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.focus("#q")
        page.keyboard.type("陈家强")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == "陈家强":
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.text_content("h1") == "陈家强户"
