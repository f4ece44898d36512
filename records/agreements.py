"""Agreements as they are kept: drafted once per key, numbered once, signed by rows, changed by supplements. What pages and
lists read of them is in `records.agreement_views`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from records import dues, ledger, schema
from records.engine import insert_row, insert_rows, into
from rules.days import ONE_DAY

G, T, W, S, U, R = (
    schema.agreements, schema.agreement_targets, schema.agreement_signers, schema.agreement_signatures,
    schema.agreement_supplements, schema.agreement_reports,
)  # fmt: skip
SIGNER_DUE, AGREEMENT_DUE = "signature", "agreement"
_OPEN = (W.c.signed_at.is_(None), W.c.dropped_at.is_(None))
Rows = Mapping[str, Mapping[str, str]]  # {table: {row id: digest}}, what a ledger line keeps


def add_many(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write new agreements; returns their ids in order."""
    return insert_rows(conn, G, rows)


def agreement(conn: Connection, agreement_id: int, lock: bool = False) -> Row[Any] | None:
    query = select(G).where(G.c.id == agreement_id)
    return conn.execute(query.with_for_update() if lock else query).first()


def locked(conn: Connection, ids: Sequence[int]) -> list[Row[Any]]:
    """Those agreements in the order of their ids, nobody else's until the transaction ends."""
    return list(conn.execute(select(G).where(G.c.id.in_(ids)).order_by(G.c.id).with_for_update()))


def by_number(conn: Connection, number: str) -> int | None:
    """The agreement of that number, or the one whose supplement has it."""
    found = conn.execute(select(G.c.id).where(G.c.number == number)).scalar()
    return found or conn.execute(select(U.c.agreement_id).where(U.c.number == number)).scalar()


def children(conn: Connection, parent_id: int) -> list[Row[Any]]:
    """The agreements that take a part of this one's targets, void ones left out."""
    query = select(G).where(G.c.parent_id == parent_id, G.c.status != "void").order_by(G.c.id)
    return list(conn.execute(query))


def of_year(conn: Connection, year: int, codes: Sequence[str] = ()) -> list[Row[Any]]:
    """Every agreement of the year that is not void, in the order of its making."""
    query = select(G).where(G.c.year == year, G.c.status != "void").order_by(G.c.id)
    return list(conn.execute(query.where(G.c.code.in_(codes)) if codes else query))


def to_issue(conn: Connection, year: int, codes: Sequence[str] = ()) -> list[int]:
    """Agreements whose targets are split and whose paper is not made yet."""
    query = select(G.c.id).where(G.c.year == year, G.c.status == "split", G.c.number.is_(None)).order_by(G.c.id)
    return list(conn.execute(query.where(G.c.code.in_(codes)) if codes else query).scalars())


def to_issue_of_pairings(conn: Connection, year: int) -> list[int]:
    """Those of them that a pairing in the middle of the year brought about."""
    query = select(G.c.id).where(G.c.year == year, G.c.status == "split", G.c.number.is_(None), G.c.cause == "pairing")
    return list(conn.execute(query.order_by(G.c.id)).scalars())


_ISSUED = update(G).where(G.c.id == bindparam("of")).values(
    number=bindparam("its_number"), paper_id=bindparam("paper"), issued_on=bindparam("on"), version=G.c.version + 1
)  # fmt: skip


