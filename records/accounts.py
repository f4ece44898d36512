"""Accounts, their sessions and one-time links: tokens are kept as hashes only, so that no row lets anybody in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from records import schema
from records.engine import insert_row

A, S, I, PE = schema.accounts, schema.sessions, schema.invitations, schema.people


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session in force, with the person whose it is."""

    session_id: int
    account_id: int
    person_id: int
    person: str
    login: str
    started_at: datetime
    seen_at: datetime
    ends_at: datetime
    shared: bool
    office_code: str | None
    role: str | None
    acting_for_id: int | None
    told: Mapping[str, Any] | None


def add_account(conn: Connection, person_id: int, login: str, at: datetime) -> int:
    return insert_row(conn, A, {"person_id": person_id, "login": login, "created_at": at})


def account(conn: Connection, account_id: int) -> Row[Any] | None:
    return conn.execute(select(A, PE.c.name).join(PE, PE.c.id == A.c.person_id).where(A.c.id == account_id)).first()


def account_by_login(conn: Connection, login: str) -> Row[Any] | None:
    return conn.execute(select(A, PE.c.name).join(PE, PE.c.id == A.c.person_id).where(A.c.login == login)).first()


def account_of_person(conn: Connection, person_id: int) -> Row[Any] | None:
    return conn.execute(
        select(A, PE.c.name).join(PE, PE.c.id == A.c.person_id).where(A.c.person_id == person_id)
    ).first()


def account_by_subject(conn: Connection, subject: str) -> Row[Any] | None:
    """The account that an identity provider's subject belongs to."""
    return conn.execute(
        select(A, PE.c.name).join(PE, PE.c.id == A.c.person_id).where(A.c.oidc_subject == subject)
    ).first()


def all_accounts(conn: Connection) -> list[Row[Any]]:
    return list(conn.execute(select(A, PE.c.name).join(PE, PE.c.id == A.c.person_id).order_by(A.c.id)))


def change_account(conn: Connection, account_id: int, changes: Mapping[str, Any]) -> None:
    conn.execute(update(A).where(A.c.id == account_id).values(**changes))


def take_totp_step(conn: Connection, account_id: int, step: int) -> bool:
    """Use a time step up; False when it, or a later one, was used before."""
    done = conn.execute(update(A).where(A.c.id == account_id, A.c.totp_used < step).values(totp_used=step))
    return done.rowcount == 1


# --- sessions -------------------------------------------------------------------------------------------------------


def open_session(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, S, values)


_IN_FORCE = (
    select(S.c.id, S.c.account_id, A.c.person_id, PE.c.name, A.c.login, S.c.started_at, S.c.seen_at, S.c.ends_at,
           S.c.shared, S.c.office_code, S.c.role, S.c.acting_for_id, S.c.told)
    .select_from(S.join(A, A.c.id == S.c.account_id).join(PE, PE.c.id == A.c.person_id))
    .where(S.c.ended_at.is_(None), A.c.closed_at.is_(None))
)  # fmt: skip


def session_of(conn: Connection, token_sha256: str, at: datetime) -> SignedIn | None:
    """The session of that token, while it is in force."""
    row = conn.execute(_IN_FORCE.where(S.c.token_sha256 == token_sha256, S.c.ends_at > at)).first()
    values: list[Any] = list(row or ())
    return SignedIn(*values) if values else None


def session_owner(conn: Connection, token_sha256: str) -> int | None:
    """Whose session a token was, also when it is over."""
    return conn.execute(select(S.c.account_id).where(S.c.token_sha256 == token_sha256)).scalar()


def sessions_of(conn: Connection, account_id: int, at: datetime) -> list[Row[Any]]:
    """Sessions of the account that are in force, the newest first."""
    return list(
        conn.execute(
            select(S).where(S.c.account_id == account_id, S.c.ended_at.is_(None), S.c.ends_at > at)
            .order_by(S.c.id.desc())
        )
    )  # fmt: skip


