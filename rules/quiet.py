"""Quiet hours: when a message may be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from rules.days import BEIJING


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours, of Beijing, in which nobody is sent anything: from 21:00 until 08:00 lies across midnight."""

    start: time
    end: time

    @classmethod
    def of(cls, start: str, end: str) -> Quiet:
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    def covers(self, moment: datetime) -> bool:
        now = moment.astimezone(BEIJING).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def sendable(moment: datetime, quiet: Quiet | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in."""
    if quiet is None or not quiet.covers(moment):
        return moment
    local = moment.astimezone(BEIJING)
    end = local.replace(hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)
