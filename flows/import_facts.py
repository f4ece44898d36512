"""Importing what is dated: pairings, a year's income sheets, a year's findings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from flows.moment import Moment
from flows.office import Office
from integrations.workbook import Workbook
from records import help, imports, offices
from records.types import to_json
from rules.hits import Hit
from rules.income import declared, period_of
from rules.quality import check_incomes
from rules.quality.finding import Thresholds
from rules.register import FINDING_SHEET, INCOME_SHEET, PAIRING_SHEET, HouseholdRows, IncomeRow

VERDICTS: Mapping[str, str] = {"达标": "met", "不达标": "not_met", "不适用": "not_applicable"}


@dataclass(slots=True)
class Facts:
    """What a part of a workbook says, row by row, and what could not be used."""

    households: dict[str, int] = field(default_factory=dict)
    incomes: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    findings: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    pairings: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    remarks: list[Hit] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.incomes) + len(self.findings) + len(self.pairings)


def read_facts(conn: Connection, office: Office, book: Workbook, part: str, year: int | None) -> Facts:
    """Read pairings, or a year's incomes and findings; a row about an unknown household is refused by itself."""
    facts = Facts()
    if part == "pairings":
        facts.pairings = _rows(facts, book, PAIRING_SHEET, lambda v: True)
    else:
        facts.incomes = _rows(facts, book, INCOME_SHEET, lambda v: v["year"] == year)
        facts.findings = _rows(facts, book, FINDING_SHEET, lambda v: v["found_on"] and v["found_on"].year == year)
    listed = [v["household_no"] for rows in (facts.incomes, facts.findings, facts.pairings) for _, v in rows]
    facts.households = imports.households_by_number(conn, listed)
    limits = office.pack.thresholds()
    facts.incomes = [r for r in _known(facts, INCOME_SHEET, facts.incomes) if _income_sound(facts, r, limits)]
    facts.findings = [r for r in _known(facts, FINDING_SHEET, facts.findings) if _condition_known(office, facts, r)]
    facts.pairings = _known(facts, PAIRING_SHEET, facts.pairings)
    return facts


def _rows(facts: Facts, book: Workbook, sheet: str, wanted: Any) -> list[tuple[int, dict[str, Any]]]:
    table = book.table(sheet)
    rows = [(row, values) for row, values, sound in table.rows() if sound and wanted(values)]
    facts.hits.extend(table.hits)
    return rows


def _known(facts: Facts, sheet: str, rows: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    good = []
    for row, values in rows:
        if values["household_no"] in facts.households:
            good.append((row, values))
        else:
            facts.hits.append(Hit("DQ-07", "error", sheet, row, "户编号", values["household_no"],
                                  f"{sheet}表第{row}行的户{values['household_no']}不在登记簿中。", "请先导入该户，或核对户编号。"))  # fmt: skip
    return good


def _income_sound(facts: Facts, item: tuple[int, dict[str, Any]], limits: Thresholds) -> bool:
    """The numbered rules about one year of income: an error refuses the row, a remark stands in the report."""
    row, values = item
    home = HouseholdRows(values["household_no"], "", "", None, incomes=[_stated(row, values)])
    hits = check_incomes(home, limits)
    facts.hits.extend(h for h in hits if h.severity == "error")
    facts.remarks.extend(h for h in hits if h.severity == "remark")
    return not any(h.severity == "error" for h in hits)


def _stated(row: int, values: Mapping[str, Any]) -> IncomeRow:
    return IncomeRow(row, values["household_no"], values["year"], values["heads"], values["wages"], values["business"],
                     values["business_costs"], values["property"], values["transfers"],
                     values["of_which_assistance"], values["of_which_one_off"])  # fmt: skip


def _condition_known(office: Office, facts: Facts, item: tuple[int, dict[str, Any]]) -> bool:
    row, values = item
    known = {c.code for c in office.pack.conditions}
    if values["condition"] in known and values["verdict"] in VERDICTS:
        return True
    column = "项目" if values["condition"] not in known else "结论"
    facts.hits.append(Hit("DQ-08", "error", FINDING_SHEET, row, column, str(values["condition"]),
                          f"{FINDING_SHEET}表第{row}行的“{column}”不在政策规定的范围内。", f"可填：{'、'.join(sorted(known))}；结论填达标、不达标或不适用。"))  # fmt: skip
    return False


def put_facts(moment: Moment, book: Workbook, options: Mapping[str, Any], effective_on: date) -> dict[str, Any]:
    """Write the part in the approval's transaction; returns a digest of what the file said for the ledger line."""
    facts = read_facts(moment.conn, moment.office, book, options["part"], options["year"])
    at, case = moment.decision.at, moment.case.id
    if options["part"] == "pairings":
        for _, row in facts.pairings:
            _pair(moment, facts.households[row["household_no"]], row)
    else:
        imports.put_incomes(moment.conn, [_income(moment, facts, row) for _, row in facts.incomes], at)
        imports.put_findings(moment.conn, [_finding(moment, facts, row) for _, row in facts.findings], at)
    said = [v for rows in (facts.incomes, facts.findings, facts.pairings) for _, v in rows]
    digest = hashlib.sha256(to_json(said).encode()).hexdigest()
    return {"facts": {"case": case, "count": len(said), "sha256": digest}}


def _pair(moment: Moment, household_id: int, row: Mapping[str, Any]) -> None:
    conn, on = moment.conn, row["paired_on"]
    unit = offices.by_name(conn, row["helper_unit"], "helper")
    person = offices.find_helper(conn, unit.code, row["helper"], on)
    if person is None:
        person = offices.add_person(conn, row["helper"], row["helper_title"])
        offices.appoint(conn, person, unit.code, "helper", on)
    there = help.pairing_on(conn, household_id, on)
    if there is None or there.person_id != person:
        help.pair(conn, household_id, unit.code, person, on, "结对安排", moment.case.id)


def _income(moment: Moment, facts: Facts, row: Mapping[str, Any]) -> dict[str, Any]:
    period = period_of(row["year"], moment.pack.cutoff())
    stated = _stated(0, row)
    return {
        "household_id": facts.households[row["household_no"]], "year": row["year"], "period_start": period.start,
        "period_end": period.end, "heads": row["heads"], "items": {k: v.fen for k, v in declared(stated).items()},
        "supplied_by": "社区入户核算", "proof": "document", "case_id": moment.case.id,
    }  # fmt: skip


def _finding(moment: Moment, facts: Facts, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "household_id": facts.households[row["household_no"]], "person_id": None, "condition": row["condition"],
        "verdict": VERDICTS[row["verdict"]], "found_on": row["found_on"], "certifier": row["certifier"],
        "verifier": row["verifier"], "evidence": row["evidence"], "note": row["note"], "case_id": moment.case.id,
    }  # fmt: skip
