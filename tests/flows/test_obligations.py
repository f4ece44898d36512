"""What offices owe by a day without an approval: made by the calendar or by the office above, done with evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from district import COMMUNITY, STREET, District, at, proof

from flows.drain import drain
from flows.obligations import Done, Owed, do_obligation, set_obligation
from flows.reminding import remind
from flows.routines import run_routine
from flows.tonight import tonight
from records import dues, duties, messages, obligations, offices, schema, verification
from records.engine import reading, writing
from records.obligations import Wanted
from rules.jurisdiction import EVERYTHING, Scope
from states.not_allowed import NotAllowed

STREET_OFFICE, OFFICE = f"{STREET}-office", f"{COMMUNITY}-office"
YEAR_END = date(2017, 12, 31)


def visits(district: District, who: str, band: obligations.Band = "open") -> list[Any]:
    wanted = Wanted(band, "leader_visit", person_id=district.who[who].person_id)
    with reading(district.office.records) as conn:
        return obligations.listing(EVERYTHING, date(2017, 12, 1), wanted).page(conn)


def visit(
    district: District, number: int, on: date = date(2017, 6, 12), by: str = "street_clerk", **changed: object
) -> None:
    with reading(district.office.records) as conn:
        household = conn.execute(schema.households.select().limit(1)).first()
    number_of = household.number if household else "?"
    report = {"led_in_person": True, "households": [number_of], "team": ["林记录"], "problems": ["饮水不便"], **changed}
    do_obligation(district.office, Done(number, district.who[by], on, report, proof("走访照片")), at(2017, 12, 20))


def test_every_main_leader_owes_two_visits_a_year_each_once(district: District) -> None:
    """R4.2-12: 各级党政主要领导每年至少2次带队走访贫困户."""
    for day in (2, 3, 4):
        run_routine(district.office, "leader-visits", {}, at(2017, 1, day))

    assert [(v.title, v.due_on) for v in visits(district, "leader")] == [
        ("2017年带队走访贫困户（第1次）", YEAR_END), ("2017年带队走访贫困户（第2次）", YEAR_END)]  # fmt: skip
    assert [len(visits(district, who)) for who in ("other_leader", "group", "director", "clerk", "head")] == [
        2,
        2,
        0,
        0,
        0,
    ]
    run_routine(district.office, "leader-visits", {}, at(2018, 1, 2))
    assert len(visits(district, "leader", "all")) == 4


def test_visits_are_reminded_on_the_days_of_the_pack_to_the_leader_alone(district: District) -> None:
    """R4.2-12, domain 3.15."""
    run_routine(district.office, "leader-visits", {}, at(2017, 1, 2))
    visited = visits(district, "other_leader")
    for v in visited:
        district.household() if district.households == 0 else None
        visit(district, v.id)
    for month, dom in ((1, 3), (4, 28), (4, 30), (7, 31), (8, 1), (10, 31), (11, 30), (12, 31)):
        with writing(district.office.records) as conn:
            remind(conn, district.office, at(2017, month, dom))
        drain(district.office, at(2017, month, dom, 1), kinds=("remind",))

    with reading(district.office.records) as conn:
        told = [(row.at.month, row.at.day) for row in messages.inbox(conn, district.who["leader"].person_id)][::-1]
        assert messages.inbox(conn, district.who["other_leader"].person_id) == []  # both visits are done
    assert told == [(1, 3), (4, 30), (7, 31), (10, 31), (11, 30), (12, 31)]


def test_a_visit_is_done_with_who_was_visited_who_led_and_a_photograph(district: District) -> None:
    """R4.2-12, R4.2-13: it counts when the leader was there in person and a registered household was visited."""
    district.household()
    run_routine(district.office, "leader-visits", {}, at(2017, 1, 2))
    first, second = visits(district, "leader")

    visit(district, first.id)

    assert [v.id for v in visits(district, "leader")] == [second.id]
    [done] = visits(district, "leader", "done")
    assert (done.done_on, done.recorded_by) == (date(2017, 6, 12), "黄小燕")
    assert done.evidence == [{"kind": "走访照片", "name": "走访照片.jpg", "sha256": "0" * 64}]
    with reading(district.office.records) as conn:
        assert [
            row.subject_id for row in dues.owed_by(conn, STREET_OFFICE, YEAR_END, district.who["leader"].person_id)
        ] == [second.id]
        lines = conn.execute(schema.ledger.select().where(schema.ledger.c.act == "obligation_done")).all()
    assert len(lines) == 1 and lines[0].stream == f"office:{STREET_OFFICE}"


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("本人带队.*须为是", {"led_in_person": False}),
    ("登记簿中没有4405", {"households": ["440599999999"]}),
    ("走访的户", {"households": []}),
    ("随行人员", {"team": []}),
    ("没有这个栏目", {"weather": "晴"}),
    ("晚于今日", {"on": date(2017, 12, 21)}),
    ("不能计入该年度", {"on": date(2016, 12, 30)}),
    ("达濠街道办事处办理和登记", {"by": "clerk"}),
]


@pytest.mark.parametrize(("word", "changed"), WRONG, ids=[word for word, _ in WRONG])
def test_a_visit_that_does_not_count_is_refused_with_the_reason(
    small: District, word: str, changed: dict[str, Any]
) -> None:
    small.household()
    run_routine(small.office, "leader-visits", {}, at(2017, 1, 2))
    with pytest.raises(NotAllowed, match=word):
        visit(small, visits(small, "leader")[0].id, **changed)


def test_what_is_done_or_needs_its_case_cannot_be_put_down_as_done(small: District) -> None:
    household = small.household()
    run_routine(small.office, "leader-visits", {}, at(2017, 1, 2))
    number = visits(small, "leader")[0].id
    with pytest.raises(NotAllowed, match="走访照片"):
        do_obligation(small.office, Done(number, small.who["street_clerk"], date(2017, 6, 1),
                                         {"led_in_person": True, "households": [f"{COMMUNITY}0001"], "team": ["甲"]}), at(2017, 6, 2))  # fmt: skip
    visit(small, number)
    with pytest.raises(NotAllowed, match="已于2017年6月12日办结"):
        visit(small, number)
    with pytest.raises(NotAllowed, match="没有找到责任事项"):
        visit(small, 99_999)
    small.exit_until("end", household)
    with reading(small.office.records) as conn:
        revisit = obligations.listing(EVERYTHING, date(2019, 1, 1), Wanted(kind="revisit")).page(conn)[0]
    with pytest.raises(NotAllowed, match="请办理回访办件"):
        do_obligation(small.office, Done(revisit.id, small.who["helper"], date(2017, 11, 20)), at(2017, 12, 1))


def test_a_successor_owes_what_the_predecessor_left(district: District) -> None:
    run_routine(district.office, "leader-visits", {}, at(2017, 1, 2))
    gone = district.who["leader"].person_id
    with writing(district.office.records) as conn:
        offices.end_term(conn, gone, STREET_OFFICE, "street_leader", date(2017, 5, 1))
        new = offices.add_person(conn, "周书记")
        offices.appoint(conn, new, STREET_OFFICE, "street_leader", date(2017, 5, 1))
    run_routine(district.office, "leader-visits", {}, at(2017, 5, 2))

    with reading(district.office.records) as conn:
        theirs = obligations.listing(EVERYTHING, YEAR_END, Wanted(person_id=new)).page(conn)
        assert [len(theirs), len(obligations.listing(EVERYTHING, YEAR_END, Wanted(person_id=gone)).page(conn))] == [
            2,
            0,
        ]
        assert len(dues.owed_by(conn, STREET_OFFICE, YEAR_END, new)) == 2


def test_an_office_sets_obligations_for_itself_and_one_level_down_only(district: District) -> None:
    """R4.4-05, R4.4-08: 一级对一级督查 — a rectification goes to the office directly below."""

    def put(by: str, office: str, due: date = date(2017, 7, 1)) -> int:
        return set_obligation(
            district.office, Owed("rectification", office, "公示栏缺失", due, district.who[by]), at(2017, 6, 1)
        )

    made = put("street_clerk", OFFICE)
    with pytest.raises(NotAllowed, match=r"不是.*的直接下级"):
        put("district_clerk", OFFICE)
    with pytest.raises(NotAllowed, match=r"不是.*的直接下级"):
        put("clerk", STREET_OFFICE)
    with pytest.raises(NotAllowed, match="已经布置过"):
        put("street_clerk", OFFICE)
    with pytest.raises(NotAllowed, match="不能早于今日"):
        put("street_clerk", OFFICE, date(2017, 5, 1))
    with writing(district.office.records) as conn:
        remind(conn, district.office, at(2017, 7, 3))
    drain(district.office, at(2017, 7, 3, 1), kinds=("remind",))
    with reading(district.office.records) as conn:
        [told] = messages.inbox(conn, district.who["head"].person_id)
    assert "限期整改：公示栏缺失" in told.body

    do_obligation(
        district.office,
        Done(made, district.who["head"], date(2017, 7, 3), {"result": "已补"}, proof("整改报告")),
        at(2017, 7, 4),
    )
    with reading(district.office.records) as conn:
        assert dues.owed_by(conn, OFFICE, date(2017, 7, 4)) == []
        assert verification.verify(conn) == []


def test_people_see_the_obligations_of_their_area_alone(small: District) -> None:
    run_routine(small.office, "leader-visits", {}, at(2017, 1, 2))
    with reading(small.office.records) as conn:
        street = obligations.listing(Scope(paths=frozenset([f"/440512/{STREET}/"])), YEAR_END, Wanted())
        elsewhere = obligations.listing(Scope(paths=frozenset(["/440512/440512002/"])), YEAR_END, Wanted())
        assert (street.count(conn), elsewhere.count(conn)) == (4, 0)


def test_tonight_says_who_would_be_told_what_and_keeps_nothing(district: District) -> None:
    run_routine(district.office, "leader-visits", {}, at(2017, 1, 2))

    told = tonight(district.office, at(2017, 4, 30))
    again = tonight(district.office, at(2017, 4, 30))

    assert told == again
    assert {(t.office, t.person) for t in told} == {
        ("达濠街道办事处", "李书记"), ("达濠街道办事处", "吴主任"), ("濠江区扶贫开发领导小组", "庄组长")}  # fmt: skip
    assert all("带队走访贫困户" in t.digest.text and t.channels == () for t in told)
    with reading(district.office.records) as conn:
        assert duties.count_open(conn).get("remind") is None
        assert conn.execute(schema.rungs.select()).first() is None
    with writing(district.office.records) as conn:
        remind(conn, district.office, at(2017, 4, 30))
    drain(district.office, at(2017, 4, 30, 1), kinds=("remind",))
    with reading(district.office.records) as conn:
        [row] = messages.inbox(conn, district.who["leader"].person_id)
    assert row.body in {t.digest.text for t in told}
