"""What an office owes without a case is done where it is read: agreements signed (责任书), obligations put on record (责任事项)."""

from __future__ import annotations

import re

import pytest

from flows.agreements import Wanted, issue_all, order_issue
from flows.appoint import appoint
from flows.drain import drain
from flows.reminding import remind
from flows.routines import run_routine
from records import agreements, obligations, register, verification
from records.engine import reading, writing
from rules.jurisdiction import EVERYTHING
from tests.flows.district import COMMUNITY, SINCE, STREET, at
from tests.web.browsing import ONE_PIXEL
from tests.web.desk import Desk

UNIT = "440512-unit-01"
YEAR = 2017
PHOTO = ("photo.png", ONE_PIXEL, "image/png")


@pytest.fixture
def bound(desk: Desk) -> Desk:
    """A district whose agreements of the year wait for signatures, and a helper with a household."""
    office, who = desk.district.office, desk.district.who
    desk.district.household("陈家强")
    who["unit_head"] = appoint(office, "周局长", UNIT, "helper_head", SINCE, at(2015, 1, 5))
    who["mate"] = appoint(office, "同事", UNIT, "helper", SINCE, at(2015, 1, 5))
    ids = order_issue(office, Wanted(YEAR, who["district_clerk"], at(2017, 3, 1)))
    issue_all(office, ids, at(2017, 3, 1), "区经办", lambda count: None)
    desk.clock.now = at(2017, 6, 12)
    return desk


def agreement(desk: Desk, code: str, to_office: str = "") -> int:
    with reading(desk.district.office.records) as conn:
        return next(r.id for r in agreements.of_year(conn, YEAR, (code,)) if not to_office or r.to_office == to_office)


def status(desk: Desk, key: int) -> str:
    with reading(desk.district.office.records) as conn:
        return str(agreements.agreement(conn, key).status)


def test_a_street_leader_reads_and_signs_and_is_told_who_signs_next(bound: Desk) -> None:
    """R4.2-05: both first responsible persons of a street sign, each in one capacity."""
    key, leader, other = agreement(bound, "D-20", f"{STREET}-office"), bound.as_("leader"), bound.as_("other_leader")
    assert "份责任书</a>等您签订" in leader.see("/todo")
    page = leader.see(f"/agreements/{key}")
    assert "一、责任主体" in page and "以党工委书记身份签订" in page and "以办事处主任身份签订" in page

    said = leader.send(f"/agreements/{key}", f"/agreements/{key}", act="sign", capacity="党工委书记").text
    assert "已以党工委书记身份签订" in said and "以办事处主任身份签订" not in said
    again = leader.send(f"/agreements/{key}", f"/agreements/{key}", act="sign", capacity="办事处主任")
    assert again.status_code == 409 and "上签过字" in again.text

    assert "账号确认" in other.see(f"/agreements/{key}")
    other.send(f"/agreements/{key}", f"/agreements/{key}", act="sign", capacity="办事处主任")
    assert status(bound, key) == "signed_one"
    clerk = bound.as_("district_clerk")
    page = clerk.send(f"/agreements/{key}", f"/agreements/{key}", {"evidence": PHOTO}, act="scan", signed_on="2017-06-12",
                      **{"n.甲方区委书记": "区委甲", "n.甲方区长": "区长乙"}).text  # fmt: skip
    assert status(bound, key) == "in_force" and "今日结果" in page and "扫描件</a>" in page
    evidence = re.findall(rf'href="(/agreements/{key}/evidence/\w+)"', page)
    leader.see(evidence[0])
    bound.as_("other_street_clerk").see(f"/agreements/{key}/evidence/{'0' * 64}", 404)

    told = leader.send(f"/agreements/{key}", f"/agreements/{key}", act="report", text="正在推进，下半年完成。").text
    assert "年中进展报告已存档" in told and "正在推进" in told
    assert 'name="grade"' not in told  # nobody assesses what he answers for
    judged = clerk.send(f"/agreements/{key}", f"/agreements/{key}", act="assess", text="完成较好。", grade="良好").text
    assert "年度考核：良好" in judged
    assert "已结案" in clerk.send(f"/agreements/{key}", f"/agreements/{key}", act="close").text
    with reading(bound.district.office.records) as conn:
        assert not [f for f in verification.verify(conn) if not f.where.startswith("register_events:case 0")]


def test_a_list_is_signed_in_one_capacity_with_a_result_for_each(bound: Desk) -> None:
    leader, key = bound.as_("leader"), agreement(bound, "D-21", f"{COMMUNITY}-office")
    page = leader.see("/agreements")
    waiting = [int(n) for n in re.findall(r'name="agreement" value="(\d+)"', page.split("等您以")[1])]
    assert key in waiting and len(waiting) > 3
    leader.send(f"/agreements/{key}", f"/agreements/{key}", act="sign", capacity="党工委书记")
    told = leader.send("/agreements", "/agreements", capacity="党工委书记", agreement=waiting).text
    assert f"已签订{len(waiting) - 1}份，1份未签" in told and f'href="/agreements/{key}"' in told.split("未签的")[1]
    assert "还没有勾选" in leader.send("/agreements", "/agreements", capacity="党工委书记").text


