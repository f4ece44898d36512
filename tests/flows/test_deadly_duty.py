"""A duty that ends the process which works on it: a real process, ended as by a lack of memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from district import District, at
from sqlalchemy import select, update

from flows.drain import drain
from flows.trouble import retry
from flows.watching import troubles
from records import duties, schema
from records.engine import database_now, reading, url_of, writing
from rules.jurisdiction import EVERYTHING

D = schema.duties
NOON = at(2017, 10, 20)
WORKER = """
import os, signal, sys
from datetime import datetime
from config.settings import read_settings
from flows.drain import HANDLERS, drain
from flows.office import open_office

deadly, harmless = (lambda *_: os.kill(os.getpid(), signal.SIGKILL)), (lambda *_: None)
HANDLERS.update({"deadly": harmless if sys.argv[2] == "mended" else deadly, "harmless": harmless})
drain(open_office(read_settings(os.environ)), datetime.fromisoformat(sys.argv[1]))
"""


def work(district: District, now: datetime, how: str = "deadly") -> int:
    """A process that carries out what is owed; how it ended. What it still claimed has lapsed afterwards."""
    office = district.office
    written = url_of(office.records)
    env = {**os.environ, "BANGFU_DATABASE_URL": written,
           "BANGFU_DATA_DIR": str(office.files.root.parent)}  # fmt: skip
    ended = subprocess.run([sys.executable, "-c", WORKER, now.isoformat(), how], env=env, cwd=Path(__file__).parents[2])
    with writing(office.records) as conn:
        gone = database_now(conn) - timedelta(seconds=1)
        conn.execute(update(D).where(D.c.claimed_until.is_not(None)).values(claimed_until=gone))
    return ended.returncode


def owe(district: District, *kinds: str) -> None:
    with writing(district.office.records) as conn:
        duties.owe(conn, [{"key": f"{kind}:{n}", "kind": kind, "case_id": None, "act_id": None, "payload": {},
                           "owed_since": NOON} for n, kind in enumerate(kinds)])  # fmt: skip


def open_now(district: District) -> dict[str, int]:
    """What is still owed, and how often whoever worked on it ended without a word."""
    with reading(district.office.records) as conn:
        rows = conn.execute(select(D.c.key, D.c.lapses).where(D.c.done_at.is_(None), D.c.failed_at.is_(None)))
        return {row.key: row.lapses for row in rows}


def listed(district: District) -> list[str]:
    with reading(district.office.records) as conn:
        return [t.says for t in troubles(conn) if t.kind == "duty_failed"]


def test_it_takes_no_other_with_it_and_stands_on_the_list_after_the_third_process(district: District) -> None:
    owe(district, "harmless", "deadly", *["harmless"] * 4)
    assert work(district, NOON) == -signal.SIGKILL
    assert len(open_now(district)) == 5

    assert work(district, NOON) == -signal.SIGKILL  # alone this time
    assert work(district, NOON) == 0  # it is not tried again at once, and the others, each alone, are done
    assert open_now(district) == {"deadly:1": 2} and listed(district) == []
    owe(district, *["harmless"] * 9)  # what is new comes before it
    assert work(district, NOON + timedelta(minutes=1)) == -signal.SIGKILL
    assert open_now(district) == {"deadly:1": 2}

    drain(district.office, NOON + timedelta(minutes=2))
    assert open_now(district) == {}
    [says] = listed(district)
    assert "多次未能办成" in says and "进程没有留下原因就中断了" in says


def test_a_person_has_it_tried_again_and_it_is_done_or_listed_anew(small: District) -> None:
    owe(small, "deadly")
    later = iter(NOON + timedelta(days=n) for n in range(99))
    while not listed(small):
        work(small, next(later))

    def again() -> None:
        with reading(small.office.records) as conn:
            [duty] = duties.failed(conn)
        retry(small.office, duty.id, small.who["director"], EVERYTHING, next(later))
        assert listed(small) == []

    again()
    deaths = 0
    while not listed(small):
        deaths += work(small, next(later)) == -signal.SIGKILL
    assert deaths == duties.LAST_LAPSE - 1

    again()
    assert work(small, next(later), "mended") == 0
    assert open_now(small) == {} and listed(small) == []
    with reading(small.office.records) as conn:
        assert duties.failed(conn) == []
