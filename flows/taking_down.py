"""Notices come off the board: by a decision, or by themselves when their last day has passed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.webhooks import announce, of_case
from records import cases, rounds
from records.cases import CaseRow


def take_down(conn: Connection, case: CaseRow, shown: Any, on: date, at: datetime) -> None:
    """Take one notice down and have it told; one that is down already stays as it is."""
    if rounds.take_down(conn, shown.id, on, at):
        told = {"notice": shown.id, "kind": shown.kind, "act": shown.act_id}
        announce(conn, [of_case("notice.taken_down", str(shown.id), case, **told)], at)


def take_down_ended(conn: Connection, on: date, at: datetime) -> None:
    """Take down whatever has hung to its last day."""
    for shown in rounds.ended_by(conn, on):
        case = cases.see_case(conn, shown.case_id)
        assert case is not None
        take_down(conn, case, shown, on, at)
