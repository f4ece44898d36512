"""D-58A 农村危房改造申请审批表: from the grade of danger to the subsidy."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class HouseApplication(HouseholdForm):
    """农村危房改造申请审批表"""

    code: ClassVar[str] = "D-58A"
    folder: ClassVar[str] = "house_application"

    label: str = blank("对象名称", record="政策参数")
    grade: str = blank("危房等级", record="住房鉴定")
    graded_by: str = blank("鉴定单位", record="住房鉴定")
    way: str = blank("改造方式")
    area_now: str = blank("现有面积", record="住房鉴定")
    area_new: str = blank("改造后面积")
    subsidy: Yuan = blank("补助标准（元）", record="政策参数")
    own: Yuan = blank("自筹资金（元）")
    review: str = blank("民主评议和公示", default="")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
