"""D-74A 群众满意度调查问卷: what residents think of the help; no name is asked for."""

from __future__ import annotations

from typing import ClassVar

from templates.paper import Paper, blank, blanks


@blanks
class Question:
    """One line of the rows."""

    serial: int = blank("序号", record="考核")
    text: str = blank("问题", record="考核")
    answers: str = blank("选项", record="考核")


@blanks
class SatisfactionSurvey(Paper):
    """群众满意度调查问卷"""

    code: ClassVar[str] = "D-74A"
    folder: ClassVar[str] = "satisfaction_survey"
    hand_signed: ClassVar[bool] = True

    year: int = blank("调查年度", record="考核")
    community: str = blank("调查社区", record="考核")
    survey_no: str = blank("问卷编号", record="考核")
    rows: tuple[Question, ...] = blank("问题")
