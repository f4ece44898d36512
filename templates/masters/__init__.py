"""The content of every master, by folder: one module per family of papers. `make_masters` writes them.

A new family is a new module with its own `MASTERS`, and one name in the tuple below. Wording is our own; what a policy
pack or a record decides (labels, basis, issuers, telephone numbers, the name of a checklist) is a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters import (
    agreements,
    application,
    archive,
    assistance,
    benefits,
    changes,
    entry,
    exits,
    generic,
    official,
    planning,
    projects,
    reporting,
    service,
    supervision,
    urging,
)
from templates.page import Sheet

FAMILIES = (
    archive,
    official,
    reporting,
    benefits,
    projects,
    planning,
    application,
    agreements,
    assistance,
    changes,
    entry,
    exits,
    generic,
    service,
    urging,
    supervision,
)

MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    folder: content for family in FAMILIES for folder, content in family.MASTERS.items()
}
