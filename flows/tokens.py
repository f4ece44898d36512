"""Tokens for programs: made by a person for a post the person holds, for a while, shown once, ended at any moment."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.accounts import digest
from flows.office import Office
from records import accounts, ledger
from records.engine import reading, writing
from states.decision import Actor
from states.not_allowed import FieldWrong

LONGEST = timedelta(days=366)
SCOPES = {"read": "查阅", "decide": "办理"}


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows: to whom, in which post, what."""

    token_id: int
    person_id: int
    person: str
    office_code: str
    role: str
    may: tuple[str, ...]
    account_id: int


def make_token(
    office: Office, account_id: int, by: Actor, name: str, may: Sequence[str], lasts: timedelta, at: datetime
) -> str:
    """A new token for the post that the person acts in; it is returned once. Raises FieldWrong."""
    if not name.strip() or not may or set(may) - set(SCOPES):
        raise FieldWrong(field="令牌", why="须写明用途，并至少选一项权限。")
    if not timedelta(0) < lasts <= LONGEST:
        raise FieldWrong(field="有效期", why="须在一年以内。")
    token = f"bf_{secrets.token_urlsafe(32)}"
    with writing(office.records) as conn:
        made = accounts.add_token(conn, {
            "token_sha256": digest(token), "account_id": account_id, "name": name.strip()[:64], "may": sorted(set(may)),
            "office_code": by.office_code, "role": by.role, "made_at": at, "ends_at": at + lasts,
        })  # fmt: skip
        body = {"token": made, "may": sorted(set(may)), "office": by.office_code, "role": by.role}
        ledger.add_line(conn, f"account:{account_id}", "token", body, {"name": name.strip()[:64]}, at)
    return token


def token(office: Office, text: str, at: datetime) -> Grant | None:
    """What a token allows; None for one that is unknown, ended, or whose account is closed."""
    with reading(office.records) as conn:
        row = accounts.token_of(conn, digest(text), at)
    if row is None:
        return None
    return Grant(row.id, row.person_id, row.name, row.office_code, row.role, tuple(row.may), row.account_id)


def end_token(office: Office, account_id: int, token_id: int, at: datetime) -> None:
    with writing(office.records) as conn:
        accounts.end_token(conn, account_id, token_id, at)
        ledger.add_line(conn, f"account:{account_id}", "token_ended", {"token": token_id}, None, at)


def is_kept(office: Office, sha256: str) -> bool:
    """Does the filing store keep a file of that hash?"""
    suffixes = (".jpg", ".png", ".pdf", ".tif", ".webp", ".heic", ".txt", "")
    return any(office.files.exists(f"kept/{sha256[:2]}/{sha256}{suffix}") for suffix in suffixes)