def change_session(conn: Connection, session_id: int, changes: Mapping[str, Any]) -> None:
    conn.execute(update(S).where(S.c.id == session_id).values(**changes))


def end_sessions(
    conn: Connection, account_id: int, at: datetime, only: int | None = None, but: int | None = None
) -> int:
    """End one session of the account, or all of them but one; returns how many ended."""
    query = update(S).where(S.c.account_id == account_id, S.c.ended_at.is_(None))
    if only is not None:
        query = query.where(S.c.id == only)
    if but is not None:
        query = query.where(S.c.id != but)
    return int(conn.execute(query.values(ended_at=at)).rowcount)


# --- one-time links -------------------------------------------------------------------------------------------------


def add_invitation(conn: Connection, account_id: int, token_sha256: str, at: datetime, ends_at: datetime) -> None:
    """A new one-time link; earlier ones of the account stop working."""
    conn.execute(update(I).where(I.c.account_id == account_id, I.c.used_at.is_(None)).values(used_at=at))
    conn.execute(insert(I).values(account_id=account_id, token_sha256=token_sha256, made_at=at, ends_at=ends_at))


def invitation(conn: Connection, token_sha256: str, at: datetime) -> Any:
    """The account that a link is for, while the link works."""
    return conn.execute(
        select(I.c.id, I.c.account_id, A.c.login, PE.c.name, A.c.person_id)
        .select_from(I.join(A, A.c.id == I.c.account_id).join(PE, PE.c.id == A.c.person_id))
        .where(I.c.token_sha256 == token_sha256, I.c.used_at.is_(None), I.c.ends_at > at, A.c.closed_at.is_(None))
    ).first()  # fmt: skip


def use_invitation(conn: Connection, invitation_id: int, at: datetime) -> bool:
    """Use a link up; False when somebody was faster."""
    done = conn.execute(update(I).where(I.c.id == invitation_id, I.c.used_at.is_(None)).values(used_at=at))
    return done.rowcount == 1


def count_accounts(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(A)).scalar_one())


def people_without_account(conn: Connection, text: str, limit: int = 50) -> list[Row[Any]]:
    """People who have no account yet, by name."""
    has = select(A.c.id).where(A.c.person_id == PE.c.id).exists()
    return list(
        conn.execute(
            select(PE.c.id, PE.c.name).where(~has, or_(PE.c.name.contains(text, autoescape=True))).order_by(PE.c.id)
            .limit(limit)
        )
    )  # fmt: skip


# --- tokens of programs -----------------------------------------------------------------------------------------------

K = schema.tokens


def add_token(conn: Connection, values: Mapping[str, Any]) -> int:
    return insert_row(conn, K, values)


def token_of(conn: Connection, token_sha256: str, at: datetime) -> Any:
    """A token in force, with the person of its account: (id, person_id, name, office_code, role, may, account_id)."""
    return conn.execute(
        select(K.c.id, A.c.person_id, PE.c.name, K.c.office_code, K.c.role, K.c.may, K.c.account_id)
        .select_from(K.join(A, A.c.id == K.c.account_id).join(PE, PE.c.id == A.c.person_id))
        .where(K.c.token_sha256 == token_sha256, K.c.ended_at.is_(None), K.c.ends_at > at, A.c.closed_at.is_(None))
    ).first()  # fmt: skip


def tokens_of(conn: Connection, account_id: int, at: datetime) -> list[Any]:
    """The account's tokens in force, the newest first."""
    wanted = select(K).where(K.c.account_id == account_id, K.c.ended_at.is_(None), K.c.ends_at > at)
    return list(conn.execute(wanted.order_by(K.c.id.desc())))


def end_token(conn: Connection, account_id: int, token_id: int, at: datetime) -> None:
    conn.execute(update(K).where(K.c.account_id == account_id, K.c.id == token_id, K.c.ended_at.is_(None))
                 .values(ended_at=at))  # fmt: skip
