"""The nightly data check: the numbered quality rules over the whole register, their hits kept as doubts (疑点)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Connection

from flows.office import Office
from flows.routines.routine import Asked, Report
from records import alerts, areas, doubts, offices, register
from records.engine import reading, writing
from records.register import HouseholdOn, household_scope
from rules.days import day_of
from rules.jurisdiction import EVERYTHING
from rules.quality import RULES, check_household
from rules.quality.finding import Thresholds
from rules.register import PEOPLE_SHEET, HouseholdRows, PersonRow

PART = 200
NAMES = {rule.id: rule.title for rule in RULES}
OF_HOUSEHOLDS = frozenset(rule.id for rule in RULES if rule.household)
SEVERITY = {"error": "错误", "remark": "提示"}


class DataCheck(Asked):
    """The day on which the register is looked at; without it today."""

    on: date | None = Field(default=None, title="日期")


def nightly_data_check(office: Office, at: datetime, asked: DataCheck) -> Report:
    """Check every household; a doubt is kept once and is over when its rule finds it no more. Streets with errors get
    an alert that closes by itself."""
    day = asked.on or day_of(at)
    fresh = gone = 0
    seen: set[int] = set()
    for part in _parts(office, day):
        ids = [household.id for household in part]
        seen.update(ids)
        found = [row for household in part for row in _check(household, day, office.pack.thresholds())]
        with writing(office.records) as conn:
            new, cleared = doubts.settle(conn, ids, found, day)
        fresh, gone = fresh + new, gone + cleared
    with writing(office.records) as conn:
        gone += doubts.clear_departed(conn, day, seen)
        _tell_streets(conn, at)
        counts = doubts.count_by_rule(conn)
    rows = [(row.rule, NAMES.get(row.rule, ""), SEVERITY[row.severity], row.many) for row in counts]
    says = f"核查{len(seen)}户：新增疑点{fresh}条，消除{gone}条，现有{sum(row.many for row in counts)}条。"
    return Report(says, ("规则", "名称", "程度", "条数"), rows)


def _parts(office: Office, day: date) -> Iterator[list[HouseholdOn]]:
    """The register a part at a time, each in a reading of its own: people go on working meanwhile."""
    last = ""
    while True:
        with reading(office.records) as conn:
            part = register.part_of_register(conn, day, household_scope(EVERYTHING), last, PART)
        if not part:
            return
        yield part
        last = part[-1].number


def _check(household: HouseholdOn, day: date, limits: Thresholds) -> Iterator[dict[str, Any]]:
    people = [
        PersonRow(n, m.person_no, household.number, m.name, m.sex, str(m.facts.get("id_kind") or "居民身份证"), m.id_no,
                  m.relation, m.born_on, dict(m.facts))
        for n, m in enumerate(household.members, 1)
    ]  # fmt: skip
    rows = HouseholdRows(household.number, "", "", None, dict(household.facts), people)
    for hit in check_household(rows, day, limits):
        own = hit.rule in OF_HOUSEHOLDS or not people
        yield {
            "household_id": household.id, "area_path": household.area_path, "rule": hit.rule,
            "subject": household.number if own else people[hit.row - 1].person_no, "severity": hit.severity,
            "column": hit.column, "says": hit.message.removeprefix(f"{PEOPLE_SHEET}表第{hit.row}行"),
        }  # fmt: skip


def _tell_streets(conn: Connection, at: datetime) -> None:
    errors = doubts.errors_by_area(conn)
    for street in areas.areas_on(conn, day_of(at), "street"):
        count = sum(n for path, n in errors.items() if path.startswith(street.path))
        key, desk = f"doubts:{street.code}", offices.office_over(conn, "street", street.path)
        if count:
            says = f"{street.name}的登记数据有错误类疑点，请核实改正（bangfu doubts）。"
            alerts.raise_alert(conn, key, "doubts", says, desk.code if desk else None, at)
        else:
            alerts.close_alert(conn, key, at)
