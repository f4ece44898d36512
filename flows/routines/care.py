"""Revisits that may begin: the case is opened for the helper in time, not on the last day (R4.3-11)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flows.office import Office
from flows.routines.routine import Asked, Report
from records import duties, help
from records.engine import writing
from rules.days import day_of


class Revisits(Asked):
    """Nothing to choose."""


def open_revisits(office: Office, at: datetime, asked: Revisits) -> Report:
    """Owe the opening of a revisit case for every revisit whose time has begun; each revisit once."""
    today = day_of(at)
    with writing(office.records) as conn:
        begun = help.revisits_begun(conn, today)
        duties.owe(conn, [
            {"key": f"open:revisit:{row.id}", "kind": "open_case", "case_id": None, "act_id": None, "owed_since": at,
             "payload": {"procedure": "revisit", "subject_id": row.household_id, "area_code": row.area_code,
                         "title": row.title.removeprefix("回访"), "pack_id": row.pack_id}}
            for row in begun
        ])  # fmt: skip
    months = Counter(f"{row.due_on:%Y-%m}" for row in begun)
    return Report(f"可以开始的回访{len(begun)}次，已逐户立件。", ("到期月份", "次数"), sorted(months.items()))
