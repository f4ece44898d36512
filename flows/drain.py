"""Carrying duties out: each in a transaction of its own, safe to run twice and in two places at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from flows.drafting import draft
from flows.office import Office
from flows.start import Start, start_in
from flows.telling import tell_in
from records import alerts, cases, duties
from records.duties import DutyRow
from records.engine import writing

log = logging.getLogger("bangfu.duties")


@dataclass(slots=True)
class Drained:
    """What one drain did."""

    done: int = 0
    put_back: int = 0


def drain(
    office: Office, at: datetime, limit: int | None = None, kinds: Sequence[str] = (), print_files: bool = True,
    told: Callable[[int], None] = lambda done: None,
) -> Drained:  # fmt: skip
    """Carry out duties until none is left whose time has come, or `limit` are done. One that fails is put back with a
    growing delay and does not stop the rest; after its last try it stands on the list of what is not well.

    `print_files=False` files hand-signed forms as records only: their files are made when somebody asks for them."""
    result = Drained()
    while limit is None or result.done + result.put_back < limit:
        taken = _next(office, at, kinds, print_files, result)
        if not taken:
            return result
        told(result.done)
    return result


def _next(office: Office, at: datetime, kinds: Sequence[str], print_files: bool, result: Drained) -> bool:
    try:
        with writing(office.records) as conn:
            owed = duties.take_owed(conn, at, 1, kinds)
            if not owed:
                return False
            duty = owed[0]
            HANDLERS[duty.kind](conn, office, duty, at, print_files)
            duties.mark_done(conn, [duty.id], at)
            result.done += 1
    except Exception as fault:
        log.warning("duty put back", extra={"duty": duty.id, "kind": duty.kind}, exc_info=True)
        _put_back(office, duty, f"{type(fault).__name__}: {fault}", at)
        result.put_back += 1
    return True


def _put_back(office: Office, duty: DutyRow, error: str, at: datetime) -> None:
    with writing(office.records) as conn:
        if duties.put_back(conn, duty, error, at):
            alerts.raise_alert(conn, f"duty:{duty.id}", "duty_failed", f"应办事项{duty.key}多次未能办成：{error}",
                               None, at)  # fmt: skip


def _draft(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    draft(conn, office, duty, at)


def _print(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    draft(conn, office, duty, at, render=print_files)


def _open_case(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    """A flag or a day opens a case; one that runs already is enough."""
    wanted = duty.payload
    if cases.open_case_of(conn, wanted["procedure"], "household", wanted["subject_id"]) is None:
        start_in(conn, office, Start(wanted["procedure"], "household", wanted["subject_id"], wanted["title"],
                                     wanted["area_code"], None, at, pack_id=wanted["pack_id"]))  # fmt: skip


def _tell(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    tell_in(conn, office, duty, at)


HANDLERS: Mapping[str, Callable[[Connection, Office, DutyRow, datetime, bool], None]] = {
    "draft_paper": _draft,
    "print_form": _print,
    "open_case": _open_case,
    "tell": _tell,
}
