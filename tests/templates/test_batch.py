"""The quick ways of filling a master give the same document as docxtpl itself, for every master and every way."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import samples
from docx import Document
from docxtpl import DocxTemplate, RichText
from lxml import etree
from samples.people import public_rows

from states.not_allowed import MasterTooCostly, MasterUnfit, PaperBroken, UnprintableText
from templates import master as masters
from templates.batch.sandbox import Row
from templates.batch.zipped import Engine, contents
from templates.master import environment, fill, load, master_path, read_master, text_of
from templates.papers import PAPERS

SAMPLES = samples.samples()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = [Row(serial=str(n), head=f"张<{n}>&子", size=str(n)) for n in range(1, 6)]


def canonical(xml: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n"))


def by_docxtpl(docx: bytes, texts: Mapping[str, object]) -> dict[str, bytes]:
    word, out = DocxTemplate(io.BytesIO(docx)), io.BytesIO()
    word.render(dict(texts), environment(), autoescape=True)
    word.save(out)
    return contents(out.getvalue())


def same(ours: bytes, theirs: Mapping[str, bytes]) -> None:
    """Every part of the document, as canonical XML; properties and lists of parts are python-docx's own writing."""
    parts = contents(ours)
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert canonical(part) == canonical(theirs[name]), name
    assert {name for name in theirs if name.startswith("word/")} == {n for n in parts if n.startswith("word/")}


def a_master(*paragraphs: str, table: tuple[tuple[str, ...], ...] = (), header: str = "") -> bytes:
    """A master as python-docx (and so as Word) writes it."""
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for n, row in enumerate(table):
            for m, text in enumerate(row):
                grid.cell(n, m).text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(out)
    return out.getvalue()


def filled(docx: bytes, engine: Engine | None = None, **texts: object) -> bytes:
    return fill(read_master(docx, "test"), texts, title="标题", office="单位", engine=engine)


@pytest.mark.parametrize("paper", SAMPLES, ids=[p.code for p in SAMPLES])
def test_every_master_with_every_example_is_the_document_that_docxtpl_makes(paper: Any) -> None:
    """All parts, canonical XML, full tables and lists of 0, 1 and many rows where the paper allows."""
    docx = master_path(paper.folder).read_bytes()
    kept = "sections" if getattr(paper, "outline", ()) else ""  # prescribed headings have to stay
    listed = [f.name for f in dataclasses.fields(paper) if isinstance(getattr(paper, f.name), tuple) and f.name != kept]
    for variant in (paper, *(dataclasses.replace(paper, **{name: getattr(paper, name)[:1] for name in listed}),)):
        same(variant.render(), by_docxtpl(docx, variant.texts()))
    bare = {f.name: f.default for f in dataclasses.fields(paper) if f.default is not dataclasses.MISSING}
    same(dataclasses.replace(paper, **bare).render(), by_docxtpl(docx, dataclasses.replace(paper, **bare).texts()))


def test_every_master_of_the_catalogue_takes_the_quickest_way() -> None:
    """But one: who signs together is set in rows of three, and such a paper is never made by the hundred."""
    slower = {paper.folder for paper in PAPERS.values() if load(paper.folder).way != "plan"}
    assert slower == {"joint_notice"} and load("joint_notice").way == "jinja"


