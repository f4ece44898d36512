"""Telling offices what is late: what the tick does every minute of the day, for whoever wants it at once or as a dry run."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from flows.office import Office
from flows.reminding import plan, remind
from flows.routines.routine import Asked, Report
from records import dues, offices
from records.engine import reading, writing
from rules.days import day_of


class RemindOverdue(Asked):
    """A dry run tells nobody and lists who would be told."""

    dry_run: bool = Field(default=False, title="只列出、不发送")


def remind_overdue(office: Office, at: datetime, asked: RemindOverdue) -> Report:
    """Each office is told once a day at most, of everything it owes, when some item reaches a new rung."""
    today = day_of(at)
    with reading(office.records) as conn:
        tonight = plan(conn, office, dues.reached(conn, today, to_look=True), today)
        rows = [(offices.name_of(conn, code), len(items)) for code, items in sorted(tonight.digests.items())]
    if not asked.dry_run:
        with writing(office.records) as conn:
            remind(conn, office, at)
    word = "将提醒" if asked.dry_run else "已提醒"
    return Report(f"{word}{len(rows)}个单位。", ("单位", "到级事项"), rows)
