"""`bangfu agreements issue` killed with -9 in the middle, and run again: every paper once, no number twice or missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from agreements_office import faults, make_bureau
from district import District
from sqlalchemy import Engine, func, select

from records import agreements, papers, schema
from records.engine import reading, url_of

HOUSE = Path(__file__).parents[2]
N, P, U, W = schema.paper_numbers, schema.papers, schema.dues, schema.agreement_signers


def command(district: District, engine: Engine) -> subprocess.Popen[bytes]:
    """The real command in a process of its own, on this database and these files."""
    url = url_of(engine)
    env = {**os.environ, "BANGFU_DATABASE_URL": url, "BANGFU_FILES_DIR": str(district.office.files.root),
           "PYTHONPATH": str(HOUSE)}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "cli", "agreements", "issue", "--year", "2017", "--by", "蔡晓", "--json"],
        env=env, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def numbered(engine: Engine) -> int:
    with reading(engine) as conn:
        return int(conn.execute(select(func.count()).select_from(N)).scalar_one())


def test_killed_in_the_middle_and_run_again_every_agreement_has_one_number_and_one_paper(
    engine: Engine, district: District
) -> None:
    """R4.2-02. The kill falls after some chunks and before the last; the second run finishes without waiting."""
    make_bureau(district, homes=25)
    first = command(district, engine)
    deadline = time.monotonic() + 60
    while numbered(engine) == 0 and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    first.send_signal(signal.SIGKILL)
    first.wait(30)
    between = numbered(engine)
    assert first.returncode == -signal.SIGKILL and between > 0

    second = command(district, engine)
    out, err = second.communicate(timeout=120)

    assert second.returncode == 0, err.decode()
    _assert_whole(district, engine, 7 + 42 + 47 + 1 + 25)
    print(f"killed after {between} of 122", out.decode()[:80])


def _assert_whole(district: District, engine: Engine, count: int) -> None:
    with reading(engine) as conn:
        rows: list[Any] = agreements.of_year(conn, 2017)
        assert len(rows) == count and all(row.number and row.paper_id for row in rows)
        assert len({row.number for row in rows}) == len({row.paper_id for row in rows}) == count
        words = conn.execute(select(N.c.code_word, func.min(N.c.seq), func.max(N.c.seq), func.count(N.c.paper_id))
                             .group_by(N.c.code_word)).all()  # fmt: skip
        assert sum(word[3] for word in words) == count
        assert all((low, high) == (1, there) for _, low, high, there in words)
        issued = papers.issued_files(conn)
        due = conn.execute(select(func.count()).where(U.c.subject_kind == "signature")).scalar()
        signers = conn.execute(select(func.count()).where(W.c.opened_on.is_not(None))).scalar()
        assert faults(conn) == []
    assert len(issued) == count and due == signers
    assert all(district.office.files.holds(p.file_key, p.sha256) for p in issued)
    piles = [p for p in district.office.files.root.rglob("*.zip") if "agreements" in p.parts]
    assert len({name for pile in piles for name in zipfile.ZipFile(pile).namelist()}) == count
