"""Whoever a supervision file is about reads what was found and decided, answers, and states their case; others do not."""

from __future__ import annotations

import re
from datetime import date

import pytest

from flows.appoint import appoint
from flows.delegation import Delegate, delegate
from flows.drain import drain
from flows.supervision import OpenFile, Statement, open_file, open_rung, state_own_case
from flows.wishes import Wanted, set_wishes
from records import schema, supervision, verification
from records.engine import reading
from states.not_allowed import CannotSupervise, FieldMissing
from states.procedure import Verdict
from tests.flows.district import COMMUNITY, SINCE, STREET, District, at, proof
from tests.web.desk import Desk

UNIT, OTHER_UNIT = "440512-unit-01", "440512-unit-02"
PROBLEMS = {"means": "查阅台账", "problems": ["走访不足"], "basis": "责任书第三条", "standard": "补足走访",
            "circulate": "仅发被督查单位"}  # fmt: skip


@pytest.fixture
def units(desk: Desk) -> Desk:
    """Two helping units with their heads and helpers, and the day a file is opened."""
    office, who = desk.district.office, desk.district.who
    for key, unit, role in (("unit_head", UNIT, "helper_head"), ("unit_helper", UNIT, "helper"),
                            ("colleague", UNIT, "helper"), ("other_head", OTHER_UNIT, "helper_head")):  # fmt: skip
        who[key] = appoint(office, f"{unit[-2:]}号{key}", unit, role, SINCE, at(2016, 1, 4))
    desk.clock.now = at(2018, 1, 12)
    return desk


def about(district: District, office_code: str, by: str = "district_clerk", person: str | None = None) -> int:
    who = district.who
    subject = who[person].person_id if person is not None else None
    return open_file(district.office, OpenFile(office_code, "slow", "全年走访不足", who[by], at(2018, 1, 5), subject,
                                               proof("finding"), 2017))  # fmt: skip


def ordered(district: District, file: int) -> int:
    """The order to rectify, decided and signed."""
    case = open_rung(district.office, file, "rectification", district.who["district_clerk"], at(2018, 1, 8)).id
    district.say(case, "propose", "district_clerk", at(2018, 1, 8, 5), fields=PROBLEMS)
    district.say(case, "review", "director", at(2018, 1, 9))
    district.say(case, "decide", "group", at(2018, 1, 10))
    drain(district.office, at(2018, 1, 11))
    district.sign("group", at(2018, 1, 11, 5))
    drain(district.office, at(2018, 1, 11, 9))
    return case


def test_the_head_of_a_helping_unit_reads_its_file_its_order_and_its_task_and_reports(units: Desk) -> None:
    file = about(units.district, UNIT)
    case = ordered(units.district, file)
    head = units.as_("unit_head")
    assert f"/supervision/{file}" in head.see("/supervision")
    page = head.see(f"/supervision/{file}")
    assert "全年走访不足" in page and "限期整改" in page and 'name="rung"' not in page
    papers = re.findall(r'href="(/papers/\d+)"', page)
    assert len(papers) >= 2
    for paper in papers:
        head.see(paper)
    assert "报送整改报告" in head.see("/todo") and "走访不足" in head.see(f"/cases/{case}")
    assert "整改情况" in head.see(f"/tasks/{case}")


def test_the_units_page_shows_its_head_what_it_owes_and_each_number_opens_its_list(units: Desk) -> None:
    ordered(units.district, about(units.district, UNIT))
    head = units.as_("unit_head")
    page = head.see(f"/offices/{UNIT}")
    assert "通报并限期整改" in page or "报送整改报告" in page
    [count] = [int(n) for n in re.findall(r"<span[^>]*>(\d+)</span>以后到期", page)]
    listed = head.see(f"/area/dues?band=later&office={UNIT}")
    assert count == 1 and listed.count('href="/tasks/') + listed.count('href="/cases/') >= 1
    assert "报送整改报告" not in units.as_("unit_helper").see(f"/offices/{UNIT}")


@pytest.mark.parametrize("person", ["other_head", "unit_helper", "helper", "clerk", "leader", "street_clerk"])
def test_who_is_not_concerned_reads_nothing_of_it(units: Desk, person: str) -> None:
    file = about(units.district, UNIT)
    case = ordered(units.district, file)
    own = units.as_(person)
    for path in (f"/supervision/{file}", f"/cases/{case}", f"/tasks/{case}"):
        own.see(path, 404)
    assert "全年走访不足" not in own.see("/supervision") and "报送整改报告" not in own.see("/todo")


def test_a_helper_reads_the_file_about_the_helper_and_so_does_the_head_but_no_colleague(units: Desk) -> None:
    file = about(units.district, UNIT, person="unit_helper")
    case = ordered(units.district, file)
    for person in ("unit_helper", "unit_head"):
        assert "全年走访不足" in units.as_(person).see(f"/supervision/{file}")
    assert "整改情况" in units.as_("unit_helper").see(f"/tasks/{case}")
    units.as_("colleague").see(f"/supervision/{file}", 404)


