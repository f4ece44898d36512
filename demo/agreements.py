"""The example's agreements: every year the cascade down to communities and units, in one year every helper and household."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from demo.moments import on
from demo.world import World
from flows.agreements import Wanted, issue_all, order_issue
from flows.agreements.reporting import Word, assess, report
from flows.agreements.signing import Place, Scan, sign_by_account, sign_by_scan
from records import agreements, offices
from records.engine import reading
from states.decision import Actor

Told = Callable[[str], None]
CASCADE = ("D-20", "D-21", "D-22")
ON_ONE_SHEET = ("D-22A", "D-19")  # signed together by all parties
WHOLE_YEAR = 2017  # in which every helper and every household gets one too
ISSUED = {2016: date(2016, 6, 20), 2017: date(2017, 1, 10), 2018: date(2018, 1, 9)}
NAMES = {"区委书记": "庄远航", "区长": "许明哲", "区扶贫开发领导小组组长": "庄远航", "单位主要负责人": "单位负责人"}


def sign_year(world: World, year: int, told: Told) -> None:
    """Issue the year's agreements and have the cascade signed: streets and communities by account, the district's leaders
    and the heads of units on paper."""
    day = world.day(ISSUED[year])
    codes = CASCADE if year != WHOLE_YEAR else ()
    ids = order_issue(world.office, Wanted(year, world.district_clerk, on(day)), codes)
    issue_all(world.office, ids, on(day), world.people[world.district_clerk.person_id], lambda count: None)
    told(f"{year}年责任书印发")
    with reading(world.office.records) as conn:
        rows = agreements.of_year(conn, year)
        signers = agreements.signers_of_many(conn, ids)
        named = offices.names(conn, [s.person_id for of in signers.values() for s in of if s.person_id is not None])
    signed_on = world.day(date(day.year, day.month, day.day + 7))
    for row in rows:
        if row.code in ON_ONE_SHEET:
            _bring_back(world, row, {s.capacity: _name(world, s, named) for s in signers[row.id]}, signed_on)
            continue
        for signer in signers[row.id]:
            _sign(world, row, signer, signed_on)
    told(f"{year}年责任书签订")


def _bring_back(world: World, row: Any, names: Mapping[str, str], day: date) -> None:
    """The sheet that all parties signed at the household's or in the unit, recorded by the district office; a unit's sheets
    of a kind are scanned as one pile."""
    proof = (world.scan("责任书签字件", f"{row.year}-{row.code}-{row.from_office}"),)
    sign_by_scan(world.office, row.id, Scan(names, proof, day), world.district_clerk, on(day))


def _name(world: World, signer: Any, named: Mapping[int, str]) -> str:
    """Who signs there: the one whose name is known, the holder of the post, or the head of a unit."""
    if known := signer.name or named.get(signer.person_id):
        return str(known)
    there = world.actors.get((signer.office_code, signer.role), [])
    return world.people[there[0].person_id] if there else NAMES[signer.capacity]


def _sign(world: World, row: Any, signer: Any, day: date) -> None:
    there = world.actors.get((signer.office_code, signer.role), [])
    if signer.role in ("street_leader", "community_head") and there:
        actor = there[1] if signer.capacity == "办事处主任" else there[0]
        sign_by_account(world.office, row.id, actor, on(day), Place(signer.capacity))
        return
    proof = (world.scan("责任书签字件", f"{row.number}-{signer.capacity}"),)
    scan = Scan({signer.capacity: NAMES[signer.capacity]}, proof, day)
    sign_by_scan(world.office, row.id, scan, world.district_clerk, on(day))


def report_year(world: World, year: int, told: Told) -> None:
    """In July everybody who answers for a part reports; the figures are the register's."""
    day = world.day(date(year, 7, 20))
    for row in _rows(world, year):
        report(world.office, row.id, Word("已逐户落实帮扶措施，继续按计划推进。"), _reporter(world, row), on(day))
    told(f"{year}年责任书年中报告")


def assess_year(world: World, year: int, told: Told) -> None:
    """After the year the district office grades each by its result in persons; nobody's exit hangs on it."""
    day = world.day(date(year + 1, 1, 10))
    grades = world.office.pack.texts("agreements.grades", "年度考核")
    for row in _rows(world, year):
        assess(world.office, row.id, Word("按年度考核办法评定。", grades[1]), world.director, on(day))
    told(f"{year}年责任书考核")


def _rows(world: World, year: int) -> list[Any]:
    with reading(world.office.records) as conn:
        return agreements.of_year(conn, year, CASCADE)


def _reporter(world: World, row: Any) -> Actor:
    if row.code == "D-20":
        return world.actors[(row.to_office, "street_clerk")][0]
    return world.actors[(row.to_office, "community_clerk")][0] if row.code == "D-21" else world.district_clerk


def counts(world: World, years: tuple[int, ...]) -> dict[str, dict[str, dict[str, int]]]:
    """By year and kind: how many in which state."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    with reading(world.office.records) as conn:
        for year in years:
            kinds: dict[str, Counter[str]] = {}
            for row in agreements.of_year(conn, year):
                kinds.setdefault(row.code, Counter())[row.status] += 1
            found[str(year)] = {code: dict(states) for code, states in kinds.items()}
    return found
