"""Backup while people work, restore and prove it; a kill at any moment leaves nothing that lies."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from district import District, at, make_district, proof
from keep_release import keep, reopened
from sqlalchemy import Engine, func, select, text

from config.settings import Settings, read_settings
from flows.backup import back_up, restore
from flows.office import open_office
from flows.tick import tick
from flows.upgrading import rehearse, upgrade_office
from integrations.filing import FilingStore
from records import schema
from records.engine import open_engine, reading, url_of, writing
from records.migrate import pending
from states.not_allowed import BackupBroken, TargetInUse


@pytest.fixture
def settings(tmp_path: Path, engine: Engine) -> Settings:
    url = url_of(engine)
    made = read_settings({"BANGFU_DATA_DIR": str(tmp_path), "BANGFU_DATABASE_URL": url})
    return replace(made, files_dir=tmp_path / "files", seals_dir=tmp_path / "seals")


@pytest.fixture
def worked(engine: Engine, settings: Settings) -> District:
    """An office with issued papers, a sealed day and a running case."""
    district = make_district(engine, settings.files_dir)
    district.exit_until("end", district.household())
    district.exit_until("verify", district.household("林少华"))
    tick(district.office, at(2017, 11, 20))
    return district


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """An empty office of the same kind."""
    there = tmp_path / "there"
    base = replace(settings, data_dir=there, files_dir=there / "files", seals_dir=there / "seals")
    if settings.database_url.startswith("sqlite"):
        yield replace(base, database_url=f"sqlite:///{there / 'bangfu.sqlite3'}")
        return
    with request.getfixturevalue("postgres_server").database() as empty:
        yield replace(base, database_url=url_of(empty))


on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
OWN = "register_events表中办件0"  # the household that the test itself wrote into the register


def contents(engine: Engine) -> dict[str, int]:
    with reading(engine) as conn:
        return {name: conn.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in schema.metadata.tables.items()}  # fmt: skip


def test_what_is_restored_is_what_was_backed_up_and_the_office_works_on(
    worked: District, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    made = back_up(worked.office.records, settings, tmp_path / "safe", at(2017, 11, 21))
    done = restore(made.folder, elsewhere)
    assert [fault for fault in done.faults if not fault.startswith(OWN)] == []
    assert done.papers > 0 and made.running == 1

    there = open_office(elsewhere)
    assert contents(there.records) == contents(worked.office.records)
    again = District(there, worked.who, households=5)
    again.exit_until("review", again.household("吴秀兰"))
    there.records.dispose()


def test_a_backup_is_of_one_moment_while_people_work(
    worked: District, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    stop = threading.Event()

    def work() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            worked.exit_until("accept", worked.household(f"黄{n}"))

    person = threading.Thread(target=work)
    person.start()
    try:
        time.sleep(0.5)
        made = back_up(worked.office.records, settings, tmp_path / "safe", at(2017, 11, 21))
    finally:
        stop.set()
        person.join()
    done = restore(made.folder, elsewhere)
    assert [fault for fault in done.faults if not fault.startswith(OWN)] == []
    engine = open_engine(elsewhere.database_url)
    with reading(engine) as conn:
        decisions = conn.execute(select(func.count()).select_from(schema.decisions)).scalar_one()
        lines = conn.execute(select(func.count()).where(schema.ledger.c.act == "decided")).scalar_one()
    engine.dispose()
    assert decisions > 0 and lines in (0, decisions)


@on_sqlite
def test_a_backup_that_was_altered_or_is_not_whole_is_refused(
    worked: District, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    made = back_up(worked.office.records, settings, tmp_path / "safe", at(2017, 11, 21))
    some = next(path for path in (made.folder / "files").rglob("*.docx"))
    kept = some.read_bytes()
    some.write_bytes(kept[:-1] + b"x")
    with pytest.raises(BackupBroken, match="被改动"):
        restore(made.folder, elsewhere)
    some.write_bytes(kept)
    (made.folder / "manifest.json").rename(made.folder / "manifest.old")
    with pytest.raises(BackupBroken, match="不是完整的备份"):
        restore(made.folder, elsewhere)


@on_sqlite
def test_a_restore_never_touches_an_office_that_is_in_use(worked: District, settings: Settings, tmp_path: Path) -> None:
    made = back_up(worked.office.records, settings, tmp_path / "safe", at(2017, 11, 21))
    with pytest.raises(TargetInUse, match="已有内容"):
        restore(made.folder, settings)


@on_sqlite
def test_a_missing_file_of_an_issued_paper_is_told_by_the_backup(
    worked: District, settings: Settings, tmp_path: Path
) -> None:
    next((settings.files_dir / "issued").rglob("*.docx")).unlink()
    with pytest.raises(BackupBroken, match="缺失"):
        back_up(worked.office.records, settings, tmp_path / "safe", at(2017, 11, 21))
    assert list((tmp_path / "safe").glob("bangfu-*")) == []


def test_killed_midway_again_and_again_backup_and_restore_end_whole(
    worked: District, settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    dice = random.Random(7)
    safe = tmp_path / "safe"

    def run(where: Settings, *words: str, kill: bool) -> int:
        env = {**os.environ, "BANGFU_DATABASE_URL": where.database_url, "BANGFU_DATA_DIR": str(where.data_dir),
               "BANGFU_FILES_DIR": str(where.files_dir), "BANGFU_SEALS_DIR": str(where.seals_dir)}  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "cli", *words], env=env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        if kill:
            time.sleep(1.0 + dice.random())
            process.kill()
        return process.wait()

    for _ in range(2):
        run(settings, "backup", str(safe), kill=True)
        for found in safe.glob("bangfu-*"):
            json.loads((found / "manifest.json").read_text(encoding="utf-8"))  # whole, or not there
    assert run(settings, "backup", str(safe), kill=False) == 0
    assert list(safe.glob(".part-*")) == []
    made = sorted(safe.glob("bangfu-*"))[-1]

    for _ in range(2):
        run(elsewhere, "restore", str(made), kill=True)
    engine = open_engine(elsewhere.database_url)
    whole = not pending(engine)
    engine.dispose()
    assert run(elsewhere, "restore", str(made), kill=False) == (1 if whole else 2)  # 2: the test's own household
    there = open_office(elsewhere)
    assert contents(there.records) == contents(worked.office.records)
    assert all(FilingStore(elsewhere.files_dir).holds(row.file_key, row.sha256) for row in _issued(there.records))
    there.records.dispose()


def _issued(engine: Engine) -> list[object]:
    P = schema.papers
    with reading(engine) as conn:
        return list(conn.execute(select(P.c.file_key, P.c.sha256).where(P.c.sha256.is_not(None))))


def test_a_rehearsed_upgrade_looks_at_every_running_case_and_changes_nothing(worked: District) -> None:
    before = contents(worked.office.records)
    done = rehearse(worked.office.records)
    assert (done.revisions, done.running, done.lost) == ((), 1, ())
    assert [fault for fault in done.faults if not fault.startswith(OWN)] == []
    assert contents(worked.office.records) == before

    with writing(worked.office.records) as conn:
        conn.execute(text("UPDATE cases SET step = 'gone' WHERE closed_on IS NULL"))
    assert any("不能继续" in fault for fault in rehearse(worked.office.records).faults)


RELEASED = Path(__file__).parent / "released"


def test_every_release_left_a_running_office_behind_that_the_present_version_is_tested_with() -> None:
    """`make keep` writes one with each release; a release without it is noticed here."""
    changelog = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.M)
    assert [v for v in versions if not (RELEASED / f"{v}-sqlite.tar.gz").is_file()] == []


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this version would leave behind if it were released now."""
    return keep("present", tmp_path_factory.mktemp("released"))


