"""Masters of the papers that go between office and resident: receipts, objections."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import signed
from templates.masters.tables import box, form, grid, label, pair
from templates.wordml import C, body, choose, close, lines, p, row


def delivery_receipt() -> str:
    return form(
        "送达回证",
        "送达单位：{{ office }}",
        grid(
            pair("送达文书名称", "{{ paper_title }}", spans=(3, 9)),
            pair("文书字号", "{{ paper_number }}", spans=(3, 9)),
            pair("受送达人", "{{ recipient }}", spans=(3, 9)),
            pair("送达地点", "{{ place }}", spans=(3, 9)),
            pair("送达方式", "{{ manner }}", spans=(3, 9)),
            row(label("受送达人（签名、指印）", 3), C("", 9, "CellL", end="{{ delivered_on }}"), height=1300),
            row(label("代收人（签名）及与受送达人关系", 3), C("", 9, "CellL", end="　　年　月　日"), height=1300),
            row(label("代收或拒收情况", 3), C("{{ note }}", 9, "CellL"), height=1700),
            row(label("见证人（签名）", 3), C("{{ witness }}", 9, "CellL"), height=900),
            row(label("送达人（签名）", 3), C("{{ server }}", 9, "CellL"), height=900),
        ),
        p(
            "Small",
            "说明：受送达人不在时可以由同住成年家庭成员代收；拒绝签收的，由送达人邀请见证人到场，写明情况和日期，把文书留在其住所。",
        ),
    )


def objection_reply() -> str:
    register = form(
        "异议登记表",
        "登记单位：{{ office }}\t登记编号：{{ case_no }}",
        grid(
            pair("收到日期", "{{ received_on }}", "反映方式", "{{ manner }}"),
            pair("反映人", "{{ objector }}", "反映对象", "{{ about }}"),
            box("反映内容", "{{ content }}", 2600),
            pair("登记人", "{{ taken_by }}", "答复期限", "{{ answer_by }}"),
            box("查明的事实", "{{ facts }}", 2300),
            box("答复意见", "{{ answer }}", 1700),
        ),
        p("Small", "说明：反映人信息仅供办理使用，不得向被反映人和无关人员透露。"),
    )
    reply = (
        p("Title", "异议答复书", page=True)
        + lines(1)
        + p("To", "{{ objector }}：")
        + body(
            "你于{{ received_on }}反映{{ about }}的问题收悉（登记编号：{{ case_no }}）。经调查，查明以下事实：",
            "{{ facts }}",
            "{% if basis %}依据{{ basis }}，{% endif %}答复如下：",
        )
        + close("{{ answer }}")
        + choose(
            "review_office",
            close("如对本答复不服，可自收到本答复书之日起{{ review_within }}内向{{ review_office }}申请复核。")
            + choose("phone", close("联系电话：{{ phone }}。")),
        )
        + signed()
    )
    return register + choose("answer", reply)


MASTERS: Mapping[str, Callable[[], str]] = {
    "delivery_receipt": delivery_receipt,
    "objection_reply": objection_reply,
}