@pytest.mark.parametrize("person", ["auditor", "director", "group", "district_clerk"])
def test_who_reads_all_reads_it_and_states_nothing(units: Desk, person: str) -> None:
    file = about(units.district, UNIT)
    page = units.as_(person).see(f"/supervision/{file}")
    assert "全年走访不足" in page and "陈述申辩" not in page


def test_a_referral_is_not_read_by_the_head_either(units: Desk) -> None:
    """R4.4-10, as for streets and communities."""
    file = about(units.district, UNIT)
    case = open_rung(units.district.office, file, "referral", units.district.who["district_clerk"], at(2018, 1, 8)).id
    given = {"kind": "不作为", "facts": "不走访", "materials": ["台账"]}
    units.district.say(case, "propose", "district_clerk", at(2018, 1, 8, 5), fields=given)
    units.district.say(case, "review", "director", at(2018, 1, 9))
    units.district.say(case, "decide", "group", at(2018, 1, 10), Verdict.APPROVE)
    head = units.as_("unit_head")
    page = head.see(f"/supervision/{file}")
    assert "移送" not in page and f"/cases/{case}" not in page
    head.see(f"/cases/{case}", 404)


def test_the_one_concerned_states_the_case_and_the_office_above_reads_it(units: Desk) -> None:
    file = about(units.district, UNIT)
    head = units.as_("unit_head")
    told = head.send(f"/supervision/{file}", f"/supervision/{file}/statements", says="台风期间道路中断，已补走访")
    assert "督查单位会看到" in told.text and "台风期间道路中断" in told.text
    above = units.as_("district_clerk").see(f"/supervision/{file}")
    assert "台风期间道路中断" in above and "01号unit_head" in above
    drain(units.district.office, at(2018, 1, 12, 5))
    assert "陈述申辩" in units.as_("district_clerk").see("/inbox")
    with reading(units.district.office.records) as conn:
        assert verification.verify(conn, ()) == []
    twice = head.send(f"/supervision/{file}", f"/supervision/{file}/statements", says="台风期间道路中断，已补走访")
    assert twice.status_code == 409 and "不必重复提交" in twice.text  # the back button, and the form again
    empty = head.send(f"/supervision/{file}", f"/supervision/{file}/statements", says=" ")
    assert empty.status_code == 409 and "陈述申辩内容" in empty.text


@pytest.mark.parametrize(
    ("by", "office_code", "concerned"),
    [("district_clerk", f"{STREET}-office", "leader"), ("street_clerk", f"{COMMUNITY}-office", "head"),
     ("district_clerk", UNIT, "unit_head")],
)  # fmt: skip
def test_at_every_level_the_head_of_the_office_states_the_case_and_nobody_else(
    units: Desk, by: str, office_code: str, concerned: str
) -> None:
    district = units.district
    file = about(district, office_code, by)
    for who in ("clerk", "head", "street_clerk", "leader", "unit_head", "unit_helper", "other_head", "director"):
        said = Statement("有客观原因", district.who[who], at(2018, 1, 12))
        if who == concerned:
            state_own_case(district.office, file, said)
        else:
            with pytest.raises(CannotSupervise, match="被督查单位的负责人"):
                state_own_case(district.office, file, said)
    with pytest.raises(FieldMissing):
        state_own_case(district.office, file, Statement("  ", district.who[concerned], at(2018, 1, 12)))
    with reading(district.office.records) as conn:
        assert [row.says for row in supervision.statements(conn, file)] == ["有客观原因"]


def test_nothing_is_stated_on_a_closed_file(units: Desk) -> None:
    district = units.district
    file = about(district, UNIT)
    case = open_rung(district.office, file, "rectification", district.who["district_clerk"], at(2018, 1, 8)).id
    district.say(case, "propose", "district_clerk", at(2018, 1, 8, 5), fields=PROBLEMS)
    district.say(case, "review", "director", at(2018, 1, 9), Verdict.REFUSE)
    with pytest.raises(CannotSupervise, match="不再陈述申辩"):
        state_own_case(district.office, file, Statement("有原因", district.who["unit_head"], at(2018, 1, 12)))
    assert "提交陈述申辩" not in units.as_("unit_head").see(f"/supervision/{file}")


def test_who_stands_in_for_the_head_reads_and_answers(units: Desk) -> None:
    district = units.district
    file = about(district, UNIT)
    ordered(district, file)
    head, colleague = district.who["unit_head"], district.who["colleague"]
    delegate(district.office, Delegate(head.person_id, colleague.person_id, date(2018, 1, 12), date(2018, 1, 20), "出差", head,
                                       at(2018, 1, 12)))  # fmt: skip
    assert "全年走访不足" in units.as_("colleague").see(f"/supervision/{file}")


def test_the_order_is_told_to_the_unit(units: Desk) -> None:
    office, head = units.district.office, units.district.who["unit_head"]
    set_wishes(office, head, None, Wanted((), None, "at_once", ""), at(2018, 1, 4))
    ordered(units.district, about(units.district, UNIT))
    with reading(office.records) as conn:
        kept = schema.messages
        rows = conn.execute(kept.select().where(kept.c.person_id == head.person_id)).all()
    assert any("报送整改报告" in row.title for row in rows)
