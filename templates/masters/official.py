"""Masters of documents and notices of particular subjects: opinions up the chain, plans, approvals, money, reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import (
    ABOUT,
    HOUSEHOLDS,
    PERSONS,
    SECTIONS,
    TO,
    annex_note,
    annex_notes,
    asking,
    head_up,
    letter_copies,
    letter_form,
    opened,
    printed,
    public_list,
    red_head,
    signed,
    titled,
    unsealed,
)
from templates.page import Sheet
from templates.wordml import body, choose, close, each, lines, p, row, table

CONTACT = (
    "对公示内容有不同意见的，请在公示期内以书面或者口头方式反映。",
    "受理电话：{{ phone }}；监督电话：{{ complaint_line }}。",
)


def _list(
    widths: tuple[int, ...], heads: tuple[str, ...], columns: tuple[str, ...], whole: tuple[str, ...] = ()
) -> str:
    """A list, and under it what it adds up to."""
    head = row(*heads, style="ListHead", head=True)
    each_ = each("r in rows", row(*("{{ r." + c + " }}" for c in columns), style="List"))
    return table(widths, (head, *each_, *([row(*whole, style="List")] if whole else [])))


def _sum(column: str) -> str:
    return "{{ rows|map(attribute='" + column + "')|map('int')|sum }}"


def _annex(title: str, whole: str) -> str:
    return p("Annex", "附件") + lines(1) + p("Title", title) + lines(1) + whole


def chain_letter() -> str:
    return (
        titled("{{ subject }}")
        + TO
        + body("{{ done }}，现将{{ listed }}（" + HOUSEHOLDS + PERSONS + "）随文报送。")
        + close("{{ opinion }}")
        + annex_note("{{ listed }}")
        + signed()
        + public_list("{{ listed }}", "所在社区（居民小组）")
    )


def forwarding_letter() -> Sheet:
    return letter_form(
        titled("{{ office }}", "{{ subject }}")
        + TO
        + body("{{ done }}，现将{{ listed }}（" + HOUSEHOLDS + PERSONS + "）随文报送。")
        + close("{{ opinion }}", "联系人：{{ contact }}，联系电话：{{ phone }}。")
        + annex_note("{{ listed }}")
        + signed()
        + public_list("{{ listed }}", "居民小组（社区）")
        + letter_copies()
    )


def reduction_plan() -> str:
    name = "{{ year }}年减贫计划分解表"
    return (
        opened("通知")
        + SECTIONS
        + body("各单位要坚持标准、据实认定，不得以计划数代替标准，不得弄虚作假。")
        + close("特此通知。")
        + annex_note(name)
        + signed()
        + _annex(
            name,
            _list(
                (12, 44, 22, 22),
                ("序号", "街道", "户数", "人数"),
                ("serial", "street", "households", "people"),
                ("合计", "", _sum("households"), _sum("people")),
            ),
        )
        + printed()
    )


def project_approval() -> str:
    return (
        opened("批复")
        + body(
            "你{% if '街道' in to %}街道{% else %}单位{% endif %}《{{ request }}》{% if request_number %}（{{ request_number }}）{% endif %}收悉。经研究，现批复如下："
        )
        + p("H1", "一、项目名称和地点")
        + body("同意实施{{ project }}，实施地点为{{ place }}，实施单位为{{ owner }}。")
        + p("H1", "二、建设内容和规模")
        + body("{{ content }}")
        + p("H1", "三、投资和资金来源")
        + body("项目投资人民币{{ amount }}元，资金来源为{{ source }}。")
        + p("H1", "四、建设期限")
        + body("{{ term }}。")
        + p("H1", "五、绩效目标")
        + body("{{ goal }}")
        + p("H1", "六、管理要求")
        + SECTIONS
        + body("严格执行采购、公示、验收等规定，资金专款专用，任何单位和个人不得截留、挪用。")
        + close("此复。")
        + signed()
        + printed()
    )


def project_notice() -> str:
    facts = (
        ("项目名称", "project"), ("实施地点", "place"), ("建设内容", "content"), ("补助标准", "standard"),
        ("资金规模（元）", "amount"), ("资金来源", "source"), ("实施期限", "term"), ("实施单位", "owner"),
        ("责任人", "in_charge"), ("绩效目标", "goal"), ("受益对象和带动机制", "benefit"),
    )  # fmt: skip
    rows = [row(name, "{{ " + field + " }}", style="List") for name, field in facts]
    return (
        choose(
            "(project + stage)|length > 17",
            p("Title", "{{ project }}") + p("Title", "{{ stage }}公示"),
            p("Title", "{{ project }}{{ stage }}公示"),
        )
        + lines(1)
        + body("现将{{ project }}有关情况予以公示，公示期为{{ starts_on }}至{{ ends_on }}。")
        + table((30, 70), rows)
        + lines(1)
        + choose("result", body("完成情况：{{ result }}"))
        + close(*CONTACT)
        + signed()
    )


def fund_announcement() -> str:
    heads, columns = ("序号", "使用单位", "用途", "金额（元）"), ("serial", "receiver", "purpose", "amount")
    return (
        red_head()
        + titled("{{ office }}", ABOUT + "公告")
        + SECTIONS
        + body(
            "本次分配资金合计人民币{{ total }}元，分配结果见附件。",
            "联系电话：{{ phone }}；监督电话：{{ complaint_line }}。",
        )
        + close("特此公告。")
        + annex_note("资金分配结果表")
        + signed()
        + _annex("资金分配结果表", _list((10, 34, 32, 24), heads, columns, ("合计", "", "", "{{ total }}")))
        + printed()
    )


def fund_notice() -> str:
    heads, columns = (
        ("序号", "项目", "计划（元）", "已用（元）", "结余（元）"),
        ("serial", "item", "planned", "used", "left"),
    )
    return (
        titled("{{ what }}公示")
        + body("现将{{ what }}予以公示，公示期为{{ starts_on }}至{{ ends_on }}。", "{{ finding }}")
        + _list((10, 30, 20, 20, 20), heads, columns)
        + lines(1)
        + close(*CONTACT)
        + signed()
    )


def bulletin() -> str:
    return (
        p("Title", "扶贫工作动态")
        + p("UnderTitle", "（第{{ issue }}期）")
        + p("FormLine", "{{ office }}编\t{{ issued_on }}")
        + lines(1)
        + titled("{{ subject }}")
        + SECTIONS
        + lines(1)
        + p("Small", "发送：{{ sent_to }}。")
    )


def annual_report() -> str:
    return (
        opened("报告", head_up())
        + SECTIONS
        + close("特此报告。")
        + annex_notes()
        + signed(noted=True)
        + asking()
        + printed()
    )


def assessment_scheme() -> str:
    return opened("通知") + SECTIONS + close("特此通知。") + annex_notes() + signed() + printed()


def assessment_result() -> str:
    name = "年度考核结果"
    return (
        opened("通报")
        + SECTIONS
        + annex_note(name)
        + signed()
        + _annex(name, _list((12, 44, 22, 22), ("序号", "单位", "得分", "等次"), ("serial", "unit", "points", "grade")))
        + printed()
    )


def evaluation_report() -> str:
    heads, columns = ("序号", "指标", "评估值", "样本和计算方法"), ("serial", "item", "value", "basis")
    return (
        titled("{{ subject }}", "第三方评估报告")
        + p("Plain", "委托单位：{{ client }}")
        + SECTIONS
        + lines(1)
        + _list((10, 30, 18, 42), heads, columns)
        + signed()
    )


def poverty_day() -> str:
    return titled("{{ subject }}") + SECTIONS + unsealed()


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "chain_letter": chain_letter,
    "forwarding_letter": forwarding_letter,
    "reduction_plan": reduction_plan,
    "project_approval": project_approval,
    "project_notice": project_notice,
    "fund_announcement": fund_announcement,
    "fund_notice": fund_notice,
    "bulletin": bulletin,
    "annual_report": annual_report,
    "assessment_scheme": assessment_scheme,
    "assessment_result": assessment_result,
    "evaluation_report": evaluation_report,
    "poverty_day": poverty_day,
}
