"""Papers as lists: what waits for a signature, what was issued, what is out to be signed by hand; all within the scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, cast, false, literal, or_, select

from records import schema
from records.listing import Listing
from records.overview import Ask
from records.papers import may_be_signed, of_paper
from states.paper import BEFORE_SIGNING

P, O, C, PE = schema.papers, schema.offices, schema.cases, schema.people
_COLUMNS = (
    P.c.id, P.c.code, P.c.title, P.c.number, P.c.status, P.c.sha256, P.c.family, P.c.issued_on, P.c.drafted_at,
    P.c.signed_at, P.c.signer, P.c.signer_role, P.c.delivered_on, P.c.case_id, P.c.act_id, P.c.household_id,
    P.c.office_code, P.c.version, O.c.name.label("office"),
)  # fmt: skip


def _papers(ask: Ask) -> Any:
    return (
        select(*_COLUMNS).select_from(P.outerjoin(O, O.c.code == P.c.office_code))
        .where(ask.covers(P.c.area_path, P.c.household_id, of_paper()))
    )  # fmt: skip


def papers(ask: Ask, status: Sequence[str] = (), search: str = "", code: str = "", office_code: str = "") -> Listing:
    """Papers by state, by kind, by words of their title or number; the newest first."""
    query = _papers(ask)
    if status:
        query = query.where(P.c.status.in_(status))
    if code:
        query = query.where(P.c.code == code)
    if office_code:
        query = query.where(P.c.office_code == office_code)
    if text := search.strip():
        query = query.where(or_(P.c.title.contains(text, autoescape=True), P.c.number.contains(text, autoescape=True)))
    return Listing(query, (P.c.drafted_at.desc(), P.c.id.desc()))


def to_sign(ask: Ask, desks: Sequence[tuple[str, str]]) -> Listing:
    """Drafts that wait for one of those desks (office code, role), the oldest first."""
    query = _papers(ask).where(may_be_signed(), P.c.sha256.is_(None), _at(desks))
    return Listing(query, (P.c.drafted_at, P.c.id))


def _at(desks: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    return (
        or_(*(and_(P.c.office_code == office, P.c.signer_role == role) for office, role in desks)) if desks else false()
    )


def by_hand(ask: Ask) -> Listing:
    """Forms that are out to be signed by hand for the step at which their case stands."""
    here = P.c.key.startswith(literal("form:").concat(P.c.code).concat(":case:").concat(cast(C.c.id, String)).concat(":")
                              .concat(C.c.step).concat(":"))  # fmt: skip
    query = _papers(ask).join(C, C.c.id == P.c.case_id).where(P.c.status == "printed", C.c.closed_on.is_(None), here)
    return Listing(query, (P.c.drafted_at, P.c.id))


def paper(conn: Connection, ask: Ask, paper_id: int) -> Row[Any] | None:
    """One paper, whole, when the one who asks may see it."""
    return conn.execute(
        select(P, O.c.name.label("office")).outerjoin(O, O.c.code == P.c.office_code)
        .where(P.c.id == paper_id, ask.covers(P.c.area_path, P.c.household_id, of_paper()))
    ).first()  # fmt: skip


def manuscripts(conn: Connection, office_code: str) -> list[Row[Any]]:
    """What people of an office worded and is not signed yet, and what others' it was asked to countersign."""
    query = (
        select(*_COLUMNS, P.c.countersigners, P.c.drafted_by, PE.c.name.label("drafter"))
        .select_from(P.outerjoin(O, O.c.code == P.c.office_code).join(PE, PE.c.id == P.c.drafted_by))
        .where(P.c.status.in_(BEFORE_SIGNING), P.c.sha256.is_(None),
               or_(P.c.office_code == office_code, P.c.countersigners.is_not(None)))
        .order_by(P.c.drafted_at.desc(), P.c.id.desc())
    )  # fmt: skip
    rows: list[Any] = list(conn.execute(query))
    return [row for row in rows if row.office_code == office_code or office_code in (row.countersigners or ())]


def asked_of(conn: Connection, paper_id: int, office_codes: Sequence[str]) -> Row[Any] | None:
    """A paper that one of those offices was asked to countersign, while it is on its way to the signature."""
    query = select(P, O.c.name.label("office")).outerjoin(O, O.c.code == P.c.office_code)
    row = conn.execute(query.where(P.c.id == paper_id, P.c.status.in_(BEFORE_SIGNING))).first()
    return row if row is not None and set(row.countersigners or ()) & set(office_codes) else None


def codes(conn: Connection, ask: Ask) -> list[str]:
    """The kinds of papers that there are, within the scope."""
    return list(conn.execute(_papers(ask).with_only_columns(P.c.code).distinct().order_by(P.c.code)).scalars())
