"""The two papers of the benchmark, made by python-docx in the tags of each engine: a 3-page agreement, a long notice."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx import Document

from templates.master import master_path

SURNAMES = "陈林黄郑李吴蔡王张许谢杨郭庄纪方"
GIVEN = "伟敏静强丽军洋艳勇杰娟涛明超霞平刚桂英𠮷"
DUTIES = (
    "甲方根据乙方家庭实际情况，会同丙方制定帮扶计划，逐项明确帮扶措施、责任单位和完成时间，并向{}户当面说明。",
    "乙方{}应如实提供家庭人口、收入、住房、就学、就医等情况，发生变化的及时告知{}，不得隐瞒或者虚报。",
    "丙方{}每季度入户走访不少于一次，了解{}户的生产生活状况，如实填写走访记录，协调解决存在的困难和问题。",
    "各方对在帮扶工作中知悉的个人信息予以保密，未经{}同意不得向无关人员提供或者公开，法律另有规定的从其规定。",
    "帮扶资金按照有关规定使用和管理，专款专用，接受群众监督和审计检查，{}可以随时向{}查询资金使用情况。",
)
Tag = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Engine:
    """How one engine writes a value, and the rows that it repeats: (before, value of a row, after)."""

    value: Tag
    row: Tag
    begin: str
    end: str
    again: Tag | None = None  # an engine that shows the second row instead of a loop


DOCXTPL = Engine(lambda n: f"{{{{ {n} }}}}", lambda n: f"{{{{ r.{n} }}}}", "{%tr for r in rows %}", "{%tr endfor %}")
TEMPLATER = Engine(lambda n: f"{{{n}}}", lambda n: f"{{{n}}}", "{#rows}", "{/rows}")
CARBONE = Engine(lambda n: f"{{d.{n}}}", lambda n: f"{{d.rows[i].{n}}}", "", "", lambda n: f"{{d.rows[i+1].{n}}}")
COLUMNS = ("serial", "head", "place", "size")


def agreement(engine: Engine) -> bytes:
    """Three pages: the parties, twenty clauses, the household's people, signatures."""
    document = _empty()
    document.add_paragraph("户级帮扶协议书")
    for name, text in (("unit", "甲方（帮扶单位）"), ("head", "乙方（户主）"), ("helper", "丙方（帮扶责任人）")):
        document.add_paragraph(f"{text}：{engine.value(name)}，{engine.value('area')}")
    for n in range(1, 21):
        names = [engine.value(name) for name in ("head", "helper")]
        document.add_paragraph(
            f"第{n}条　" + DUTIES[n % len(DUTIES)].format(*names) + DUTIES[(n + 2) % len(DUTIES)].format(*names)
        )
    _table(document, engine)
    for name in ("unit", "head", "helper", "signed_on"):
        document.add_paragraph(f"签名（盖章）：　　　　　　{engine.value(name)}")
    return _saved(document)


def notice(engine: Engine) -> bytes:
    """A notice and its list."""
    document = _empty()
    document.add_paragraph("关于拟退出名单的公示")
    document.add_paragraph(
        f"经{engine.value('unit')}核实，{engine.value('area')}拟退出名单公示如下，公示期自{engine.value('signed_on')}起。"
    )
    _table(document, engine)
    document.add_paragraph(f"联系人：{engine.value('helper')}")
    return _saved(document)


def _empty() -> Any:
    """A document with the styles and footers of our own masters and nothing in it."""
    document = Document(str(master_path("help_card")))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    return document


def _table(document: Any, engine: Engine) -> None:
    heads = ("序号", "姓名", "居民小组", "人口")
    cells = [engine.row(name) for name in COLUMNS]
    if engine.again is not None:
        body = [cells, [engine.again(name) for name in COLUMNS]]
    elif engine is DOCXTPL:
        body = [[engine.begin, "", "", ""], cells, [engine.end, "", "", ""]]
    else:
        body = [[engine.begin + cells[0], *cells[1:-1], cells[-1] + engine.end]]
    table = document.add_table(1 + len(body), len(COLUMNS))
    for n, row in enumerate([heads, *body]):
        for m, text in enumerate(row):
            table.cell(n, m).text = text


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def values(number: int, rows: int) -> dict[str, Any]:
    """One paper's values; names differ from paper to paper."""
    return {
        "unit": f"濠江区第{number}帮扶单位", "head": name_of(number * 7), "helper": name_of(number * 11 + 3),
        "area": f"达濠街道第{number % 60}社区", "signed_on": "2017年7月3日",
        "rows": [{"serial": str(n), "head": name_of(number * 1009 + n * 31), "place": f"第{n % 9 + 1}居民小组",
                  "size": str(n % 6 + 1)} for n in range(1, rows + 1)],
    }  # fmt: skip


def name_of(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // 16 % len(GIVEN)] + GIVEN[number // 320 % len(GIVEN)]
