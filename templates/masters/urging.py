"""The letters to an office that is late, in the letter form (10.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import TO, letter_form, signed, titled
from templates.page import Sheet
from templates.wordml import body, close, each, row, table


def urging_letter() -> Sheet:
    heads = row("序号", "事项", "应办结日期", "逾期", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.matter }}", "{{ r.due }}", "{{ r.late }}", style="List")
    return letter_form(
        titled("{{ office }}", "{{ subject }}")
        + TO
        + body("截至{{ until }}，你单位有下列{{ rows|length }}件事项超过期限尚未办结：")
        + table((8, 40, 30, 22), (heads, *each("r in rows", one)))
        + body("{{ demand }}请于收到本函{{ within }}内办结并书面反馈；不能按期办结的，请说明原因和预计办结时间。")
        + close("联系单位：{{ contact }}。", "联系电话：{{ phone }}。")
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {"urging_letter": urging_letter}
