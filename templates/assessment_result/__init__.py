"""D-73C 年度考核结果通报: the grades, and what is asked of whom."""

from __future__ import annotations

from typing import ClassVar

from templates.document import Addressed
from templates.paper import blank, blanks


@blanks
class Graded:
    """One office's result."""

    serial: int = blank("序号", record="考核")
    unit: str = blank("单位", record="单位信息")
    points: str = blank("得分", record="考核")
    grade: str = blank("等次", record="考核")


@blanks
class AssessmentResult(Addressed):
    """年度考核结果通报"""

    code: ClassVar[str] = "D-73C"
    folder: ClassVar[str] = "assessment_result"
    kind: ClassVar[str] = "通报"

    rows: tuple[Graded, ...] = blank("考核结果", record="考核")
