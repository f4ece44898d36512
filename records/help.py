"""Who helps a household and with what: pairings, measures, risk flags, obligations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, cast, func, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from records import dues, schema
from records.engine import insert_row, into
from rules.days import ONE_DAY

PR, M, R, B = schema.pairings, schema.measures, schema.risk_flags, schema.obligations
O, PE, T, C = schema.offices, schema.people, schema.tasks, schema.cases
HELPERS = ("revisit", "revisit_issue")  # what a household's helper owes in person


_PAIRINGS = (
    select(PR, O.c.name.label("unit"), PE.c.name.label("helper"), PE.c.title.label("helper_title"),
           PE.c.phone.label("helper_phone"))
    .select_from(PR.join(O, O.c.code == PR.c.office_code).join(PE, PE.c.id == PR.c.person_id))
    .where(PR.c.valid_from <= bindparam("day"), or_(PR.c.valid_to.is_(None), PR.c.valid_to > bindparam("day")))
)  # fmt: skip
_PAIRING = _PAIRINGS.where(PR.c.household_id == bindparam("of"))
_SOME_PAIRINGS = _PAIRINGS.where(PR.c.household_id.in_(bindparam("ids", expanding=True)))
_OBLIGE = {
    name: kind(B).on_conflict_do_nothing(index_elements=["key"]).returning(B.c.id)
    for name, kind in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_DONE = update(B).where(B.c.id == bindparam("of")).values(done_on=bindparam("on"), case_id=bindparam("case"))
_OWED_NEXT = (
    select(B).where(B.c.household_id == bindparam("of"), B.c.kind == bindparam("what"), B.c.done_on.is_(None),
                    B.c.lapsed_on.is_(None)).order_by(B.c.due_on).limit(1)
)  # fmt: skip
_MEASURES = select(M).where(
    M.c.household_id == bindparam("of"), M.c.starts_on <= bindparam("day"),
    or_(M.c.ends_on.is_(None), M.c.ends_on >= bindparam("day")),
).order_by(M.c.id)  # fmt: skip


def pairing_on(conn: Connection, household_id: int, day: date) -> Row[Any] | None:
    """The pairing in force on that day, with the helper's unit and name."""
    return conn.execute(_PAIRING, {"of": household_id, "day": day}).first()


def pairings_on(conn: Connection, household_ids: Sequence[int], day: date) -> dict[int, Row[Any]]:
    """`pairing_on` for many households; one that nobody helps is left out."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(household_ids), 500):
        for row in conn.execute(_SOME_PAIRINGS, {"ids": household_ids[start : start + 500], "day": day}):
            found.setdefault(row.household_id, row)
    return found


def pairings_of(conn: Connection, household_id: int) -> list[Row[Any]]:
    """Everybody who has helped the household, in order, with unit and name."""
    return list(conn.execute(
        select(PR.c.valid_from, PR.c.valid_to, O.c.name.label("unit"), PE.c.name.label("helper"))
        .select_from(PR.join(O, O.c.code == PR.c.office_code).join(PE, PE.c.id == PR.c.person_id))
        .where(PR.c.household_id == household_id).order_by(PR.c.valid_from, PR.c.id)
    ))  # fmt: skip


def pair(
    conn: Connection, household_id: int, office_code: str, person_id: int, on: date, reason: str, case_id: int | None
) -> None:
    """Pair a household with a helper from `on`; a pairing in force ends that day, without a gap (R4.1-06), and what the
    helper before still owed for the household is the new helper's."""
    before = conn.execute(
        update(PR).where(PR.c.household_id == household_id, PR.c.valid_to.is_(None)).values(valid_to=on)
    )
    conn.execute(insert(PR).values(household_id=household_id, office_code=office_code, person_id=person_id,
                                   valid_from=on, reason=reason, case_id=case_id))  # fmt: skip
    if before.rowcount:
        _follow(conn, household_id, office_code, person_id)


