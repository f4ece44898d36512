"""D-02 家庭经济状况核查授权书: every adult member agrees to have income and property looked up, for what and how long."""

from __future__ import annotations

from typing import ClassVar

from templates.form import HouseholdForm
from templates.paper import blank, blanks


@blanks
class Adult:
    """One line of the adults."""

    name: str = blank("姓名", record="户登记信息")
    relation: str = blank("与户主关系", record="户登记信息")
    id_no: str = blank("证件号码", record="户登记信息")


@blanks
class CheckConsent(HouseholdForm):
    """家庭经济状况核查授权书"""

    code: ClassVar[str] = "D-02"
    folder: ClassVar[str] = "check_consent"

    matter: str = blank("授权用途")
    departments: str = blank("授权查询的部门", record="政策参数")
    scope: str = blank("授权查询的事项", record="政策参数")
    valid: str = blank("授权有效期", record="政策参数")
    adults: tuple[Adult, ...] = blank("授权人")
