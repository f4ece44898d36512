"""What pages and commands read of agreements: the list with who has not signed, one agreement whole; always within what
the one who asks may see (truth 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from records import agreements, schema
from records.listing import Listing
from records.overview import Ask
from records.scope import scope_of
from rules.jurisdiction import EVERYTHING, Scope

G, W, O, P, PT, S = (
    schema.agreements, schema.agreement_signers, schema.offices, schema.posts, schema.post_terms,
    schema.agreement_signatures,
)  # fmt: skip
_OPEN = (W.c.signed_at.is_(None), W.c.dropped_at.is_(None), W.c.opened_on.is_not(None))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: the scope, and the parties the person may speak for. A helper sees his own agreements and those of his
    households; only the head of his unit sees what the unit signed, with its list of households."""

    scope: Scope
    person_id: int | None = None
    offices: tuple[str, ...] = ()

    def sees(self) -> ColumnElement[bool]:
        """The one predicate upon an agreement."""
        inside = Ask(self.scope, date.min).covers(G.c.area_path, G.c.household_id)
        if self.scope.everything or self.person_id is None:
            return inside
        own = [G.c.person_id == self.person_id, G.c.to_office.in_(self.offices), G.c.from_office.in_(self.offices)]
        return or_(inside, *own)


ALL = Reader(EVERYTHING)


def reader(conn: Connection, person_id: int, day: date) -> Reader:
    """A person as a reader of agreements on that day. A helper's own post speaks for no office."""
    held = conn.execute(
        select(P.c.office_code).join(PT, PT.c.post_id == P.c.id)
        .where(PT.c.person_id == person_id, PT.c.valid_from <= day, P.c.role != "helper",
               or_(PT.c.valid_to.is_(None), PT.c.valid_to > day)).distinct()
    ).scalars()  # fmt: skip
    return Reader(scope_of(conn, person_id, day), person_id, tuple(held))


@dataclass(frozen=True, slots=True)
class Wish:
    """Which agreements: of a year, of some kinds, in some states, with an office as a party, not wholly signed."""

    year: int | None = None
    codes: Sequence[str] = ()
    statuses: Sequence[str] = ()
    office_code: str | None = None
    unsigned: bool = False
    search: str = ""


def listing(who: Reader, wish: Wish) -> Listing:
    """Agreements with their state and how many have still to sign; void ones are left out unless they are asked for."""
    lacking = select(func.count()).where(W.c.agreement_id == G.c.id, *_OPEN).scalar_subquery()
    signed = select(func.count()).where(W.c.agreement_id == G.c.id, W.c.signed_at.is_not(None)).scalar_subquery()
    query = select(
        G.c.id, G.c.code, G.c.year, G.c.title, G.c.number, G.c.status, G.c.from_office, G.c.to_office, G.c.from_name,
        G.c.to_name, G.c.area_path, G.c.household_id, G.c.targets, G.c.issued_on, G.c.in_force_on, G.c.paper_id,
        lacking.label("lacking"), signed.label("signed"),
    ).where(who.sees(), *_wished(wish))  # fmt: skip
    return Listing(query, (G.c.year.desc(), G.c.id))


def _wished(wish: Wish) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if wish.year is not None:
        parts.append(G.c.year == wish.year)
    if wish.codes:
        parts.append(G.c.code.in_(wish.codes))
    parts.append(G.c.status.in_(wish.statuses) if wish.statuses else G.c.status != "void")
    if wish.office_code is not None:
        parts.append(or_(G.c.to_office == wish.office_code, G.c.from_office == wish.office_code))
    if wish.unsigned:
        parts.append(select(W.c.id).where(W.c.agreement_id == G.c.id, *_OPEN).exists())
    if wish.search.strip():
        parts.append(G.c.title.contains(wish.search.strip(), autoescape=True) | (G.c.number == wish.search.strip()))
    return parts


