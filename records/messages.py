"""The inbox: what one person was told, read by that person and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Connection, Date, Row, bindparam, func, or_, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from records import schema
from records.delegations import in_force

M, P, PT, G, O = schema.messages, schema.posts, schema.post_terms, schema.delegations, schema.offices


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who is told something, in the office of the post that it was told to."""

    person_id: int
    office_code: str | None


def inbox(
    conn: Connection, person_id: int, unread_only: bool = False, before: int | None = None, limit: int = 50
) -> list[Row[Any]]:
    """The person's messages, newest first; `before` is the id that the page above ended with."""
    query = select(M).where(M.c.person_id == person_id).order_by(M.c.id.desc()).limit(limit)
    if unread_only:
        query = query.where(M.c.read_at.is_(None))
    if before is not None:
        query = query.where(M.c.id < before)
    return list(conn.execute(query))


def count_unread(conn: Connection, person_id: int) -> int:
    """How many messages the person has not read."""
    unread = select(func.count()).select_from(M).where(M.c.person_id == person_id, M.c.read_at.is_(None))
    return int(conn.execute(unread).scalar_one())


def count_by_kind(conn: Connection) -> dict[str, int]:
    """How many messages of each kind were told."""
    return {kind: int(count) for kind, count in conn.execute(
        select(M.c.kind, func.count()).group_by(M.c.kind).order_by(M.c.kind))}  # fmt: skip


def message_of(conn: Connection, person_id: int, message_id: int) -> Row[Any] | None:
    """One message, if it is this person's."""
    return conn.execute(select(M).where(M.c.id == message_id, M.c.person_id == person_id)).first()


def message(conn: Connection, message_id: int) -> Row[Any] | None:
    """One message, for sending it."""
    return conn.execute(select(M).where(M.c.id == message_id)).first()


def reword(conn: Connection, message_id: int, title: str, body: str) -> None:
    """What was sent is what the inbox shows."""
    conn.execute(update(M).where(M.c.id == message_id).values(title=title, body=body))


def mark_read(conn: Connection, person_id: int, ids: Sequence[int], at: datetime) -> int:
    """Mark the person's own messages read; returns how many were unread. A message once read keeps its moment."""
    mine = (M.c.person_id == person_id, M.c.read_at.is_(None))
    return int(conn.execute(update(M).where(*mine, M.c.id.in_(ids)).values(read_at=at)).rowcount)


def mark_all_read(conn: Connection, person_id: int, at: datetime) -> int:
    """Mark everything in the person's inbox read."""
    mine = (M.c.person_id == person_id, M.c.read_at.is_(None))
    return int(conn.execute(update(M).where(*mine).values(read_at=at)).rowcount)


def keep(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[Row[Any]]:
    """Put messages into inboxes and return those that were not there yet: (id, person_id, office_code)."""
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    kept: list[Row[Any]] = []
    for row in rows:
        wanted = insert(M).values(row).on_conflict_do_nothing(index_elements=["key", "person_id"])
        kept.extend(conn.execute(wanted.returning(M.c.id, M.c.person_id, M.c.office_code)))
    return kept


def holders(
    conn: Connection, office_code: str, role: str, day: date, only: int | None = None
) -> list[Recipient]:  # fmt: skip
    """Who is to know what is told to a post: those who hold it on that day, and whoever stands in for one of them.
    `only` is the one holder whom it concerns, where a post has several."""
    given = {"office": office_code, "as_role": role, "day": day, "only": only}
    people = conn.execute(_holders(one=only is not None), given).scalars()
    return [Recipient(person, office_code) for person in sorted(people)]


@cache
def _holders(one: bool) -> CompoundSelect[Any]:
    day: BindParameter[Any] = bindparam("day", type_=Date())
    held = (
        select(PT.c.person_id, PT.c.post_id).select_from(PT.join(P, P.c.id == PT.c.post_id))
        .where(P.c.office_code == bindparam("office"), P.c.role == bindparam("as_role"), PT.c.valid_from <= day,
               or_(PT.c.valid_to.is_(None), PT.c.valid_to > day),
               *((PT.c.person_id == bindparam("only"),) if one else ()))
    ).subquery()  # fmt: skip
    stands_in = (
        select(G.c.to_person_id)
        .join(held, or_(G.c.post_id.is_(None), held.c.post_id == G.c.post_id)
              & (held.c.person_id == G.c.from_person_id))
        .where(in_force(day))
    )  # fmt: skip
    return union(select(held.c.person_id), stands_in)


def head_role(conn: Connection, office_code: str) -> str | None:
    """The role that answers for the whole office."""
    level = conn.execute(select(O.c.level).where(O.c.code == office_code)).scalar()
    return HEADS.get(str(level))


HEADS: Mapping[str, str] = {
    "community": "community_head",
    "street": "street_leader",
    "district": "district_director",
    "group": "group_leader",
    "helper": "helper_head",
}
