"""D-03: an application is taken in, or everything that is missing is named once."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.paper import NO_DAY, Dated, blank, blanks


@blanks
class Missing:
    """One thing to bring."""

    serial: int = blank("序号")
    material: str = blank("须补正的材料")


@blanks
class AcceptanceNotice(Dated):
    """受理（一次性补正）告知书"""

    code: ClassVar[str] = "D-03"
    folder: ClassVar[str] = "acceptance_notice"

    head: str = blank("户主姓名", record="户登记信息")
    matter: str = blank("申请事项")
    applied_on: date = blank("申请日期")
    missing: tuple[Missing, ...] = blank("须补正的材料", default=())  # none: the application is taken in
    bring_by: date | None = blank("补正期限", default=None, shown=NO_DAY)
    handler: str = blank("经办人", record="人员信息")
    phone: str = blank("联系电话", record="单位信息")
