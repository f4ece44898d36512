"""The outside failed."""

from __future__ import annotations


class Unreachable(Exception):
    """Something outside could not be reached or used; `permanent` says that trying again will not help."""

    def __init__(self, says: str, permanent: bool = False) -> None:
        super().__init__(says)
        self.permanent = permanent
