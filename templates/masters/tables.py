"""What the masters of forms share: the grid of twelve columns, boxes, and the parts about one household."""

from __future__ import annotations

from collections.abc import Callable

from rules.wording import in_lines
from templates.wordml import C, R, each, p, row, table


def form(title: str, line: str, *tables: str) -> str:
    """A form: its title, one line above the table, its tables. Never a red head."""
    return p("FormTitle", title) + p("FormLine", line) + "".join(tables)


TWELVE = (1,) * 12
_CHARS = {2: 5, 3: 8, 4: 11}  # of a label in so many of the twelve columns


def label(text: str, span: int = 1) -> C:
    """The label of a cell; one that is too long for it has its lines broken between words."""
    return C(in_lines(text, _CHARS[span]) if span in _CHARS else text, span, "Label")


def grid(*rows: R | tuple[R, ...]) -> str:
    flat: list[R] = []
    for item in rows:
        flat.extend((item,) if isinstance(item, R) else item)
    return table(TWELVE, flat)


def pair(*facts: str, spans: tuple[int, ...] = (2, 4, 2, 4)) -> R:
    """Label, value, label, value …"""
    cells = (label(f, s) if n % 2 == 0 else C(f, s) for n, (f, s) in enumerate(zip(facts, spans, strict=True)))
    return row(*cells, height=430)


def box(name: str, text: str, height: int = 1100) -> R:
    """A label and a wide box to write in."""
    return row(label(name, 2), C(text, 10, "CellL"), height=height)


HOUSEHOLD = (
    pair("户主姓名", "{{ head }}", "户编号", "{{ household_no }}", "人口", "{{ size }}人", spans=(2, 2, 2, 4, 1, 1)),
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
            C("{{ m.id_no }}", 3, "CellN"),
            C("{{ m.health }}", 2),
            C("{{ m.labour }}", 2, "CellS"),
            height=400,
        ),
    ),
)


REVIEWED = (
    pair("民主评议", "{{ review }}", spans=(2, 10)),
    pair("公示情况", "{{ publicity }}", spans=(2, 10)),
)


INCOME = (
    pair("核算期间", "{{ year }}年度（{{ period }}）", spans=(2, 10)),
    pair("核算口径", "{{ method }}", "兜底保障", '{{ safety_net or "—" }}'),
    pair(
        "可支配收入",
        "{{ total }}元",
        "人均",
        "{{ per_head }}元",
        "收入标准",
        "{% if line %}{{ line }}元{% elif line_basis %}见标准依据{% else %}不适用{% endif %}",
        spans=(2, 2, 2, 2, 2, 2),
    ),
    pair("标准依据", '{{ line_basis or "—" }}', spans=(2, 10)),
)


OPINIONS = each(
    "o in opinions",
    row(
        label("{{ o.level }}", 2),
        C("{{ o.text }}", 10, "CellI", end="签名（盖章）：{{ o.by }}　　{{ o.on }}"),
        height=800,
    ),
)


def approval(title: str, *middle: R | tuple[R, ...], beside: tuple[str, str] | None = None) -> Callable[[], str]:
    """A form with the opinions of the chain; `beside` is a fact that stands beside the community."""
    whose = (HOUSEHOLD[0], pair("所在社区", "{{ area }}", *beside)) if beside else HOUSEHOLD

    def content() -> str:
        return form(title, "填报单位：{{ office }}", grid(whose, *middle, OPINIONS))

    return content
