"""`deciding`: on PostgreSQL the commit travels with what is written, and a refusal is found when it is left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from records import schema
from records.case_writing import BLIND
from records.engine import DatabaseFault, deciding, reading

A = schema.alerts
AT = datetime(2017, 3, 1, tzinfo=UTC)
ADD = insert(A).inline().execution_options(**BLIND)


def alert(key: str, kind: str | None = "test") -> dict[str, object]:
    return {"key": key, "kind": kind, "says": "一句话", "raised_at": AT}


def count(engine: Engine) -> int:
    with reading(engine) as conn:
        return int(conn.execute(select(func.count()).select_from(A)).scalar_one())


def test_what_is_written_without_waiting_is_kept(engine: Engine) -> None:
    with deciding(engine) as conn:
        conn.execute(ADD, alert("one"))
    assert count(engine) == 1


@pytest.mark.parametrize("later", [False, True], ids=["as the last", "before another"])
def test_a_row_that_the_database_refuses_is_told_and_nothing_is_kept(engine: Engine, later: bool) -> None:
    for _ in range(3):  # the connection goes back to the pool whole
        with pytest.raises(IntegrityError) as told, deciding(engine) as conn:
            conn.execute(ADD, alert("one"))
            conn.execute(ADD, alert("two", None))
            if later:
                conn.execute(ADD, alert("three"))
        assert isinstance(told.value, DatabaseFault)
        assert count(engine) == 0


def test_what_was_begun_is_taken_back_with_a_refusal_of_ours(engine: Engine) -> None:
    with pytest.raises(LookupError), deciding(engine) as conn:
        conn.execute(ADD, alert("one"))
        raise LookupError
    assert count(engine) == 0
