"""Filling a paper loses nothing, adds nothing, and refuses in a sentence what cannot be printed."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import samples
from docx import Document
from docxtpl import DocxTemplate
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import etree
from samples.people import public_rows

from rules.money import Yuan
from rules.privacy import PublicRow, for_web
from rules.wording import sentence
from states.not_allowed import BlankMissing, BlankWrong, NoSuch, PublicPaperLeaks
from templates.exit_publicity import ExitPublicity
from templates.help_card import HelpCard
from templates.master import environment, master_path, text_of
from templates.paper import Paper
from templates.papers import PAPERS, paper_class, paper_from
from templates.public import check_public
from templates.refusal_letter import RefusalLetter

SAMPLES = samples.samples()
ALL = pytest.mark.parametrize("paper", SAMPLES, ids=[p.code for p in SAMPLES])
PRINTABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u202a\u202b\u202c\u202d\u202e"
                  "\u2066\u2067\u2068\u2069"), min_size=1, max_size=60,
).filter(lambda text: text.strip())  # fmt: skip
LETTERS = ("D-09", "D-60", "D-61", "D-63", "D-65", "D-68", "D-77D")  # the letter form carries no data of printing


def sample(kind: type[Paper]) -> Any:
    return next(p for p in SAMPLES if type(p) is kind)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def member(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return file.read(name)


def canonical(xml: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n"))


def test_every_paper_has_an_example() -> None:
    assert {p.code for p in SAMPLES} == set(PAPERS)


@ALL
def test_the_text_of_a_paper_is_its_masters_text_and_its_values(paper: Paper) -> None:
    """The account of text: the master's own words, filled as plain text without any XML, are what the file says."""
    words = text_of(master_path(paper.folder).read_bytes()).replace("底版", paper.title + paper.office)
    plain = Environment().from_string(re.sub(r"{%(tr|p) ", "{% ", words))

    assert bare(text_of(paper.render())) == bare(plain.render(paper.texts()))


@ALL
def test_a_compiled_master_says_exactly_what_docxtpl_says(paper: Paper) -> None:
    word, out = DocxTemplate(master_path(paper.folder)), io.BytesIO()
    word.render(paper.texts(), environment(), autoescape=True)
    word.save(out)

    for name in ("word/document.xml", "word/footer1.xml"):
        assert canonical(member(paper.render(), name)) == canonical(member(out.getvalue(), name))


@ALL
def test_a_paper_opens_and_names_title_and_office_and_nothing_else(paper: Paper) -> None:
    document = Document(io.BytesIO(paper.render()))
    core = etree.fromstring(member(paper.render(), "docProps/core.xml"))

    assert (document.core_properties.title, document.core_properties.author) == (paper.title, paper.office)
    assert len(core) == 2


@ALL
def test_the_same_blanks_give_the_same_bytes_and_survive_as_a_snapshot(paper: Paper) -> None:
    kept = json.loads(json.dumps(paper.to_snapshot()))
    again = paper_from(paper.code, kept)

    assert again == paper
    assert again.render() == paper.render()


@ALL
def test_a_blank_without_a_value_is_refused_by_name(paper: Paper) -> None:
    for f in dataclasses.fields(paper):
        if f.default is dataclasses.MISSING:
            with pytest.raises(BlankMissing, match=re.escape(f"“{paper.title}”缺少“{f.metadata['name']}”")) as no:
                dataclasses.replace(paper, **{f.name: None}).render()
            whose = f"{paper.head}户的" if hasattr(paper, "head") and f.name != "head" else ""
            assert no.value.facts["record"] == whose + f.metadata["record"]


@given(PRINTABLE)
@example("A&B商店")
@example("张<三>&子")
@example("{{ office }}{% if x %}{# c #}")
@example("{_{ office }_}")
@example("]]><w:p/>&amp;&#10;")
@example("𠮷田")
@example("古丽巴哈尔·买买提·阿卜杜热合曼·艾合买提江·吐尔逊" * 4)
@settings(deadline=None, max_examples=60)
def test_hostile_values_stand_in_the_paper_unchanged(value: str) -> None:
    letter = dataclasses.replace(sample(RefusalLetter), head=value, facts=value)
    listed = dataclasses.replace(sample(ExitPublicity), rows=(PublicRow(serial=1, place=value, head=value, size=3),))

    text = text_of(letter.render())
    assert value in text and sentence(value) in text  # what stands as a sentence ends as one
    assert text_of(listed.render()).count(value) >= 2
    assert "以书面或口头方式如实反映" in text_of(listed.render())  # nothing behind the value is lost


