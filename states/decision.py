"""A decision is a value: which case, which step, which way, why, by whom, as what, on what proof, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from states.procedure import Verdict


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a post; `acting_for_id` names the person stood in for (离岗委托)."""

    person_id: int
    office_code: str
    role: str
    acting_for_id: int | None = None


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Somebody without an account whose decision this is: a householder, a meeting, a department, a resident."""

    name: str
    capacity: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept in the filing store: what it proves (a paper code or a kind), its name and its SHA-256."""

    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision upon one case; `seen_version` is the case's version that the person was looking at."""

    case_id: int
    step: str
    verdict: Verdict
    by: Actor
    at: datetime
    opinion: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    made_by: MadeBy | None = None
    back_to: str | None = None
    straight_back: bool = False
    seen_version: int | None = None
    key: str | None = None  # idempotency key of the door
    act_id: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it."""

    case_id: int
    decision_id: int
    status: str
    step: str
    version: int
    repeated: bool = False  # the same key was decided before: nothing was written now
