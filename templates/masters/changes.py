"""Masters of the papers of changes in the register and of relapse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from templates.masters.tables import INCOME, MEMBERS, REVIEWED, approval, box, label, pair
from templates.wordml import C, each, row

MASTERS: Mapping[str, Callable[[], str]] = {
    "change_form": approval(
        "变更登记审批表",
        pair("变更类型", "{{ kind }}", "生效日期", "{{ effective_on }}"),
        row(label("变更项目", 4), label("变更前", 4), label("变更后", 4)),
        each("c in changes", row(C("{{ c.item }}", 4), C("{{ c.old }}", 4), C("{{ c.new }}", 4))),
        box("变更原因", "{{ reason }}", 800),
        box("证明材料", "{{ evidence }}", 800),
        box("核算和衔接", "{{ consequences }}", 800),
    ),
    "reentry_form": approval(
        "返贫再纳入审批表",
        pair("对象类别", "{{ label }}", "原{{ leaving }}\n公告日期", "{{ exited_on }}"),
        pair("返贫原因", "{{ trigger }}", "核查日期", "{{ found_on }}"),
        box("核查情况", "{{ finding }}", 430),
        MEMBERS,
        INCOME,
        REVIEWED,
    ),
}
