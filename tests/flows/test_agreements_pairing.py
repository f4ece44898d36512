"""Pairings that change in the middle of a year: who joins signs, who left is bound no longer, and nothing is lacking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from agreements_office import Bureau, faults, make_bureau
from district import District, at

from flows.agreements.handover import notice_successors
from flows.agreements.pairing import Followed, follow_pairings
from flows.appoint import appoint
from flows.drain import drain
from flows.routines import run_routine
from flows.tick import tick
from records import agreements, dues, papers
from records.engine import reading, writing
from records.help import pair
from rules.split import gaps
from states.decision import Actor

UNIT, OTHER = "440512-unit-01", "440512-unit-02"
CHANGED, SIGNED_BY = at(2017, 5, 10), date(2017, 5, 24)  # ten working days


@pytest.fixture
def bureau(district: District) -> Bureau:
    return make_bureau(district)


def newcomer(bureau: Bureau, unit: str = UNIT, when: datetime = CHANGED) -> Actor:
    return appoint(bureau.district.office, "新帮扶", unit, "helper", when.date(), when)


def hand(bureau: Bureau, homes: list[int], to: Actor, when: datetime = CHANGED) -> None:
    with writing(bureau.district.office.records) as conn:
        for home in homes:
            pair(conn, home, to.office_code, to.person_id, when.date(), "人员调整", None)


def follow(bureau: Bureau, when: datetime = CHANGED) -> Followed:
    """The nightly look, the papers that it owes, and the proof that a second look changes nothing."""
    office = bureau.district.office
    found = follow_pairings(office, when)
    notice_successors(office, when)
    drain(office, when)
    assert follow_pairings(office, when) == Followed()
    with reading(office.records) as conn:
        assert faults(conn) == []
    return found


def owed(bureau: Bureau, row: Any) -> list[tuple[str, date]]:
    """Who has still to sign an agreement, and by when."""
    with reading(bureau.district.office.records) as conn:
        return [(signer.capacity, signer.due_on) for signer in agreements.open_signers(conn, row.id)]


def test_a_helper_who_takes_over_from_another_signs_with_the_unit_within_ten_working_days(bureau: Bureau) -> None:
    """R4.2-02, R4.2-08, domain 3.14: the targets are the leaver's, the households' agreements go on, sums stay right."""
    bureau.issue()
    before, homes = bureau.one("D-22A"), bureau.rows("D-19")
    new = newcomer(bureau)
    hand(bureau, [row.household_id for row in homes], new)

    assert follow(bureau) == Followed(ended=1, made=1)

    assert bureau.see(before.id).status == "void" and "帮扶责任人变动" in bureau.see(before.id).void_reason
    after = bureau.one("D-22A")
    assert (after.person_id, after.targets, after.cause) == (new.person_id, before.targets, "pairing")
    assert after.number and after.number != before.number
    assert owed(bureau, after) == [("单位主要负责人", SIGNED_BY), ("帮扶责任人", SIGNED_BY)]
    assert {row.id for row in homes} == {row.id for row in bureau.rows("D-19")}
    assert all(("帮扶责任人", SIGNED_BY) in owed(bureau, row) for row in homes)
    with reading(bureau.district.office.records) as conn:
        unit = bureau.one("D-22", UNIT)
        assert gaps(unit.targets, [child.targets for child in agreements.children(conn, unit.id)]) == ()
        assert papers.paper(conn, before.paper_id).status == "discarded"  # type: ignore[union-attr]


def test_who_does_not_sign_is_reminded_by_the_ladder(bureau: Bureau) -> None:
    bureau.issue()
    hand(bureau, [row.household_id for row in bureau.rows("D-19")], newcomer(bureau))
    follow(bureau)
    after = bureau.one("D-22A")
    for day in (11, 19, 24, 25):
        tick(bureau.district.office, at(2017, 5, day))
    with reading(bureau.district.office.records) as conn:
        signer = agreements.open_signers(conn, after.id)[0]
        assert [row.name for row in dues.rungs_of(conn, "signature", signer.id)] == ["新到", "提醒", "提醒", "催办"]


def test_a_household_that_is_paired_in_the_middle_of_the_year_gets_its_agreement(bureau: Bureau) -> None:
    """R4.2-08: by the nightly routine, and only where the year's agreements were issued at all."""
    assert follow_pairings(bureau.district.office, CHANGED) == Followed()
    bureau.issue()
    known = {row.id for row in bureau.rows()}
    home = bureau.district.household("林木生")

    told = run_routine(bureau.district.office, "agreement-successors", {}, CHANGED)
    drain(bureau.district.office, CHANGED)

    assert "新拟1份、终止0份" in told.says
    [made] = [row for row in bureau.rows() if row.id not in known]
    assert (made.code, made.household_id) == ("D-19", home) and made.number
    assert owed(bureau, made) == [("帮扶责任人", SIGNED_BY), ("户主", SIGNED_BY), ("社区主要负责人", SIGNED_BY)]


def test_a_household_that_another_unit_takes_over_signs_with_that_unit(bureau: Bureau) -> None:
    """The agreement names its parties: it is made anew, the helper who keeps other households keeps his own."""
    bureau.issue()
    first, *rest = bureau.rows("D-19")
    new = newcomer(bureau, OTHER)
    hand(bureau, [first.household_id], new)

    assert follow(bureau) == Followed(ended=1, made=2)

    [after] = [row for row in bureau.rows("D-19") if row.household_id == first.household_id]
    assert bureau.see(first.id).status == "void" and after.from_office == OTHER and after.number != first.number
    helpers = {row.person_id: row.from_office for row in bureau.rows("D-22A")}
    assert helpers == {rest[0].person_id: UNIT, new.person_id: OTHER}
    assert [row.id for row in bureau.rows("D-19") if row.household_id != first.household_id] == [row.id for row in rest]
