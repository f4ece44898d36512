"""One log for everything that runs: a line of JSON per act, ids instead of names, faults without what they were about."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"
NAMES = {"asctime": "at", "levelname": "level", "name": "from", "message": "says"}
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{11,19}[Xx]?(?![0-9A-Za-z])")
Fault = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Discreet(JsonFormatter):
    """A fault is logged as its kind and where it was raised: its own text may name a person. Whatever looks like an
    identity, card or telephone number is masked, whoever wrote it."""

    def formatException(self, ei: Fault) -> str:
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        ours = [frame for frame in frames if "site-packages" not in frame.filename][-6:]
        last = frames[-1:] if frames and frames[-1] not in ours else []
        places = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in (*ours, *last)]
        return f"{kind.__name__ if kind else 'None'} at {' < '.join(reversed(places))}"

    def format(self, record: logging.LogRecord) -> str:
        return LONG_NUMBER.sub(lambda found: found.group()[:2] + "***", super().format(record))


def log_to_stderr(level: str) -> None:
    """Everything that this process logs goes to stderr as JSON, and only there."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(FIELDS, "%Y-%m-%dT%H:%M:%S%z", rename_fields=NAMES, json_ensure_ascii=False))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "apscheduler", "httpx", "httpcore", "uvicorn"):
        logging.getLogger(noisy).setLevel("WARNING")
