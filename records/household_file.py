"""Everything kept about one household, as of a day: what its page shows and what its file gives out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from records import schema
from records.ledger import GONE, TEXTS
from records.seals import start_of
from records.types import from_json
from records.verification import ROWS

E, V, PR, ME, B, S = (
    schema.enrolments, schema.path_events, schema.pairings, schema.measures, schema.obligations, schema.income_sheets,
)  # fmt: skip
P, C, D, EV, L, F = (
    schema.papers, schema.cases, schema.decisions, schema.register_events, schema.ledger, schema.findings,
)  # fmt: skip
O, PE, PN = schema.offices, schema.people, schema.persons
NOT_YET = ("draft", "discarded")


def _end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


def paths(conn: Connection, household_id: int) -> list[Row[Any]]:
    """The household under each pack, as it stands now."""
    return list(conn.execute(select(E).where(E.c.household_id == household_id).order_by(E.c.id)))


def moves(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Every move on its paths up to the day."""
    return list(
        conn.execute(
            select(V, E.c.pack_id).join(E, E.c.id == V.c.enrolment_id)
            .where(E.c.household_id == household_id, V.c.on <= day).order_by(V.c.on, V.c.id)
        )
    )  # fmt: skip


def pairings(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Every helper up to the day, the present one last."""
    return list(
        conn.execute(
            select(PR, O.c.name.label("unit"), PE.c.name.label("helper"), PE.c.phone.label("helper_phone"))
            .select_from(PR.join(O, O.c.code == PR.c.office_code).join(PE, PE.c.id == PR.c.person_id))
            .where(PR.c.household_id == household_id, PR.c.valid_from <= day).order_by(PR.c.valid_from, PR.c.id)
        )
    )  # fmt: skip


def measures(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Every measure that had begun by the day."""
    return list(
        conn.execute(
            select(ME).where(ME.c.household_id == household_id, ME.c.starts_on <= day).order_by(ME.c.starts_on, ME.c.id)
        )
    )


def visits(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """What was owed to the household by way of visits and follow-up, from the earliest day."""
    return list(
        conn.execute(
            select(B).where(B.c.household_id == household_id, B.c.starts_on <= day).order_by(B.c.due_on, B.c.id)
        )
    )


def sheets(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """The income sheets in force at the end of that day, by year."""
    end = _end_of(day)
    return list(
        conn.execute(
            select(S).where(S.c.household_id == household_id, S.c.recorded_at < end,
                            or_(S.c.superseded_at.is_(None), S.c.superseded_at >= end)).order_by(S.c.year)
        )
    )  # fmt: skip


def findings(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    return list(
        conn.execute(
            select(F).where(F.c.household_id == household_id, F.c.found_on <= day).order_by(F.c.found_on.desc(), F.c.id)
        )
    )


def papers(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """The household's own papers; lists that name other households are not among them."""
    return list(
        conn.execute(
            select(P.c.id, P.c.code, P.c.title, P.c.number, P.c.status, P.c.sha256, P.c.issued_on, P.c.delivered_on,
                   P.c.drafted_at, P.c.file_key, P.c.snapshot, P.c.signed_copy, P.c.master_sha256)
            .where(P.c.household_id == household_id, P.c.act_id.is_(None), P.c.status.not_in(NOT_YET),
                   P.c.drafted_at < _end_of(day)).order_by(P.c.drafted_at, P.c.id)
        )
    )  # fmt: skip


def cases(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    return list(
        conn.execute(
            select(C).where(C.c.subject_kind == "household", C.c.subject_id == household_id, C.c.started_on <= day)
            .order_by(C.c.started_on, C.c.id)
        )
    )  # fmt: skip


def own_evidence(conn: Connection, household_id: int) -> list[Row[Any]]:
    """Decisions on the household's own cases that carry evidence; what a meeting on many households kept is not its own."""
    return list(
        conn.execute(
            select(D.c.case_id, D.c.step, D.c.evidence, D.c.at).join(C, C.c.id == D.c.case_id)
            .where(C.c.subject_kind == "household", C.c.subject_id == household_id, D.c.act_id.is_(None))
            .order_by(D.c.id)
        )
    )  # fmt: skip


def events(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Every change of the register about the household that took effect by the day."""
    return list(
        conn.execute(
            select(EV, PN.c.number.label("person_no")).outerjoin(PN, PN.c.id == EV.c.person_id)
            .where(EV.c.household_id == household_id, EV.c.effective_on <= day).order_by(EV.c.effective_on, EV.c.id)
        )
    )  # fmt: skip


# --- personal text of ledger lines ----------------------------------------------------------------------------------


def personal_lines(conn: Connection, household_id: int, limit: int = 200) -> list[Row[Any]]:
    """The ledger lines about the household that keep personal text, the newest first."""
    own = select(C.c.id).where(C.c.subject_kind == "household", C.c.subject_id == household_id)
    streams = [f"household:{household_id}", *(f"case:{n}" for n in conn.execute(own).scalars())]
    return list(
        conn.execute(
            select(L.c.stream, L.c.seq, L.c.act, L.c.personal, L.c.at)
            .where(L.c.stream.in_(streams), L.c.personal.is_not(None)).order_by(L.c.at.desc(), L.c.id.desc()).limit(limit)
        )
    )  # fmt: skip


def line_of(conn: Connection, stream: str, seq: int) -> Any:
    """A ledger line; None when there is none."""
    return conn.execute(
        select(L.c.id, L.c.personal, L.c.body).where(and_(L.c.stream == stream, L.c.seq == seq))
    ).first()


def is_about(conn: Connection, stream: str, household_id: int) -> bool:
    """Is the stream the household's, or that of a case about it?"""
    kind, _, number = stream.partition(":")
    if kind == "household":
        return number == str(household_id)
    if kind != "case" or not number.isdigit():
        return False
    subject = conn.execute(select(C.c.subject_kind, C.c.subject_id).where(C.c.id == int(number))).first()
    return subject is not None and tuple(subject) == ("household", household_id)


def blank(conn: Connection, refs: Sequence[tuple[str, int]]) -> None:
    """Take the personal text off those lines, and off the decisions and acts that they keep; the digests stay, so that
    the chain still verifies."""
    for stream, seq in refs:
        line = line_of(conn, stream, seq)
        for name, kept in from_json(line.body).get("rows", {}).items():
            for column in TEXTS.get(name, ()):
                table = ROWS[name]
                said = (
                    table.c.id.in_([int(key) for key in kept]) & table.c[column].is_not(None) & (table.c[column] != "")
                )
                conn.execute(table.update().where(said).values({column: GONE}))
        conn.execute(L.update().where(L.c.id == line.id).values(personal=None))


def texts_of(conn: Connection, household_id: int) -> list[tuple[Row[Any], str, str, Any]]:
    """What steps of the household's cases were filled with: (case, step, blank, value), the newest case first."""
    found = conn.execute(
        select(C.c.id, C.c.year, C.c.procedure_sha256, C.c.facts)
        .where(C.c.subject_kind == "household", C.c.subject_id == household_id)
        .order_by(C.c.id.desc())
    )
    texts: list[Any] = [
        (row, step, key, value) for row in found for step, given in row.facts.items() for key, value in given.items()
    ]
    return texts


def take_off(conn: Connection, case_id: int, step: str, keys: Sequence[str]) -> None:
    """Take texts that a step was filled with off a case, which is locked before."""
    facts = dict(conn.execute(select(C.c.facts).where(C.c.id == case_id).with_for_update()).scalar_one())
    facts[step] = {
        k: v if k not in keys else [GONE] if isinstance(v, list) else GONE for k, v in facts[step].items()
    }  # fmt: skip
    conn.execute(C.update().where(C.c.id == case_id).values(facts=facts))
