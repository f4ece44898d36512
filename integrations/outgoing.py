"""What leaves the house: one message to one address, by one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way. `id` is the same however often it is tried, so that the other side can tell a repetition."""

    id: str
    to: str  # an address, a mobile number, the code of the office whose group it is
    title: str
    text: str
    at: datetime
    html: str = ""


class Channel(Protocol):
    """A way out. `send` returns when the other side has taken the message, and raises Unreachable when it has not."""

    def reaches(self, to: str) -> bool:
        """Can this address be reached by this channel at all?"""

    def send(self, message: Outgoing) -> None:
        """Hand the message over."""