def test_agreements_of_others_are_neither_shown_nor_signed(bound: Desk) -> None:
    elsewhere = agreement(bound, "D-20", "440512002-office")
    leader = bound.as_("leader")
    leader.see(f"/agreements/{elsewhere}", 404)
    assert leader.send("/agreements", f"/agreements/{elsewhere}", act="sign").status_code == 404
    assert leader.send("/agreements", "/agreements", capacity="党工委书记", agreement=elsewhere).status_code == 404
    assert bound.as_("auditor").see(f"/agreements/{elsewhere}").count('name="act"') == 0


def test_a_helper_finds_and_signs_what_is_asked_of_him_and_brings_the_householders_signature(bound: Desk) -> None:
    helper, own, home = bound.as_("helper"), agreement(bound, "D-22A"), agreement(bound, "D-19")
    assert f'href="/offices/{UNIT}"' in helper.see("/offices")
    page = helper.see(f"/offices/{UNIT}")
    listed = helper.see(f"/area/dues?office={UNIT}")
    for key in (own, home):
        assert f'href="/agreements/{key}"' in page and f'href="/agreements/{key}"' in listed
        assert "以帮扶责任人身份签订" in helper.see(f"/agreements/{key}")
    bound.clock.now = at(2017, 8, 7)
    helper = bound.as_("helper")
    assert "已逾期" in helper.see("/todo") and "都办完了" not in helper.see("/todo")
    assert "陈家强" not in bound.as_("mate").see(f"/area/dues?office={UNIT}")

    told = helper.send("/agreements", "/agreements", capacity="帮扶责任人", agreement=[own, home]).text
    assert "已签订2份" in told
    proof = helper.send(f"/agreements/{home}", f"/agreements/{home}", {"evidence": PHOTO}, act="scan", **{"n.乙方户主": "陈家强"}, signed_on="2017-08-07").text  # fmt: skip
    assert "已以户主身份签订" in proof
    no = bound.as_("mate").send("/agreements", f"/agreements/{home}", {"evidence": PHOTO}, act="scan", **{"n.乙方户主": "陈家强"}, signed_on="2017-08-07")  # fmt: skip
    assert no.status_code == 404


def visits_of(desk: Desk, who: str) -> list[int]:
    run_routine(desk.district.office, "leader-visits", {}, at(2017, 1, 2))
    wanted = obligations.Wanted("all", "leader_visit", person_id=desk.district.who[who].person_id)
    with reading(desk.district.office.records) as conn:
        return [row.id for row in obligations.listing(EVERYTHING, at(2017, 6, 1).date(), wanted).page(conn)]


def test_a_leaders_visit_is_put_on_record_with_its_photo_from_the_list_of_what_is_owed(desk: Desk) -> None:
    """R4.2-12."""
    home = desk.district.household("陈家强")
    with reading(desk.district.office.records) as conn:
        household = register.household_on(conn, home, desk.clock.now.date())
    assert household is not None
    number = household.number
    first = visits_of(desk, "leader")[0]
    clerk = desk.as_("street_clerk")
    page = clerk.see(f"/offices/{STREET}-office")
    assert f'href="/obligations/{first}"' in page and "（第1次）" in page
    form = {"on": "2017-09-12", "f.led_in_person": "yes", "f.households": number, "f.team": "林记录"}
    address = f"/obligations/{first}"

    without = clerk.send(address, address, **form)
    assert (
        without.status_code == 409
        and "走访照片" in without.text
        and 'value="2017-09-12"' in without.text
        and number in without.text
    )
    late = clerk.send(address, address, {"e.走访照片": PHOTO}, **{**form, "on": "2017-12-12"})
    assert late.status_code == 409 and "晚于今日" in late.text
    done = clerk.send(address, address, {"e.走访照片": PHOTO}, **form).text
    assert "已登记办结" in done and "林记录" in done and 'name="on"' not in done
    assert f'href="{address}"' not in clerk.see(f"/area/dues?office={STREET}-office")
    [proof] = re.findall(rf'href="({address}/evidence/\w+)"', done)
    clerk.see(proof)

    other = desk.as_("clerk")
    other.see(address, 404)
    other.see(proof, 404)
    assert 'name="on"' not in desk.as_("auditor").see(address)


def test_a_digest_is_read_line_by_line(bound: Desk) -> None:
    office = bound.district.office
    with writing(office.records) as conn:
        remind(conn, office, at(2017, 4, 10))
    drain(office, at(2017, 4, 10))
    page = bound.as_("leader").see("/inbox")
    body = re.search(r'<p class="body">(.*?)</p>', page, re.S)
    assert body and body[1].count("\n") > 5
