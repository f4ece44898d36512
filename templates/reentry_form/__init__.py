"""D-43: a household that fell back is registered again under its old number."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from templates.form import IncomeResult, Member, Opinion
from templates.paper import blank, blanks


@blanks
class ReentryForm(IncomeResult):
    """返贫再纳入审批表"""

    code: ClassVar[str] = "D-43"
    folder: ClassVar[str] = "reentry_form"

    leaving: str = blank("退出称谓", default="退出", record="政策参数")  # the pack's word: 退出, 脱贫, 风险消除
    label: str = blank("对象名称", record="政策参数")
    exited_on: date = blank("原退出公告日期")
    trigger: str = blank("返贫原因")
    found_on: date = blank("核查日期")
    finding: str = blank("核查情况")
    members: tuple[Member, ...] = blank("家庭成员", record="户登记信息")
    review: str = blank("民主评议结果", default="")
    publicity: str = blank("公示情况", default="")
    opinions: tuple[Opinion, ...] = blank("审批意见")
