"""Trying a changed master before it may replace the old one: with ordinary, empty, longest and hostile data, in a process of
its own that can be ended, and with sentences that tell a clerk which blank is unknown or missing, and where."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import multiprocessing
import resource
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from typing import Any, Literal, get_args, get_type_hints

from docx import Document
from jinja2.exceptions import TemplateError

from rules.money import Yuan
from states.not_allowed import NotAllowed
from templates.batch.account import text_of
from templates.checker import check
from templates.document import Section, Worded
from templates.master import WAYS, Master, fill, read_master
from templates.paper import Paper
from templates.papers import paper_class
from templates.public import check_public
from templates.trial_words import Fault, blanks_wrong, package_wrong

SECONDS, MEMORY = 60, 2 * 2**30
Variant = Literal["ordinary", "empty", "longest", "hostile"]
VARIANTS: Mapping[Variant, str] = {
    "ordinary": "一般内容", "empty": "最少内容", "longest": "最长内容", "hostile": "特殊字符",
}  # fmt: skip
HOSTILE = "A&B <w:p/> {{ office }}{% if x %} ]]> “𠮷”'\"\n第二行"
ROWS, LENGTH = 300, 200


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a master. Only one without faults may replace the old one; notes are for the eye."""

    code: str
    title: str
    sha256: str
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    way: str = ""

    @property
    def fits(self) -> bool:
        return not self.faults


def try_master(code: str, docx: bytes, seconds: int = SECONDS) -> Trial:
    """Try a file as the master of a paper. Raises NoSuch for a paper that nobody knows; whatever the file is or does,
    the answer is a Trial."""
    paper = paper_class(code)
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_apart, args=(there, code, docx, seconds), daemon=True)
    child.start()
    there.close()
    try:
        if here.poll(seconds):
            answer: Trial = here.recv()
            return answer
        why = f"试印超过{seconds}秒没有完成，请检查循环。"
    except EOFError:
        why = "试印时内存或时间超过限度，请检查循环和文件大小。"
    finally:
        here.close()
        child.kill()
        child.join()
    return Trial(code, paper.title, hashlib.sha256(docx).hexdigest(), (Fault("文件", why),), ())


def _apart(answer: Connection, code: str, docx: bytes, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer.send(judge(code, docx))


def judge(code: str, docx: bytes) -> Trial:
    """The trial itself, in this process."""
    paper = paper_class(code)
    sha256 = hashlib.sha256(docx).hexdigest()
    try:
        faults: list[Fault] = package_wrong(docx)
        notes: list[str] = []
        if not faults:
            faults, notes = blanks_wrong(paper, docx)
        if faults:
            return Trial(code, paper.title, sha256, tuple(faults), tuple(notes))
        master = read_master(docx, paper.title)
        faults = [fault for variant in VARIANTS for fault in _printed(paper, master, variant)]
        notes += _form(paper, master) if not faults else []
    except NotAllowed as no:
        return Trial(code, paper.title, sha256, (Fault("文件", str(no)),), ())
    return Trial(code, paper.title, sha256, tuple(faults), tuple(notes), WAYS[master.way])


def _printed(paper: type[Paper], master: Master, variant: Variant) -> Iterator[Fault]:
    """Print one paper with that kind of data and read it again."""
    where = f"用{VARIANTS[variant]}试印"
    example = example_of(paper, variant)
    try:
        docx = fill(master, example.texts(), title=example.title, office=example.office)
        Document(io.BytesIO(docx))
        if variant == "ordinary":
            check_public(example, docx)
    except NotAllowed as no:
        yield Fault(where, str(no))
    except (TemplateError, TypeError, ValueError, OverflowError, MemoryError, RecursionError) as no:
        yield Fault(where, f"没有印成：{no}")
    else:
        if HOSTILE.split()[0] in example.office and HOSTILE not in text_of(docx):
            yield Fault(where, "特殊字符没有原样印出。")


def _form(paper: type[Paper], master: Master) -> list[str]:
    """What departs from the standard's form, for the eye: the clerk may have meant it."""
    example = example_of(paper, "ordinary")
    docx = fill(master, example.texts(), title=example.title, office=example.office)
    found = [str(d) for d in check(docx, public=paper.public)]
    return [f"格式提示：{text}" for text in found[:10]]


def example_of(paper: type[Paper], variant: Variant) -> Paper:
    """The paper filled with that kind of data; one whose headings are prescribed has them."""
    given = _values(paper, variant)
    if issubclass(paper, Worded):
        given["sections"] = (*(Section(level=1, text=part) for part in paper.outline), *given["sections"])
    return paper(**given)


def _values(owner: type[Any], variant: Variant) -> dict[str, Any]:
    hints = get_type_hints(owner)
    return {
        f.name: _value(hints[f.name], f.metadata["name"], variant, f.metadata.get("contact", False))
        for f in dataclasses.fields(owner)
        if not (variant == "empty" and f.default is not dataclasses.MISSING)
    }


def _value(kind: Any, name: str, variant: Variant, contact: bool) -> Any:
    kinds = [k for k in get_args(kind) if k is not type(None)] if type(None) in get_args(kind) else [kind]
    [kind] = kinds
    if get_args(kind)[1:] == (...,):
        count = {"ordinary": 3, "empty": 1, "longest": ROWS, "hostile": 2}[variant]
        return tuple(get_args(kind)[0](**_values(get_args(kind)[0], variant)) for _ in range(count))
    match kind:
        case _ if kind is Yuan:
            return Yuan(10**13 if variant == "longest" else 123_456)
        case _ if kind is date:
            return date(2017, 12, 28)
        case _ if kind is int:
            return 10**6 if variant == "longest" else 3
    text = {"ordinary": f"示例{name}", "empty": "一", "longest": name + "长" * LENGTH, "hostile": HOSTILE}[variant]
    return "12317" if contact and variant == "ordinary" else text
