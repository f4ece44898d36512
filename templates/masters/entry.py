"""Masters of the papers of identification: acceptance, income, review, publicity, approval, refusal, announcement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import HOUSEHOLDS, PERSONS, announcement, publicity, signed
from templates.masters.tables import HOUSEHOLD, INCOME, MEMBERS, REVIEWED, approval, form, grid, label, pair
from templates.wordml import C, body, close, each, lines, p, row, when


def acceptance_notice() -> str:
    return (
        p("Title", "{% if missing %}一次性补正材料告知书{% else %}受理告知书{% endif %}")
        + lines(1)
        + p("To", "{{ head }}：")
        + p("To", "{%p if missing %}")
        + body("你户于{{ applied_on }}提出的{{ matter }}申请收悉。经审查，尚需补正下列材料，现一次性告知：")
        + p("To", "{%p for m in missing %}")
        + body("{{ m.serial }}. {{ m.material }}{% if loop.last %}。{% else %}；{% endif %}")
        + p("To", "{%p endfor %}")
        + body(
            "请于{{ bring_by }}前将上述材料送交{{ office }}。材料补齐后即予受理；"
            "逾期未补齐的，可待材料齐全后重新提出申请。"
            "确有困难不能自行取得的材料，可请经办人协助查询。"
        )
        + p("To", "{%p else %}")
        + body(
            "你户于{{ applied_on }}提出的{{ matter }}申请及所附材料收悉。经审查，材料齐全，现予受理。"
            "我单位将按规定组织入户调查、信息核对和民主评议，办理结果另行书面告知，请你户予以配合。"
        )
        + p("To", "{%p endif %}")
        + close("联系人：{{ handler }}，联系电话：{{ phone }}。", "本告知书一式两份，申请人一份，存档一份。")
        + signed()
        + lines(1)
        + p("To", "申请人（代收人）签收：　　　　　　　　　年　月　日")
    )


def income_sheet() -> str:
    return form(
        "家庭收入核算表",
        "核算单位：{{ office }}\t{{ year }}年度　　金额单位：元",
        grid(
            HOUSEHOLD,
            pair("核算期间", "{{ period }}", "数据截止", "{{ cut_off }}"),
            pair("核算口径", "{{ method }}", spans=(2, 10)),
            row(label("类别", 2), label("项目", 3), label("金额", 2), label("处理", 2), label("来源及佐证", 3)),
            each(
                "i in items",
                row(
                    C("{{ i.kind }}", 2),
                    C("{{ i.name }}", 3),
                    C("{{ i.amount }}", 2),
                    C("{{ i.treated }}", 2),
                    C("{{ i.source }}", 3, "CellS"),
                ),
            ),
            pair("工资性收入", "{{ wages }}", "经营净收入", "{{ business }}", spans=(3, 3, 3, 3)),
            pair("财产净收入", "{{ property }}", "转移净收入", "{{ transfers }}", spans=(3, 3, 3, 3)),
            pair("不计入金额合计", "{{ excluded }}", "家庭可支配收入", "{{ total }}", spans=(3, 3, 3, 3)),
            pair("核算人口", "{{ size }}人", "人均可支配收入", "{{ per_head }}", spans=(3, 3, 3, 3)),
            pair(
                "收入标准（人均）",
                '{{ line or ("见标准依据" if line_basis else "不适用") }}',
                "比较结果",
                "{{ result }}",
                spans=(3, 3, 3, 3),
            ),
            pair("标准依据", '{{ line_basis or "—" }}', spans=(3, 9)),
            when("safety_net", pair("兜底保障情况", "{{ safety_net }}", spans=(3, 9))),
            row(label("户主（签名指印）", 3), C("", 3), label("核算人", 3), C("{{ maker }}", 3), height=800),
            row(label("帮扶责任人", 3), C("", 3), label("签字日期", 3), C("　　年　月　日", 3), height=800),
        ),
        p(
            "Small",
            "说明：经营净收入为收入减去成本支出；标明“不计入”的项目按所列核算口径不作为可支配收入；"
            "人均按四舍五入保留到分，是否达到标准以未舍入的数额比较。",
        ),
    )


def review_minutes() -> str:
    meeting = grid(
        pair("评议事项", "{{ subject }}", spans=(2, 10)),
        pair("会议时间", "{{ held_on }}", "会议地点", "{{ place }}"),
        pair("主持人", "{{ chair }}", "记录人", "{{ recorder }}"),
        pair(
            "到会情况",
            "应到{{ due }}人，实到{{ present }}人，列席{{ observers }}人",
            "是否符合规定",
            "{{ quorum_met }}",
        ),
        pair("到会和表决规则", "{{ quorum_rule }}", spans=(2, 10)),
        pair("回避人员", "{{ withdrew }}", spans=(2, 10)),
    )
    cases = grid(
        row(
            label("序号"),
            label("户主姓名", 2),
            label("人口"),
            label("调查情况", 3),
            label("发言摘要", 3),
            label("评议结论", 2),
            head=True,
        ),
        each(
            "c in cases",
            row(
                "{{ c.serial }}",
                C("{{ c.head }}", 2),
                C("{{ c.size }}"),
                C("{{ c.situation }}", 3, "CellS"),
                C("{{ c.speeches }}", 3, "CellS"),
                C("{{ c.conclusion }}", 2),
                height=800,
            ),
        ),
    )
    votes = grid(
        row(
            label("序号"),
            label("户主姓名", 3),
            label("同意（票）", 2),
            label("反对（票）", 2),
            label("弃权（票）", 2),
            label("备注", 2),
            head=True,
        ),
        each(
            "c in cases",
            row(
                "{{ c.serial }}",
                C("{{ c.head }}", 3),
                C("{{ c.agree }}", 2),
                C("{{ c.oppose }}", 2),
                C("{{ c.abstain }}", 2),
                C("", 2),
            ),
        ),
        row(label("监票人、计票人", 4), C("{{ tellers }}", 8), height=800),
    )
    signed_in = grid(
        row(label("序号", 2), label("姓名", 3), label("身份", 4), label("签名", 3), head=True),
        each("a in attendees", row(C("{{ a.serial }}", 2), C("{{ a.name }}", 3), C("{{ a.capacity }}", 4), C("", 3))),
        each(
            "n in range(1, 1 if attendees else (due|int or 20) + 1)", row(C("{{ n }}", 2), C("", 3), C("", 4), C("", 3))
        ),
    )
    return (
        form("民主评议会议记录", "召集单位：{{ office }}", meeting, p("Gap"), p("FormLine", "评议对象"), cases)
        + p("Small", "主持人（签名）：　　　　　　　　记录人（签名）：　　　　　　　　到会人员签名见签到表。")
        + p("FormTitle", "民主评议票决表", page=True)
        + p("FormLine", "评议事项：{{ subject }}\t会议时间：{{ held_on }}")
        + votes
        + p("FormTitle", "民主评议会议签到表", page=True)
        + p("FormLine", "评议事项：{{ subject }}\t会议时间：{{ held_on }}")
        + signed_in
    )


def refusal_letter() -> str:
    return (
        p("Title", "不予认定告知书")
        + lines(1)
        + p("To", "{{ head }}：")
        + body(
            "你户于{{ applied_on }}提出的{{ matter }}申请，经入户调查、信息核对和集体研究，查明以下事实：",
            "{{ facts }}",
            "依据{{ basis }}，经{{ decided_by }}研究，决定不予认定你户为{{ label }}。",
            "如对本决定不服，可自收到本告知书之日起{{ review_within }}内向{{ review_office }}申请复核，"
            "也可以拨打监督电话反映。家庭情况发生变化、符合条件的，可以重新提出申请。",
            "复核申请联系电话：{{ phone }}；监督电话：{{ complaint_line }}。",
        )
        + close("送达回证另附。")
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str]] = {
    "acceptance_notice": acceptance_notice,
    "income_sheet": income_sheet,
    "review_minutes": review_minutes,
    "identification_publicity": publicity(
        "拟{{ entering }}", "符合{{ entering }}条件，拟予{{ entering }}", long="entering|length > 3"
    ),
    "identification_form": approval(
        "{{ label }}认定审批表",
        pair("户属性", "{{ attribute }}", "主要原因", "{{ main_cause }}"),
        MEMBERS,
        INCOME,
        REVIEWED,
        beside=("申请日期", "{{ applied_on }}"),
    ),
    "refusal_letter": refusal_letter,
    "identification_announcement": announcement(
        "{{ entering }}",
        "确定{{ area }}" + HOUSEHOLDS + PERSONS + "为{% if entering != '认定' %}{{ entering }}的{% endif %}{{ label }}",
    ),
}
