"""Bringing an office to the present tables: rehearsed first, with its running cases looked at one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from flows.frozen import procedure_of
from records import cases, verification
from records.copying import SQLITE_FILE, copy_out, row_counts
from records.engine import open_engine, rehearsing, writing
from records.migrate import pending, upgrade_in
from states.not_allowed import NotAllowed


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an upgrade would do or did: revisions, rows per table before and after, faults that were found after it."""

    revisions: tuple[str, ...]
    before: Mapping[str, int]
    after: Mapping[str, int]
    running: int
    faults: tuple[str, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """Tables with fewer rows than before."""
        return tuple(name for name, count in self.before.items() if self.after.get(name, 0) < count)


def rehearse(engine: Engine) -> Rehearsal:
    """Upgrade a copy (SQLite), or the database itself in a transaction that is taken back (PostgreSQL), and look."""
    if engine.dialect.name != "sqlite":
        with rehearsing(engine) as conn:
            return _upgrade(conn, pending(engine))
    with tempfile.TemporaryDirectory() as folder:
        copy_out(engine, Path(folder))
        copy = open_engine(f"sqlite:///{Path(folder) / SQLITE_FILE}")
        try:
            with writing(copy) as conn:
                return _upgrade(conn, pending(engine))
        finally:
            copy.dispose()


def upgrade_office(engine: Engine) -> Rehearsal:
    """Apply what is missing, all of it or nothing. A fault found afterwards is reported, not hidden."""
    missing = pending(engine)
    with writing(engine) as conn:
        return _upgrade(conn, missing)


def _upgrade(conn: Connection, missing: tuple[str, ...]) -> Rehearsal:
    before = row_counts(conn)
    upgrade_in(conn)
    faults = [fault.says for fault in verification.verify(conn)]
    running = cases.all_running(conn)
    faults.extend(sentence for case in running if (sentence := _stuck(conn, case.id, case.procedure_sha256, case.step)))
    return Rehearsal(missing, before, row_counts(conn), len(running), tuple(faults))


def _stuck(conn: Connection, case_id: int, procedure: str, step: str) -> str | None:
    """Why a running case could not go on, if so: its frozen procedure does not read, or its step is not in it."""
    try:
        procedure_of(conn, procedure).step(step)
    except NotAllowed as no:
        return f"在办办件{case_id}不能继续：{no}"
    return None
