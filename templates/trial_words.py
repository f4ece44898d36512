"""Where a master is wrong, in words a clerk understands: blanks that are unknown or missing, tags that are misspelt."""

from __future__ import annotations

import dataclasses
import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from states.not_allowed import MasterUnfit
from templates.batch.account import line_of
from templates.batch.proof import W
from templates.batch.sandbox import environment, forbidden
from templates.batch.zipped import contents
from templates.master import BODY, FILLED
from templates.paper import Paper

_STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
_PARTS = (("word/document", "正文"), ("word/header", "页眉"), ("word/footer", "页脚"), ("word/footnotes", "脚注"))
_NOT_ALLOWED = (
    ("vbaProject", "含有宏，请另存为不带宏的.docx。"), ("word/comments", "含有批注，请先删除批注。"),
    ("word/embeddings/", "嵌有别的文件，请删除。"), ("word/activeX", "含有控件，请删除。"),
    ("customXml/", "带有自定义数据，请用“检查文档”删除。"),
)  # fmt: skip
_ENGLISH = (
    (r"innermost block that needs to be closed is '(\w+)'", "在这之前的“{0}”语句没有结束"),
    (r"Encountered unknown tag '(\w+)'", "没有“{0}”这种语句"),
    (r"Unexpected end of template|Jinja was looking for the following tags: '([\w', ]+)'", "语句没有结束，少了{0}"),
    (r"unexpected '(.+)'", "多了“{0}”"),
    (r"expected token '(.+)', got '(.+)'", "应为“{0}”，写成了“{1}”"),
    (r"[Nn]o (?:filter|test) named '(\w+)'", "没有“{0}”这种过滤器"),
    (r"Missing end of", "注释没有结束"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where in the file, and what to do."""

    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}：{self.says}"


def package_wrong(docx: bytes) -> list[Fault]:
    """What the file carries that no master may: macros, comments, other files, links to the outside."""
    try:
        parts = contents(docx)
    except MasterUnfit as no:
        return [Fault("文件", str(no.facts["why"]))]
    if BODY not in parts:
        return [Fault("文件", "不是Word文件（.docx）。")]
    faults = [Fault("文件", says) for mark, says in _NOT_ALLOWED if any(mark in name for name in parts)]
    if any(b'TargetMode="External"' in part for name, part in parts.items() if name.endswith(".rels")):
        faults.append(Fault("文件", "链接到文件以外的内容，请取消超链接和外部图片。"))
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                etree.fromstring(part, _STRICT)
            except etree.XMLSyntaxError:
                faults.append(Fault("文件", f"{name}不完好，请在Word里重新保存。"))
        if name.startswith("word/") and not FILLED.fullmatch(name) and re.search(rb"{[{%]", _text(part)):
            faults.append(Fault("文件", f"{name}里写了填空，这里的填空不会被填写，请移到正文、页眉或页脚。"))
    return faults


def blanks_wrong(paper: type[Paper], docx: bytes) -> tuple[list[Fault], list[str]]:
    """Unknown, missing and misspelt blanks; and notes: optional blanks that the master leaves out."""
    faults: list[Fault] = []
    used: set[tuple[str, str]] = set()
    word, env = DocxTemplate(io.BytesIO()), environment()
    for name, part in contents(docx).items():
        if not FILLED.fullmatch(name):
            continue
        root = etree.fromstring(part, _STRICT)
        source = word.patch_xml(str(etree.tostring(root, encoding="unicode")))
        places = list(_places(name, root))
        try:
            tree = env.parse(re.sub(r"<w:p([ >])", r"\n<w:p\1", source))
        except TemplateSyntaxError as no:
            faults.append(Fault(_misspelt(places, no), f"填空写错了：{_chinese(str(no.message))}。"))
            continue
        faults += [Fault(_at(places, what.split()[-1]), f"用了不允许的{what}。") for _, what in forbidden(tree)]
        for owner, blank in _used(tree.body, {}):
            used.add((owner, blank))
            if says := _unknown(paper, owner, blank):
                faults.append(Fault(_at(places, blank), says))
    missing = [] if faults and any("写错" in fault.says for fault in faults) else list(_missing(paper, used))
    faults += [Fault("全文", says) for required, says in missing if required]
    return list(dict.fromkeys(faults)), [says for required, says in missing if not required]


# --- names ----------------------------------------------------------------------------------------------------------


def _fields(paper: type[Any]) -> Mapping[str, dataclasses.Field[Any]]:
    return {f.name: f for f in dataclasses.fields(paper)}


def rows_of(paper: type[Any]) -> dict[str, type[Any]]:
    """The blanks that are lists, with the class of their rows."""
    hints = get_type_hints(paper)
    return {name: get_args(hints[name])[0] for name in _fields(paper) if get_args(hints[name])[1:] == (...,)}


def _used(body: list[nodes.Node], local: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(list, column) and ("", blank) for every name a master uses; a loop's variable stands for its list."""
    for node in body:
        if isinstance(node, nodes.For):
            yield from _used([node.iter], local)
            target = node.target.name if isinstance(node.target, nodes.Name) else ""
            of = node.iter.name if isinstance(node.iter, nodes.Name) else ""
            yield from _used([*node.body, *([node.test] if node.test else [])], {**local, target: of, "loop": ""})
            yield from _used(node.else_, local)
        elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in local:
            if of := local[node.node.name]:
                yield of, node.attr
        elif isinstance(node, nodes.Name):
            if node.name not in local and node.name != "range":
                yield "", node.name
        else:
            if isinstance(node, nodes.Filter) and node.name == "map" and isinstance(node.node, nodes.Name):
                yield from ((node.node.name, k.value.value) for k in node.kwargs if isinstance(k.value, nodes.Const))
            yield from _used(list(node.iter_child_nodes()), local)


def _unknown(paper: type[Paper], owner: str, blank: str) -> str:
    rows = rows_of(paper)
    if owner and owner not in rows:
        return ""  # the list itself is unknown and is told by its own name
    known = _fields(rows[owner] if owner else paper)
    if blank in known:
        return ""
    near = difflib.get_close_matches(blank, known, 3, 0.5) or list(known)[:8]
    of = f"“{_fields(paper)[owner].metadata['name']}”的每一行里" if owner else ""
    offered = "、".join(f"{name}（{known[name].metadata['name']}）" for name in near)
    return f"{of}没有名为“{blank}”的填空，可用的有：{offered}。"


def _missing(paper: type[Paper], used: set[tuple[str, str]]) -> Iterator[tuple[bool, str]]:
    """(is it needed, what is missing) for blanks of the paper and columns of its lists."""
    for name, field in _fields(paper).items():
        if ("", name) not in used:
            yield _needed(field), f"缺少填空“{field.metadata['name']}”（写作 {{{{ {name} }}}}）。"
    for owner, row in rows_of(paper).items():
        of = _fields(paper)[owner].metadata["name"]
        for name, field in _fields(row).items():
            if ("", owner) in used and (owner, name) not in used:
                yield _needed(field), f"“{of}”的每一行缺少“{field.metadata['name']}”（写作 {{{{ r.{name} }}}}）。"


def _needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING


# --- places ---------------------------------------------------------------------------------------------------------


def _places(name: str, root: etree._Element) -> Iterator[tuple[str, str]]:
    """(where, text) of every paragraph of a part, as a person would point at it."""
    part = next(word for begin, word in _PARTS if name.startswith(begin))
    tables = list(root.iter(f"{W}tbl"))
    count = 0
    for paragraph in root.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            count += 1
            yield f"{part}第{count}段", line_of(paragraph)
            continue
        row, table = next(cell.iterancestors(f"{W}tr")), next(cell.iterancestors(f"{W}tbl"))
        at = [tables.index(table), table.findall(f"{W}tr").index(row), row.findall(f"{W}tc").index(cell)]
        yield f"{part}表格{at[0] + 1}第{at[1] + 1}行第{at[2] + 1}格", line_of(paragraph)


def _at(places: list[tuple[str, str]], word: str) -> str:
    """The place of the first tag that mentions the word."""
    named = re.compile(rf"{{[{{%][^}}]*\b{re.escape(word)}\b")
    return next(
        (_pointed(where, text) for where, text in places if named.search(text)), places[0][0] if places else "正文"
    )


def _pointed(where: str, text: str) -> str:
    return f"{where}“{text.strip()[:30]}”"


def _misspelt(places: list[tuple[str, str]], no: TemplateSyntaxError) -> str:
    """The paragraph of a misspelt tag: one begins on each line; the first whose tags do not pair is nearer."""
    odd = [p for p in places if p[1].count("{{") != p[1].count("}}") or p[1].count("{%") != p[1].count("%}")]
    at = odd[0] if odd else places[min(max(no.lineno - 2, 0), len(places) - 1)]
    return _pointed(*at)


def _chinese(message: str) -> str:
    for pattern, says in _ENGLISH:
        if match := re.search(pattern, message):
            return says.format(*(group or "结束语句" for group in (*match.groups(), "", "")))
    return message


def _text(part: bytes) -> bytes:
    return re.sub(rb"<[^>]*>", b"", part)
