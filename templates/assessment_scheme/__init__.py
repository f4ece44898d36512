"""D-73A 年度考核方案（通知）: whom, what for how many points, by which methods and steps, and what follows."""

from __future__ import annotations

from typing import ClassVar

from templates.document import WithAnnexes
from templates.paper import blanks


@blanks
class AssessmentScheme(WithAnnexes):
    """年度考核方案通知"""

    code: ClassVar[str] = "D-73A"
    folder: ClassVar[str] = "assessment_scheme"
    kind: ClassVar[str] = "通知"
    outline: ClassVar[tuple[str, ...]] = ("考核对象", "考核内容", "考核方法", "考核程序", "结果运用")
