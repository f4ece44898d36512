"""D-7C: an objection is written down, and the one who raised it is answered."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.wording import sentence
from templates.paper import NO_DAY, Dated, blank, blanks


@blanks
class ObjectionReply(Dated):
    """异议登记与答复书"""

    code: ClassVar[str] = "D-7C"
    folder: ClassVar[str] = "objection_reply"

    case_no: str = blank("登记编号")
    received_on: date = blank("收到日期")
    manner: str = blank("反映方式")  # 来访, 来电, 来信 …
    objector: str = blank("反映人", default="", shown="（未署名）")
    about: str = blank("反映对象")
    content: str = blank("反映内容")
    taken_by: str = blank("登记人", record="人员信息")
    answer_by: date | None = blank("答复期限", default=None, shown=NO_DAY)
    facts: str = blank("查明的事实", default="", says=sentence)
    answer: str = blank("答复意见", default="", says=sentence)  # empty: only the register page is printed
    basis: str = blank("依据", default="", record="政策参数")
    review_within: str = blank("申请复核期限", default="", record="政策参数")
    review_office: str = blank("受理复核单位", default="", record="单位信息")
    phone: str = blank("联系电话", default="", record="单位信息")
