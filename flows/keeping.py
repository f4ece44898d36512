"""What is kept outside the database, so that a change inside it is seen: the seals of the days that are over."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from flows.office import Office
from integrations.unreachable import Unreachable
from records import seals
from records.engine import one_at_a_time, reading, writing
from rules.days import day_of


def seal_days(office: Office, at: datetime) -> list[tuple[str, str]]:
    """Seal the ledger's days that are over, and what was written late: (name, text) of the new seals. A transaction of
    its own, because it holds back whoever writes."""
    with writing(office.records) as conn:
        one_at_a_time(conn, "tick")
        return [(seal.name, seals.text_of(conn, seal)) for seal in seals.seal(conn, day_of(at), at)]


def export_seals(records: Engine, folder: Path) -> list[str]:
    """Write every seal that the folder lacks; returns their names. One that is there is never overwritten, since it is
    the witness against a ledger that was computed anew. Raises Unreachable when the folder refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path.name for path in folder.glob("*.json")}
        with reading(records) as conn:
            missing = [seal for seal in seals.names(conn) if seal.name not in there]
            for seal in missing:
                _write(folder / seal.name, seals.text_of(conn, seal))
    except OSError as no:
        raise Unreachable(f"日封印不能写入{folder}：{no.strerror}") from no
    return [seal.name for seal in missing]


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
