"""The checker: every paper of the catalogue passes, and a document made wrongly for one rule is caught by that rule."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import samples

from states.not_allowed import NotAWordFile
from templates.checker import PageSeen, check
from templates.exit_reply import ExitReply
from templates.paper import Dated, Paper

SAMPLES = samples.samples()
ALL = pytest.mark.parametrize("paper", SAMPLES, ids=[p.code for p in SAMPLES])


def issued(code_or_paper: str | Paper, signer: str = "李强") -> bytes:
    paper = next(p for p in SAMPLES if p.code == code_or_paper) if isinstance(code_or_paper, str) else code_or_paper
    number = "第3号" if paper.code == "D-77J" else "汕濠扶办〔2017〕35号"
    if isinstance(paper, Dated):
        paper = paper.issued(on=date(2017, 12, 28), number=number, signer=signer)
    return paper.render()


def changed(docx: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The file with one of its parts changed; the change must change something."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == part:
                assert change(text) != text
                text = change(text)
            new.writestr(name, text)
    return out.getvalue()


def put(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def resub(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text)


def swapped(text: str, one: str, other: str, behind: str) -> str:
    """The names exchanged in all that stands behind some words, but the imprint."""
    at = text.index(behind)
    end = text.index("<w:drawing>", at)
    part = text[at:end].replace(one, "\0").replace(other or "\1", one).replace("\0", other)
    return text[:at] + part + text[end:]


def rules_of(docx: bytes, **more: object) -> set[str]:
    return {d.rule for d in check(docx, **more) if not d.note}  # type: ignore[arg-type]


@ALL
def test_every_paper_of_the_catalogue_passes(paper: Paper) -> None:
    """R9-01, R9-02: what the system writes is what the standard asks."""
    docx = issued(paper)

    assert [str(d) for d in check(docx, expected=docx)] == []


DOCUMENT, STYLES, SETTINGS, ODD = "word/document.xml", "word/styles.xml", "word/settings.xml", "word/footer1.xml"
WRONG: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("G-01", "D-77F", DOCUMENT, put('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    ("G-02", "D-77F", DOCUMENT, put('w:left="1587"', 'w:left="1800"')),
    ("G-03", "D-77F", DOCUMENT, put('w:linePitch="579"', 'w:linePitch="312"')),
    ("G-03", "D-77F", STYLES, resub(r'(styleId="Body">.*?<w:sz w:val=)"32"', r'\1"28"')),
    ("G-04", "D-77F", STYLES, resub(r'(styleId="Title">.*?w:eastAsia=)"方正小标宋简体"', r'\1"隶书"')),
    ("G-05", "D-77F", DOCUMENT, put("汕濠扶办〔2017〕35号", "汕濠扶办[2017]035号")),
    ("G-05", "D-77F", DOCUMENT, put("汕濠扶办〔2017〕35号", "汕濠扶办〔2017〕第35号")),
    ("G-06", "D-77F", DOCUMENT, put("2017年12月28日", "2017年12月08日")),
    ("G-06", "D-77F", DOCUMENT, put("2017年12月28日", "二〇一七年十二月二十八日")),
    ("G-08", "D-77F", DOCUMENT, put("三、时间安排", "四、时间安排")),
    ("G-08", "D-77B", DOCUMENT, resub(r"<w:p>(?:(?!<w:p>).)*一、主要工作.*?</w:p>", "")),
    ("G-08", "D-77F", STYLES, resub(r'(styleId="H1">.*?w:eastAsia=)"黑体"', r'\1"宋体"')),
    ("G-09", "D-77A", DOCUMENT, resub(r"<w:tab/><w:t [^>]*>签发人：</w:t></w:r><w:r>.*?</w:r>", "</w:r>")),
    ("G-09", "D-77A", DOCUMENT, put("扶贫开发领导小组：", "扶贫开发领导小组、汕头市濠江区人民政府：")),
    ("G-10", "D-77B", DOCUMENT, put("特此报告。", "以上报告，请批示。")),
    ("G-11", "D-77A", DOCUMENT, put("名单和核查材料随文报送。", "另请安排工作经费。")),
    ("G-12", "D-39", DOCUMENT, put("附件：2017年退出贫困户名单", "附件：退出名单")),
    ("G-13", "D-77F", DOCUMENT, put('<w:top w:val="single" w:sz="8"', '<w:top w:val="single" w:sz="24"')),
    ("G-14", "D-77F", DOCUMENT, put("抄送：区直各帮扶单位。", "抄送：区直各帮扶单位")),
    ("G-14", "D-77F", DOCUMENT, put("区直各帮扶单位：", "区直各帮扶单位:")),
    ("G-15", "D-77F", ODD, put('<w:jc w:val="right"/>', '<w:jc w:val="center"/>')),
    ("G-15", "D-77F", SETTINGS, put("<w:evenAndOddHeaders/>", "")),
    ("G-15", "D-77F", ODD, put("— ", "")),
    ("G-16", "D-77F", DOCUMENT, put("工作的通知", "工作的安排")),
    ("G-18", "D-77F", DOCUMENT, put("工作的通知", "工作，的通知")),
    ("G-21", "D-77H", DOCUMENT, resub(r"(<w:p>(?:(?!<w:p>).)*汕濠扶办〔2017〕35号.*?</w:p>)", r"\1\1")),
    ("G-21", "D-77H", DOCUMENT, lambda text: swapped(text, "汕头市濠江区教育局", "汕头市濠江区财政局", behind="特此通知")),
    ("G-21", "D-77H", DOCUMENT, lambda text: swapped(text, "汕头市濠江区财政局", "", behind="特此通知")),
    ("G-21", "D-77H", DOCUMENT, resub("汕头市濠江区教育局　汕头市濠江区财政局", "汕头市濠江区财政局　汕头市濠江区教育局")),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "code", "part", "change"), WRONG, ids=[f"{w[0]}-{n}" for n, w in enumerate(WRONG)])
def test_a_document_made_wrongly_is_caught_by_its_rule(
    rule: str, code: str, part: str, change: Callable[[str], str]
) -> None:
    assert rules_of(changed(issued(code), part, change)) == {rule}


def test_a_finding_names_place_fault_and_remedy() -> None:
    wrong = changed(issued("D-77F"), DOCUMENT, put('w:left="1587"', 'w:left="1800"'))

    [found] = check(wrong)

    assert str(found) == "G-02 第1节：左边距31.7毫米；请改为28毫米（5.2.1）"


def test_a_draft_with_a_seal_is_caught() -> None:
    draft = next(p for p in SAMPLES if p.code == "D-77F").render()
    out = io.BytesIO(draft)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("word/media/seal.png", b"\x89PNG")

    assert rules_of(out.getvalue()) == {"G-17"}


def test_an_id_number_in_a_public_document_is_caught() -> None:
    leaking = changed(issued("D-39"), DOCUMENT, put("特此公告。", "户主身份证110101197003073012。"))

    assert rules_of(leaking) == {"G-19"}
    assert rules_of(issued("D-13"), public=False) == set()
    assert rules_of(issued("D-13"), public=True) == {"G-19"}


def test_a_number_in_a_table_that_is_not_the_records_is_caught() -> None:
    reply = issued(next(p for p in SAMPLES if isinstance(p, ExitReply)))
    [total] = [row for row in _rows(reply) if row[0] == "合计"]
    forged = changed(reply, DOCUMENT, put(f">{total[3]}<", ">99人<"))

    assert [(d.rule, d.found) for d in check(forged, expected=reply)] == [("G-20", "写作99")]


def _rows(docx: bytes) -> list[list[str]]:
    from templates.checker.reading import read

    return [row for table in read(docx).tables for row in table]


def page(*lines: tuple[str, float, float], height: float = 20.8) -> PageSeen:
    """A page with lines at (text, left, top) in points."""
    return PageSeen(595.3, 841.9, tuple((t, left, top, left + 15.86 * len(t), top + height) for t, left, top in lines))


def test_what_only_the_page_shows_is_read_from_the_page() -> None:
    docx = issued("D-77F")
    text = "为做好2017年度贫困户动态调整工作，现就有关事项通知如下："
    last = ("汕头市濠江区扶贫开发领导小组办公室2017年12月28日印发", 93.0, 715.0)
    good = [page((text, 111.0, 500.0)), page(last)]
    wide = [page(*(("甲" * 33, 79.5, 300 + 28.95 * n) for n in range(8)), (text, 111.0, 600.0)), page(last)]
    tight = [page(*(("甲" * 28, 79.5, 300 + 20.0 * n) for n in range(8)), (text, 111.0, 600.0)), page(last)]

    assert rules_of(docx, printed=good) == set()
    assert rules_of(docx, printed=wide) == {"G-03"}
    assert rules_of(docx, printed=tight) == {"G-03"}
    assert rules_of(docx, printed=[page(("标题", 200.0, 500.0)), page((text, 111.0, 110.0), last)]) == {"G-07"}
    assert rules_of(docx, printed=[*good, page(("附表", 79.5, 110.0))]) == {"G-13"}
    assert rules_of(docx, printed=[good[0], page((last[0], 93.0, 400.0))]) == {"G-13"}


def test_a_file_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(NotAWordFile, match="另存为"):
        check(b"%PDF-1.4")