@pytest.mark.parametrize("kept", ["present", *sorted(path.name for path in RELEASED.glob("*-sqlite.tar.gz"))])
def test_an_office_of_any_release_is_upgraded_with_its_running_cases_and_works_on(
    kept: str, present: Path, tmp_path: Path
) -> None:
    with tarfile.open(present if kept == "present" else RELEASED / kept) as packed:
        packed.extractall(tmp_path / "kept", filter="data")
    settings = read_settings({"BANGFU_DATA_DIR": str(tmp_path / "office")})
    restore(next((tmp_path / "kept").glob("bangfu-*")), settings)
    engine = open_engine(settings.database_url)
    rehearsed = rehearse(engine)
    done = upgrade_office(engine)
    assert pending(engine) == () and rehearsed.running == done.running == 1 and done.lost == ()
    assert [fault for fault in done.faults if not fault.startswith(OWN)] == []

    district = reopened(open_office(settings))
    with reading(engine) as conn:
        case = conn.execute(select(schema.cases.c.id).where(schema.cases.c.closed_on.is_(None))).scalar_one()
    visit = {"visited_on": "2017-10-20", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}
    district.say(case, "verify", "clerk", at(2017, 10, 20), fields=visit, evidence=proof("D-33", "D-32"))
    engine.dispose()
