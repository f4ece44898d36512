"""D-04 入户调查表: what two visitors found in the home."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import HouseholdForm, Member
from templates.paper import NO_DAY, blank, blanks


@blanks
class HouseholdSurvey(HouseholdForm):
    """入户调查表"""

    code: ClassVar[str] = "D-04"
    folder: ClassVar[str] = "household_survey"

    visited_on: date | None = blank("调查日期", default=None, shown=NO_DAY)
    housing: str = blank("住房情况", default="", record="入户调查")
    water: str = blank("饮水和用电", default="", record="入户调查")
    earnings: str = blank("收入情况", default="", record="入户调查")
    spending: str = blank("支出情况", default="", record="入户调查")
    belongings: str = blank("财产情况", default="", record="入户调查")
    hardship: str = blank("困难和意愿", default="", record="入户调查")
    members: tuple[Member, ...] = blank("成员")
