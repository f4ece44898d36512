"""`python -m flows.deployments.ticking`: the ticker as a process of its own, so that a duty which ends the process that
works on it takes nobody's pages away."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from config.logs import log_to_stderr
from config.serving import Serving, read_serving
from config.settings import read_settings
from flows.carrying import ByPrefect, Patience
from flows.office import open_office_on
from flows.ticker import Carrier, InProcess, Ticker, Watch
from integrations.prefect_api import PrefectApi
from records.engine import open_engine


def run_ticker(env: Mapping[str, str], clock: Callable[[], datetime], tell_time: bool) -> None:
    """Watch the time until SIGTERM or SIGINT; then finish the duty at hand and give the lease back. `tell_time`: this
    office's clock is not the machine's, and whoever works for it must be told."""
    settings, serving = read_settings(env), read_serving(env)
    log_to_stderr(settings.log_level)
    engine, ending = open_engine(settings.database_url), threading.Event()
    watch = Watch(settings.seals_dir, timedelta(seconds=serving.beat_seconds), timedelta(seconds=settings.hold_seconds))
    carrier = _carrier(serving, tell_time, ending.is_set)
    ticker = Ticker(lambda: open_office_on(engine, settings), clock, watch, carrier)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    ticker.start()
    ending.wait()
    ticker.stop()
    engine.dispose()


def _carrier(serving: Serving, tell_time: bool, ending: Callable[[], bool]) -> Carrier:
    """Who carries duties out: Prefect where it is wanted, the ticker itself otherwise."""
    if not serving.prefect:
        return InProcess(ending)
    patience = Patience(batch=timedelta(seconds=serving.patience_seconds))
    return ByPrefect(PrefectApi(serving.api_url), patience, tell_time, ending)


def main(ahead: str = "0") -> None:
    """`ahead`: by how many whole seconds this office's clock differs from the machine's (a demo has a day of its own)."""
    apart = timedelta(seconds=int(ahead))
    run_ticker(os.environ, lambda: datetime.now(UTC) + apart, tell_time=bool(apart))


if __name__ == "__main__":
    main(*sys.argv[1:])