def issued(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Locked agreements have their numbers and papers: {of, its_number, paper, on}."""
    conn.execute(_ISSUED, rows)


def change(conn: Connection, row: Row[Any], changes: Mapping[str, Any]) -> bool:
    """Write an agreement's new state; False when it was changed meanwhile."""
    done = conn.execute(
        update(G).where(G.c.id == row.id, G.c.version == row.version).values(version=row.version + 1, **changes)
    )
    return done.rowcount == 1


def ids_by_key(conn: Connection, year: int) -> tuple[dict[int, str], set[str]]:
    """Of a year: the key of every agreement that ever was, by id, and the keys of those that are void."""
    rows = conn.execute(select(G.c.id, G.c.key, G.c.status).where(G.c.year == year)).all()
    return {row.id: row.key for row in rows}, {row.key for row in rows if row.status == "void"}


def adopt(conn: Connection, key: str, agreement_id: int) -> None:
    """What lay below a void agreement lies below the one in its place."""
    void = select(G.c.id).where(G.c.key == key, G.c.status == "void").scalar_subquery()
    conn.execute(update(G).where(G.c.parent_id.in_(void)).values(parent_id=agreement_id))


def add_targets(
    conn: Connection, given: Sequence[tuple[int, Mapping[str, int], int]], supplement_id: int | None = None
) -> list[Rows]:
    """Keep the amounts that were given to agreements ([(agreement, amounts, which split)]); returns for each what its
    ledger line keeps of them."""
    rows: list[dict[str, Any]] = [
        {"agreement_id": agreement, "supplement_id": supplement_id, "split": split, "measure": measure,
         "amount": amount}
        for agreement, amounts, split in given for measure, amount in amounts.items()
    ]  # fmt: skip
    kept: dict[int, dict[str, str]] = {agreement: {} for agreement, _, _ in given}
    for key, row in zip(insert_rows(conn, T, rows), rows, strict=True):
        kept[row["agreement_id"]][str(key)] = ledger.digest_of({**row, "id": key})
    return [{"agreement_targets": kept[agreement]} for agreement, _, _ in given]


def targets_of(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    """Every amount that was ever given, oldest first, with the supplement that gave it."""
    return list(
        conn.execute(
            select(T, U.c.number.label("supplement")).outerjoin(U, U.c.id == T.c.supplement_id)
            .where(T.c.agreement_id == agreement_id).order_by(T.c.id)
        )
    )  # fmt: skip


# --- who must sign ----------------------------------------------------------------------------------------------------


def add_signers(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    full = [{"supplement_id": None, "office_code": None, "role": None, "person_id": None, "name": None,
             "succeeds_id": None, "opened_on": None, "due_on": None, **row} for row in rows]  # fmt: skip
    if full:
        conn.execute(into(W), full)


def signers_of(conn: Connection, agreement_id: int, supplement_id: int | None = None) -> list[Row[Any]]:
    """Who must sign the agreement, or one of its supplements, successors included."""
    which = W.c.supplement_id.is_(None) if supplement_id is None else W.c.supplement_id == supplement_id
    return list(conn.execute(select(W).where(W.c.agreement_id == agreement_id, which).order_by(W.c.id)))


def signers_of_many(conn: Connection, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """The signers of many agreements, without those of their supplements."""
    found: dict[int, list[Row[Any]]] = {}
    for row in conn.execute(select(W).where(W.c.agreement_id.in_(ids), W.c.supplement_id.is_(None)).order_by(W.c.id)):
        found.setdefault(row.agreement_id, []).append(row)
    return found


def open_signers(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    """Who has still to sign: the agreement, its supplements, or as a successor."""
    query = select(W).where(W.c.agreement_id == agreement_id, W.c.opened_on.is_not(None), *_OPEN)
    return list(conn.execute(query.order_by(W.c.id)))


_ASKED = update(W).where(W.c.id == bindparam("of")).values(opened_on=bindparam("since"), due_on=bindparam("until"))


def ask_to_sign(conn: Connection, asked: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Signers may sign from now on and are reminded: each one's due is written with it. [(signer, {title, office_code,
    role, person_id, area_path, starts_on, due_on, provisional})]"""
    if asked:
        conn.execute(_ASKED, [{"of": of, "since": owed["starts_on"], "until": owed["due_on"]} for of, owed in asked])
        dues.add_many(conn, [_due(SIGNER_DUE, of, owed) for of, owed in asked])


def owe_step(conn: Connection, agreement_id: int, owed: Mapping[str, Any]) -> None:
    """The agreement's next step (mid-year report, assessment) is due."""
    dues.add(conn, _due(AGREEMENT_DUE, agreement_id, owed))


def _due(kind: str, subject_id: int, owed: Mapping[str, Any]) -> dict[str, Any]:
    return {"subject_kind": kind, "subject_id": subject_id, "remind_next_on": owed["starts_on"] + ONE_DAY, **owed}


def keep_signatures(
    conn: Connection, agreement_id: int, given: Sequence[tuple[Row[Any], Mapping[str, Any]]], at: datetime
) -> Rows:
    """These places are signed: the rows that prove it, and nobody is reminded of them any more."""
    ids = [signer.id for signer, _ in given]
    rows: list[dict[str, Any]] = [
        {"agreement_id": agreement_id, "signer_id": signer.id, "capacity": signer.capacity, "at": at, **values}
        for signer, values in given
    ]
    kept = {}
    for key, row in zip(insert_rows(conn, S, rows), rows, strict=True):
        kept[str(key)] = ledger.digest_of({**row, "id": key})
    conn.execute(update(W).where(W.c.id.in_(ids)).values(signed_at=at))
    dues.close(conn, SIGNER_DUE, ids, at)
    return {"agreement_signatures": kept}


def signatures_of(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    return list(
        conn.execute(
            select(S, W.c.party, W.c.supplement_id).join(W, W.c.id == S.c.signer_id)
            .where(S.c.agreement_id == agreement_id).order_by(S.c.id)
        )
    )  # fmt: skip


def drop_signers(conn: Connection, agreement_id: int, at: datetime, supplement_id: int | None = None) -> None:
    """Nobody has to sign any more: the agreement is void, or the supplement withdrawn."""
    which = W.c.agreement_id == agreement_id
    if supplement_id is not None:
        which = which & (W.c.supplement_id == supplement_id)
    ids = list(conn.execute(select(W.c.id).where(which, *_OPEN)).scalars())
    conn.execute(update(W).where(W.c.id.in_(ids)).values(dropped_at=at))
    dues.close(conn, SIGNER_DUE, ids, at)


def drop_signer(conn: Connection, signer_id: int, at: datetime) -> None:
    conn.execute(update(W).where(W.c.id == signer_id).values(dropped_at=at))
    dues.close(conn, SIGNER_DUE, [signer_id], at)


def add_successor(conn: Connection, before: Row[Any], changes: Mapping[str, Any]) -> Row[Any]:
    """Somebody else holds the signer's post now and has to sign anew."""
    values = {"agreement_id": before.agreement_id, "party": before.party, "capacity": before.capacity,
              "office_code": before.office_code, "role": before.role, "person_id": before.person_id,
              "name": before.name, "succeeds_id": before.id, **changes}  # fmt: skip
    made = insert_row(conn, W, values)
    return conn.execute(select(W).where(W.c.id == made)).one()


# --- supplements and reports ------------------------------------------------------------------------------------------


def add_supplement(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, U, values)


def next_supplement(conn: Connection, agreement_id: int) -> int:
    last = conn.execute(select(func.max(U.c.seq)).where(U.c.agreement_id == agreement_id)).scalar()
    return int(last or 0) + 1


def supplements_of(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(U).where(U.c.agreement_id == agreement_id).order_by(U.c.seq)))


def pending_supplement(conn: Connection, agreement_id: int) -> Row[Any] | None:
    return conn.execute(select(U).where(U.c.agreement_id == agreement_id, U.c.status == "pending")).first()


def supplement_of(conn: Connection, number: str) -> Row[Any] | None:
    return conn.execute(select(U).where(U.c.number == number)).first()


def supplement_group(conn: Connection, group_key: str) -> list[Row[Any]]:
    """Supplements that were made together and take force together."""
    return list(conn.execute(select(U).where(U.c.group_key == group_key).order_by(U.c.agreement_id)))


def unsigned_in_group(conn: Connection, group_key: str) -> int:
    """How many signatures the supplements of a group still lack."""
    ids = select(U.c.id).where(U.c.group_key == group_key)
    return int(conn.execute(select(func.count()).select_from(W).where(W.c.supplement_id.in_(ids), *_OPEN)).scalar_one())


def change_supplement(conn: Connection, supplement_id: int, changes: Mapping[str, Any]) -> None:
    conn.execute(update(U).where(U.c.id == supplement_id).values(**changes))


def keep_report(conn: Connection, values: Mapping[str, Any]) -> Rows:
    row: dict[str, Any] = dict(values)
    row["id"] = insert_row(conn, R, row)
    return {"agreement_reports": {str(row["id"]): ledger.digest_of(row)}}


def reports_of(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    return list(conn.execute(select(R).where(R.c.agreement_id == agreement_id).order_by(R.c.id)))


def step_done(conn: Connection, agreement_ids: Sequence[int], at: datetime) -> None:
    dues.close(conn, AGREEMENT_DUE, agreement_ids, at)


# --- who holds a signer's post now ------------------------------------------------------------------------------------

P, PT, PE, PR = schema.posts, schema.post_terms, schema.people, schema.pairings


def succeeded(conn: Connection, day: date) -> list[Row[Any]]:
    """Signatures by account under agreements that bind, whose signer no longer holds the post, with nobody asked to
    sign anew yet: (signer id, agreement id, office, role, who signed)."""
    holds = (
        select(PT.c.id).join(P, P.c.id == PT.c.post_id)
        .where(P.c.office_code == W.c.office_code, P.c.role == W.c.role, PT.c.person_id == S.c.person_id,
               PT.c.valid_from <= day, (PT.c.valid_to.is_(None)) | (PT.c.valid_to > day))
    )  # fmt: skip
    later = W.alias("later")
    asked = select(later.c.id).where(later.c.succeeds_id == W.c.id, later.c.dropped_at.is_(None))
    return list(
        conn.execute(
            select(W, S.c.person_id.label("signed_by"))
            .select_from(W.join(S, S.c.signer_id == W.c.id).join(G, G.c.id == W.c.agreement_id))
            .where(G.c.status.in_(["signed_all", "in_force", "mid_reported"]), W.c.supplement_id.is_(None),
                   W.c.role.is_not(None), W.c.dropped_at.is_(None), S.c.person_id.is_not(None),
                   ~holds.exists(), ~asked.exists())
            .order_by(W.c.id)
        )
    )  # fmt: skip


def newer_pairings(conn: Connection, day: date) -> list[Row[Any]]:
    """Helpers under household agreements that bind who are no longer paired with the household: the signer, and who is
    paired now (new_person, new_unit, new_name, since)."""
    later = W.alias("later")
    asked = select(later.c.id).where(later.c.succeeds_id == W.c.id, later.c.dropped_at.is_(None))
    return list(
        conn.execute(
            select(W, PR.c.person_id.label("new_person"), PR.c.office_code.label("new_unit"),
                   PE.c.name.label("new_name"), PR.c.valid_from.label("since"))
            .select_from(W.join(G, G.c.id == W.c.agreement_id).join(PR, PR.c.household_id == G.c.household_id)
                         .join(PE, PE.c.id == PR.c.person_id))
            .where(G.c.status.in_(["split", "signed_one", "signed_all", "in_force", "mid_reported"]),
                   G.c.number.is_not(None), W.c.role == "helper", W.c.supplement_id.is_(None),
                   W.c.dropped_at.is_(None), PR.c.valid_to.is_(None), PR.c.valid_from <= day,
                   PR.c.person_id != W.c.person_id, ~asked.exists())
            .order_by(W.c.id)
        )
    )  # fmt: skip
