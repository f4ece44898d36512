"""What people read of a kind of duty."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "draft_paper": "起草文书",
    "print_form": "打印表格",
    "open_case": "立件",
    "tell": "站内消息",
    "remind": "提醒汇总",
    "send": "对外发送",
    "routine": "例行工作",
    "issue_agreement": "印发责任书",
}
