"""Putting a household to the exit gate: the facts are read from the records, the judgement is a pure rule."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from config.pack import Pack
from flows.moment import Moment
from records import facts, help, register
from records.register import HouseholdOn
from rules.eligibility import Found, GateInput, GateResult, Track, exit_gate, suggest_track
from rules.income import Sheet, compute, period_of
from rules.money import Yuan


def assess(moment: Moment) -> GateResult:
    """The gate for the case's household, as of the decision's day and for the case's year."""
    stability = moment.fact("stability") or moment.earlier("verify", "stability") or ""
    return assess_household(moment.conn, moment.pack, moment.case.subject_id, moment.case.year, moment.on, stability)


def assess_household(
    conn: Connection, pack: Pack, household_id: int, year: int, on: date, stability: str
) -> GateResult:
    """The gate for a household and a year. Raises PackValueUnset where the year's line is not set and is needed."""
    household = register.household_on(conn, household_id, on)
    assert household is not None
    track = track_of(household)
    line = pack.exit_line(year) if track is Track.LABOUR else None
    helped = help.pairing_on(conn, household_id, on) is not None and bool(help.measures_on(conn, household_id, on))
    return exit_gate(GateInput(
        as_of=on, track=track, conditions=pack.conditions, findings=findings_of(conn, household_id, on),
        sheet=sheet_of(conn, pack, household_id, year), line=line, safety_net=safety_net(household),
        stability=stability, helped=helped, oldest=oldest_finding(pack, on),
    ))  # fmt: skip


def oldest_finding(pack: Pack, on: date) -> date | None:
    """The first day whose findings still hold on a day; None where the pack leaves open how long one holds."""
    entry = pack.entries.get("verification.finding_valid")  # packs that cases are frozen on may know nothing of it
    return None if entry is None or entry.status == "UNSET" else on - timedelta(days=int(entry.value))


def track_of(household: HouseholdOn) -> Track:
    """The track that the members' labour classes suggest; a household of which nothing is known is put to the income
    test, which it cannot pass by accident."""
    return suggest_track(m.facts.get("labour") for m in household.members) or Track.LABOUR


def safety_net(household: HouseholdOn) -> bool:
    """A member has 低保 or 五保 in force (R1.3-05)."""
    return any(m.facts.get("on_dibao") or m.facts.get("on_wubao") for m in household.members)


def findings_of(conn: Connection, household_id: int, on: date) -> list[Found]:
    return [
        Found(r.condition, r.verdict, r.found_on, r.verifier, r.evidence, r.note)
        for r in facts.findings_until(conn, household_id, on)
    ]


def sheet_of(conn: Connection, pack: Pack, household_id: int, year: int, kind: str = "exit") -> Sheet | None:
    """The year's income by the pack's method; None when no sheet is there."""
    row = facts.income_sheet(conn, household_id, year)
    if row is None:
        return None
    items = {key: Yuan(fen) for key, fen in row._mapping["items"].items()}
    period = period_of(year, pack.cutoff())
    return compute(pack.method(kind), items, row.heads, period)
