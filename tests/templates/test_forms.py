"""Forms that only some papers have: joint signatures, and pages that lie on their side."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import Any

import pytest
import samples
from docx import Document
from lxml import etree

from templates import standard
from templates.batch.zipped import contents
from templates.checker import check
from templates.document import Issuer
from templates.joint_notice import JointNotice
from templates.paper import Paper
from templates.papers import PAPERS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACROSS = ("archive_index", "school_roster", "dividend_roster", "pairing_list", "candidate_list", "payment_roster",
          "periodic_report", "training_sheet")  # fmt: skip


def sample(kind: type[Paper]) -> Any:
    return next(p for p in samples.samples() if type(p) is kind)


@pytest.mark.parametrize("count", range(2, 8))
def test_joint_signatures_stand_in_rows_of_three_the_last_over_the_day(count: int) -> None:
    """7.3.5.1: in their order, at most three in a row, and the row that is not full stands at the right."""
    names = [f"第{n}局" for n in range(1, count + 1)]
    joint = dataclasses.replace(sample(JointNotice), office=names[0], issuers=tuple(Issuer(name=n) for n in names[1:]))
    document = Document(io.BytesIO(joint.render()))

    signed = [[cell.text for cell in row.cells[:3]] for row in document.tables[1].rows]
    if count == 2:
        assert signed == [[*names, ""]]
    else:
        full, rest = divmod(count, 3)
        wanted = [names[3 * n : 3 * n + 3] for n in range(full)]
        assert signed == wanted + ([[""] * (3 - rest) + names[3 * full :]] if rest else [])
    titles = [p.text for p in document.paragraphs if p.style.name == "公文标题"]
    assert "".join(titles).replace("　", "").startswith("".join(names))
    assert all(line.count("　") <= 1 for line in titles)


def test_no_issuer_is_broken_in_a_joint_title() -> None:
    long = "中共汕头市濠江区委农村工作领导小组办公室"
    joint = dataclasses.replace(sample(JointNotice), office=long, issuers=(Issuer(name="濠江区民政局"),))
    titles = [p.text for p in Document(io.BytesIO(joint.render())).paragraphs if p.style.name == "公文标题"]

    assert titles[:2] == [long, "濠江区民政局"]


def test_no_issuer_is_broken_where_joint_papers_are_signed() -> None:
    """Two in a row where a third of the width is too narrow for a name, one under the other where half of it is."""
    halves = ("汕头市濠江区教育局", "汕头市濠江区财政局", "汕头市濠江区民政局")
    alone = ("汕头市濠江区教育局", "汕头市濠江区扶贫开发领导小组办公室")
    for names, wanted in ((halves, [[*halves[:2], ""], ["", halves[2], ""]]), (alone, [[name] for name in alone])):
        joint = dataclasses.replace(
            sample(JointNotice), office=names[0], issuers=tuple(Issuer(name=n) for n in names[1:])
        )
        assert [[c.text for c in row.cells] for row in Document(io.BytesIO(joint.render())).tables[1].rows] == wanted


@pytest.mark.parametrize("kind", [k for k in PAPERS.values() if k.folder in ACROSS], ids=lambda k: k.code)
def test_a_page_on_its_side_carries_its_number_where_the_bound_paper_has_it(kind: type[Paper]) -> None:
    """8: beside the table at the left edge, 7 mm from it, written downwards; odd pages at its lower end, even at its upper."""
    parts = contents(sample(kind).render())
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        root = etree.fromstring(parts[name])
        [place] = root.iter(f"{W}tblpPr")
        [turned] = root.iter(f"{W}textDirection")
        assert (place.get(f"{W}horzAnchor"), turned.get(f"{W}val")) == ("page", "tbRl")
        middle = int(place.get(f"{W}tblpX")) + int(next(root.iter(f"{W}tcW")).get(f"{W}w")) / 2
        assert abs(middle / 1440 * 25.4 - (standard.BOTTOM_MM - standard.PAGE_NUMBER_BELOW_TEXT_MM)) < 0.2
        assert next(root.iter(f"{W}jc")).get(f"{W}val") == side


def test_the_checker_names_a_number_that_stands_at_the_wrong_edge_of_a_page_on_its_side() -> None:
    kind = next(k for k in PAPERS.values() if k.folder == ACROSS[0])
    good = sample(kind).render()
    assert [str(d) for d in check(good) if d.rule == "G-15"] == []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<w:textDirection w:val="tbRl"/>', b""))

    wrong = [str(d) for d in check(out.getvalue()) if d.rule == "G-15"]
    assert len(wrong) == 2 and all("横排页的页码没有转向" in said for said in wrong)


def test_every_page_on_its_side_is_known_here() -> None:
    """A new landscape master is put to the same proof."""
    across = {
        k.folder
        for k in PAPERS.values()
        if b'w:orient="landscape"' in contents(sample(k).render())["word/document.xml"]
    }
    assert across == set(ACROSS)