@pytest.mark.parametrize(
    ("way", "docx", "texts"),
    [
        ("plan", a_master("{{ head }}，{% if size %}{{ size }}人{% else %}无{% endif %}", header="{{ head }}"), {}),
        ("plan", a_master("{%p for r in rows %}", "{{ r.head }}{% if not loop.last %}、{% endif %}", "{%p endfor %}"), {}),
        ("plan", a_master("{{ rows|length }}户{{ rows|map(attribute='size')|map('int')|sum }}人，{{ 'x' ~ head }}"), {}),
        ("plan", a_master("{% for n in range(1, 4) %}{{ n }}{{ n + 1 }}{% endfor %}{_{ ja }_}"), {}),
        ("plan", a_master("“{{ head or ‘无’ }}”", table=(("{%tr for r in rows %}", ""), ("{{ r.serial }}", "{{ r.head }}"),
                                                   ("{%tr endfor %}", ""), ("计", "{{ rows|length }}"))), {}),
        ("jinja", a_master("{% if size is defined %}{{ head }}{% endif %}"), {}),
        ("jinja", a_master(table=(("{%tr for r in rows %}", ""), ("{{ r.serial }}", "{{ r.head }}"),
                                  ("{%tr endfor %}", ""))), {}),
        ("jinja", a_master("{% for r in rows if r.size != '2' %}{{ r.head }}{% endfor %}"), {}),
        ("jinja", a_master("{{r rich }}"), {"rich": RichText("红", color="FF0000")}),
        ("jinja", a_master(table=(("表", "名"), ("{%tr for r in rows %}", ""), ("{% vm %}类", "{{ r.head }}"),
                                  ("{%tr endfor %}", ""))), {}),
        ("docxtpl", a_master(table=(("{%tc for r in rows %}", "{{ r.serial }}", "{%tc endfor %}"),)), {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", ["zlib", "isal"])
def test_each_way_is_chosen_when_the_master_is_read_and_gives_the_same_document(
    way: str, docx: bytes, texts: dict[str, object], engine: Engine
) -> None:
    given: dict[str, object] = {"head": "A&B <店> “𠮷”'\n第二行", "size": "3", "rows": ROWS, **texts}
    read = read_master(docx, "test")

    assert read.way == way, read.why
    same(fill(read, given, title="标题", office="单位", engine=engine), by_docxtpl(docx, given))


def test_a_cell_merged_over_a_loop_is_finished_as_docxtpl_finishes_it() -> None:
    docx = a_master(table=(("{%tc for r in rows %}", "{% hm %}题", "{%tc endfor %}"), ("甲", "乙", "丙")))

    same(filled(docx, rows=ROWS[:3]), by_docxtpl(docx, {"rows": ROWS[:3]}))


def test_an_error_in_one_paper_is_not_carried_into_the_next_and_threads_do_not_meet() -> None:
    """docxtpl re-used across papers prints the previous household's header; ours shares nothing that changes."""
    read = read_master(
        a_master("{{ head }}{{ r.x }}", "{% for q in rows %}{{ q.head }}{% endfor %}", header="{{ head }}"), "test"
    )
    with pytest.raises(Exception, match="undefined"):
        fill(read, {"head": "前一户", "rows": ROWS, "r": Row()}, title="t", office="o")

    def one(n: int) -> bool:
        rows = [Row(head=f"人{n}号{m}。") for m in range(20)]
        text = text_of(fill(read, {"head": f"第{n}户。", "rows": rows, "r": Row(x="")}, title="t", office="o"))
        return text.count(f"第{n}户。") == 2 and text.count(f"人{n}号") == 20 and "前一户" not in text

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(40)))


@pytest.mark.parametrize("bad", ["\ud800", "\a", "\f", "\x00", "\x0b", "\u202e", "\ufffe"])
@pytest.mark.parametrize("text", ["{{ head }}", "{% if head is defined %}{{ head }}{% endif %}"])
def test_what_no_file_may_hold_is_refused_on_every_way(bad: str, text: str) -> None:
    """With docxtpl a lone surrogate drops the rest of the document, without any error."""
    with pytest.raises(UnprintableText, match=f"U\\+{ord(bad):04X}"):
        filled(a_master(text), head=f"张{bad}三")


@pytest.mark.parametrize("value", [None, float("nan")])
def test_nothing_and_no_number_are_refused_not_printed(value: object) -> None:
    with pytest.raises(ValueError, match="no values"):
        filled(a_master("{{ head }}"), head=value)


@pytest.mark.parametrize(
    "text",
    [
        "{{ head.__class__ }}", "{{ ''.join }}", "{{ cycler('a') }}", "{% set x = 1 %}{{ x }}", "{% include 'x' %}",
        "{{ head|safe }}", "{{ head|attr('x') }}", "{% macro m() %}{% endmacro %}", "{{ head.upper() }}",
        "{{ 2 ** 99 }}", "{% for r in rows %}{% endfor %}", "{{ lipsum() }}",
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}{% for d in rows %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_master_reads_its_data_and_can_do_nothing_else(text: str) -> None:
    docx = a_master(text)
    with pytest.raises((MasterUnfit, UnprintableText, Exception)) as no:
        filled(docx, head="陈", rows=ROWS)
    assert type(no.value).__name__ in ("MasterUnfit", "UndefinedError", "SecurityError")


def test_a_row_shows_its_columns_and_not_its_methods() -> None:
    docx = a_master("{% for r in rows %}{{ r.items }}{% endfor %}")

    assert "甲项" in text_of(filled(docx, rows=[Row(items="甲项")]))
    with pytest.raises(Exception, match="undefined"):
        filled(docx, rows=[Row(other="")])


@pytest.mark.parametrize("text", ["{{ 'x' * 1000000000 }}", "{% for n in range(1, 1000000) %}x{{ n }}{% endfor %}"])
def test_a_master_cannot_keep_the_office_waiting(text: str) -> None:
    with pytest.raises(ValueError, match=r"is (not )?for"):
        filled(a_master(text))


def test_a_paper_that_costs_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masters, "LARGEST", 100_000)
    for text in ("{% for a in rows %}{% for b in rows %}{{ head }}{% endfor %}{% endfor %}",
                 "{% for a in rows if head is defined %}{% for b in rows %}{{ head }}{% endfor %}{% endfor %}"):  # fmt: skip
        with pytest.raises(MasterTooCostly):
            filled(a_master(text), rows=[Row()] * 200, head="很长的名字" * 10)


def test_a_table_that_loses_its_last_row_is_refused_because_word_would_call_the_file_broken() -> None:
    """A loop of no rows leaves docxtpl's table without any: corrupt, and no validator sees it."""
    docx = a_master(table=(("{%tr for r in rows %}", ""), ("{{ r.serial }}", "{{ r.head }}"), ("{%tr endfor %}", "")))

    assert "张<1>&子" in text_of(filled(docx, rows=ROWS))
    with pytest.raises(PaperBroken, match="一行也没有"):
        filled(docx, rows=[])


def test_a_condition_across_a_paragraph_is_refused_where_docxtpl_would_lose_text_silently() -> None:
    docx = a_master("{% if head %}甲", table=(("{{ head }}{% endif %}", "末段"),))

    assert read_master(docx, "test").way == "jinja"
    assert "末段" in text_of(filled(docx, head="陈"))
    with pytest.raises(PaperBroken, match="跨越"):
        filled(docx, head="")


def test_a_file_made_to_burst_or_no_file_at_all_is_no_master() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (61 * 2**20))
    for data in (bomb.getvalue(), b"no zip", b"PK\3\4", b""):
        with pytest.raises(MasterUnfit):
            read_master(data, "test")


def test_a_table_of_many_rows_is_compressed_piece_by_piece_into_one_whole_file() -> None:
    notice: Any = next(p for p in SAMPLES if p.code == "D-35")
    texts = dataclasses.replace(notice, rows=public_rows(6000)).texts()
    made = fill(load(notice.folder), texts, title="t", office="o")

    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.testzip() is None
    assert len(list(etree.fromstring(contents(made)["word/document.xml"]).iter(f"{W}tr"))) == 6002
