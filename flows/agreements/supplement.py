"""Supplements: a changed target is a paper of its own that names the agreement; what changes together takes force together,
and every level adds up before and after (R4.2-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from config.agreements import Terms
from flows.agreements import desk
from flows.agreements.issue import signer_due
from flows.agreements.kinds import SUPPLEMENT
from flows.agreements.paper import sign_lines
from flows.agreements.targets import check_sums
from flows.office import Office
from records import agreements, ledger, papers
from records.cases import Seat
from records.engine import one_at_a_time, writing
from rules.days import day_of
from states.agreement import BINDING, AgreementLife
from states.decision import Actor
from states.not_allowed import (
    AgreementNotIssued,
    FieldMissing,
    FieldWrong,
    NoSuch,
    NothingChanges,
    SupplementPending,
    WrongMoment,
)
from states.table import state_names
from templates.agreement_supplement import AgreementSupplement, ChangedTarget

CHANGEABLE = ("split", "signed_one", "signed_all", *BINDING)


@dataclass(frozen=True, slots=True)
class Changes:
    """New amounts of issued agreements, {agreement: {measure: amount}}, and why."""

    targets: Mapping[int, Mapping[str, int]]
    reason: str
    by: Actor
    at: datetime


def supplement(office: Office, wanted: Changes) -> list[str]:
    """One supplement for each agreement, all or none; returns their numbers. They bind when the last of them is signed.
    Raises TargetsDoNotAddUp with the difference when a level would no longer add up: what is taken from one has to be
    given to another, and what lies below has to be changed along."""
    if not wanted.reason.strip():
        raise FieldMissing(step="补充协议", fields="调整事由")
    if not wanted.targets:
        raise FieldMissing(step="补充协议", fields="调整的目标")
    with writing(office.records) as conn:
        rows = {row.id: row for row in agreements.locked(conn, sorted(wanted.targets))}
        if missing := [key for key in wanted.targets if key not in rows]:
            raise NoSuch(what="责任书", key="、".join(map(str, missing)))
        one_at_a_time(conn, f"agreements:{min(row.year for row in rows.values())}")
        changed = {key: _changes(conn, office, rows[key], amounts) for key, amounts in wanted.targets.items()}
        new = {key: {**rows[key].targets, **changed[key]} for key in rows}
        check_sums(conn, office, rows.values(), new)
        group = _group(conn, rows)
        return [_write(conn, office, rows[key], changed[key], wanted, group) for key in sorted(rows)]


def withdraw(office: Office, number: str, by: Actor, at: datetime) -> list[str]:
    """Take back the supplement of that number, with those that were made together with it, before they bind. Returns
    their numbers; they stay recorded and are not given again. Raises WrongMoment, NoSuch."""
    with writing(office.records) as conn:
        found = agreements.supplement_of(conn, number)
        if found is None:
            raise NoSuch(what="补充协议", key=number)
        group = agreements.supplement_group(conn, found.group_key)
        for one in group:
            row = desk.the_agreement(conn, one.agreement_id)
            held = desk.answers_for(conn, row, by, at, "撤回补充协议")
            if one.status != "pending":
                raise WrongMoment(what=f"补充协议{one.number}", status=STATUS[one.status], event="撤回")
            agreements.change_supplement(conn, one.id, {"status": "withdrawn"})
            agreements.drop_signers(conn, row.id, at, one.id)
            papers.discard(conn, one.paper_id)
            desk.line(conn, row.id, "supplement_withdrawn", {"supplement": one.number}, held, at)
        return [one.number for one in group]


STATUS: Mapping[str, str] = {"pending": "待签订", "in_force": "生效", "withdrawn": "已撤回"}


def _changes(conn: Connection, office: Office, row: Any, amounts: Mapping[str, int]) -> dict[str, int]:
    if row.number is None:
        raise AgreementNotIssued(title=row.title)
    if row.status not in CHANGEABLE:
        names = state_names(AgreementLife)
        raise WrongMoment(what=row.title, status=names[row.status], event="订立补充协议")
    pending = agreements.pending_supplement(conn, row.id)
    if pending is not None:
        raise SupplementPending(title=row.title, number=pending.number)
    terms = desk.terms_of(conn, office, row)
    found = {terms.measure(name).key: amount for name, amount in amounts.items()}
    for key, amount in found.items():
        measure = terms.measures[key]
        if amount < 0:
            raise FieldWrong(field=measure.label, why="目标不能是负数。")
        if amount == row.targets.get(key, 0):
            raise NothingChanges(title=row.title, measure=measure.label, amount=f"{amount}{measure.unit}")
    return found


def _group(conn: Connection, rows: Mapping[int, Any]) -> str:
    first = min(rows)
    return f"{first}-{agreements.next_supplement(conn, first)}"


def _write(conn: Connection, office: Office, row: Any, changed: Mapping[str, int], wanted: Changes, group: str) -> str:
    held = desk.answers_for(conn, row, wanted.by, wanted.at, "订立补充协议")
    terms, seq = desk.terms_of(conn, office, row), agreements.next_supplement(conn, row.id)
    number = f"{row.number}补{seq}"
    made = agreements.add_supplement(conn, {
        "agreement_id": row.id, "group_key": group, "seq": seq, "number": number, "reason": wanted.reason.strip(),
        "changes": {m: [row.targets.get(m, 0), amount] for m, amount in changed.items()}, "status": "pending",
        "made_by": held.person, "made_at": wanted.at,
    })  # fmt: skip
    [kept] = agreements.add_targets(conn, [(row.id, changed, row.split)], made)
    signers = _ask(conn, office, terms, row, made, number, wanted.at)
    paper, body = _paper(conn, office, terms, row, made, number, changed, wanted, signers)
    agreements.change_supplement(conn, made, {"paper_id": paper})
    _keep_line(conn, row, {"supplement": number, "changes": dict(changed), "rows": kept, **body}, held, wanted)
    return number


def _keep_line(conn: Connection, row: Any, body: Mapping[str, Any], held: Seat, wanted: Changes) -> None:
    full = {"agreement": row.id, **body, "office": held.office, "post": held.post}
    personal = {"by": held.person, "reason": wanted.reason.strip()}
    ledger.add_line(conn, f"agreement:{row.id}", "supplement", full, personal, wanted.at)


def _ask(conn: Connection, office: Office, terms: Terms, row: Any, made: int, number: str, at: datetime) -> list[Any]:
    """Everybody who signed, or is to sign, the agreement signs its supplement: whoever holds the place now."""
    there = agreements.signers_of(conn, row.id)
    succeeded = {s.succeeds_id for s in there if s.succeeds_id is not None}
    agreements.add_signers(conn, [
        {"agreement_id": row.id, "supplement_id": made, "party": s.party, "capacity": s.capacity,
         "office_code": s.office_code, "role": s.role, "person_id": s.person_id, "name": s.name}
        for s in there if s.dropped_at is None and s.id not in succeeded
    ])  # fmt: skip
    signers = agreements.signers_of(conn, row.id, made)
    due = [(s.id, signer_due(office, terms, row, s, at)) for s in signers]
    agreements.ask_to_sign(conn, [(i, {**owed, "title": f"签订补充协议{number}"}) for i, owed in due])
    return signers


def _paper(conn: Connection, office: Office, terms: Terms, row: Any, made: int, number: str, changed: Mapping[str, int],
           wanted: Changes, signers: list[Any]) -> tuple[int, dict[str, Any]]:  # fmt: skip
    paper = AgreementSupplement(
        office=row.from_name, other=row.to_name, number=number, main_title=row.title, main_number=row.number,
        reason=wanted.reason.strip(), copies=terms.copies, signers=sign_lines(signers, "a"),
        others=sign_lines(signers, "b", "c"),
        changes=tuple(
            ChangedTarget(serial=n, label=terms.measures[m].label, unit=terms.measures[m].unit,
                          before=row.targets.get(m, 0), after=amount)
            for n, (m, amount) in enumerate(changed.items(), 1)
        ),
    )  # fmt: skip
    file_key = f"agreements/{row.year}/{SUPPLEMENT}/{number}.docx"
    sha256 = office.files.put(file_key, paper.render())
    [filed] = papers.file_many(conn, [{
        "key": f"supplement:{made}", "code": SUPPLEMENT, "title": f"{row.title}补充协议", "family": "form",
        "public": False, "household_id": row.household_id, "office_code": row.from_office, "area_path": row.area_path,
        "status": "printed", "snapshot": paper.to_snapshot(), "file_key": file_key, "sha256": sha256,
        "number": number, "drafted_at": wanted.at, "issued_on": day_of(wanted.at),
    }])  # fmt: skip
    return filed, {"paper": {"id": filed, "number": number, "sha256": sha256}}
