"""A changed master is tried before it replaces the old one, and the clerk is told in Chinese what is wrong, and where."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from states.not_allowed import NoSuch
from templates.batch.zipped import contents
from templates.master import load, master_path
from templates.papers import PAPERS
from templates.trial import judge, try_master

NOTICE = master_path(PAPERS["D-35"].folder).read_bytes()


def edited(old: str, new: str, docx: bytes = NOTICE, part: str = "word/document.xml") -> bytes:
    """The master as a clerk's edit in Word leaves it."""
    parts, out = contents(docx), io.BytesIO()
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    out = io.BytesIO(NOTICE)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("code", PAPERS)
def test_every_master_of_the_catalogue_passes_its_own_trial(code: str) -> None:
    """Ordinary, empty, longest and hostile data: the fuzz that every master has to stand."""
    trial = judge(code, load(PAPERS[code].folder).docx)

    assert [str(fault) for fault in trial.faults] == []
    assert trial.way


def test_a_clerk_may_change_the_wording() -> None:
    trial = try_master("D-35", edited("现将名单予以公示，接受群众监督。", "现予公示，欢迎监督。"))

    assert trial.fits, trial.faults
    assert trial.title == "拟退出公示"


def test_an_unknown_blank_is_named_with_its_place_and_what_was_perhaps_meant() -> None:
    [fault, *_] = judge("D-35", edited("{{ place }}", "{{ plaec }}")).faults

    assert re.fullmatch(r"正文第\d+段“.*plaec.*”", fault.where)
    assert "没有名为“plaec”的填空，可用的有：place（受理地点）" in fault.says


def test_an_unknown_column_is_named_with_its_table_row_and_cell() -> None:
    [fault, *_] = judge("D-35", edited("{{ r.head }}", "{{ r.id_no }}")).faults

    assert re.match(r"正文表格1第\d行第3格", fault.where)
    assert "“名单”的每一行里没有名为“id_no”的填空" in fault.says


def test_a_missing_blank_is_named() -> None:
    trial = judge("D-35", edited("{{ complaint_line }}", "12317"))

    assert [str(f) for f in trial.faults] == ["全文：缺少填空“监督电话”（写作 {{ complaint_line }}）。"]


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("{{ place }}", "{{ place }", "正文第", "填空写错了"),
        ("{{ place }}", "{% iff place %}", "正文第", "没有“iff”这种语句"),
        ("{%p endif %}", "", "正文", "“if”语句没有结束"),
        ("{{ place }}", "{{ place }}{{ place.__class__ }}", "正文第", "不允许的属性 __class__"),
        ("{{ place }}", "{{ place }}{% set x = 1 %}", "正文", "不允许的语句"),
        ("{{ place }}", "{{ place|safe }}", "正文", "没有“safe”这种过滤器|不允许的过滤器 safe"),
        ("{{ place }}", "{{ place }}，联系人手机13800000009", "用一般内容试印", "电话号码"),
        ("{{ place }}", "{{ place }}{{ 9 // 0 }}", "正文", "不允许"),
    ],
)
def test_what_is_misspelt_or_not_allowed_is_told_in_chinese(old: str, new: str, where: str, says: str) -> None:
    faults = judge("D-35", edited(old, new)).faults

    assert any(f.where.startswith(where) and re.search(says, f.says) for f in faults), faults


def test_a_table_that_a_clerk_emptied_is_found_by_the_empty_data() -> None:
    trial = judge("D-17", edited("{%tr endfor %}", "", load(PAPERS["D-17"].folder).docx))

    assert not trial.fits


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("word/vbaProject.bin", b"x", "宏"),
        ("word/comments.xml", b"<c/>", "批注"),
        ("word/embeddings/a.xlsx", b"x", "嵌有"),
        ("customXml/item1.xml", b"<a/>", "自定义数据"),
        ("word/endnotes.xml", b"<e>{{ head }}</e>", "不会被填写"),
        ("word/_rels/x.xml.rels", b'<R><r TargetMode="External" Target="http://x/"/></R>', "以外"),
    ],
)
def test_what_no_master_may_carry_is_named(name: str, data: bytes, says: str) -> None:
    assert any(says in fault.says for fault in judge("D-35", with_part(name, data)).faults)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"text", with_part("x.xml", b" " * 70 * 2**20)])
def test_whatever_the_file_is_the_answer_is_a_sentence(data: bytes) -> None:
    trial = try_master("D-35", data)

    assert not trial.fits
    assert trial.faults[0].says.endswith("。")


def test_a_master_that_never_ends_is_ended() -> None:
    loops = "{% for a in rows %}{% for b in rows %}{% for c in rows %}{{ a.head }}{% endfor %}{% endfor %}{% endfor %}"
    trial = try_master("D-35", edited("{{ place }}", "{{ place }}" + loops), seconds=12)

    assert not trial.fits
    assert re.search("限度|没有完成", trial.faults[0].says)


def test_a_paper_that_nobody_knows_has_no_trial() -> None:
    with pytest.raises(NoSuch):
        try_master("D-99", NOTICE)
