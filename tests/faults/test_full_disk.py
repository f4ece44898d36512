"""A full disk: a filing folder with a quota, and a database that may not grow. What cannot be kept is not half kept."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from district import at, make_district
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from flows.drain import drain
from flows.sign import sign
from integrations.filing import FilingStore
from integrations.unreachable import Unreachable
from records import schema, verification
from records.engine import open_engine, reading, url_of

D, P = schema.duties, schema.papers
OWN = "register_events:case 0"


@contextmanager
def quota(folder: Path) -> Iterator[Path]:
    """A folder that takes 64 kB and no more. Where no file system may be mounted, no file may be longer than 4 kB."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)], capture_output=True)
    if mounted.returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def owed(engine: Engine) -> int:
    with reading(engine) as conn:
        return int(conn.execute(select(func.count()).where(D.c.done_at.is_(None))).scalar_one())


def sound(engine: Engine) -> list[str]:
    with reading(engine) as conn:
        return [fault.says for fault in verification.verify(conn) if fault.where != OWN]


@pytest.mark.postgres
def test_papers_that_do_not_fit_wait_and_are_drawn_up_when_there_is_room(
    postgres_engine: Engine, tmp_path: Path
) -> None:
    """On PostgreSQL, whose own files the quota of this process does not touch."""
    district = make_district(postgres_engine, tmp_path / "files")
    cases = [district.exit_until("accept", district.household()) for _ in range(8)]
    before = owed(postgres_engine)
    roomy = district.office
    with quota(tmp_path / "small") as small:
        district.office = replace(roomy, files=FilingStore(small))
        full = drain(district.office, at(2017, 10, 24))
        assert full.put_back > 0
        with reading(postgres_engine) as conn:
            said = conn.execute(select(D.c.last_error).where(D.c.tries > 0)).scalars().all()
            files = conn.execute(select(P.c.file_key).where(P.c.file_key.is_not(None))).scalars().all()
        assert all("文件库不能写入" in text for text in said)
        assert all(FilingStore(small).exists(key) for key in files)
        assert [path for path in small.rglob(".part-*")] == []
        left = owed(postgres_engine)
        assert left == full.put_back == before - full.done

    district.office = roomy
    assert drain(roomy, at(2017, 10, 25)).done == left
    with reading(postgres_engine) as conn:
        keys = conn.execute(select(P.c.key)).scalars().all()
    assert len(keys) == len(set(keys)) and len(cases) == 8 and owed(postgres_engine) == 0
    assert sound(postgres_engine) == []


def test_a_paper_is_not_issued_and_takes_no_number_when_its_file_cannot_be_kept(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    district = make_district(sqlite_engine, tmp_path / "files")
    district.exit_until("announce", district.household())
    drain(district.office, at(2017, 11, 9))
    with reading(sqlite_engine) as conn:
        waiting = conn.execute(select(P).where(P.c.status == "draft").order_by(P.c.id)).all()
        numbers = conn.execute(select(func.count()).select_from(schema.paper_numbers)).scalar_one()
    assert waiting
    (tmp_path / "blocked").write_text("a file where the folder should be")
    office = replace(district.office, files=FilingStore(tmp_path / "blocked"))
    for paper in waiting:
        signer = next(
            a for a in district.who.values() if (a.office_code, a.role) == (paper.office_code, paper.signer_role)
        )
        with pytest.raises(Unreachable, match="文件库不能写入"):
            sign(office, paper.id, signer, at(2017, 11, 9, 30))
    with reading(sqlite_engine) as conn:
        assert conn.execute(select(func.count()).select_from(schema.paper_numbers)).scalar_one() == numbers
        still = conn.execute(select(P.c.status).where(P.c.id.in_([paper.id for paper in waiting]))).scalars()
        assert set(still) == {"draft"}
    assert sound(sqlite_engine) == []


def test_a_database_that_is_full_refuses_whole_decisions_and_goes_on_when_it_may_grow(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    district = make_district(sqlite_engine, tmp_path / "files")
    households = [district.household() for _ in range(20)]
    url = url_of(sqlite_engine)
    limits = [0]
    engine = open_engine(url)

    @event.listens_for(engine, "connect")
    def limit(connection: object, _: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + limits[0]}")
        cursor.close()

    limits[0] = 6
    roomy = district.office
    district.office = replace(roomy, records=engine)
    begun: list[int] = []
    with pytest.raises(OperationalError, match="full"):
        for household in households:
            case = district.begin("exit", household, at(2017, 10, 10)).id
            begun.append(case)
            district.say(case, "candidate", "clerk", at(2017, 10, 10, 5))
    engine.dispose()
    with reading(sqlite_engine) as conn:
        cases = conn.execute(select(schema.cases.c.id, schema.cases.c.step)).all()
        decided = set(conn.execute(select(schema.decisions.c.case_id)).scalars())
    assert {row.id for row in cases} <= set(begun)
    assert all((row.step != "candidate") == (row.id in decided) for row in cases)
    assert sound(sqlite_engine) == []

    district.office = roomy
    for case_id, step in [(row.id, row.step) for row in cases]:
        if step == "candidate":
            district.say(case_id, "candidate", "clerk", at(2017, 10, 11))
    drain(roomy, at(2017, 10, 11))
    assert owed(sqlite_engine) == 0 and sound(sqlite_engine) == []