def not_signed(conn: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Who has still to sign each agreement: party, capacity, office, by when."""
    found: dict[int, list[Any]] = {}
    rows = conn.execute(
        select(W.c.agreement_id, W.c.id, W.c.party, W.c.capacity, W.c.name, W.c.due_on, W.c.supplement_id,
               O.c.name.label("office"))
        .outerjoin(O, O.c.code == W.c.office_code).where(W.c.agreement_id.in_(ids), *_OPEN).order_by(W.c.id)
    )  # fmt: skip
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    return found


def may_see(conn: Connection, who: Reader, agreement_id: int) -> bool:
    return conn.execute(select(G.c.id).where(G.c.id == agreement_id, who.sees())).first() is not None


@dataclass(frozen=True, slots=True)
class Whole:
    """One agreement with everything that belongs to it; what results stand beside its targets is
    `flows.agreements.reporting.figures`."""

    agreement: Row[Any]
    signers: Sequence[Row[Any]]
    signatures: Sequence[Row[Any]]
    targets: Sequence[Row[Any]]
    supplements: Sequence[Row[Any]]
    reports: Sequence[Row[Any]]
    above: Row[Any] | None
    below: Sequence[Row[Any]]


def whole(conn: Connection, who: Reader, agreement_id: int) -> Whole | None:
    """The agreement, or None for one that is not there or that the reader may not see."""
    row = agreements.agreement(conn, agreement_id)
    if row is None or not may_see(conn, who, agreement_id):
        return None
    above = agreements.agreement(conn, row.parent_id) if row.parent_id else None
    below = [child for child in agreements.children(conn, agreement_id) if may_see(conn, who, child.id)]
    return Whole(row, _signers(conn, agreement_id), agreements.signatures_of(conn, agreement_id),
                 agreements.targets_of(conn, agreement_id), agreements.supplements_of(conn, agreement_id),
                 agreements.reports_of(conn, agreement_id), above, below)  # fmt: skip


def _signers(conn: Connection, agreement_id: int) -> list[Row[Any]]:
    return list(
        conn.execute(
            select(W, O.c.name.label("office")).outerjoin(O, O.c.code == W.c.office_code)
            .where(W.c.agreement_id == agreement_id).order_by(W.c.id)
        )
    )  # fmt: skip


def waiting_for(conn: Connection, person_id: int, day: date) -> list[Row[Any]]:
    """Agreements that wait for this person's signature, in the posts held on that day: the ones due first on top. What
    he signed in one capacity does not wait for him in another."""
    other = W.alias("other")
    already = (
        select(S.c.id).join(other, other.c.id == S.c.signer_id)
        .where(S.c.agreement_id == W.c.agreement_id, S.c.person_id == person_id, W.c.succeeds_id.is_(None),
               func.coalesce(other.c.supplement_id, 0) == func.coalesce(W.c.supplement_id, 0))
    )  # fmt: skip
    return list(
        conn.execute(
            select(G.c.id, G.c.title, G.c.number, W.c.capacity, W.c.due_on, P.c.office_code, P.c.role)
            .select_from(W.join(G, G.c.id == W.c.agreement_id)
                         .join(P, and_(P.c.office_code == W.c.office_code, P.c.role == W.c.role))
                         .join(PT, PT.c.post_id == P.c.id))
            .where(*_OPEN, PT.c.person_id == person_id, PT.c.valid_from <= day,
                   or_(PT.c.valid_to.is_(None), PT.c.valid_to > day),
                   or_(W.c.person_id.is_(None), W.c.person_id == person_id), ~already.exists())
            .order_by(W.c.due_on, W.c.id)
        )
    )  # fmt: skip


def counts(conn: Connection, who: Reader, year: int) -> list[Row[Any]]:
    """Of a year: kind, state, how many."""
    return list(
        conn.execute(
            select(G.c.code, G.c.status, func.count().label("how_many")).where(G.c.year == year, who.sees())
            .group_by(G.c.code, G.c.status).order_by(G.c.code, G.c.status)
        )
    )  # fmt: skip
