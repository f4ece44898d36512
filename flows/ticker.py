"""Watching the time: one holder of the lease lets the tick notice what has come due and has the duties carried out."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from flows.drain import drain
from flows.keeping import export_seals
from flows.office import Office
from flows.tick import tick
from integrations.unreachable import Unreachable
from records import alerts, duties, leases
from records.engine import reading, writing

log = logging.getLogger("bangfu.ticker")
TICK_EVERY = timedelta(minutes=1)
RELOAD_EVERY = timedelta(minutes=1)


class Carrier(Protocol):
    """Somebody who has the waiting duties carried out."""

    def carry(self, office: Office, at: datetime) -> None:
        """See to the duties whose time has come; they are done in this call, or handed on."""


class InProcess:
    """The ticker carries duties out itself, until it is `ending`."""

    def __init__(self, ending: Callable[[], bool] = lambda: False) -> None:
        self._ending = ending

    def carry(self, office: Office, at: datetime) -> None:
        with reading(office.records) as conn:
            count, _ = duties.waiting(conn, at)
        if count:
            done = drain(office, at, ending=self._ending)
            log.info("drained", extra={"done": done.done, "put_back": done.put_back, "by": "ticker"})


@dataclass(frozen=True, slots=True)
class Watch:
    """How a ticker watches: how often it looks, how long its lease lasts, where seals are exported."""

    seals_dir: Path
    every: timedelta = timedelta(seconds=5)
    lease: timedelta = timedelta(seconds=30)


class Ticker:
    """Beats every few seconds; acts only while it holds the lease. Nothing is kept in it that a successor would miss."""

    def __init__(
        self, open_office: Callable[[], Office], clock: Callable[[], datetime], watch: Watch, carrier: Carrier
    ) -> None:
        self.me = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(6)}"
        self._open, self._clock, self._watch, self._carrier = open_office, clock, watch, carrier
        self._office: Office | None = None
        self._loaded: datetime | None = None
        self._ticked: datetime | None = None
        self._held = False
        self._scheduler = BackgroundScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Begin to beat in the background, at once and then regularly; jobs live in memory only."""
        self._scheduler.add_job(self.beat, "interval", seconds=self._watch.every.total_seconds(), id="beat")
        self._scheduler.add_job(self.beat, id="first")
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the beat that runs, and give the lease back so that another process takes over at once."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        if self._office is not None and self._held:
            with writing(self._office.records) as conn:
                leases.release(conn, leases.TICKER, self.me)
            self._held = False

    def beat(self) -> bool:
        """Renew the lease; while it is ours, tick once a minute and have duties carried out. False: another holds it."""
        at = self._clock()
        office = self._present(at)
        with writing(office.records) as conn:
            held = leases.hold(conn, leases.TICKER, self.me, self._watch.lease)
        if held != self._held:
            log.info("lease taken" if held else "lease lost", extra={"holder": self.me})
            self._held = held
        if not held:
            return False
        if self._ticked is None or not timedelta() <= at - self._ticked < TICK_EVERY:
            tick(office, at, routines=True)
            self._export(office, at)
            self._ticked = at
        self._carrier.carry(office, at)
        return True

    def _export(self, office: Office, at: datetime) -> None:
        """A folder that refuses stops nothing else; it is tried again with the next tick."""
        try:
            export_seals(office.records, self._watch.seals_dir)
        except Unreachable as no:
            with writing(office.records) as conn:
                alerts.raise_alert(conn, "seals", "seals_not_exported", str(no), None, at)
        else:
            with writing(office.records) as conn:
                alerts.close_alert(conn, "seals", at)

    def _present(self, at: datetime) -> Office:
        """The office as it is now: calendar and packs are rows that people edit."""
        if self._office is None or self._loaded is None or not timedelta() <= at - self._loaded < RELOAD_EVERY:
            self._office, self._loaded = self._open(), at
        return self._office
