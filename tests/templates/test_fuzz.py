"""Hostile values in every blank of every master: each file opens, and says every value unchanged and nothing else."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import samples
from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

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
def test_libreoffice_opens_every_hostile_paper_and_reads_the_values_unchanged(tmp_path: Path) -> None:
    papers = {p.code: worst(p) for p in SAMPLES}
    for code, paper in papers.items():
        (tmp_path / f"{code}.docx").write_bytes(paper.render())
    files = sorted(map(str, tmp_path.glob("*.docx")))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300)

    for code, paper in papers.items():
        read = bare((tmp_path / f"{code}.txt").read_text(encoding="utf-8-sig"))
        wanted = bare(text_of(paper.render())).count(bare(HOSTILE))
        in_boxes = 4  # the imprint stands in a text box, properties are no text
        assert read.count(bare(HOSTILE)) >= max(1, wanted - in_boxes), code


def worst(owner: Any) -> Any:
    return dataclasses.replace(owner, **{
        f.name: tuple(worst(row) for row in (value if len(value) <= 16 else value[:2])) if isinstance(value, tuple) else value + HOSTILE
        for f in dataclasses.fields(owner)
        if isinstance(value := getattr(owner, f.name), str | tuple) and value and f.name not in ("level", "kind")
    })  # fmt: skip
