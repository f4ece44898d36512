"""Write the masters a first time: `python -m templates.make_masters [folder …]` (without names: only missing ones).

A master that stands is a clerk's: it is written over only when its folder is named. Wording is our own; what a policy
pack or a record decides (labels, basis, issuers, telephone numbers, the name of a checklist) is a blank.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from templates.master import master_path
from templates.page import write
from templates.wordml import C, R, body, choose, close, each, imprint, label, lines, p, row, table, when

HOUSEHOLDS = "{{ rows|length }}户"
PERSONS = "{{ rows|map(attribute='size')|map('int')|sum }}人"


def red_head(kind: str = "文件") -> str:
    return p("Head", "{{ office }}" + kind) + lines(2) + p("Number", "{{ number }}") + p("RedLine") + lines(2)


def signed(office: str = "office") -> str:
    """The issuer centred over the day, which stands four characters from the right; a long name runs to the right."""
    return (
        p("To", keep=True)
        + choose(office + "|length > 14", p("SignLong", "{{ " + office + " }}"), p("Sign", "{{ " + office + " }}"))
        + p("Day", "{{ issued_on }}")
    )


def printed() -> str:
    return imprint("抄送：{{ copies }}。", "{{ printed_by }}", "{{ issued_on }}印发", when="copies")


def annex_note(name: str) -> str:
    return p("To", keep=True) + close(f"附件：{name}")


def public_list(name: str, place: str, mark: str = "附件") -> str:
    """附件: the list on a page of its own, its heading repeated on every page."""
    heads = row("序号", place, "户主姓名", "家庭人口（人）", style="ListHead", head=True)
    one = row("{{ r.serial }}", "{{ r.place }}", "{{ r.head }}", "{{ r.size }}", style="List")
    whole = row("合计", HOUSEHOLDS, "", PERSONS, style="List")
    return (
        p("Annex", mark)
        + lines(1)
        + p("Title", name)
        + lines(1)
        + table((11, 42, 22, 25), (heads, *each("r in rows", one), whole))
    )


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
        + close("联系人：{{ handler }}，联系电话：{{ phone }}。", "本告知书一式二份，申请人一份，存档一份。")
        + signed()
        + lines(1)
        + p("To", "申请人（代收人）签收：　　　　　　　　　年　月　日")
    )


def publicity(what: str, found: str) -> Callable[[], str]:
    def content() -> str:
        name = "{{ area }}{{ year }}年" + what + "{{ label }}名单"
        return (
            p("Title", "关于{{ year }}年" + what + "{{ label }}名单的公示")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，{{ area }}共有"
                + HOUSEHOLDS
                + PERSONS
                + found
                + "。现将名单予以公示，接受群众监督。"
            )
            + p("H1", "一、公示时间")
            + body("{{ starts_on }}至{{ ends_on }}，共{{ period }}。")
            + p("H1", "二、受理方式")
            + body(
                "受理地点：{{ place }}；受理电话：{{ phone }}{% if email %}；电子邮箱：{{ email }}{% endif %}；"
                "监督电话：{{ complaint_line }}。"
            )
            + p("H1", "三、意见反映")
            + close(
                "对公示对象有不同意见的，请在公示期内以书面或口头方式如实反映，提倡署实名并提供具体线索。"
                "受理单位对反映人信息予以保密，并在查清后答复。"
            )
            + annex_note(name)
            + signed()
            + public_list(name, "居民小组（社区）")
        )

    return content


def announcement(verb: str, outcome: str, more: str = "") -> Callable[[], str]:
    def content() -> str:
        name = "{{ year }}年" + verb + "{{ label }}名单"
        return (
            red_head()
            + p("Title", "{{ office }}")
            + p("Title", "关于{{ year }}年" + verb + "{{ label }}的公告")
            + lines(1)
            + body(
                "根据{{ basis }}，经{{ after }}，公示期满无异议或者异议已按规定办结，并报{{ decided_by }}审定，"
                + outcome
                + "，现予公告。"
            )
            + more
            + body(
                "本公告自发布之日起生效。对公告结果有异议的，可于{{ review_until }}前向{{ review_office }}申请复核，"
                "联系电话：{{ phone }}，监督电话：{{ complaint_line }}。"
            )
            + close("特此公告。")
            + annex_note(name)
            + signed()
            + public_list(name, "所在街道、社区")
            + printed()
        )

    return content


def form(title: str, line: str, *tables: str) -> str:
    """A form: its title, one line above the table, its tables. Never a red head."""
    return p("FormTitle", title) + p("FormLine", line) + "".join(tables)


TWELVE = (1,) * 12


def grid(*rows: R | tuple[R, ...]) -> str:
    flat: list[R] = []
    for item in rows:
        flat.extend((item,) if isinstance(item, R) else item)
    return table(TWELVE, flat)


def pair(*facts: str, spans: tuple[int, ...] = (2, 4, 2, 4)) -> R:
    """Label, value, label, value …"""
    return row(*(label(f, s) if n % 2 == 0 else C(f, s) for n, (f, s) in enumerate(zip(facts, spans, strict=True))))


def box(name: str, text: str, height: int = 1100) -> R:
    """A label and a wide box to write in."""
    return row(label(name, 2), C(text, 10, "CellL"), height=height)


HOUSEHOLD = (
    pair("户主姓名", "{{ head }}", "户编号", "{{ household_no }}", "人口", "{{ size }}人", spans=(2, 2, 2, 3, 1, 2)),
    pair("所在社区", "{{ area }}", spans=(2, 10)),
)
MEMBERS = (
    row(
        label("姓名", 2),
        label("性别"),
        label("与户主关系", 2),
        label("证件号码", 3),
        label("健康状况", 2),
        label("劳动能力", 2),
    ),
    *each(
        "m in members",
        row(
            C("{{ m.name }}", 2),
            "{{ m.sex }}",
            C("{{ m.relation }}", 2),
            C("{{ m.id_no }}", 3, "CellS"),
            C("{{ m.health }}", 2),
            C("{{ m.labour }}", 2, "CellS"),
        ),
    ),
)
INCOME = (
    pair("核算期间", "{{ period }}", "核算口径", "{{ method }}"),
    pair(
        "{{ year }}年可支配收入",
        "{{ total }}元",
        "人均",
        "{{ per_head }}元",
        "收入标准",
        "{% if line %}{{ line }}元{% else %}不适用{% endif %}",
        spans=(2, 2, 2, 2, 2, 2),
    ),
    pair("标准依据", '{{ line_basis or "—" }}', "兜底保障", '{{ safety_net or "—" }}'),
)
OPINIONS = each(
    "o in opinions",
    row(
        label("{{ o.level }}", 2),
        C("{{ o.text }}", 10, "CellI", end="签名（盖章）：{{ o.by }}　　{{ o.on }}"),
        height=950,
    ),
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
            pair("收入标准（人均）", '{{ line or "不适用" }}', "比较结果", "{{ result }}", spans=(3, 3, 3, 3)),
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
        each("n in range(1, 1 if attendees else 21)", row(C("{{ n }}", 2), C("", 3), C("", 4), C("", 3))),
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


def approval(title: str, *middle: R | tuple[R, ...]) -> Callable[[], str]:
    def content() -> str:
        return form(title, "填报单位：{{ office }}", grid(HOUSEHOLD, *middle, OPINIONS))

    return content


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
            "联系电话：{{ phone }}；"
            "也可以拨打监督电话{{ complaint_line }}反映。家庭情况发生变化、符合条件的，可以重新提出申请。",
        )
        + close("送达回证另附。")
        + signed()
    )


def help_card() -> str:
    return (
        p("FormTitle", "{{ year }}年度帮扶明白卡")
        + p("FormLine", "制发单位：{{ office }}\t制发日期：{{ issued_on }}")
        + grid(
            pair("户主姓名", "{{ head }}", "家庭人口", "{{ size }}人"),
            pair("所在社区", "{{ area }}", "对象类别", "{{ label }}"),
            row(label("我家的帮扶责任人", 12), height=640),
            pair(
                "姓名",
                "{{ helper }}",
                "单位",
                "{{ helper_unit }}",
                "电话",
                "{{ helper_phone }}",
                spans=(1, 2, 1, 4, 1, 3),
            ),
            row(label("我家享受的政策", 12), height=640),
            each("b in benefits", row(C("{{ b.name }}", 4), C("{{ b.content }}", 8, "CellL"))),
            row(label("我家的计划和完成情况", 12), height=640),
            each("l in plan", row(C("{{ l.content }}", 7, "CellL"), C("{{ l.done }}", 5, "CellL"))),
            row(label("反映问题的电话", 12), height=640),
            pair("街道（社区）", "{{ phone }}", "监督电话", "{{ complaint_line }}", spans=(2, 4, 2, 4)),
        )
    )


def help_plan() -> str:
    return form(
        "帮扶计划（一户一策）",
        "编制单位：{{ office }}\t金额单位：元",
        grid(
            HOUSEHOLD,
            pair("对象类别", "{{ label }}（{{ attribute }}）", "主要原因", "{{ main_cause }}"),
            pair("目标年度", "{{ target_year }}年", "主要需求", "{{ needs }}"),
            pair(
                "帮扶责任人",
                "{{ helper }}{% if helper_phone %}（{{ helper_phone }}）{% endif %}",
                "帮扶单位",
                "{{ helper_unit }}",
            ),
            row(
                label("年度"),
                label("帮扶类别", 2),
                label("帮扶措施", 3),
                label("责任单位", 2),
                label("资金"),
                label("起止时间", 2),
                label("预期增收"),
            ),
            each(
                "m in measures",
                row(
                    C("{{ m.year }}", 1, "CellS"),
                    C("{{ m.programme }}", 2, "CellS"),
                    C("{{ m.content }}", 3, "CellS"),
                    C("{{ m.unit }}", 2, "CellS"),
                    C("{{ m.funds }}", 1, "CellS"),
                    C("{{ m.term }}", 2, "CellS"),
                    C("{{ m.gain }}", 1, "CellS"),
                ),
            ),
            row(
                label("户主意见", 2),
                C(
                    "□同意　□不同意（理由：＿＿＿＿＿＿＿＿＿）",
                    10,
                    "CellL",
                    end="户主（签名指印）：　　　　　　　　　　年　月　日",
                ),
                height=1200,
            ),
            row(label("帮扶责任人", 2), C("", 10, "CellL", end="签名：　　　　　　　　　　年　月　日"), height=1000),
            row(
                label("街道意见", 2),
                C("", 10, "CellL", end="签名（盖章）：　　　　　　　　　　年　月　日"),
                height=1000,
            ),
        ),
    )


def exit_checklist() -> str:
    return form(
        "{{ leaving }}核查表",
        "核查单位：{{ office }}\t核查条件：{{ checklist }}",
        grid(
            HOUSEHOLD,
            pair("对象类别", "{{ label }}", "核查类别", "{{ track }}"),
            INCOME,
            row(
                label("序号"),
                label("条件", 3),
                label("结论", 2),
                label("佐证材料", 2),
                label("认定单位、认定人、日期", 4),
            ),
            each(
                "i in items",
                row(
                    "{{ i.serial }}",
                    C("{{ i.name }}", 3, "CellL"),
                    C("{{ i.verdict }}", 2, "CellS"),
                    C("{{ i.evidence }}", 2, "CellS"),
                    C("{{ i.certifier }}　{{ i.verifier }}\n{{ i.found_on }}", 4, "CellS"),
                ),
            ),
            box("核查组结论", "{{ conclusion }}", 700),
            row(label("核查人（二人以上）", 2), C("", 4), label("帮扶责任人", 2), C("", 4), height=800),
            row(label("户主（签名指印）", 2), C("", 4), label("签字日期", 2), C("　　年　月　日", 4), height=800),
        ),
        p("Small", "说明：依据{{ basis }}。每项条件均须有结论；“不适用”须注明理由，未填写结论的按不达标处理。"),
    )


def exit_acceptance() -> str:
    return (
        p("FormTitle", "{{ leaving }}确认书")
        + p(
            "CellI",
            "我户（户主{{ head }}，户编号{{ household_no }}，住{{ area }}，家庭人口{{ size }}人）经核算，{{ year }}年"
            "（核算期间：{{ period }}；核算口径：{{ method }}）家庭可支配收入{{ total }}元，人均{{ per_head }}元"
            "{% if line %}；当年{{ leaving }}标准为人均{{ line }}元（依据：{{ line_basis }}）{% endif %}"
            "{% if safety_net %}；{{ safety_net }}{% endif %}。按{{ checklist }}核查，各项情况如下：",
        )
        + p("Gap")
        + grid(
            row(label("条件", 8), label("核查结论", 4)),
            each("i in items", row(C("{{ i.name }}", 8, "CellL"), C("{{ i.verdict }}", 4))),
        )
        + p("Small")
        + p("CellI", "一、对上述收入核算和核查情况，本人□认可　□不认可（理由：＿＿＿＿＿＿＿）。")
        + p("CellI", "二、对作为{{ label }}{{ leaving }}，本人□同意　□不同意（理由：＿＿＿＿＿＿＿＿）。")
        + p("CellI", "三、本人已知悉：{{ continues }}；生活出现困难，可随时申请核查。")
        + p("Small")
        + grid(
            row(label("户主（签名指印）", 3), C("", 3), label("签字日期", 3), C("　　年　月　日", 3), height=1000),
            row(label("帮扶责任人", 3), C("", 3), label("社区经办人", 3), C("", 3), height=1000),
        )
        + p(
            "Small",
            "经办单位：{{ office }}。帮扶责任人：{{ helper }}。"
            "本书须由户主本人（或者其书面委托的成年家庭成员）签名并按指印，他人不得代签。"
            "一式二份，户主一份，存档一份。",
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
            "你单位《{{ request }}》{% if request_number %}（{{ request_number }}）{% endif %}收悉。"
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
            "帮扶责任人：{{ helper }}，{{ helper_unit }}{% if helper_phone %}，电话：{{ helper_phone }}{% endif %}；"
            "联系电话：{{ phone }}；监督电话：{{ complaint_line }}。"
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
            pair("{{ leaving }}公告日期", "{{ exited_on }}", "应回访日期", "{{ due_on }}"),
            pair("帮扶责任人", "{{ helper }}", "帮扶单位", "{{ helper_unit }}"),
            pair("回访日期", "{{ visited_on }}", "上年度人均可支配收入", "{{ last_income }}"),
            box("生产生活与收入变化", "{{ living }}", 2300),
            box("政策享受情况", "{{ policies }}", 900),
            box("问题与需求", "{{ problems }}", 1700),
            box("处理结果或转办情况", "{{ handling }}", 1700),
            box("风险判断", "{{ risk }}", 800),
            row(label("户主（签名指印）", 2), C("", 4), label("回访人（签名）", 2), C("", 4), height=900),
        ),
    )


def consolidation_opinion() -> str:
    return (
        p("Title", "关于{{ head }}户巩固期满的意见")
        + lines(1)
        + p("To", "{{ to }}：")
        + body(
            "{{ community }}{{ head }}户（{{ label }}，户编号：{{ household_no }}，家庭人口{{ size }}人）"
            "于{{ exited_on }}公告{{ leaving }}，"
            "巩固期至{{ consolidated_until }}届满。"
            "巩固期内共回访{{ revisits }}次，末次回访日期为{{ last_revisit_on }}。"
            "期满核查情况如下：",
            "{{ finding }}",
        )
        + close("根据{{ basis }}，经研究，同意该户按巩固期满办理，结束跟踪，户档案按规定归档保存。")
        + signed()
    )


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
            close(
                "如对本答复不服，可自收到本答复书之日起{{ review_within }}内向{{ review_office }}申请复核"
                "{% if phone %}，联系电话：{{ phone }}{% endif %}。"
            ),
        )
        + signed()
    )
    return register + choose("answer", reply)


MASTERS: Mapping[str, Callable[[], str]] = {
    "acceptance_notice": acceptance_notice,
    "exit_publicity": publicity("拟{{ leaving }}", "符合{{ leaving }}条件，拟予{{ leaving }}"),
    "exit_announcement": announcement(
        "{{ leaving }}",
        "确定{{ area }}" + HOUSEHOLDS + PERSONS + "达到{{ leaving }}条件，予以{{ leaving }}",
        choose("continues", body("{{ continues }}")),
    ),
    "identification_publicity": publicity("拟认定", "符合认定条件，拟予认定"),
    "identification_announcement": announcement("认定", "确定{{ area }}" + HOUSEHOLDS + PERSONS + "为{{ label }}"),
    "income_sheet": income_sheet,
    "review_minutes": review_minutes,
    "identification_form": approval(
        "{{ label }}认定审批表",
        pair(
            "申请日期", "{{ applied_on }}", "户属性", "{{ attribute }}", "主要原因", "{{ main_cause }}", spans=(2,) * 6
        ),
        MEMBERS,
        INCOME,
        pair("民主评议", "{{ review }}", "公示情况", "{{ publicity }}"),
    ),
    "reentry_form": approval(
        "返贫再纳入审批表",
        pair("对象类别", "{{ label }}", "原{{ leaving }}公告日期", "{{ exited_on }}"),
        pair("返贫原因", "{{ trigger }}", "核查日期", "{{ found_on }}"),
        box("核查情况", "{{ finding }}", 700),
        MEMBERS,
        INCOME,
        pair("民主评议", "{{ review }}", "公示情况", "{{ publicity }}"),
    ),
    "change_form": approval(
        "变更登记审批表",
        pair("变更类型", "{{ kind }}", "生效日期", "{{ effective_on }}"),
        row(label("变更项目", 4), label("变更前", 4), label("变更后", 4)),
        each("c in changes", row(C("{{ c.item }}", 4), C("{{ c.old }}", 4), C("{{ c.new }}", 4))),
        box("变更原因", "{{ reason }}", 800),
        box("证明材料", "{{ evidence }}", 800),
        box("核算和衔接", "{{ consequences }}", 800),
    ),
    "refusal_letter": refusal_letter,
    "help_card": help_card,
    "help_plan": help_plan,
    "exit_checklist": exit_checklist,
    "exit_acceptance": exit_acceptance,
    "exit_reply": exit_reply,
    "exit_letter": exit_letter,
    "revisit_record": revisit_record,
    "consolidation_opinion": consolidation_opinion,
    "delivery_receipt": delivery_receipt,
    "objection_reply": objection_reply,
}


def main(names: list[str]) -> None:
    for folder, content in MASTERS.items():
        path = master_path(folder)
        if folder in names or (not names and not path.exists()):
            write(path, content())


if __name__ == "__main__":
    main(list(MASTERS) if sys.argv[1:] == ["--all"] else sys.argv[1:])
