"""The ledger as of a day, for the one who asks: what lies outside the scope is not in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from flows.office import Office
from integrations.ledger_xlsx import write_book
from records import areas, register
from records.engine import reading
from records.enrolments import planned_years
from records.exports import findings_within, incomes_within, pairings_within
from records.register import HouseholdOn, household_scope
from rules.income import of_declared
from rules.jurisdiction import Scope
from rules.money import Yuan
from rules.register import FINDING_SHEET, INCOME_SHEET, PAIRING_SHEET, PEOPLE_SHEET

PART = 500
VERDICTS: Mapping[str, str] = {"met": "达标", "not_met": "不达标", "not_applicable": "不适用"}


def write_ledger_book(office: Office, path: Path, day: date, scope: Scope) -> None:
    """Write people, incomes, findings and pairings as of a day, in the registration workbook's columns."""
    with reading(office.records) as conn:
        names = {row.code: row.name for row in areas.areas_on(conn, day)}
        write_book(path, {
            PEOPLE_SHEET: (f"{office.pack.label('district')}{office.pack.label('household')}台账（{day}）",
                           _people(conn, office, day, scope, names)),
            INCOME_SHEET: ("家庭年度收入核算（元）", _incomes(conn, day, scope)),
            FINDING_SHEET: ("逐项认定情况", _findings(conn, day, scope)),
            PAIRING_SHEET: ("帮扶单位与责任人结对安排表", _pairings(conn, day, scope, names)),
        })  # fmt: skip


def _people(
    conn: Connection, office: Office, day: date, scope: Scope, names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    region = {key: office.pack.labels.get(key) for key in ("province", "city")}
    homes = register.stream_households(conn, day, household_scope(scope))
    while part := list(islice(homes, PART)):
        planned = planned_years(conn, [household.id for household in part], office.pack.id, day)
        for household in part:
            codes = household.area_path.strip("/").split("/")
            home = {**region, "district": names.get(codes[0], ""), "street": names.get(codes[-2], ""),
                    "community": names.get(household.area_code, ""), "household_no": household.number,
                    "planned_year": planned.get(household.id), **household.facts}  # fmt: skip
            yield from _members(household, home)


def _members(household: HouseholdOn, home: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for member in household.members:
        yield {**home, **member.facts, "person_no": member.person_no, "id_no": member.id_no, "name": member.name,
               "sex": member.sex, "born_on": member.born_on, "relation": member.relation,
               "id_kind": member.facts.get("id_kind", "居民身份证")}  # fmt: skip


def _incomes(conn: Connection, day: date, scope: Scope) -> Iterator[dict[str, Any]]:
    for row in incomes_within(conn, day, household_scope(scope)):
        items = {key: Yuan(fen) for key, fen in row._mapping["items"].items()}
        yield {"household_no": row.number, "head": row.head, "year": row.year, "heads": row.heads, **of_declared(items)}


def _findings(conn: Connection, day: date, scope: Scope) -> Iterator[dict[str, Any]]:
    for row in findings_within(conn, day, household_scope(scope)):
        yield {**row._mapping, "household_no": row.number, "verdict": VERDICTS[row.verdict]}


def _pairings(conn: Connection, day: date, scope: Scope, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in pairings_within(conn, day, household_scope(scope)):
        codes = row.area_path.strip("/").split("/")
        yield {"household_no": row.number, "head": row.head, "street": names.get(codes[-2], ""), "community": names.get(codes[-1], ""),
               "helper_unit": row.unit, "helper": row.helper, "helper_title": row.helper_title,
               "paired_on": row.valid_from}  # fmt: skip
