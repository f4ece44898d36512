"""Hostile values in every blank of every master: each file opens, and says every value unchanged and nothing else."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import samples
from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree

from templates.batch.account import text_of
from templates.master import load
from templates.paper import Paper
from templates.papers import paper_from
from templates.trial import HOSTILE

SAMPLES = samples.samples()
NASTY = st.sampled_from(
    ["&", "<", ">", "<w:p/>", "]]>", "{{", "}}", "{%", "%}", "{#", "#}", "{_{", "&amp;", "&#10;", "\\", "'", '"', "“", "”", "‘",
     "$", "%s", "\\1", "𠮷", "𪚥", "㐂", "é", "e\u0301", "·", "\n", "　", "〔2017〕", "张", "三", "-1", "0", "None", "nan"]
)  # fmt: skip
VALUE = st.lists(NASTY, min_size=1, max_size=12).map("".join).filter(lambda text: text.strip(" 　\n"))


MARK = "properties"


def hostile(owner: Any, data: st.DataObject) -> Any:
    """The same paper with every text replaced, rows too; numbers, sums and days stay."""
    return dataclasses.replace(
        owner, **{f.name: _changed(f, getattr(owner, f.name), data) for f in dataclasses.fields(owner)}
    )


def _changed(f: dataclasses.Field[Any], value: Any, data: st.DataObject) -> Any:
    if isinstance(value, tuple):
        return tuple(hostile(row, data) for row in (value if len(value) <= 16 else value[:3]))
    return value + data.draw(VALUE) if isinstance(value, str) and value and f.name not in ("level", "kind") else value


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def account(paper: Paper) -> str:
    """The master's own words filled as plain text, without any XML."""
    words = text_of(load(paper.folder).docx).replace("底版", MARK)
    plain = Environment().from_string(re.sub(r"{%(tr|p) ", "{% ", words))
    return bare(plain.render(paper.texts()).replace(MARK, paper.title + paper.office))


@pytest.mark.parametrize("paper", SAMPLES, ids=[p.code for p in SAMPLES])
@given(st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
          phases=(Phase.explicit, Phase.generate))  # fmt: skip
def test_every_master_says_every_hostile_value_unchanged_and_loses_nothing(paper: Paper, data: st.DataObject) -> None:
    filled = hostile(paper, data)
    docx = filled.render()

    Document(io.BytesIO(docx))
    assert bare(text_of(docx)) == account(filled)
    assert paper_from(filled.code, filled.to_snapshot()).render() == docx


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@given(st.data())
@settings(max_examples=1, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
def test_libreoffice_opens_every_hostile_paper_and_reads_the_values_unchanged(data: st.DataObject) -> None:
    """Every paper twice, the worst value and drawn ones, in one conversion: each line of each value that the Word file
    prints stands in what LibreOffice read, character by character."""
    papers = {p.code: worst(p) for p in SAMPLES} | {f"{p.code}-drawn": hostile(p, data) for p in SAMPLES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for code, paper in papers.items():
            (folder / f"{code}.docx").write_bytes(paper.render())
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fodt"]
        files = sorted(map(str, folder.glob("*.docx")))
        subprocess.run([*command, "--outdir", name, *files], check=True, capture_output=True, timeout=600)

        for code, paper in papers.items():
            read, printed = _read_by_office(folder / f"{code}.fodt"), text_of((folder / f"{code}.docx").read_bytes())
            lines = {line for text in texts_of(paper) for line in text.split("\n") if line.strip(" 　")}
            lost = [line for line in lines if line in printed and line not in read]
            assert lost == [], code
            assert sum(line in printed for line in lines) >= len(lines) / 2, code  # it did look


def texts_of(owner: Any) -> Iterator[str]:
    """Every text of a paper and of its rows."""
    for f in dataclasses.fields(owner):
        value = getattr(owner, f.name)
        if isinstance(value, tuple):
            for row in value:
                yield from texts_of(row)
        elif isinstance(value, str):
            yield value


T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _read_by_office(path: Path) -> str:
    root = etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
    return "\n".join("".join(_said(p, True)) for p in root.iter(f"{T}p", f"{T}h"))


def _said(element: etree._Element, top: bool = False) -> Iterator[str]:
    """A paragraph's own characters; boxes that hang on it have paragraphs of their own."""
    if not top and element.tag in (f"{T}p", f"{T}h"):
        return
    spaces = {f"{T}s": " " * int(element.get(f"{T}c", "1")), f"{T}tab": "\t", f"{T}line-break": "\n"}
    yield spaces.get(str(element.tag), "") + (element.text or "")
    for child in element:
        yield from _said(child)
        yield child.tail or ""


def worst(owner: Any) -> Any:
    return dataclasses.replace(owner, **{
        f.name: tuple(worst(row) for row in (value if len(value) <= 16 else value[:2])) if isinstance(value, tuple) else value + HOSTILE
        for f in dataclasses.fields(owner)
        if isinstance(value := getattr(owner, f.name), str | tuple) and value and f.name not in ("level", "kind")
    })  # fmt: skip
