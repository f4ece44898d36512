"""A machine's transitions as a table: what the machine itself defines, read once, for decisions by the thousand.

Building a machine for each decision costs more than the decision's SQL; the machine stays the only definition, and a
test holds the table against it event by event.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from statemachine import StateMachine


@cache
def transitions(machine: type[StateMachine]) -> Mapping[tuple[str, str], str]:
    """(state value, event) to the state it leads to."""
    states = cast(Any, machine).states
    return {
        (str(state.value), str(event)): str(transition.target.value)
        for state in states
        for transition in state.transitions
        for event in transition.events
    }


@cache
def state_names(machine: type[StateMachine]) -> Mapping[str, str]:
    """State value to Chinese name."""
    return {str(state.value): str(state.name) for state in cast(Any, machine).states}
