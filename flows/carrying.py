"""Having duties carried out by Prefect: a run is asked for only when duties wait, one run per batch. While Prefect is away
or late the ticker does them itself; claims see to it that nothing is done twice when it returns."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.drain import drain, free_lapsed
from flows.office import Office
from flows.unattended import CARRY_OUT
from integrations.prefect_api import PrefectApi
from integrations.unreachable import Unreachable
from records import alerts, batches, duties
from records.batches import Batch
from records.engine import reading, writing

log = logging.getLogger("bangfu.carrying")
DEPLOYMENT = "office"
ALERT = "prefect"
AWAY = "Prefect服务没有应答，应办事项暂由本程序直接办理。请查看Prefect进程和日志。"
LATE = "Prefect没有按时办完交给它的应办事项，已由本程序办理。请查看Prefect的运行记录和工作进程。"


@dataclass(frozen=True, slots=True)
class Patience:
    """How large a batch is (a run's process takes seconds to start, as long as a thousand duties), how long Prefect may
    take for one before somebody works on it, and after how long of its absence somebody is told."""

    size: int = 2_000
    batch: timedelta = timedelta(minutes=2)
    away: timedelta = timedelta(minutes=5)


class ByPrefect:
    """Hands batches to Prefect. `tell_time` passes the office's own clock on, for an office whose clock is not the
    machine's."""

    def __init__(self, api: PrefectApi, patience: Patience | None = None, tell_time: bool = False,
                 ending: Callable[[], bool] = lambda: False) -> None:  # fmt: skip
        self._api, self._patience, self._tell_time, self._ending = api, patience or Patience(), tell_time, ending
        self._away_since: float | None = None
        self._seconds: Callable[[], float] = time.monotonic  # an absence is measured, whatever the wall clock does

    def carry(self, office: Office, at: datetime) -> None:
        free_lapsed(office, at)  # a duty that ends processes goes to Prefect again, and does not end this one
        with reading(office.records) as conn:
            count, _ = duties.waiting(conn, at)
            still_open = batches.open_batches(conn)
        if count or still_open:
            self._see_to(office, at)

    def _see_to(self, office: Office, at: datetime) -> None:
        if not self._api.ready():
            self._here(office, at)
            return
        with writing(office.records) as conn:
            batches.end_finished(conn)
            batches.form(conn, at, self._patience.size, CARRY_OUT.key, CARRY_OUT.title)
            waiting = batches.open_batches(conn)
        try:
            for batch, asked_ago in waiting:
                if asked_ago is None:
                    self._ask(office, batch, at)
        except Unreachable as no:
            log.warning("prefect refuses", extra={"why": str(no)})
            self._here(office, at)
            return
        self._away_since = None
        late = [batch for batch, ago in waiting if ago is not None and ago > self._patience.batch]
        if late:  # a batch that is being worked on is not late, however long it takes
            with reading(office.records) as conn:
                late = [batch for batch in late if not batches.worked_on(conn, batch.id)]
        self._finish_late(office, at, late)

    def _ask(self, office: Office, batch: Batch, at: datetime) -> None:
        asked: dict[str, Any] = {"batch": batch.id}
        if self._tell_time:
            asked["at"] = at.isoformat()
        name = f"{batch.title} 第{batch.id}批 {batch.size}项"
        run = self._api.run(batch.flow, DEPLOYMENT, asked, f"bangfu-batch-{batch.id}", name)
        with writing(office.records) as conn:
            batches.asked(conn, batch.id)
        log.info("prefect asked", extra={"batch": batch.id, "flow": batch.flow, "duties": batch.size, "run": run})

    def _here(self, office: Office, at: datetime) -> None:
        """Prefect is away: do what waits, whatever batch it is in."""
        now = self._seconds()
        self._away_since = now if self._away_since is None else self._away_since
        done = drain(office, at, ending=self._ending)
        log.info("drained", extra={"done": done.done, "put_back": done.put_back, "by": "ticker"})
        if now - self._away_since >= self._patience.away.total_seconds():
            with writing(office.records) as conn:
                alerts.raise_alert(conn, ALERT, "prefect_away", AWAY, None, at)

    def _finish_late(self, office: Office, at: datetime, late: list[Batch]) -> None:
        """What Prefect took and has not finished in time is done here; its run finds nothing left when it comes."""
        done = sum(drain(office, at, batch_id=batch.id, ending=self._ending).done for batch in late)
        with writing(office.records) as conn:
            batches.end_finished(conn)
            if done:
                alerts.raise_alert(conn, ALERT, "prefect_away", LATE, None, at)
            elif not late:
                alerts.close_alert(conn, ALERT, at)
        if late:
            log.warning("batches late", extra={"batches": len(late), "done": done})
