"""D-38: the district's reply to a street: who exits, and who does not yet and why."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rules.privacy import PublicRow
from rules.wording import phrase
from templates.paper import Official, blank, blanks


@blanks
class HeldRow:
    """One household that is not approved, and why."""

    serial: int = blank("序号")
    place: str = blank("所在社区", record="户登记信息")
    head: str = blank("户主姓名", record="户登记信息")
    reason: str = blank("理由")


@blanks
class ExitReply(Official):
    """退出核定批复"""

    code: ClassVar[str] = "D-38"
    folder: ClassVar[str] = "exit_reply"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    to: str = blank("主送机关", record="单位信息")
    year: int = blank("年度")
    label: str = blank("对象名称", record="政策参数")
    request: str = blank("来文标题")  # 关于2017年拟退出贫困户名单的审核意见, without 《》
    request_number: str = blank("来文字号", default="")
    basis: str = blank("依据", record="政策参数")
    decided_by: str = blank("审定机关", record="单位信息")
    decided_on: date = blank("审定日期")
    rows: tuple[PublicRow, ...] = blank("核定名单")
    held: tuple[HeldRow, ...] = blank("暂不核定名单", default=())
    continues: str = blank("退出后的帮扶政策", default="", record="政策参数")
    copies: str = blank("抄送机关", default="", record="单位信息", says=phrase)
