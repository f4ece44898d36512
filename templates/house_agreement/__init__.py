"""D-58B 农村危房改造协议: what the street and the household promise each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rules.money import Yuan
from templates.paper import Dated, blank, blanks


@blanks
class HouseAgreement(Dated):
    """农村危房改造协议"""

    code: ClassVar[str] = "D-58B"
    folder: ClassVar[str] = "house_agreement"
    hand_signed: ClassVar[bool] = True
    spelled: ClassVar[Mapping[str, str]] = {"words": "subsidy"}

    head: str = blank("户主姓名", record="户登记信息")
    area: str = blank("所在社区", record="户登记信息")
    way: str = blank("改造方式")
    size_new: str = blank("改造后面积")
    subsidy: Yuan = blank("补助金额（元）", record="政策参数")
    words: str = blank("金额大写", record="政策参数")
    start_on: date = blank("开工日期")
    end_on: date = blank("竣工期限")
    form_no: str = blank("协议编号", default="")