def _follow(conn: Connection, household_id: int, office_code: str, person_id: int) -> None:
    """Open tasks and obligations of a household's helper go over with the pairing, on their old days."""
    tasks = list(conn.execute(
        select(T.c.id).join(C, C.c.id == T.c.case_id)
        .where(C.c.subject_kind == "household", C.c.subject_id == household_id, T.c.helper_person_id.is_not(None),
               T.c.closed_at.is_(None))
    ).scalars())  # fmt: skip
    conn.execute(update(T).where(T.c.id.in_(tasks)).values(office_code=office_code, helper_person_id=person_id))
    owed = (B.c.household_id == household_id, B.c.kind.in_(HELPERS), B.c.done_on.is_(None), B.c.lapsed_on.is_(None))
    kept = list(conn.execute(select(B.c.id).where(*owed)).scalars())
    conn.execute(update(B).where(B.c.id.in_(kept)).values(office_code=office_code, person_id=person_id))
    for kind, ids in (("task", tasks), ("obligation", kept)):
        for one in ids:
            dues.hand_over(conn, kind, one, office_code, "helper", person_id)


def end_pairing(conn: Connection, household_id: int, on: date) -> None:
    conn.execute(update(PR).where(PR.c.household_id == household_id, PR.c.valid_to.is_(None)).values(valid_to=on))


