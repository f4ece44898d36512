"""The ledger is proved in a process of its own while the rest of what is left behind is written."""

from __future__ import annotations

from collections.abc import Sequence

from records import verification
from records.engine import open_engine, reading


def ready() -> None:
    """Asked for in good time, so that the process has started when it is needed."""


def faults(url: str, seals: Sequence[str]) -> list[str]:
    """What is wrong with the ledger of that database, beside the exported seals; nothing, if all is well."""
    engine = open_engine(url)
    try:
        with reading(engine) as conn:
            return [str(fault) for fault in verification.verify(conn, seals)]
    finally:
        engine.dispose()
