"""What an administrator edits, with history: offices, posts, people and terms, calendar, packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select, update

from records import schema
from records.engine import insert_row
from records.listing import Listing
from records.overview import Ask
from records.register import on_day

O, P, PT, PE, A, L = (
    schema.offices, schema.posts, schema.post_terms, schema.people, schema.areas, schema.ledger,
)  # fmt: skip
D, Y, K, G = schema.calendar_days, schema.calendar_years, schema.packs, schema.delegations


def offices(ask: Ask, search: str = "", own: Sequence[str] = ()) -> Listing:
    """Offices in the areas that the one who asks may see, ended ones too, and those that the person sits in."""
    query = (
        select(O.c.code, O.c.name, O.c.level, O.c.area_code, O.c.parent_code, O.c.code_word, O.c.phone, O.c.address,
               O.c.valid_from, O.c.valid_to, A.c.path)
        .join(A, and_(A.c.code == O.c.area_code, on_day(A, ask.day))).where(or_(ask.covers(A.c.path), O.c.code.in_(own)))
    )  # fmt: skip
    if search.strip():
        query = query.where(or_(O.c.name.contains(search.strip(), autoescape=True),
                                O.c.code.startswith(search.strip(), autoescape=True)))  # fmt: skip
    return Listing(query, (A.c.path, O.c.level, O.c.code))


def change_office(conn: Connection, code: str, changes: Mapping[str, Any]) -> None:
    conn.execute(update(O).where(O.c.code == code).values(**changes))


def has_post(conn: Connection, office_code: str, role: str) -> bool:
    return conn.execute(select(P.c.id).where(P.c.office_code == office_code, P.c.role == role)).first() is not None


def add_post(conn: Connection, office_code: str, role: str, title: str) -> int:
    return insert_row(conn, P, {"office_code": office_code, "role": role, "title": title})


def posts_and_people(conn: Connection, office_code: str, day: date) -> list[Row[Any]]:
    """Every post of the office with whoever holds it on the day; an empty post is there without a name."""
    term = and_(PT.c.post_id == P.c.id, on_day(PT, day))
    return list(
        conn.execute(
            select(P.c.id.label("post_id"), P.c.role, P.c.title, PT.c.id.label("term_id"), PT.c.valid_from,
                   PT.c.valid_to, PE.c.id.label("person_id"), PE.c.name, PE.c.phone, PE.c.login)
            .select_from(P.outerjoin(PT, term).outerjoin(PE, PE.c.id == PT.c.person_id))
            .where(P.c.office_code == office_code).order_by(P.c.role, PT.c.valid_from, PT.c.id)
        )
    )  # fmt: skip


def terms_of(conn: Connection, person_id: int) -> list[Row[Any]]:
    """Every term of a person, the newest first."""
    return list(
        conn.execute(
            select(PT.c.valid_from, PT.c.valid_to, P.c.title, P.c.role, O.c.name.label("office"), O.c.code)
            .select_from(PT.join(P, P.c.id == PT.c.post_id).join(O, O.c.code == P.c.office_code))
            .where(PT.c.person_id == person_id).order_by(PT.c.valid_from.desc(), PT.c.id.desc())
        )
    )  # fmt: skip


def person(conn: Connection, person_id: int) -> Any:
    """A person who acts; None when there is none."""
    return conn.execute(
        select(PE.c.id, PE.c.name, PE.c.phone, PE.c.login, PE.c.title).where(PE.c.id == person_id)
    ).first()


def change_phone(conn: Connection, person_id: int, phone: str | None) -> None:
    conn.execute(update(PE).where(PE.c.id == person_id).values(phone=phone))


def login_taken(conn: Connection, login: str) -> bool:
    return conn.execute(select(PE.c.id).where(PE.c.login == login)).first() is not None


def delegations(conn: Connection, ask: Ask) -> list[Row[Any]]:
    """Delegations that run on the day or later, of posts the one who asks may see."""
    giver, taker = PE.alias(), PE.alias()
    return list(
        conn.execute(
            select(G.c.id, giver.c.name.label("giver"), taker.c.name.label("taker"), P.c.title, O.c.name.label("office"),
                   G.c.valid_from, G.c.valid_to, G.c.reason)
            .select_from(G.join(giver, giver.c.id == G.c.from_person_id).join(taker, taker.c.id == G.c.to_person_id)
                         .join(P, P.c.id == G.c.post_id).join(O, O.c.code == P.c.office_code)
                         .join(A, and_(A.c.code == O.c.area_code, on_day(A, ask.day))))
            .where(G.c.valid_to >= ask.day, ask.covers(A.c.path)).order_by(G.c.valid_from, G.c.id)
        )
    )  # fmt: skip


# --- calendar and packs -----------------------------------------------------------------------------------------------


def years(conn: Connection) -> list[Row[Any]]:
    """The announced years, the newest first, with how many days of each are not as the week has them."""
    counted = (
        select(func.count())
        .where(D.c.superseded_at.is_(None), func.extract("year", D.c.day) == Y.c.year)
        .scalar_subquery()
    )
    return list(conn.execute(select(Y, counted.label("days")).order_by(Y.c.year.desc())))


def days_of(conn: Connection, year: int) -> list[Row[Any]]:
    """Every row ever kept about a day of that year, those in force first per day."""
    return list(
        conn.execute(
            select(D).where(D.c.day >= date(year, 1, 1), D.c.day <= date(year, 12, 31))
            .order_by(D.c.day, D.c.superseded_at.is_not(None), D.c.id.desc())
        )
    )  # fmt: skip


def pack_versions(conn: Connection, pack_id: str | None = None) -> list[Row[Any]]:
    """Every version of a pack that was ever in force, the newest first."""
    query = select(K.c.id, K.c.pack_id, K.c.sha256, K.c.recorded_at, K.c.recorded_by, K.c.superseded_at)
    query = query if pack_id is None else query.where(K.c.pack_id == pack_id)
    return list(conn.execute(query.order_by(K.c.pack_id, K.c.superseded_at.is_not(None), K.c.recorded_at.desc())))


def pack_text(conn: Connection, version_id: int) -> str | None:
    text: str | None = conn.execute(select(K.c.text).where(K.c.id == version_id)).scalar()
    return text


def history(conn: Connection, streams: Sequence[str], acts: Sequence[str], limit: int = 100) -> list[Row[Any]]:
    """The ledger lines of those streams and acts, the newest first: who changed what, and when."""
    query = select(L.c.stream, L.c.seq, L.c.act, L.c.body, L.c.personal, L.c.at).where(L.c.stream.in_(streams))
    if acts:
        query = query.where(L.c.act.in_(acts))
    return list(conn.execute(query.order_by(L.c.at.desc(), L.c.id.desc()).limit(limit)))