def test_a_line_break_in_an_opinion_is_a_line_break_in_the_paper() -> None:
    letter = dataclasses.replace(sample(RefusalLetter), facts="第一，A&B；\n第二，无。")

    assert "第一，A&B；\n第二，无。" in text_of(letter.render())
    assert b"<w:br/>" in member(letter.render(), "word/document.xml")


@pytest.mark.parametrize("char", ["\a", "\f", "\x00", "\r", "\t", "\x85", "\ud800", "\u202e", "\ufffe", "\ufdd0"])
def test_a_character_that_cannot_be_printed_is_refused_naming_the_blank(char: str) -> None:
    letter = dataclasses.replace(sample(RefusalLetter), head=f"张{char}三")

    with pytest.raises(BlankWrong) as no:
        letter.render()
    assert f"文书“不予认定告知书”的“户主姓名”含有不能印出的字符（U+{ord(char):04X}），请先更正户登记信息。" == str(
        no.value
    )


def test_the_sentence_names_the_household_whose_record_is_to_be_mended() -> None:
    with pytest.raises(BlankWrong, match=r"的“查明的事实”含有不能印出的字符（U\+0007），请先更正吴𠮷祥户的") as no:
        dataclasses.replace(sample(RefusalLetter), facts="甲\a乙").render()
    assert "U+0007" in str(no.value)


def test_a_wrong_value_in_a_row_is_refused_naming_the_row() -> None:
    notice = sample(ExitPublicity)
    rows = (*notice.rows[:2], dataclasses.replace(notice.rows[2], head="\x07"))

    with pytest.raises(BlankWrong, match="“名单第3行户主姓名”"):
        dataclasses.replace(notice, rows=rows).render()


@pytest.mark.parametrize("value", [float("nan"), 1.5, True, datetime(2017, 1, 1, tzinfo=UTC), object()])
def test_what_is_no_text_number_sum_or_day_is_refused(value: object) -> None:
    with pytest.raises(BlankWrong, match="不是文字、整数、金额或日期"):
        dataclasses.replace(sample(RefusalLetter), head=value).render()


def test_sums_and_days_are_printed_as_papers_print_them() -> None:
    sheet = next(p for p in SAMPLES if p.code == "D-32")
    text = text_of(dataclasses.replace(sheet, total=Yuan.of("6433.03"), cut_off=date(2017, 7, 3)).render())

    assert "6433.03" in text
    assert "2017年7月3日" in text


def test_a_snapshot_with_a_blank_the_paper_does_not_have_is_no_snapshot_of_it() -> None:
    with pytest.raises(ValueError, match="no blank"):
        paper_from("D-14", {**sample(RefusalLetter).to_snapshot(), "id_no": "1"})


def test_a_paper_nobody_knows_is_refused() -> None:
    with pytest.raises(NoSuch):
        paper_class("D-99")


@pytest.mark.parametrize("code", [code for code, paper in PAPERS.items() if paper.numbered])
def test_a_draft_says_that_its_number_is_to_come_and_the_issued_paper_carries_it(code: str) -> None:
    draft = next(p for p in SAMPLES if p.code == code)
    issued = draft.issued(on=date(2017, 12, 28), number="汕濠扶办〔2017〕35号")
    before, after = text_of(draft.render()), text_of(issued.render())

    assert "（待编号）" in before
    assert ("年　月　日印发" in before) == (code not in LETTERS)  # a letter carries no data of printing
    assert "汕濠扶办〔2017〕35号" in after
    assert ("2017年12月28日印发" in after) == (code not in LETTERS)
    assert "（待编号）" not in after
    assert (
        paper_from(code, {**draft.to_snapshot(), "issued_on": "2017-12-28", "number": "汕濠扶办〔2017〕35号"}) == issued
    )


