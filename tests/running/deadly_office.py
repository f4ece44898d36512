"""The test's own door: the office exactly as `bangfu serve` runs it, with a kind of duty that ends whoever works on it."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime

from cli.serve import Plan, run_office
from config.serving import read_serving
from config.settings import read_settings
from flows.deployments.ticking import run_ticker
from flows.drain import HANDLERS


def clock() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    if sys.argv[1:] == ["ticker"]:
        HANDLERS.update({"deadly": lambda *_: os.kill(os.getpid(), signal.SIGKILL)})  # type: ignore[attr-defined]
        run_ticker(os.environ, clock, tell_time=False)
    else:
        own = (sys.executable, __file__, "ticker")
        run_office(Plan(read_settings(os.environ), read_serving(os.environ), os.environ, clock, own))
