"""Care that goes on: revisits are opened for the helper in time (R4.3-11), agreements are signed anew by successors."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from flows.agreements.handover import notice_successors
from flows.agreements.pairing import follow_pairings
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
                         "title": row.title.removeprefix("回访："), "pack_id": row.pack_id}}
            for row in begun
        ])  # fmt: skip
    months = Counter(f"{row.due_on:%Y-%m}" for row in begun)
    return Report(f"可以开始的回访{len(begun)}次，已逐户立件。", ("到期月份", "次数"), sorted(months.items()))


class Successors(Asked):
    """Nothing to choose."""


def ask_successors(office: Office, at: datetime, asked: Successors) -> Report:
    """Ask whoever came after a signer of an agreement to sign anew, and make the agreements that changed pairings ask for;
    each once (domain 3.14)."""
    followed = follow_pairings(office, at)
    count = notice_successors(office, at)
    return Report(
        f"责任人变动、须重新签订的责任书{count}份，已列入期限；因结对变动新拟{followed.made}份、终止{followed.ended}份。"
    )
