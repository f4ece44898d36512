"""Who may see what: one predicate over a dated tree of areas (truth 5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may see: everything, whole areas by path, single households (a helper's own), or single supervision
    files (督查件): those about a helper, or about the unit that the person heads."""

    everything: bool = False
    paths: frozenset[str] = frozenset()
    households: frozenset[int] = frozenset()
    files: frozenset[int] = frozenset()

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.everything or other.everything, self.paths | other.paths, self.households | other.households,
                     self.files | other.files)  # fmt: skip


NOTHING = Scope()
EVERYTHING = Scope(everything=True)


def covers(scope: Scope, area_path: str, household_id: int | None = None, file_id: int | None = None) -> bool:
    """May a person of this scope see a record of that area (and household, or supervision file)? Paths end in "/", so
    that /1/ is not /10/."""
    return (
        scope.everything
        or any(area_path.startswith(path) for path in scope.paths)
        or (household_id is not None and household_id in scope.households)
        or (file_id is not None and file_id in scope.files)
    )
