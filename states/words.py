"""The Chinese names of a machine's events: they stand on the machine and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from statemachine import Event, StateMachine


def event_names(machine: type[StateMachine]) -> dict[str, str]:
    """Event id to Chinese name."""
    events = cast(Iterable[Event], cast(Any, machine).events)
    return {event.id: event.name for event in events}