def test_signing_a_paper_without_a_number_sets_its_day_only() -> None:
    letter = sample(RefusalLetter).issued(on=date(2017, 9, 1), number="不应有", signer="不应有")

    assert "2017年9月1日" in text_of(letter.render())
    assert "不应有" not in text_of(letter.render())


@pytest.mark.parametrize("count", [1, 500])
@pytest.mark.parametrize("code", ["D-08", "D-11", "D-15", "D-35", "D-38", "D-39"])
def test_a_list_of_one_and_of_five_hundred_households_is_complete(code: str, count: int) -> None:
    rows = public_rows(count)
    listed: Any = next(p for p in SAMPLES if p.code == code)
    text = text_of(dataclasses.replace(listed, rows=rows).render())

    assert f"{count}户{sum(r.size for r in rows)}人" in text
    assert text.count(rows[0].head) == sum(r.head == rows[0].head for r in rows)


def test_the_web_version_of_a_list_shows_no_full_name() -> None:
    board = sample(ExitPublicity)
    text = text_of(dataclasses.replace(board, rows=for_web(board.rows)).render())

    assert all(row.head not in text for row in board.rows)
    assert "欧阳*" in text


@pytest.mark.parametrize("paper", [p for p in SAMPLES if p.public], ids=[p.code for p in SAMPLES if p.public])
def test_a_public_paper_passes_with_its_own_contacts(paper: Paper) -> None:
    check_public(paper, paper.render())


def test_a_public_paper_with_an_id_number_where_a_name_belongs_is_refused() -> None:
    notice = sample(ExitPublicity)
    leaking = dataclasses.replace(
        notice, rows=(*notice.rows, PublicRow(serial=10, place="第1居民小组", head="陈树根110101198002290016", size=1))
    )

    with pytest.raises(PublicPaperLeaks, match="含有身份证号码") as no:
        check_public(leaking, leaking.render())
    assert "110101198002290016" not in str(no.value)


def test_another_mans_telephone_on_the_card_and_a_number_in_the_properties_are_refused() -> None:
    card = sample(HelpCard)

    with pytest.raises(PublicPaperLeaks, match="电话号码"):
        check_public(card, dataclasses.replace(card, helper="王敏13900000002").render())
    with pytest.raises(PublicPaperLeaks, match="银行卡号"):
        check_public(card, dataclasses.replace(card, office="6217000000000001234").render())


def test_a_number_split_over_runs_by_a_clerk_is_still_found() -> None:
    """Word splits text into runs at will; the scan reads paragraphs."""
    docx, out = io.BytesIO(sample(ExitPublicity).render()), io.BytesIO()
    document = Document(docx)
    paragraph = document.add_paragraph("")
    for piece in ("110101", "1980", "0229", "0016"):
        paragraph.add_run(piece)
    document.save(out)

    with pytest.raises(PublicPaperLeaks):
        check_public(sample(ExitPublicity), out.getvalue())


def test_no_word_of_one_policy_stands_in_a_master() -> None:
    """The same papers serve a pack that calls the people 监测对象 and the exit 风险消除 (truth 8)."""
    for paper in SAMPLES:
        words = text_of(master_path(paper.folder).read_bytes())
        assert not re.search("贫困户|监测对象|八有|退出|脱贫|12317|濠江|6883|4000", words), paper.code
    notice = dataclasses.replace(sample(ExitPublicity), label="监测对象", leaving="风险消除")
    assert "关于2017年拟风险消除监测对象名单的公示" in text_of(notice.render())


def test_many_threads_never_mix_two_papers() -> None:
    letters = [dataclasses.replace(sample(RefusalLetter), head=f"户主{n}号") for n in range(200)]

    with ThreadPoolExecutor(8) as pool:
        texts = [text_of(docx) for docx in pool.map(Paper.render, letters)]

    assert all(text.count(f"户主{n}号") == 1 for n, text in enumerate(texts))
    assert [re.findall(r"户主(\d+)号", text) for text in texts] == [[str(n)] for n in range(200)]
