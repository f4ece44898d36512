"""Words of our own in statements: written out where an index holds only the rows with that word."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from records import cases
from records.schema.base import word


def test_a_word_with_a_quote_is_refused() -> None:
    with pytest.raises(ValueError, match="not one of our words"):
        word("open' OR 'x")


@pytest.mark.parametrize("postgres", [False, True])
def test_what_every_decision_asks_sends_no_word_that_an_index_depends_on(postgres: bool) -> None:
    """SQLite would plan the question anew at every decision; PostgreSQL would leave the index aside."""
    asked = cases._locked_with_seat(postgres).compile(create_engine("sqlite://"))
    assert "open" not in asked.params.values() and "at_once" not in asked.params.values()
    assert "status = 'open'" in str(asked)
