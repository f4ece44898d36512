"""Notices whose last day has passed come off the board, and the day's chains are sealed and exported."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from pydantic import Field

from flows.keeping import export_seals
from flows.office import Office
from flows.routines.routine import Asked, Report
from flows.taking_down import take_down_ended
from records import ledger, rounds
from records.engine import one_at_a_time, writing
from rules.days import BEIJING, day_of


class ClosePublicities(Asked):
    """Nothing to choose."""


def close_publicities(office: Office, at: datetime, asked: ClosePublicities) -> Report:
    """Take down what has hung to its last day."""
    today = day_of(at)
    with writing(office.records) as conn:
        one_at_a_time(conn, "tick")
        take_down_ended(conn, today, at)
        down = rounds.taken_down_on(conn, today)
    return Report(f"今日撤下到期公示、公告{len(down)}件。", ("环节", "张贴日", "截止日", "件数"),
                  [(row.step, str(row.posted_on), str(row.ends_on), row.many) for row in down])  # fmt: skip


class NightlySeal(Asked):
    """`folder`: where the seals are exported; without it they are sealed in the database only."""

    folder: str | None = Field(default=None, title="导出文件夹")


def nightly_seal(office: Office, at: datetime, asked: NightlySeal) -> Report:
    """Seal every day that is over, oldest first, and export what the folder lacks."""
    today = day_of(at)
    sealed = []
    with writing(office.records) as conn:
        one_at_a_time(conn, "tick")
        for day in ledger.days_to_seal(conn, today):
            midnight = datetime.combine(day + timedelta(days=1), time(), BEIJING)
            if ledger.seal_day(conn, day, midnight, at) is not None:
                sealed.append(str(day))
        last = ledger.sealed_days(conn)[-1:]
    exported = export_seals(office.records, Path(asked.folder)) if asked.folder else []
    until = f"，已封至{last[0]}" if last else ""
    return Report(f"今次新封{len(sealed)}日{until}，导出{len(exported)}份。", ("日期",), [(day,) for day in sealed])
