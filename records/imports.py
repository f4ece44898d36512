"""Import batches, and putting many rows of the register in at once under one digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from records import schema
from records.bulk import put
from records.engine import insert_row, into
from records.ledger import BulkDigest
from records.listing import Listing
from records.overview import Ask

B = schema.import_batches
H, HV, P, PV, M, EV, E, V = (
    schema.households, schema.household_versions, schema.persons, schema.person_versions, schema.memberships,
    schema.register_events, schema.enrolments, schema.path_events,
)  # fmt: skip
F, S = schema.findings, schema.income_sheets
EVENT_COLUMNS = (
    "household_id",
    "person_id",
    "kind",
    "field",
    "old",
    "new",
    "reason",
    "effective_on",
    "recorded_at",
    "case_id",
)


def add_batch(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, B, values)


def batch(conn: Connection, batch_id: int) -> Any:
    return conn.execute(select(B).where(B.c.id == batch_id)).first()


def committed(conn: Connection, batch_id: int, at: datetime, digest: str) -> None:
    conn.execute(update(B).where(B.c.id == batch_id).values(committed_at=at, rows_sha256=digest))


def register_head(conn: Connection) -> str:
    """What the register stands at: a report computed at one head is stale at another."""
    events = conn.execute(select(func.max(EV.c.id))).scalar()
    facts = conn.execute(select(func.max(F.c.id))).scalar(), conn.execute(select(func.max(S.c.id))).scalar()
    pairings = conn.execute(select(func.max(schema.pairings.c.id))).scalar()
    return f"{events}:{facts[0]}:{facts[1]}:{pairings}"


def known_households(conn: Connection, numbers: Sequence[str], pack_id: str) -> dict[str, Any]:
    """The open versions of households by number: (id, number, area_code, facts, planned_year under the pack)."""
    rows = conn.execute(
        select(H.c.id, H.c.number, HV.c.area_code, HV.c.facts, E.c.planned_year)
        .select_from(H.join(HV, HV.c.household_id == H.c.id)
                     .outerjoin(E, and_(E.c.household_id == H.c.id, E.c.pack_id == pack_id)))
        .where(H.c.number.in_(numbers), HV.c.valid_to.is_(None))
    )  # fmt: skip
    return {row.number: row for row in rows}


def known_members(conn: Connection, household_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The present members of households: {household id: {identity number: row}}."""
    found: dict[int, dict[str, Any]] = {}
    rows = conn.execute(
        select(M.c.household_id, P.c.id, P.c.number, P.c.id_no, M.c.relation, PV.c.name, PV.c.sex, PV.c.born_on,
               PV.c.facts)
        .select_from(M.join(P, P.c.id == M.c.person_id).join(PV, PV.c.person_id == P.c.id))
        .where(M.c.household_id.in_(household_ids), M.c.valid_to.is_(None), PV.c.valid_to.is_(None))
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.household_id, {})[row.id_no] = row
    return found


def elsewhere(conn: Connection, id_nos: Sequence[str]) -> dict[str, str]:
    """Identity number to the number of the household its owner is in now."""
    rows = conn.execute(
        select(P.c.id_no, H.c.number).select_from(
            P.join(M, M.c.person_id == P.c.id).join(H, H.c.id == M.c.household_id))
        .where(P.c.id_no.in_(id_nos), M.c.valid_to.is_(None))
    )  # fmt: skip
    return {id_no: number for id_no, number in rows}


def insert_households(
    conn: Connection, rows: Sequence[Mapping[str, Any]], pack_id: str, case_id: int, on: date, at: datetime,
    events: BulkDigest, moves: BulkDigest,
) -> None:  # fmt: skip
    """Put new households in, with members, enrolments and events; every event goes into the digests in order.

    Each row: {number, area_code, area_path, facts, planned_year, people: [{person_no, id_no, name, sex, born_on,
    relation, facts}]}."""
    put(conn, H, ("number", "created_by_case"), [{"number": r["number"], "created_by_case": case_id} for r in rows])
    ids = {n: i for n, i in conn.execute(select(H.c.number, H.c.id).where(H.c.number.in_([r["number"] for r in rows])))}
    dated = {"valid_from": on, "case_id": case_id}
    put(conn, HV, ("household_id", "valid_from", "area_code", "area_path", "facts", "case_id"), [
        {**dated, "household_id": ids[r["number"]], "area_code": r["area_code"], "area_path": r["area_path"],
         "facts": r["facts"]} for r in rows
    ])  # fmt: skip
    people = [(ids[r["number"]], p) for r in rows for p in r["people"]]
    put(conn, P, ("number", "id_no"), [{"number": p["person_no"], "id_no": p["id_no"]} for _, p in people])
    numbers = [p["person_no"] for _, p in people]
    known = {n: i for n, i in conn.execute(select(P.c.number, P.c.id).where(P.c.number.in_(numbers)))}
    put(conn, PV, ("person_id", "valid_from", "name", "sex", "born_on", "facts", "case_id"), [
        {**dated, "person_id": known[p["person_no"]], "name": p["name"], "sex": p["sex"], "born_on": p["born_on"],
         "facts": p["facts"]} for _, p in people
    ])  # fmt: skip
    put(conn, M, ("household_id", "person_id", "relation", "valid_from", "case_id"), [
        {**dated, "household_id": h, "person_id": known[p["person_no"]], "relation": p["relation"]} for h, p in people
    ])  # fmt: skip
    _events(conn, rows, ids, known, case_id, on, at, events)
    _enrol(conn, rows, ids, pack_id, case_id, on, at, moves)


