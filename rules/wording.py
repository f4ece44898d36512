"""How a text that somebody typed stands in a paper: with one full stop, with none, or in lines that break between words."""

from __future__ import annotations

from rules.titles import width_of

_ENDS = "。！？…：”）》"
_OPEN = "。；，、 　\n"

# Where the label of a narrow cell may begin a new line: before these words.
_WORDS = (
    "（", "意见", "情况", "日期", "规则", "规定", "部门", "事项", "原因", "审核", "审定", "审批", "复核", "备案", "自述", "说明", "表态",
    "签名", "建议", "方式", "依据", "金额", "规模", "必要性", "安全", "公示", "转办", "变化", "收入变化", "可支配收入", "负责人", "验收人",
    "成员", "带动", "支付", "办理", "还款", "分配", "办法", "核查人", "及与", "有保障", "覆盖",
)  # fmt: skip


def sentence(text: str) -> str:
    """The text as a sentence of its own: it ends with one full stop, or with what it ends with already."""
    whole = text.rstrip(" 　\n")
    return whole if whole.endswith(tuple(_ENDS)) else whole.rstrip(_OPEN) + "。"


def phrase(text: str) -> str:
    """The text as a part of a sentence that goes on: without a mark at its end."""
    return text.rstrip(_OPEN)


def in_lines(label: str, width: int = 5) -> str:
    """A label that is wider than its cell, in lines that begin with a word and are about equally long."""
    if width_of(label) <= width + 0.6 or "\n" in label or "{" in label:
        return label
    places = [
        n
        for n in range(2, len(label))
        if width_of(label[:n]) <= width and label[n:].startswith(_WORDS) and label[n - 1] not in "（、"
    ]
    if not places:
        return label
    at = min(places, key=lambda n: (abs(n - len(label) / 2), -n))
    return label[:at] + "\n" + in_lines(label[at:], width)
