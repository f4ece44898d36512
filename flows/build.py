"""Building a procedure from a pack: the pack gives steps, order, titles and limits; the code gives what each step is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.pack import Pack
from states.not_allowed import PackInvalidStep
from states.procedure import Procedure, Step

Steps = Mapping[str, Step]


def by_key(steps: Iterable[Step]) -> Steps:
    return {step.key: step for step in steps}


def build(pack: Pack, procedure: Procedure, steps: Steps) -> Procedure:
    """The procedure with the pack's steps in the pack's order, under its titles and limits.

    Raises PackInvalidStep for a step that the code does not know."""
    spec = pack.procedure(procedure.key)
    chosen: list[Step] = []
    for wanted in spec.steps:
        if wanted.key not in steps:
            raise PackInvalidStep(procedure=spec.title, step=wanted.key)
        chosen.append(replace(steps[wanted.key], title=wanted.title, within=wanted.within))
    changes: dict[str, Any] = {"title": spec.title, "steps": tuple(chosen), "labels": {"pack": pack.sha256}}
    return replace(procedure, **changes)
