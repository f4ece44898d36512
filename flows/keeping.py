"""What is kept outside the database, so that a change inside it is seen: the seals of the days that are over."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy import Engine

from integrations.unreachable import Unreachable
from records import ledger
from records.engine import reading


def export_seals(records: Engine, folder: Path) -> list[str]:
    """Write every seal that the folder lacks; returns their names. One that is there is never overwritten, since it is
    the witness against a ledger that was computed anew. Raises Unreachable when the folder refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path.name for path in folder.glob("*.json")}
        with reading(records) as conn:
            missing = [(f"{day}.json", day) for day in ledger.sealed_days(conn) if f"{day}.json" not in there]
            for name, day in missing:
                _write(folder / name, ledger.seal_text(conn, day))
    except OSError as no:
        raise Unreachable(f"日封印不能写入{folder}：{no.strerror}") from no
    return [name for name, _ in missing]


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
