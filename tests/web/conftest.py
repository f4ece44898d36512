"""The workspace under test, over a fresh database of each kind, or over SQLite alone where the database is not the point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.flows.district import make_district
from tests.web.desk import Desk, open_desk, served


@pytest.fixture
def desk(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    with served(open_desk(make_district(sqlite_engine, tmp_path / "files"))) as there:
        yield there


@pytest.fixture
def desks(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """The same, once on each database."""
    with served(open_desk(make_district(engine, tmp_path / "files"))) as there:
        yield there
