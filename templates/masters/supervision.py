"""Masters of supervision: circular, order, report, summons, record, commitment, transfer of clues, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.letter import asking, letter_copies, letter_form, printed, red_head, signed, titled
from templates.masters.tables import OPINIONS, box, form, grid, label, pair
from templates.page import Sheet
from templates.wordml import C, body, close, lines, p, row

TO = p("To", "{{ to }}：")


def _listed(loop: str, text: str, keep: bool = False) -> str:
    return p("Body", "{%p for " + loop + " %}") + p("Body", text, keep=keep) + p("Body", "{%p endfor %}")


PROBLEMS = _listed("x in problems", "{{ x.serial }}. {{ x.text }}")


def circular() -> str:
    return (
        red_head()
        + titled("{{ office }}", "关于{{ cause }}情况的通报")
        + TO
        + body("近期，通过{{ means }}，对{{ subject }}的工作进行了督查。依据{{ basis }}，现将有关情况通报如下：")
        + p("H1", "一、总体情况")
        + body("{{ finding }}")
        + p("H1", "二、存在问题")
        + PROBLEMS
        + p("H1", "三、工作要求")
        + body(
            "{{ subject }}要对照上述问题，自收到限期整改通知书之日起{{ within }}内整改到位。整改标准：{{ standard }}。",
            "各单位要引以为戒，对照检查，举一反三；逾期未完成整改或者整改不到位的，依照规定约谈主要负责人。",
        )
        + signed()
        + printed()
    )


def order() -> Sheet:
    return letter_form(
        titled("限期整改通知书")
        + TO
        + body("经{{ means }}，发现{{ you }}存在以下问题：")
        + PROBLEMS
        + body(
            "上述问题不符合{{ basis }}的规定。整改标准：{{ standard }}。",
            "请于{{ finish_by }}前完成整改并报送整改报告和佐证材料。逾期未完成或者整改不到位的，{{ consequence }}。",
        )
        + close("特此通知。")
        + signed(noted=True)
        + asking()
        + letter_copies()
    )


def report() -> str:
    return (
        titled("关于{{ matter }}整改情况的报告")
        + TO
        + body(
            "{{ ordered_on }}《限期整改通知书》（{{ order_number }}）收悉。我单位逐项进行了整改，现将有关情况报告如下："
        )
        + _listed("x in problems", "{{ x.serial }}. 问题：{{ x.text }}")
        + body("整改措施和结果：（逐项填写，附佐证材料）")
        + lines(4)
        + close("特此报告。", "主要负责人（签名）：")
        + signed()
    )


def summons() -> Sheet:
    return letter_form(
        titled("约谈通知书")
        + TO
        + body(
            "因{{ reason }}，依据{{ basis }}，定于{{ on }}在{{ place }}由{{ by_whom }}对你{% if '、' in to %}们{% endif %}进行约谈。请做好以下准备：",
            "一、有关情况的说明；",
            "二、原因分析；",
            "三、整改措施和时限。",
            "因故不能到场的，须于{{ reply_by }}前书面说明。",
        )
        + close("特此通知。")
        + signed(noted=True)
        + asking()
        + letter_copies()
    )


def record() -> str:
    return form(
        "约谈记录",
        "约谈单位：{{ office }}",
        grid(
            pair("督查事项", "{{ matter }}", spans=(2, 10)),
            pair("原定约谈日期", "{{ on }}", "实际约谈日期", "{{ held_on }}"),
            pair("地点", "{{ place }}", "记录人", "{{ recorder }}"),
            pair("约谈人", "{{ by_whom }}", "被约谈人", "{{ who }}"),
            box("事由与事实", "{{ reason }}", 1700),
            box("被约谈人说明", "{{ statement }}", 2600),
            box("要求与期限", "{{ demands }}", 2100),
            row(label("被约谈人表态", 2), C("", 10, "CellL", end="签名：　　　　　　　　年　月　日"), height=1300),
            row(label("约谈人签名", 2), C("", 10, "CellL", end="　　　　年　月　日"), height=700),
            row(label("记录人签名", 2), C("", 10, "CellL", end="　　　　年　月　日"), height=700),
        ),
    )


def commitment() -> str:
    return (
        p("FormTitle", "整改承诺书")
        + lines(1)
        + TO
        + body(
            "{{ held_on }}，因{{ reason }}，我（单位）接受了约谈。对指出的问题诚恳接受，认真整改。现承诺如下：",
            "一、整改要求：{{ demands }}",
            "二、整改措施和责任人：（逐项填写）",
        )
        + lines(5)
        + body(
            "三、完成期限：{{ finish_by }}前全部整改到位，并主动接受现场核查。",
            "如未履行承诺，愿意承担相应责任。",
        )
        + lines(1)
        + p("Sign", "承诺人：{{ office }}")
        + p("Sign", "签名（盖章）：　　　　　　")
        + p("Day", "{{ issued_on }}")
    )


def transfer() -> Sheet:
    return letter_form(
        titled("{{ office }}", "关于移送问题线索的函")
        + TO
        + body("在督查工作中发现涉及{{ subject }}的{{ kind }}问题线索。主要事实如下：", "{{ facts }}")
        + body("依据{{ basis }}，现将有关线索和材料移送你机关依照规定处理，处理结果请函告。本函请按保密规定管理。")
        + p("Body", "移送材料：", keep=True)
        + _listed("m in materials", "{{ m.serial }}. {{ m.name }}", keep=True)
        + signed(noted=True)
        + asking()
        + letter_copies()
    )


def closing() -> str:
    return form(
        "整改销号审批表",
        "督查单位：{{ office }}",
        grid(
            pair("督查事项", "{{ matter }}", spans=(2, 10)),
            pair("被督查对象", "{{ subject }}", "立项日期", "{{ opened_on }}"),
            box("存在问题", "{{ finding }}", 1700),
            pair("采取措施", "{{ measure }}", spans=(2, 10)),
            box("整改情况", "{{ done }}", 2100),
            pair("核查日期", "{{ checked_on }}", "核查人员", "{{ checkers }}"),
            box("现场核查情况", "{{ result }}", 2100),
            OPINIONS,
        ),
    )


MASTERS: Mapping[str, Callable[[], str | Sheet]] = {
    "supervision_circular": circular,
    "rectification_order": order,
    "rectification_report": report,
    "interview_summons": summons,
    "interview_record": record,
    "rectification_commitment": commitment,
    "clue_transfer": transfer,
    "closing_approval": closing,
}
