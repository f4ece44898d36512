"""Masters of the papers of exit and of what follows it: checklist, acceptance, publicity, reply, announcement, revisits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import (
    HOUSEHOLDS,
    PERSONS,
    announcement,
    printed,
    public_list,
    publicity,
    red_head,
    signed,
)
from templates.masters.tables import HOUSEHOLD, INCOME, box, form, grid, label, pair
from templates.wordml import C, body, choose, close, each, lines, p, row, table


def exit_checklist() -> str:
    return form(
        "{{ label }}{{ leaving }}核查表",
        "核查单位：{{ office }}\t核查条件：{{ checklist }}",
        grid(
            HOUSEHOLD[0],
            pair("所在社区", "{{ area }}", "核查类别", "{{ track }}"),
            INCOME,
            row(
                label("序号"),
                label("条件", 2),
                label("结论", 2),
                label("佐证材料", 3),
                label("认定单位、认定人、日期", 4),
            ),
            each(
                "i in items",
                row(
                    "{{ i.serial }}",
                    C("{{ i.name }}", 2, "CellS"),
                    C("{{ i.verdict }}", 2, "CellS"),
                    C("{{ i.evidence }}", 3, "CellS"),
                    C("{{ i.certifier }}　{{ i.verifier }}\n{{ i.found_on }}", 4, "CellT"),
                ),
            ),
            box("核查组结论", "{{ conclusion }}", 430),
            row(label("核查人签名", 2), C("", 4), label("帮扶责任人", 2), C("", 4), height=600),
            row(label("户主签名（按指印）", 2), C("", 4), label("签字日期", 2), C("　　年　月　日", 4), height=640),
        ),
        p("Small", "说明：依据{{ basis }}。“不适用”的注明理由，没有结论的按不达标处理；核查人不少于两名。"),
    )


def exit_acceptance() -> str:
    return (
        p("FormTitle", "{{ leaving }}确认书")
        + p(
            "CellI",
            "我户（户主{{ head }}，户编号{{ household_no }}，住{{ area }}，家庭人口{{ size }}人，{{ label }}）{{ year }}年收入的核算期间为"
            "{{ period }}，按{{ method }}，家庭可支配收入{{ total }}元，人均{{ per_head }}元"
            "{% if line %}；当年{{ leaving }}标准为人均{{ line }}元，依据为{{ line_basis }}{% endif %}"
            "{% if safety_net %}；{{ safety_net }}{% endif %}。按{{ checklist }}核查，各项情况如下：",
        )
        + p("Gap")
        + grid(
            row(label("条件", 8), label("核查结论", 4)),
            each("i in items", row(C("{{ i.name }}", 8, "CellL"), C("{{ i.verdict }}", 4), height=400)),
        )
        + p("Small")
        + p("CellI", "一、对上述收入核算和核查情况，本人□认可　□不认可（理由：＿＿＿＿）。")
        + p("CellI", "二、对本户{{ leaving }}，本人□同意　□不同意（理由：＿＿＿＿＿）。")
        + p("CellI", "三、本人已知悉：{{ continues }}；生活出现困难，可随时申请核查。")
        + p("Small")
        + grid(
            row(label("户主（签名指印）", 3), C("", 3), label("签字日期", 3), C("　　年　月　日", 3), height=850),
            row(label("帮扶责任人", 3), C("", 3), label("社区经办人", 3), C("", 3), height=850),
        )
        + p(
            "Small",
            "经办单位：{{ office }}。帮扶责任人：{{ helper }}。"
            "本确认书须由户主本人（或者其书面委托的成年家庭成员）签名并按指印，他人不得代签。"
            "一式两份，户主一份，存档一份。",
        )
    )


def exit_reply() -> str:
    name, held = "{{ year }}年核定{{ leaving }}{{ label }}名单", "暂不核定{{ leaving }}名单"
    held_list = (
        p("Annex", "附件2")
        + lines(1)
        + p("Title", held)
        + lines(1)
        + table(
            (10, 30, 20, 40),
            (
                row("序号", "所在社区", "户主姓名", "理由", style="ListHead", head=True),
                *each(
                    "h in held", row("{{ h.serial }}", "{{ h.place }}", "{{ h.head }}", "{{ h.reason }}", style="List")
                ),
            ),
        )
    )
    return (
        red_head()
        + p("Title", "{{ office }}")
        + p("Title", "关于核定{{ year }}年{{ leaving }}{{ label }}的批复")
        + lines(1)
        + p("To", "{{ to }}：")
        + body(
            "你{% if '街道' in to %}街道{% else %}单位{% endif %}《{{ request }}》"
            "{% if request_number %}（{{ request_number }}）{% endif %}收悉。"
            "经{{ decided_by }}于{{ decided_on }}审定，现批复如下："
        )
        + p("H1", "一、核定结果")
        + body(
            "根据{{ basis }}，同意{{ label }}"
            + HOUSEHOLDS
            + PERSONS
            + "{{ leaving }}，名单见附件{% if held %}1{% endif %}。"
            "{% if held %}附件2所列{{ held|length }}户暂不核定{{ leaving }}，"
            "请继续落实帮扶措施，并向户主说明理由。{% endif %}"
        )
        + p("H1", "二、有关要求")
        + body(
            "请按规定配合做好{{ leaving }}公告，逐户书面告知，如实登记{{ leaving }}时间和依据，"
            "并做好跟踪回访，防止返贫。"
            "{% if continues %}{{ continues }}{% endif %}"
        )
        + close("此复。")
        + p("To", keep=True)
        + choose("held", close("附件：1. " + name) + p("Body2", "2. " + held, keep=True), close("附件：" + name))
        + signed()
        + public_list(name, "所在社区", "附件{% if held %}1{% endif %}")
        + choose("held", held_list)
        + printed()
    )


def exit_letter() -> str:
    return (
        p("Title", "{{ leaving }}告知书")
        + lines(1)
        + p("To", "{{ head }}：")
        + body(
            "{{ announcement }}已于{{ announced_on }}发布。你户{{ year }}年达到{{ label }}{{ leaving }}条件，"
            "自公告之日起予以{{ leaving }}。"
            "现将有关事项告知如下："
        )
        + p("H1", "一、帮扶政策")
        + body("{{ continues }}")
        + p("To", "{%p for b in benefits %}")
        + body("{{ loop.index }}. {{ b.name }}：{{ b.until }}{% if loop.last %}。{% else %}；{% endif %}")
        + p("To", "{%p endfor %}")
        + p("H1", "二、联系方式")
        + body(
            "帮扶责任人：{{ helper }}（{{ helper_unit }}）{% if helper_phone %}，电话：{{ helper_phone }}{% endif %}。",
            "街道联系电话：{{ phone }}；监督电话：{{ complaint_line }}。",
        )
        + p("H1", "三、生活困难的处理")
        + close(
            "今后家庭收入明显下降或者生产生活出现较大困难的，请及时告知帮扶责任人或者所在社区，可以随时申请核查；"
            "经核查符合条件的，按程序重新纳入帮扶。"
        )
        + signed()
    )


def revisit_record() -> str:
    return form(
        "回访记录表",
        "回访单位：{{ office }}\t回访批次：{{ occasion }}",
        grid(
            HOUSEHOLD,
            pair("{{ leaving }}\n公告日期", "{{ exited_on }}", "应回访日期", "{{ due_on }}"),
            pair("帮扶责任人", "{{ helper }}", "帮扶单位", "{{ helper_unit }}"),
            pair("回访日期", "{{ visited_on }}", "上年度人均可支配收入", "{{ last_income }}"),
            box("生产生活与收入变化", "{{ living }}", 2300),
            box("政策享受情况", "{{ policies }}", 900),
            box("问题与需求", "{{ problems }}", 1700),
            box("处理结果或转办情况", "{{ handling }}", 1700),
            box("风险判断", "{{ risk }}", 800),
            row(label("户主签名（按指印）", 2), C("", 4), label("回访人签名", 2), C("", 4), height=900),
        ),
    )


def consolidation_opinion() -> str:
    return (
        p("Title", "关于{{ head }}户巩固期满的意见")
        + lines(1)
        + p("To", "{{ to }}：")
        + body(
            "户编号{{ household_no }}的{{ community }}{{ head }}户（{{ label }}，家庭人口{{ size }}人）"
            "于{{ exited_on }}公告{{ leaving }}，"
            "巩固期至{{ consolidated_until }}届满。"
            "巩固期内共回访{{ revisits }}次，末次回访日期为{{ last_revisit_on }}。"
            "期满核查情况如下：",
            "{{ finding }}",
        )
        + close("根据{{ basis }}，经研究，同意该户按巩固期满办理，结束跟踪，户档案按规定归档保存。")
        + signed()
    )


MASTERS: Mapping[str, Callable[[], str]] = {
    "exit_publicity": publicity("拟{{ leaving }}", "符合{{ leaving }}条件，拟予{{ leaving }}"),
    "exit_checklist": exit_checklist,
    "exit_acceptance": exit_acceptance,
    "exit_reply": exit_reply,
    "exit_announcement": announcement(
        "{{ leaving }}",
        "确定{{ area }}" + HOUSEHOLDS + PERSONS + "达到{{ leaving }}条件，予以{{ leaving }}",
        choose("continues", body("{{ continues }}")),
    ),
    "exit_letter": exit_letter,
    "revisit_record": revisit_record,
    "consolidation_opinion": consolidation_opinion,
}
