"""The small office, on each database."""

from __future__ import annotations

from pathlib import Path

import pytest
from district import District, make_district
from sqlalchemy import Engine


@pytest.fixture
def district(engine: Engine, tmp_path: Path) -> District:
    return make_district(engine, tmp_path / "files")


@pytest.fixture
def small(sqlite_engine: Engine, tmp_path: Path) -> District:
    """The office on SQLite only, where the database makes no difference to what is shown."""
    return make_district(sqlite_engine, tmp_path / "files")
