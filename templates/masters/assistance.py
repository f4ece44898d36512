"""Masters of the papers that go with help: card, plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.tables import HOUSEHOLD, form, grid, label, pair
from templates.wordml import C, each, p, row, when


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
            when("not plan", *(row(C("", 7), C("", 5)) for _ in range(3))),
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


MASTERS: Mapping[str, Callable[[], str]] = {
    "help_card": help_card,
    "help_plan": help_plan,
}