def _events(
    conn: Connection, rows: Sequence[Mapping[str, Any]], ids: Mapping[str, int], known: Mapping[str, int],
    case_id: int, on: date, at: datetime, digest: BulkDigest,
) -> None:  # fmt: skip
    same = {"field": None, "old": None, "reason": "建档立卡导入", "effective_on": on, "recorded_at": at,
            "case_id": case_id}  # fmt: skip
    made: list[dict[str, Any]] = []
    for r in rows:
        household = ids[r["number"]]
        made.append({**same, "household_id": household, "person_id": None, "kind": "registered", "new": r["facts"]})
        for p in r["people"]:
            new = {"relation": p["relation"], "name": p["name"]}
            made.append({**same, "household_id": household, "person_id": known[p["person_no"]], "kind": "joined",
                         "new": new})  # fmt: skip
    put(conn, EV, EVENT_COLUMNS, made)
    for row in made:
        digest.add(row)


def _enrol(
    conn: Connection, rows: Sequence[Mapping[str, Any]], ids: Mapping[str, int], pack_id: str, case_id: int,
    on: date, at: datetime, digest: BulkDigest,
) -> None:  # fmt: skip
    put(conn, E, ("household_id", "pack_id", "state", "since", "planned_year"), [
        {"household_id": ids[r["number"]], "pack_id": pack_id, "state": "identified", "since": on,
         "planned_year": r["planned_year"]} for r in rows
    ])  # fmt: skip
    wanted = list(ids.values())
    enrolled = {h: e for h, e in conn.execute(
        select(E.c.household_id, E.c.id).where(E.c.household_id.in_(wanted), E.c.pack_id == pack_id))}  # fmt: skip
    made = [
        {"enrolment_id": enrolled[ids[r["number"]]], "event": "register", "from_state": "applicant",
         "to_state": "identified", "on": on, "case_id": case_id, "recorded_at": at} for r in rows
    ]  # fmt: skip
    put(conn, V, ("enrolment_id", "event", "from_state", "to_state", "on", "case_id", "recorded_at"), made)
    for row in made:
        digest.add(row)


def _sheets(conn: Connection, household_ids: Sequence[int]) -> dict[tuple[int, int], Any]:
    """The income sheets in force of those households, by household and year."""
    found: dict[tuple[int, int], Any] = {}
    for start in range(0, len(household_ids), 500):
        for row in conn.execute(
            select(S.c.id, S.c.household_id, S.c.year, S.c.heads, S.c["items"])
            .where(S.c.household_id.in_(household_ids[start : start + 500]), S.c.superseded_at.is_(None))
        ):  # fmt: skip
            found[(row.household_id, row.year)] = row
    return found


def put_incomes(conn: Connection, rows: Sequence[Mapping[str, Any]], at: datetime) -> tuple[int, int]:
    """Income sheets: a new one is added, a changed one supersedes, an equal one stays. Returns (added, changed)."""
    added, changed, fresh = 0, 0, []
    sheets = _sheets(conn, sorted({row["household_id"] for row in rows}))
    for row in rows:
        old = sheets.get((row["household_id"], row["year"]))
        if old is not None and (old.heads, old._mapping["items"]) == (row["heads"], row["items"]):
            continue
        if old is not None:
            conn.execute(update(S).where(S.c.id == old.id).values(superseded_at=at))
            changed += 1
        else:
            added += 1
        fresh.append({**row, "recorded_at": at})
    if fresh:
        conn.execute(into(S), fresh)
    return added, changed


def put_findings(conn: Connection, rows: Sequence[Mapping[str, Any]], at: datetime) -> int:
    """Findings that are not there yet; nothing is overwritten. Returns how many were added."""
    wanted = sorted({row["household_id"] for row in rows})
    there: set[tuple[Any, ...]] = set()
    for start in range(0, len(wanted), 500):
        found = conn.execute(
            select(F.c.household_id, F.c.condition, F.c.found_on, F.c.verdict)
            .where(F.c.household_id.in_(wanted[start : start + 500]))
        )  # fmt: skip
        there.update(tuple(r) for r in found)
    fresh = [
        {**row, "recorded_at": at} for row in rows
        if (row["household_id"], row["condition"], row["found_on"], row["verdict"]) not in there
    ]  # fmt: skip
    if fresh:
        conn.execute(into(F), fresh)
    return len(fresh)


def households_by_number(conn: Connection, numbers: Iterable[str]) -> dict[str, int]:
    """Ids by number; unknown numbers are left out."""
    found: dict[str, int] = {}
    listed = sorted(set(numbers))
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        found.update({n: i for n, i in conn.execute(select(H.c.number, H.c.id).where(H.c.number.in_(part)))})
    return found


def batches(ask: Ask) -> Listing:
    """Imports as cases, within the scope, the newest first."""
    C = schema.cases
    query = (
        select(C.c.id, C.c.title, C.c.status, C.c.step, C.c.closed_on, C.c.area_path, B.c.id.label("batch_id"),
               B.c.file_name, B.c.report, B.c.uploaded_at, B.c.committed_at)
        .select_from(C.join(B, B.c.id == C.c.subject_id)).where(C.c.subject_kind == "import", ask.covers(C.c.area_path))
    )  # fmt: skip
    return Listing(query, (B.c.uploaded_at.desc(), C.c.id.desc()))
