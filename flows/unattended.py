"""Everything that runs without a person, by name: the same for the command line, the ticker and Prefect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from flows.drain import drain
from flows.office import Office
from flows.routines import ROUTINES, read_asked
from flows.routines.routine import Asked, Report, Routine, never
from flows.titles import KINDS
from states.not_allowed import NoSuch


class CarryOut(Asked):
    """How many duties at most, and of which kinds; without them all whose time has come."""

    limit: int | None = Field(default=None, title="最多办理项数", ge=1)
    kinds: list[str] = Field(default_factory=list, title="只办这些种类")


def carry_out_duties(office: Office, at: datetime, asked: CarryOut) -> Report:
    """Carry out the duties whose time has come."""
    done = drain(office, at, asked.limit, asked.kinds)
    return drained_report(done.kinds, done.put_back)


def drained_report(kinds: Mapping[str, int], put_back: int) -> Report:
    """What a drain did, by kind."""
    rows = [(KINDS.get(kind, kind), count) for kind, count in sorted(kinds.items())]
    return Report(f"已办{sum(kinds.values())}项，{put_back}项未成、稍后再试。", ("种类", "已办"), rows)


CARRY_OUT = Routine("carry-out-duties", "办理应办事项", "有应办事项时", CarryOut, carry_out_duties, never)
FLOWS: Mapping[str, Routine] = {CARRY_OUT.key: CARRY_OUT, **ROUTINES}


def run_flow(office: Office, key: str, asked: Mapping[str, Any], at: datetime) -> Report:
    """Run one flow here and now. Raises NoSuch for a name nobody knows, AskedWrongly for a parameter that does not fit."""
    if key not in FLOWS:
        raise NoSuch(what=f"流程（现有：{'、'.join(FLOWS)}）", key=key)
    found = FLOWS[key]
    report: Report = found.run(office, at, read_asked(found, asked))
    return report
