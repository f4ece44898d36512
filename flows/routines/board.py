"""Notices whose last day has passed come off the board, and the day's chains are sealed and exported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import Field

from flows.keeping import export_seals, seal_days
from flows.office import Office
from flows.routines.routine import Asked, Report
from flows.taking_down import take_down_ended
from records import rounds, seals
from records.engine import one_at_a_time, reading, writing
from rules.days import day_of


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
    sealed = [name.removesuffix(".json") for name, _ in seal_days(office, at)]
    with reading(office.records) as conn:
        last = [seal.day for seal in seals.names(conn)][-1:]
    exported = export_seals(office.records, Path(asked.folder)) if asked.folder else []
    until = f"，已封至{last[0]}" if last else ""
    return Report(f"今次新封{len(sealed)}日{until}，导出{len(exported)}份。", ("日期",), [(day,) for day in sealed])
