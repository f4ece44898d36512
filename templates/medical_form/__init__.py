"""D-5B 医疗救助审批表: what was paid, what insurance covered, what help is given."""

from __future__ import annotations

from typing import ClassVar

from rules.money import Yuan
from templates.form import HouseholdForm, Opinion
from templates.paper import blank, blanks


@blanks
class MedicalForm(HouseholdForm):
    """医疗救助审批表"""

    code: ClassVar[str] = "D-5B"
    folder: ClassVar[str] = "medical_form"

    label: str = blank("对象名称", record="政策参数")
    patient: str = blank("患者姓名", record="户登记信息")
    hospital: str = blank("就诊医院", record="医疗救助")
    period: str = blank("就诊期间", record="医疗救助")
    total: Yuan = blank("医疗总费用（元）", record="医疗救助")
    insured: Yuan = blank("医疗保险支付（元）", record="医疗救助")
    own: Yuan = blank("个人负担（元）", record="医疗救助")
    subsidy: Yuan = blank("拟救助金额（元）", record="医疗救助")
    basis: str = blank("救助依据", record="政策参数")
    opinions: tuple[Opinion, ...] = blank("各级意见", default=())