def keep_measures(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    full = list(rows)
    if full:
        conn.execute(into(M), full)


def measures_on(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """Measures that run on that day."""
    return list(conn.execute(_MEASURES, {"of": household_id, "day": day}))


def measures_of(conn: Connection, household_ids: Sequence[int], day: date) -> dict[int, list[Row[Any]]]:
    """The same for many households at once."""
    found: dict[int, list[Row[Any]]] = {}
    query = select(M).where(M.c.household_id.in_(household_ids), M.c.starts_on <= day,
                            or_(M.c.ends_on.is_(None), M.c.ends_on >= day)).order_by(M.c.id)  # fmt: skip
    for row in conn.execute(query):
        found.setdefault(row.household_id, []).append(row)
    return found


def end_measures(conn: Connection, household_id: int, on: date) -> None:
    conn.execute(
        update(M).where(M.c.household_id == household_id, or_(M.c.ends_on.is_(None), M.c.ends_on > on))
        .values(ends_on=on)
    )  # fmt: skip


def raise_risk(conn: Connection, household_id: int, kind: str, reason: str, on: date, by: str) -> int:
    values = {"household_id": household_id, "kind": kind, "reason": reason, "raised_on": on, "raised_by": by}
    return insert_row(conn, R, values)


def open_risks(conn: Connection, household_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(R).where(R.c.household_id == household_id, R.c.cleared_on.is_(None))))


def risks_since(conn: Connection, household_id: int, day: date) -> list[Row[Any]]:
    """The flags that were open on that day or raised after it, cleared since or not, the first raised first."""
    open_then = or_(R.c.cleared_on.is_(None), R.c.cleared_on >= day)
    return list(
        conn.execute(select(R).where(R.c.household_id == household_id, open_then).order_by(R.c.raised_on, R.c.id))
    )


def clear_risks(conn: Connection, household_id: int, on: date) -> None:
    conn.execute(update(R).where(R.c.household_id == household_id, R.c.cleared_on.is_(None)).values(cleared_on=on))


# --- obligations, each with its due -----------------------------------------------------------------------------------


def oblige(conn: Connection, values: Mapping[str, Any], provisional: bool = False, ladder: str = "rungs") -> int | None:
    """Write an obligation and its due together; None when the same obligation is there already."""
    made = conn.execute(_OBLIGE[conn.dialect.name], dict(values)).scalar()
    if made is None:
        return None
    dues.add(conn, {
        "subject_kind": "obligation", "subject_id": made, "title": values["title"],
        "office_code": values["office_code"], "role": values.get("role"), "person_id": values.get("person_id"),
        "area_path": values["area_path"], "household_id": values.get("household_id"),
        "starts_on": values["starts_on"], "due_on": values["due_on"], "provisional": provisional, "ladder": ladder, "remind_next_on": values["starts_on"] + ONE_DAY,
    })  # fmt: skip
    return int(made)


def next_obligation(conn: Connection, household_id: int, kind: str) -> Row[Any] | None:
    """The earliest obligation of that kind that is still owed for the household."""
    return conn.execute(_OWED_NEXT, {"of": household_id, "what": kind}).first()


def obligation_by_key(conn: Connection, key: str) -> Row[Any] | None:
    return conn.execute(select(B).where(B.c.key == key)).first()


def obligation_done(conn: Connection, obligation_id: int, on: date, case_id: int | None, at: datetime) -> None:
    conn.execute(_DONE, {"of": obligation_id, "on": on, "case": case_id})
    dues.close(conn, "obligation", [obligation_id], at)


def obligations_lapse(conn: Connection, household_id: int, kind: str, on: date, at: datetime) -> None:
    """The cause ended (a relapse, a closed household): what is still open is no longer owed."""
    ids = [row.id for row in conn.execute(
        select(B.c.id).where(B.c.household_id == household_id, B.c.kind == kind, B.c.done_on.is_(None),
                             B.c.lapsed_on.is_(None))
    )]  # fmt: skip
    conn.execute(update(B).where(B.c.id.in_(ids)).values(lapsed_on=on))
    dues.close(conn, "obligation", ids, at)


def owed_before(conn: Connection, household_id: int, kind: str, day: date) -> int:
    """How many obligations of that kind are still owed that were due by that day."""
    return int(
        conn.execute(
            select(func.count()).select_from(B).where(
                B.c.household_id == household_id, B.c.kind == kind, B.c.done_on.is_(None), B.c.lapsed_on.is_(None),
                B.c.due_on <= day)
        ).scalar_one()
    )  # fmt: skip


def owed(conn: Connection, kind: str, until: date) -> list[Row[Any]]:
    """Obligations of that kind due by that day and not done."""
    return list(
        conn.execute(
            select(B).where(B.c.kind == kind, B.c.done_on.is_(None), B.c.lapsed_on.is_(None), B.c.due_on <= until)
            .order_by(B.c.due_on, B.c.id)
        )
    )  # fmt: skip


def done_obligations(conn: Connection, household_id: int, kind: str) -> list[Row[Any]]:
    """Obligations of that kind that were done for the household, by the day they were."""
    return list(
        conn.execute(
            select(B).where(B.c.household_id == household_id, B.c.kind == kind, B.c.done_on.is_not(None))
            .order_by(B.c.done_on)
        )
    )  # fmt: skip


def done_by_key(conn: Connection, key: str, on: date, at: datetime) -> bool:
    """The obligation of that key is done, if it is still owed."""
    row = conn.execute(
        select(B.c.id).where(B.c.key == key, B.c.done_on.is_(None), B.c.lapsed_on.is_(None))
    ).first()  # fmt: skip
    if row is not None:
        obligation_done(conn, row.id, on, None, at)
    return row is not None


def revisits_begun(conn: Connection, day: date) -> list[Row[Any]]:
    """Revisits whose time has begun and that have no case yet: (id, household_id, title, due_on, area_code, pack_id)."""
    C, D, HV, E = schema.cases, schema.duties, schema.household_versions, schema.enrolments
    running = select(C.c.id).where(C.c.procedure == "revisit", C.c.subject_kind == "household",
                                   C.c.subject_id == B.c.household_id, C.c.closed_on.is_(None)).exists()  # fmt: skip
    opened = select(D.c.id).where(D.c.key == literal("open:revisit:") + cast(B.c.id, String)).exists()
    return list(
        conn.execute(
            select(B.c.id, B.c.household_id, B.c.title, B.c.due_on, HV.c.area_code, E.c.pack_id)
            .select_from(B.join(HV, HV.c.household_id == B.c.household_id).join(E, E.c.household_id == B.c.household_id))
            .where(B.c.kind == "revisit", B.c.done_on.is_(None), B.c.lapsed_on.is_(None), B.c.starts_on <= day,
                   HV.c.valid_to.is_(None), E.c.state.in_(("exited", "monitored")), ~running, ~opened)
            .order_by(B.c.due_on, B.c.id)
        )
    )  # fmt: skip
