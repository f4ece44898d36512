"""Mid-year report, assessment, closing and voiding: the register's figures are recorded beside the targets (truth 11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.agreements import desk
from flows.agreements.figures import Figure, results
from flows.agreements.targets import Stage
from flows.office import Office
from records import agreements, dues, papers
from records.cases import Seat
from records.engine import reading, writing
from rules.days import day_of
from states.agreement import move
from states.decision import Actor, Evidence
from states.not_allowed import FieldMissing, FieldWrong, NotAllowed, ReportMissing

REPORTS: Mapping[str, str] = {"mid_year": "年中进展报告", "assessment": "年度考核"}


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of an agreement: the report's or the assessment's text, its grade, what proves it."""

    text: str
    grade: str | None = None
    evidence: Sequence[Evidence] = ()


Act = Callable[[Office, int, Word, Actor, datetime], tuple[Figure, ...]]


def figures(office: Office, agreement_id: int, at: datetime) -> tuple[Figure, ...]:
    """The targets that bind now beside what the register says today. Raises NoSuch."""
    with reading(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id, lock=False)
        return _figures(conn, office, row, at)


def report(office: Office, agreement_id: int, word: Word, by: Actor, at: datetime) -> tuple[Figure, ...]:
    """The second party's mid-year report: its words, and the register's figures of the day. Its assessment is owed from
    then on. Raises FieldMissing, WrongMoment, NotYourAgreement."""
    with writing(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "报年中进展", also=True)
        return _keep(conn, office, row, "mid_year", "report", word, held, at)


def assess(office: Office, agreement_id: int, word: Word, by: Actor, at: datetime) -> tuple[Figure, ...]:
    """The first party's assessment with a grade of the pack; nobody assesses an agreement under which he answers.
    Raises ReportMissing for a kind that has to report first, FieldWrong, WrongMoment, NotYourAgreement."""
    with writing(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "年度考核")
        terms = desk.terms_of(conn, office, row)
        if word.grade not in terms.grades:
            raise FieldWrong(field="考核等次", why=f"只能是{'、'.join(terms.grades)}。")
        if row.code in terms.reported and row.status == "in_force":
            raise ReportMissing(title=row.title)
        return _keep(conn, office, row, "assessment", "assess", word, held, at)


def each(act: Act, office: Office, ids: Sequence[int], word: Word, by: Actor, at: datetime
         ) -> tuple[list[int], dict[int, str]]:  # fmt: skip
    """`report` or `assess` for many agreements, each by itself; what may not be done says why."""
    done, stays = [], {}
    for agreement_id in ids:
        try:
            act(office, agreement_id, word, by, at)
            done.append(agreement_id)
        except NotAllowed as no:
            stays[agreement_id] = str(no)
    return done, stays


def close(office: Office, agreement_id: int, by: Actor, at: datetime) -> None:
    """The year is over for an assessed agreement. Raises WrongMoment, NotYourAgreement."""
    with writing(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "结案")
        stage = Stage(row.title, row.status)
        move(stage, "close")
        agreements.change(conn, row, {"status": stage.status, "closed_on": day_of(at)})
        agreements.drop_signers(conn, row.id, at)
        desk.line(conn, row.id, "closed", {"status": stage.status}, held, at)


def void(office: Office, agreement_id: int, reason: str, by: Actor, at: datetime) -> None:
    """An agreement that was made wrongly: its number stays taken and says why, nobody has to sign it any more, and the
    next `issue` makes one in its place with what its siblings leave. Raises FieldMissing, WrongMoment."""
    if not reason.strip():
        raise FieldMissing(step="废止责任书", fields="原因")
    with writing(office.records) as conn:
        row = desk.the_agreement(conn, agreement_id)
        held = desk.answers_for(conn, row, by, at, "废止")
        void_in(conn, row, reason.strip(), held, at)


def void_in(conn: Connection, row: Any, reason: str, held: Seat, at: datetime) -> None:
    """`void` of a locked agreement inside a transaction."""
    stage = Stage(row.title, row.status)
    move(stage, "make_void")
    agreements.change(conn, row, {"status": stage.status, "void_reason": reason[:255], "closed_on": day_of(at)})
    agreements.drop_signers(conn, row.id, at)
    agreements.step_done(conn, [row.id], at)
    for supplement in agreements.supplements_of(conn, row.id):
        if supplement.status == "pending":
            agreements.change_supplement(conn, supplement.id, {"status": "withdrawn"})
            papers.discard(conn, supplement.paper_id)
    if row.paper_id is not None:
        papers.discard(conn, row.paper_id)
    desk.line(conn, row.id, "void", {"number": row.number}, held, at, {"reason": reason})


def _keep(conn: Connection, office: Office, row: Any, kind: str, event: str, word: Word, held: Seat, at: datetime
          ) -> tuple[Figure, ...]:  # fmt: skip
    if not word.text.strip():
        raise FieldMissing(step=f"{row.title}{REPORTS[kind]}", fields="内容")
    stage = Stage(row.title, row.status)
    move(stage, event)
    found = _figures(conn, office, row, at)
    kept = agreements.keep_report(conn, {
        "agreement_id": row.id, "kind": kind, "figures": [f.as_json() for f in found], "text": word.text.strip(),
        "grade": word.grade, "person": held.person, "post": held.post, "office": held.office, "on": day_of(at),
        "evidence": [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in word.evidence], "at": at,
    })  # fmt: skip
    agreements.change(conn, row, {"status": stage.status})
    dues.close(conn, agreements.AGREEMENT_DUE, [row.id], at)
    if kind == "mid_year":
        _owe_assessment(conn, office, row, at)
    desk.line(conn, row.id, kind, {"status": stage.status, "grade": word.grade, "rows": kept}, held, at)
    return found


def _owe_assessment(conn: Connection, office: Office, row: Any, at: datetime) -> None:
    terms, on = desk.terms_of(conn, office, row), day_of(at)
    agreements.owe_step(conn, row.id, {
        "title": f"{row.title}年度考核"[:255], "office_code": row.from_office, "role": None, "person_id": None,
        "area_path": row.area_path, "starts_on": on, "due_on": max(terms.assess_by(row.year), on),
        "provisional": False,
    })  # fmt: skip


def _figures(conn: Connection, office: Office, row: Any, at: datetime) -> tuple[Figure, ...]:
    return results(conn, desk.terms_of(conn, office, row), row, day_of(at)).of(row)
