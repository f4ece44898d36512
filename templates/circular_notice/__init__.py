"""D-77F 通知: tells those below what to do and by when."""

from __future__ import annotations

from typing import ClassVar

from templates.document import WithAnnexes
from templates.paper import blanks


@blanks
class CircularNotice(WithAnnexes):
    """通知"""

    code: ClassVar[str] = "D-77F"
    folder: ClassVar[str] = "circular_notice"
    kind: ClassVar[str] = "通知"
