"""The test's own door: the office exactly as `bangfu serve` runs it, with a clock that is read from a file."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from cli.serve import run_office
from config.serving import read_serving
from config.settings import read_settings

CLOCK = "BANGFU_TEST_CLOCK"


def clock() -> datetime:
    """The moment that the test says it is."""
    return datetime.fromisoformat(Path(os.environ[CLOCK]).read_text(encoding="ascii"))


if __name__ == "__main__":
    run_office(read_settings(os.environ), read_serving(os.environ), clock)
