"""D-77B 报告: tells a superior; asks for nothing."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Upward
from templates.paper import blanks


@blanks
class Report(Upward):
    """报告"""

    code: ClassVar[str] = "D-77B"
    folder: ClassVar[str] = "report"
    kind: ClassVar[str] = "报告"
