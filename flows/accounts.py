"""Signing in and what belongs to it: one-time links, passwords, sessions. No account is born with a password."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from flows.messages import News, To, tell
from flows.office import Office
from flows.tasks import when_read
from records import accounts, ledger
from records.engine import reading, writing
from states.not_allowed import (
    AccountExists,
    AccountLocked,
    CodeWrong,
    LinkUsedUp,
    NoSuch,
    NotBound,
    PasswordWeak,
    SignInWrong,
)

LINK_LASTS = timedelta(days=7)
SESSION_LASTS, SESSION_IDLE = timedelta(hours=12), timedelta(hours=4)
SHARED_LASTS, SHARED_IDLE = timedelta(hours=2), timedelta(minutes=15)
TRIES, LOCKED_FOR = 5, timedelta(minutes=15)
SHORTEST = 10
STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody signs in with, and where."""

    login: str
    password: str
    code: str = ""
    shared: bool = False
    agent: str = ""


@cache
def hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that no password matches: an unknown login takes as long as a wrong password."""
    return hasher().hash(secrets.token_hex(16))


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- accounts and one-time links --------------------------------------------------------------------------------------


def invite(office: Office, person_id: int, login: str, at: datetime, by: str) -> str:
    """Give a person an account, or a new one-time link to the one there is; returns the link's token, once.

    Raises AccountExists when the login is somebody else's."""
    with writing(office.records) as conn:
        there = accounts.account_of_person(conn, person_id)
        if there is None:
            if accounts.account_by_login(conn, login) is not None:
                raise AccountExists(login=login)
            account_id = accounts.add_account(conn, person_id, login, at)
        else:
            account_id = int(there.id)
        token = secrets.token_urlsafe(24)
        accounts.add_invitation(conn, account_id, digest(token), at, at + LINK_LASTS)
        _line(conn, account_id, "invited", by, at)
        return token


def invited(office: Office, token: str, at: datetime) -> Any:
    """Whose link it is. Raises LinkUsedUp."""
    with reading(office.records) as conn:
        found = accounts.invitation(conn, digest(token), at)
    if found is None:
        raise LinkUsedUp()
    return found


def set_password(office: Office, token: str, password: str, at: datetime) -> None:
    """Choose a password with a one-time link; every session of the account ends. Raises LinkUsedUp, PasswordWeak."""
    found = invited(office, token, at)
    hashed = _hash(password, found.login)
    with writing(office.records) as conn:
        if not accounts.use_invitation(conn, found.id, at):
            raise LinkUsedUp()
        accounts.change_account(conn, found.account_id, {"password_hash": hashed, "failures": 0, "locked_until": None})
        accounts.end_sessions(conn, found.account_id, at)
        _line(conn, found.account_id, "password_set", found.name, at)


def change_password(office: Office, mine: accounts.SignedIn, old: str, new: str, at: datetime) -> None:
    """Change one's own password; the other sessions end. Raises SignInWrong, PasswordWeak."""
    with reading(office.records) as conn:
        account = accounts.account(conn, mine.account_id)
    if account is None or not _matches(account.password_hash, old):
        raise SignInWrong()
    hashed = _hash(new, mine.login)
    with writing(office.records) as conn:
        accounts.change_account(conn, mine.account_id, {"password_hash": hashed})
        accounts.end_sessions(conn, mine.account_id, at, but=mine.session_id)
        _line(conn, mine.account_id, "password_set", mine.person, at)


def close_account(office: Office, account_id: int, by: str, at: datetime) -> None:
    """Nobody signs in with this account any more; what its person did stays."""
    with writing(office.records) as conn:
        if accounts.account(conn, account_id) is None:
            raise NoSuch(what="账号", key=account_id)
        accounts.change_account(conn, account_id, {"closed_at": at})
        accounts.end_sessions(conn, account_id, at)
        _line(conn, account_id, "closed", by, at)


def _hash(password: str, login: str) -> str:
    if len(password) < SHORTEST or password.lower() == login.lower() or len(set(password)) < 4:
        raise PasswordWeak(least=SHORTEST)
    return hasher().hash(password)


def _line(conn: Connection, account_id: int, act: str, by: str, at: datetime) -> None:
    ledger.add_line(conn, f"account:{account_id}", act, {"account": account_id}, {"by": by}, at)


# --- signing in -------------------------------------------------------------------------------------------------------


def sign_in(office: Office, entry: Entry, at: datetime) -> str:
    """Open a session and return its token. Raises SignInWrong, AccountLocked, CodeWrong; a failure is counted."""
    with reading(office.records) as conn:
        account = accounts.account_by_login(conn, entry.login.strip())
    if account is None or account.closed_at is not None:
        _matches(None, entry.password)
        raise SignInWrong()
    if account.locked_until is not None and account.locked_until > at:
        raise AccountLocked(until=when_read(account.locked_until))
    if not _matches(account.password_hash, entry.password):
        _failed(office, account, at)
        raise SignInWrong()
    if account.totp_secret and not _code_right(office, account, entry.code, at):
        _failed(office, account, at)
        raise CodeWrong()
    with writing(office.records) as conn:
        accounts.change_account(conn, account.id, {"failures": 0, "locked_until": None})
    return open_session(office, account, entry.shared, entry.agent, at)


