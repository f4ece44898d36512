"""What a guard is asked about and an effect is given: one decision inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from records.cases import CaseRow, Seat
from states.decision import Decision
from states.procedure import Procedure, Step

if TYPE_CHECKING:
    from config.pack import Pack
    from flows.office import Office


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision upon one case, while it is being made; `facts` are all steps' blanks, this step's included."""

    conn: Connection
    office: Office
    pack: Pack  # the pack as the case was frozen with it
    case: CaseRow
    procedure: Procedure
    step: Step
    decision: Decision
    seat: Seat
    on: date
    facts: Mapping[str, Mapping[str, Any]]
    subscribed: bool = True  # False: no program subscribed to anything
    at_once: bool = True  # False: nobody at all wants new tasks told at once

    def fact(self, key: str, default: Any = None) -> Any:
        """A blank of this step."""
        return self.facts.get(self.step.key, {}).get(key, default)

    def earlier(self, step: str, key: str, default: Any = None) -> Any:
        """A blank of another step of this case."""
        return self.facts.get(step, {}).get(key, default)
