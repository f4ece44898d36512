"""How a moment, a sum and a JSON value are stored, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import JSON, VARCHAR, BigInteger, DateTime, Dialect, Integer, String, types
from sqlalchemy.dialects.postgresql import JSONB

from rules.money import Yuan

# Paths are compared as ranges of text (records.scope.within), byte by byte whatever the database's own collation is.
AreaPath = String(255).with_variant(VARCHAR(255, collation="C"), "postgresql")
Id = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Instant(types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone is not stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Fen(types.TypeDecorator[Yuan]):
    """A sum of money as whole fen."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Yuan | None, dialect: Dialect) -> int | None:
        return None if value is None else value.fen

    def process_result_value(self, value: int | None, dialect: Dialect) -> Yuan | None:
        return None if value is None else Yuan(value)


def to_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, days and moments in ISO form, sums as fen."""
    return to_bytes(value).decode()


def to_bytes(value: Any) -> bytes:
    """The same, in UTF-8."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_SORT_KEYS)


def from_json(text: str | bytes | int | float) -> Any:
    """The value of a JSON text; SQLite hands a bare number back as the number itself."""
    return text if isinstance(text, (int, float)) else orjson.loads(text)


def _plain(value: object) -> object:
    if isinstance(value, Yuan):
        return {"fen": value.fen}
    raise TypeError(f"{type(value).__name__} is not kept as JSON")