def open_session(office: Office, account: Any, shared: bool, agent: str, at: datetime) -> str:
    """A session for an account whose owner was recognised; returns its token."""
    token = secrets.token_urlsafe(32)
    told = {"failures": account.failures} if account.failures else None
    with writing(office.records) as conn:
        accounts.open_session(conn, {
            "token_sha256": digest(token), "account_id": account.id, "started_at": at, "seen_at": at,
            "ends_at": at + (SHARED_LASTS if shared else SESSION_LASTS), "shared": shared, "agent": agent[:255],
            "told": told,
        })  # fmt: skip
    return token


def bind(office: Office, mine: accounts.SignedIn, subject: str, at: datetime) -> None:
    """From now on this identity at the provider signs this account in. Raises AccountExists when it is another's."""
    with writing(office.records) as conn:
        there = accounts.account_by_subject(conn, subject)
        if there is not None and there.id != mine.account_id:
            raise AccountExists(login=there.login)
        accounts.change_account(conn, mine.account_id, {"oidc_subject": subject})
        _line(conn, mine.account_id, "bound", mine.person, at)


def sign_in_as(office: Office, subject: str, agent: str, at: datetime) -> str:
    """Open a session for whom the provider recognised; returns its token. Raises NotBound."""
    with reading(office.records) as conn:
        account = accounts.account_by_subject(conn, subject)
    if account is None or account.closed_at is not None:
        raise NotBound()
    return open_session(office, account, False, agent, at)


def session(office: Office, token: str, at: datetime) -> accounts.SignedIn | None:
    """The session of a token, unless it ended or lay idle too long."""
    with reading(office.records) as conn:
        found = accounts.session_of(conn, digest(token), at)
    if found is None or at - found.seen_at > (SHARED_IDLE if found.shared else SESSION_IDLE):
        return None
    if at - found.seen_at > timedelta(minutes=1):
        with writing(office.records) as conn:
            accounts.change_session(conn, found.session_id, {"seen_at": at})
    return found


def account_behind(office: Office, token: str) -> int | None:
    """The account that a session was of, in force or over; it opens nothing."""
    with reading(office.records) as conn:
        return accounts.session_owner(conn, digest(token)) if token else None


def sign_out(office: Office, mine: accounts.SignedIn, at: datetime, session_id: int | None = None) -> None:
    """End one of one's own sessions: this one, or the one given."""
    with writing(office.records) as conn:
        accounts.end_sessions(conn, mine.account_id, at, only=session_id or mine.session_id)


def _matches(hashed: str | None, password: str) -> bool:
    try:
        return hasher().verify(hashed or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


def _failed(office: Office, account: Any, at: datetime) -> None:
    """Count a failure; after the last try the account is shut for a while, and its owner is told."""
    failures = account.failures + 1
    locked = at + LOCKED_FOR if failures % TRIES == 0 else None
    with writing(office.records) as conn:
        accounts.change_account(conn, account.id, {"failures": failures, "locked_until": locked})
        if locked is not None:
            _line(conn, account.id, "locked", account.name, at)
            facts = {"login": account.login, "until": when_read(locked)}
            key = f"lockout:{account.id}:{at.isoformat()}"
            tell(conn, News("lockout", key, (To(person_id=account.person_id),), facts), at)


def _code_right(office: Office, account: Any, code: str, at: datetime) -> bool:
    """A code of this half minute or the last one, never the same twice."""
    now = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(account.totp_secret)
    for step in (now, now - 1):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS), code.strip().replace(" ", "")):
            with writing(office.records) as conn:
                return accounts.take_totp_step(conn, account.id, step)
    return False


# --- the second factor ------------------------------------------------------------------------------------------------


def turn_on_totp(office: Office, mine: accounts.SignedIn, secret: str, code: str, at: datetime) -> None:
    """From now on a code is asked for as well. Raises CodeWrong when the phone does not show the right one."""
    if not pyotp.TOTP(secret).verify(code.strip().replace(" ", ""), for_time=at, valid_window=1):
        raise CodeWrong()
    with writing(office.records) as conn:
        accounts.change_account(conn, mine.account_id, {"totp_secret": secret, "totp_used": 0})
        _line(conn, mine.account_id, "totp_on", mine.person, at)


def turn_off_totp(office: Office, mine: accounts.SignedIn, password: str, at: datetime) -> None:
    """No code is asked for any more. Raises SignInWrong."""
    with reading(office.records) as conn:
        account = accounts.account(conn, mine.account_id)
    if account is None or not _matches(account.password_hash, password):
        raise SignInWrong()
    with writing(office.records) as conn:
        accounts.change_account(conn, mine.account_id, {"totp_secret": None})
        _line(conn, mine.account_id, "totp_off", mine.person, at)
