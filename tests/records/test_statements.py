"""A statement that is kept is found again as the object that it is, and never taken for another."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, Select, bindparam, literal, select
from sqlalchemy.util import LRUCache

from records.engine import reading

KEPT = select((literal(1) + bindparam("n", 0)).label("sum"))


def one(n: int) -> Select[Any]:
    """The same shape each time, made anew, with a value of its own."""
    return select((literal(n) * 2).label("twice"))


def test_a_statement_that_is_kept_is_looked_for_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []

    def get(cache: LRUCache[Any, Any], key: Any, default: Any = None) -> Any:
        looked.append(key)
        return whole(cache, key, default)

    whole = LRUCache.get
    monkeypatch.setattr(LRUCache, "get", get)
    with reading(engine) as conn:
        assert [conn.execute(KEPT, {"n": n}).scalar_one() for n in range(20)] == [1 + n for n in range(20)]
    assert len(looked) == 2  # the first finds nothing, the second finds it by all it says


def test_statements_made_anew_keep_their_own_values(engine: Engine) -> None:
    with reading(engine) as conn:
        for n in range(3_000):  # more than are kept, and their places in memory are used again
            assert conn.execute(one(n)).scalar_one() == 2 * n
            if n % 100 == 0:
                assert conn.execute(KEPT, {"n": n}).scalar_one() == 1 + n


def test_the_same_statement_with_other_columns_is_another(engine: Engine) -> None:
    with reading(engine) as conn:
        for n in range(3):
            assert conn.execute(KEPT).scalar_one() == 1
            assert conn.execute(KEPT, {"n": n}).scalar_one() == 1 + n
