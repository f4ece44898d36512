"""One filled example of every paper, with invented people; tests and the pictures in docs/papers/ use the same.

A new family of papers is a new module with its own `samples()`, and one name in the tuple below.
"""

from __future__ import annotations

from samples import (
    agreements,
    application,
    archive,
    benefits,
    forms,
    generic,
    letters,
    meetings,
    official,
    planning,
    projects,
    published,
    reporting,
    supervision,
    urging,
)
from templates.paper import Paper

FAMILIES = (
    archive,
    official,
    reporting,
    benefits,
    projects,
    planning,
    application,
    agreements,
    forms,
    generic,
    letters,
    meetings,
    published,
    supervision,
    urging,
)


def samples() -> tuple[Paper, ...]:
    return tuple(paper for family in FAMILIES for paper in family.samples())
