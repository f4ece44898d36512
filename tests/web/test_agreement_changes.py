"""责任书 of a year are drafted, issued and split on the pages, and one agreement is changed there: void, handed over, a
supplement taken back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from flows.drain import drain
from records import agreements
from records.engine import reading
from tests.flows.district import STREET, at
from tests.web.desk import Desk
from tests.web.test_what_is_owed import PHOTO, YEAR, agreement, bound, status  # noqa: F401

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def drafting(desk: Desk) -> Desk:
    desk.district.household("陈家强")
    desk.clock.now = at(2017, 3, 1)
    return desk


def workbook(desk: Desk, add: int = 0) -> tuple[str, bytes, str]:
    """The year's split as the district's clerk takes it; with `add` the first street's first measure is another."""
    answer = desk.as_("district_clerk").client.get(f"/agreements/targets?year={YEAR}")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == "D-20":
            row[3].value = int(str(row[3].value)) + add
            break
    out = io.BytesIO()
    book.save(out)
    return "分解表.xlsx", out.getvalue(), SHEET


def test_the_district_issues_a_year_and_its_papers_are_made_by_whoever_carries_duties_out(drafting: Desk) -> None:
    clerk = drafting.as_("district_clerk")
    assert "拟订和印发" in clerk.see("/agreements")
    assert "还没有拟订" in clerk.see(f"/agreements/prepare?year={YEAR}")
    said = clerk.send("/agreements/prepare", "/agreements/prepare", year=str(YEAR), kind="D-20").text
    assert "已交办" in said and "（待印发7份）" in said
    drain(drafting.district.office, drafting.clock.now)
    assert "待印发" not in clerk.see(f"/agreements/prepare?year={YEAR}")
    with reading(drafting.district.office.records) as conn:
        assert all(row.number for row in agreements.of_year(conn, YEAR, ("D-20",)))
    again = clerk.send("/agreements/prepare", "/agreements/prepare", year=str(YEAR), kind="D-20").text
    assert "都已印发" in again

    wrong = clerk.send("/agreements/prepare", "/agreements/prepare", year="17")
    assert wrong.status_code == 409 and "应在2000年与2018年之间" in wrong.text


def test_nobody_but_the_district_prepares_a_year(bound: Desk) -> None:  # noqa: F811
    leader = bound.as_("leader")
    assert "拟订和印发" not in leader.see("/agreements")
    leader.see("/agreements/prepare", 403)
    leader.see(f"/agreements/targets?year={YEAR}", 403)


def test_a_split_that_does_not_add_up_is_refused_with_the_difference_and_nothing_changes(drafting: Desk) -> None:
    clerk = drafting.as_("district_clerk")
    clerk.send("/agreements/prepare", "/agreements/prepare", year=str(YEAR))
    no = clerk.send("/agreements/prepare", "/agreements/targets", {"sheet": workbook(drafting, 3)}, year=str(YEAR))
    assert no.status_code == 409 and "3" in no.text and "合计" in no.text
    same = clerk.send("/agreements/prepare", "/agreements/targets", {"sheet": workbook(drafting)}, year=str(YEAR)).text
    assert "没有调整" in same
    other = ("别的.xlsx", b"not a workbook", SHEET)
    bad = clerk.send("/agreements/prepare", "/agreements/targets", {"sheet": other}, year=str(YEAR))
    assert bad.status_code == 409 and "不是能读的Excel工作簿" in bad.text
    none = clerk.send("/agreements/prepare", "/agreements/targets", year=str(YEAR))
    assert none.status_code == 409 and "改好的分解表" in none.text


def test_a_changed_target_of_an_issued_agreement_needs_a_reason(bound: Desk) -> None:  # noqa: F811
    clerk = bound.as_("district_clerk")
    no = clerk.send("/agreements/prepare", "/agreements/targets", {"sheet": workbook(bound, 1)}, year=str(YEAR))
    assert no.status_code == 409 and "调整事由" in no.text


def test_a_wrong_agreement_is_void_with_its_reason_and_another_takes_its_place(bound: Desk) -> None:  # noqa: F811
    key, clerk, path = agreement(bound, "D-20", f"{STREET}-office"), bound.as_("district_clerk"), "/agreements"
    bound.as_("clerk").see(f"{path}/{key}/change", 404)
    assert "没有可以办理的变更" in bound.as_("leader").see(f"{path}/{key}/change")

    no = clerk.send(f"{path}/{key}/change", f"{path}/{key}/change", act="void", reason=" ")
    assert no.status_code == 409 and status(bound, key) == "split"
    said = clerk.send(f"{path}/{key}/change", f"{path}/{key}/change", act="void", reason="乙方名称有误").text
    assert "已废止：乙方名称有误" in said and status(bound, key) == "void"
    clerk.send("/agreements/prepare", "/agreements/prepare", year=str(YEAR))
    drain(bound.district.office, bound.clock.now)
    assert agreement(bound, "D-20", f"{STREET}-office") != key


def test_a_successor_without_an_account_is_asked_to_sign_anew(bound: Desk) -> None:  # noqa: F811
    key, clerk = agreement(bound, "D-20", f"{STREET}-office"), bound.as_("district_clerk")
    page = f"/agreements/{key}"
    names = {"n.甲方区委书记": "区委甲", "n.甲方区长": "区长乙"}
    clerk.send(page, page, {"evidence": PHOTO}, act="scan", signed_on="2017-06-12", **names)
    no = clerk.send(f"{page}/change", f"{page}/change", act="hand_over", capacity="党工委书记")
    assert no.status_code == 409 and "尚未签订" in no.text
    said = clerk.send(f"{page}/change", f"{page}/change", act="hand_over", capacity="区长", name="区长丙").text
    assert "待接任者重新签订" in said and "重签" in said and "区长丙" in said
