"""The workspace under test, over a fresh database of each kind, or over SQLite alone where the database is not the point."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine

from flows.office import load_office
from integrations.filing import FilingStore
from records.engine import open_engine
from states.decision import Actor
from tests.flows.district import PACK, District, make_district
from tests.web import story
from tests.web.browsing import ARGUMENTS, CHROMIUM
from tests.web.desk import Clock, Desk, open_desk, served
from web.app import create_app


@dataclass(frozen=True)
class Told:
    """What was told, where its files are, and how to take it up again."""

    folder: Path
    who: dict[str, Actor]
    households: int
    waiting: dict[str, int]
    now: datetime


@pytest.fixture
def desk(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    with served(open_desk(make_district(sqlite_engine, tmp_path / "files"))) as there:
        yield there


@pytest.fixture(scope="session")
def told(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story of tests/web/story.py, told once; every test gets a copy of its database and files."""
    folder = tmp_path_factory.mktemp("story")
    shutil.copyfile(sqlite_template, folder / "bangfu.sqlite3")
    engine = open_engine(f"sqlite:///{folder / 'bangfu.sqlite3'}")
    desk = open_desk(make_district(engine, folder / "files"))
    waiting = story.fill(desk)
    for who in desk.district.who:
        desk.account(who)
    engine.dispose()
    return Told(folder, desk.district.who, desk.district.households, waiting, desk.clock.now)


@pytest.fixture
def filled(told: Told, tmp_path: Path) -> Iterator[tuple[Desk, dict[str, int]]]:
    """The workspace with work on it, and the case that waits at each step."""
    shutil.copytree(told.folder, tmp_path / "story")
    engine = open_engine(f"sqlite:///{tmp_path / 'story' / 'bangfu.sqlite3'}")
    office = load_office(engine, FilingStore(tmp_path / "story" / "files"), PACK)
    district = District(office, dict(told.who), told.households)
    clock = Clock(told.now)
    with served(Desk(district, clock, create_app(office, clock))) as there:
        yield there, dict(told.waiting)
    engine.dispose()


@pytest.fixture
def desks(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """The same, once on each database."""
    with served(open_desk(make_district(engine, tmp_path / "files"))) as there:
        yield there


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a screen; missing, it is a counted skip on a developer's machine and a failure where BANGFU_CI=1."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is missing (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        there = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield there
        there.close()
