"""The test's own door: the office exactly as `bangfu serve` runs it, with a clock that is read from a file."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from cli.serve import Plan, run_office
from config.serving import read_serving
from config.settings import read_settings
from flows.deployments.ticking import run_ticker

CLOCK = "BANGFU_TEST_CLOCK"


def clock() -> datetime:
    """The moment that the test says it is."""
    return datetime.fromisoformat(Path(os.environ[CLOCK]).read_text(encoding="ascii"))


if __name__ == "__main__":
    if sys.argv[1:] == ["ticker"]:
        run_ticker(os.environ, clock, tell_time=True)
    else:
        own = (sys.executable, __file__, "ticker")
        run_office(Plan(read_settings(os.environ), read_serving(os.environ), os.environ, clock, own))
