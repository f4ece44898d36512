"""Masters of the documents a person words: request, report, reply, letter, opinion, notice, announcement, order, minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import (
    ABOUT,
    SECTIONS,
    TO,
    annex_notes,
    asking,
    head_joint,
    head_up,
    letter_copies,
    letter_form,
    opened,
    order_head,
    printed,
    red_head,
    signed,
    signed_jointly,
    stamped,
    titled,
)
from templates.page import Sheet
from templates.wordml import C, ImprintLine, body, choose, close, each, lines, mixed, p, row, table


def _upward(kind: str, closing: str) -> Callable[[], str]:
    def content() -> str:
        return opened(kind, head_up()) + SECTIONS + close(closing) + signed(noted=True) + asking() + printed()

    return content


def reply() -> str:
    return (
        opened("批复")
        + body(
            "你{% if '街道' in to %}街道{% else %}单位{% endif %}《{{ request }}》"
            "{% if request_number %}（{{ request_number }}）{% endif %}收悉。现批复如下："
        )
        + SECTIONS
        + close("此复。")
        + signed()
        + printed()
    )


def letter() -> Sheet:
    return letter_form(
        titled("{{ office }}", ABOUT + "函")
        + TO
        + SECTIONS
        + close("{{ closing }}")
        + annex_notes()
        + signed(noted=True)
        + asking()
        + letter_copies()
    )


def opinion() -> str:
    return (
        red_head(mark="mark")
        + p("Title", "{{ office }}")
        + p("Title", ABOUT + "{{ form }}意见")
        + p("UnderTitle", "（{{ adopted_on }}）")
        + lines(1)
        + SECTIONS
        + printed(ImprintLine("Copies", "主送：{{ to }}。"))
    )


def notice() -> str:
    return opened("通知") + SECTIONS + close("特此通知。") + annex_notes() + signed() + printed()


def public_announcement() -> str:
    return red_head() + titled("{{ office }}", ABOUT + "公告") + SECTIONS + close("特此公告。") + signed() + printed()


_TITLE_CHARS = 20  # of 2号 in 156 mm


def _issuers() -> str:
    """The issuers over the subject, two on a line where both fit: no name is broken."""
    first = "{% if k %}{{ issuers[k - 1].name }}{% else %}{{ office }}{% endif %}"
    fits = f"(issuers[k - 1].name if k else office)|length + issuers[k].name|length < {_TITLE_CHARS}"
    both = p("Title", first + "　{{ issuers[k].name }}")
    apart = p("Title", first) + choose("k < issuers|length", p("Title", "{{ issuers[k].name }}"))
    return (
        p("To", "{%p for k in range(0, issuers|length + 1, 2) %}")
        + choose(f"k < issuers|length and {fits}", both, apart)
        + p("To", "{%p endfor %}")
    )


def joint_notice() -> str:
    return (
        head_joint()
        + _issuers()
        + titled(ABOUT + "通知")
        + TO
        + SECTIONS
        + close("特此通知。")
        + annex_notes()
        + signed_jointly()
        + printed()
    )


def order() -> str:
    return order_head() + SECTIONS + stamped("signer_title") + printed()


def meeting_notice() -> str:
    return (
        opened("通知")
        + SECTIONS
        + p("H1", "一、会议时间")
        + body("{{ held_at }}。")
        + p("H1", "二、会议地点")
        + body("{{ place }}。")
        + p("H1", "三、参会人员")
        + body("{{ attending }}。")
        + p("H1", "四、有关要求")
        + close(
            "请参会人员提前10分钟签到入场；因故不能参会的，须书面请假并说明理由。",
            "联系人：{{ contact }}，联系电话：{{ phone }}。",
            "特此通知。",
        )
        + annex_notes()
        + signed()
        + printed()
    )


def minutes() -> str:
    heads = row("序号", "议定事项", "责任单位", "完成时限", style="ListHead", head=True)
    one = row(
        C("{{ s.serial }}", style="List"),
        C("{{ s.matter }}", style="ListL"),
        C("{{ s.owner }}", style="List"),
        C("{{ s.due_on }}", style="List"),
    )
    return (
        p("Head", "{{ office }}会议纪要")
        + lines(2)
        + p("Number", "{{ number }}")
        + p("RedLine")
        + lines(2)
        + titled("{{ subject }}纪要")
        + body(
            "{{ held_on }}，{{ chair }}在{{ place }}主持召开{{ subject }}。{{ summary }}",
            "会议议定事项如下：",
        )
        + table((8, 42, 20, 30), (heads, *each("s in settled", one)))
        + lines(1)
        + mixed("Body", ("LabelHei", "出席："), "{{ attending }}。")
        + mixed("Body", ("LabelHei", "请假："), "{{ excused }}。")
        + mixed("Body", ("LabelHei", "列席："), "{{ observing }}。")
        + printed()
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "request": _upward("请示", "妥否，请批示。"),
    "report": _upward("报告", "特此报告。"),
    "reply": reply,
    "official_letter": letter,
    "opinion": opinion,
    "circular_notice": notice,
    "public_announcement": public_announcement,
    "joint_notice": joint_notice,
    "order": order,
    "meeting_notice": meeting_notice,
    "meeting_minutes": minutes,
}
