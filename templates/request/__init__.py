"""D-77A 请示: one matter, one addressee, asks for an answer; the person to ask stands in the note."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Upward
from templates.paper import blanks


@blanks
class Request(Upward):
    """请示"""

    code: ClassVar[str] = "D-77A"
    folder: ClassVar[str] = "request"
    kind: ClassVar[str] = "请示"
