"""A document that people word: drafted, reviewed, countersigned, signed, sealed, archived, each by its person; registers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from district import District, at
from sqlalchemy import Engine

from flows import paper_stages as stages
from flows.archive_household import archive_household, index_paper
from flows.compose import Manuscript, compose, reword
from flows.drain import drain
from flows.incoming import Incoming, close, instruct, propose, register_incoming
from flows.paper_acts import Delivery, deliver
from flows.sign import sign
from records import correspondence, papers, verification
from records.engine import reading
from rules.identity import of_age
from rules.jurisdiction import EVERYTHING, Scope
from states.not_allowed import (
    BlankMissing,
    BlankWrong,
    CorrectionUnnamed,
    CountersignMissing,
    FieldWrong,
    IncomingClosed,
    NotAsked,
    NotComposed,
    NothingToArchive,
    NotReviewed,
    NotYourPost,
    PaperDeparts,
    PaperNotReady,
    RouteWrong,
    SameHandOnPaper,
)
from templates.master import text_of

DAY = at(2017, 9, 4)
GROUP, OFFICE, STREET, UNIT = "440512-group", "440512-office", "440512001-office", "440512-unit-01"


def words(*lines: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"level": level, "text": text} for level, text in lines]


TEXT = words((0, "根据工作安排，现将有关情况请示如下："), (1, "一、基本情况"), (0, "拟退出户已逐户核查。"))
ASKING = Manuscript("D-77A", {"subject": "核定2017年退出贫困户", "sections": TEXT}, (GROUP,))


def letter(*countersigners: str) -> Manuscript:
    values = {"subject": "商请核对信息", "sections": words((0, "请协助核对名单。")), "closing": "请予支持为盼。"}
    return Manuscript("D-77D", values, (UNIT,), countersigners=countersigners)


def drafted(district: District, wanted: Manuscript = ASKING, by: str = "street_clerk") -> int:
    return compose(district.office, wanted, district.who[by], DAY)


def signed(district: District, wanted: Manuscript = ASKING) -> int:
    paper = drafted(district, wanted)
    stages.review(district.office, paper, district.who["other_street_clerk"], DAY)
    sign(district.office, paper, district.who["leader"], DAY)
    return paper


def see(district: District, paper_id: int) -> Any:
    with reading(district.office.records) as conn:
        return papers.paper(conn, paper_id)


def test_a_total_that_its_rows_do_not_make_stops_the_paper(small: District) -> None:
    row = {"serial": 1, "place": "东兴社区", "head": "陈家强", "amount": {"fen": 60000}}
    values = {"item": "教育生活费补助", "period": "2017年春季学期", "starts_on": "2017-09-04", "ends_on": "2017-09-11",
              "total": {"fen": 61000}, "rows": [row], "phone": "0754-00000001", "complaint_line": "12317"}  # fmt: skip

    with pytest.raises(BlankWrong, match="“合计金额（元）”为610，而各行“金额（元）”相加为600，请先更正资金"):
        compose(small.office, Manuscript("D-55B", values), small.who["street_clerk"], DAY)
    values["total"] = {"fen": 60000}
    paper = compose(small.office, Manuscript("D-55B", values), small.who["street_clerk"], DAY)
    stages.review(small.office, paper, small.who["other_street_clerk"], DAY)
    with pytest.raises(BlankWrong, match="“公示开始日”早于签发日2017年9月5日"):
        sign(small.office, paper, small.who["leader"], at(2017, 9, 5))
    assert sign(small.office, paper, small.who["leader"], DAY).sha256


def test_a_document_goes_from_draft_to_archive_and_every_stage_has_its_person(district: District) -> None:
    """R4.4-05, R9-01: nothing is issued that no person signed."""
    paper = signed(district)
    stages.seal(district.office, paper, district.who["street_clerk"], DAY, copies=3)
    receipt = Delivery(date(2017, 9, 4), "蔡晓", "direct")
    deliver(district.office, paper, receipt, district.who["street_clerk"], DAY)
    stages.archive(district.office, paper, district.who["street_clerk"], DAY)

    with reading(district.office.records) as conn:
        told = [(s.act, s.person) for s in correspondence.steps_of(conn, paper)]
        kept = papers.paper(conn, paper)
        assert verification.verify(conn) == []
    assert told == [("draft", "黄小燕"), ("review", "许立"), ("sign", "李书记"), ("register", "李书记"),
                    ("seal", "黄小燕"), ("deliver", "黄小燕"), ("archive", "黄小燕")]  # fmt: skip
    assert kept is not None and (kept.status, kept.number) == ("archived", "达濠街办〔2017〕1号")
    text = text_of(district.office.files.get(kept.file_key))
    assert "签发人：李书记" in text and "濠江区扶贫开发领导小组：" in text and "（联系人：黄小燕" in text


def test_a_worded_document_is_not_signed_before_another_person_has_reviewed_it(district: District) -> None:
    paper = drafted(district)

    with pytest.raises(NotReviewed):
        sign(district.office, paper, district.who["leader"], DAY)
    with pytest.raises(SameHandOnPaper, match="请由他人核稿"):
        stages.review(district.office, paper, district.who["street_clerk"], DAY)
    assert see(district, paper).number is None


def test_every_office_that_was_asked_countersigns_before_the_signature(district: District) -> None:
    paper = drafted(district, letter(OFFICE))
    with pytest.raises(PaperNotReady):
        stages.countersign(district.office, paper, district.who["director"], DAY)
    stages.review(district.office, paper, district.who["other_street_clerk"], DAY)

    with pytest.raises(CountersignMissing, match="领导小组办公室"):
        sign(district.office, paper, district.who["leader"], DAY)
    with pytest.raises(NotAsked):
        stages.countersign(district.office, paper, district.who["group"], DAY)
    stages.countersign(district.office, paper, district.who["director"], DAY, "无意见")

    assert sign(district.office, paper, district.who["leader"], DAY).number == "达濠街办〔2017〕1号"


def test_a_reworded_draft_is_reviewed_and_countersigned_again(district: District) -> None:
    paper = drafted(district, letter(OFFICE))
    stages.review(district.office, paper, district.who["other_street_clerk"], DAY)
    stages.countersign(district.office, paper, district.who["director"], DAY)
    stages.send_back(district.office, paper, district.who["leader"], DAY, "请补充附件")
    reword(district.office, paper, letter(OFFICE), district.who["street_clerk"], DAY)

    with pytest.raises(NotReviewed):
        sign(district.office, paper, district.who["leader"], DAY)
    stages.review(district.office, paper, district.who["other_street_clerk"], DAY)
    with pytest.raises(CountersignMissing):
        sign(district.office, paper, district.who["leader"], DAY)


def test_a_wrong_route_is_refused_before_there_is_a_draft(small: District) -> None:
    """The rule is said: a department does not order a street, a request has one addressee."""
    order = Manuscript("D-77F", {"subject": "报送材料", "sections": words((0, "请报送材料。"))}, (STREET,))

    with pytest.raises(RouteWrong, match="部门不得向达濠街道办事处发布指令性公文"):
        compose(small.office, order, small.who["district_clerk"], DAY)
    with pytest.raises(RouteWrong, match="只主送一个上级机关"):
        compose(small.office, Manuscript("D-77A", ASKING.values, (GROUP, OFFICE)), small.who["street_clerk"], DAY)
    with reading(small.office.records) as conn:
        assert papers.listing(conn) == []


def test_what_departs_from_the_form_or_lacks_a_blank_is_refused_by_name(small: District) -> None:
    asking = words((0, "现将情况报告如下。以上妥否，请批示。"))

    with pytest.raises(PaperDeparts, match="报告不得夹带请示事项"):
        compose(small.office, Manuscript("D-77B", {"subject": "上半年工作", "sections": asking}, (GROUP,)),
                small.who["street_clerk"], DAY)  # fmt: skip
    with pytest.raises(BlankMissing, match="事由"):
        compose(small.office, Manuscript("D-77A", {"subject": "", "sections": TEXT}, (GROUP,)),
                small.who["street_clerk"], DAY)  # fmt: skip
    with pytest.raises(NotComposed, match="由办理程序自动拟制"):
        compose(small.office, Manuscript("D-39", {}), small.who["district_clerk"], DAY)


def test_an_issued_document_is_sealed_by_somebody_else_and_never_discarded(district: District) -> None:
    paper = signed(district)

    with pytest.raises(SameHandOnPaper, match="请由他人用印"):
        stages.seal(district.office, paper, district.who["leader"], DAY)
    with pytest.raises(PaperNotReady, match="作废"):
        stages.discard(district.office, paper, district.who["street_clerk"], DAY, "有误")


def test_a_correction_is_a_new_document_that_names_the_old_one(district: District) -> None:
    old = signed(district)
    text = words((0, "我街道《关于核定2017年退出贫困户的请示》（达濠街办〔2017〕1号）中户数有误，现予更正。"))
    silent = Manuscript("D-77A", {"subject": "更正退出户数", "sections": TEXT}, (GROUP,), corrects_id=old)
    naming = Manuscript("D-77A", {"subject": "更正退出户数", "sections": text}, (GROUP,), corrects_id=old)

    with pytest.raises(CorrectionUnnamed, match="达濠街办〔2017〕1号"):
        drafted(district, silent)
    new = signed(district, naming)

    assert (see(district, new).corrects_id, see(district, new).number) == (old, "达濠街办〔2017〕2号")
    assert see(district, old).status == "registered"


def test_a_void_number_leaves_a_recorded_gap(district: District) -> None:
    signed(district)
    void = stages.void_number(district.office, STREET, district.who["street_clerk"], DAY, "套印错误")
    signed(district)

    with reading(district.office.records) as conn:
        register = correspondence.outgoing(conn, STREET, 2017)
        assert verification.verify(conn) == []
    assert void == "达濠街办〔2017〕2号"
    assert [(r.seq, r.void_reason or r.number) for r in register] == [
        (1, "达濠街办〔2017〕1号"), (2, "套印错误"), (3, "达濠街办〔2017〕3号"),
    ]  # fmt: skip
    with pytest.raises(NotYourPost):
        stages.void_number(district.office, OFFICE, district.who["street_clerk"], DAY, "他人字号")


def test_no_number_is_taken_twice_by_people_who_sign_at_once(district: District) -> None:
    waiting = []
    for _ in range(6):
        paper = compose(district.office, ASKING, district.who["street_clerk"], at(2017, 9, 4, 1 + len(waiting)))
        stages.review(district.office, paper, district.who["other_street_clerk"], DAY)
        waiting.append(paper)
    signers = ["leader", "other_leader"] * 3

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: sign(district.office, pair[0], district.who[pair[1]], DAY),
                      zip(waiting, signers, strict=True)))  # fmt: skip

    with reading(district.office.records) as conn:
        assert [r.seq for r in correspondence.outgoing(conn, STREET, 2017)] == [1, 2, 3, 4, 5, 6]


def test_what_comes_in_is_registered_proposed_instructed_and_closed(district: District) -> None:
    came = Incoming(
        "区财政局", "关于报送资金计划的函", date(2017, 9, 4), "濠财函〔2017〕8号", answer_by=date(2017, 9, 15)
    )
    clerk, leader = district.who["street_clerk"], district.who["leader"]
    made, seq = register_incoming(district.office, came, clerk, DAY)
    _, second = register_incoming(district.office, came, clerk, DAY)

    propose(district.office, made, "拟由扶贫办公室办理", clerk, DAY)
    with pytest.raises(FieldWrong, match="负责人"):
        instruct(district.office, made, "同意", clerk, DAY)
    instruct(district.office, made, "同意", leader, DAY)
    close(district.office, made, "已函复", clerk, DAY)

    with pytest.raises(IncomingClosed):
        propose(district.office, made, "再议", clerk, DAY)
    with reading(district.office.records) as conn:
        mine = correspondence.incoming(conn, Scope(paths=frozenset(("/440512/440512001/",))))
        theirs = correspondence.incoming(conn, Scope(paths=frozenset(("/440512/440512005/",))))
        still_open = correspondence.incoming(conn, EVERYTHING, open_only=True)
    assert (seq, second) == (1, 2)
    assert next((r.proposed_by, r.instructed_by, r.closed_by) for r in mine) == ("黄小燕", "李书记", "黄小燕")
    assert theirs == [] and [r.seq for r in still_open] == [2]


def test_a_household_has_one_file_with_categories_and_retention(district: District, engine: Engine) -> None:
    """R1.4-03: 一户一档."""
    home = district.household()
    case = district.exit_until("end", home)
    clerk = district.who["street_clerk"]

    count = archive_household(district.office, home, clerk, at(2018, 1, 8))
    with pytest.raises(NothingToArchive):
        archive_household(district.office, home, clerk, at(2018, 1, 9))

    with reading(district.office.records) as conn:
        index = correspondence.index_of(conn, home)
        letter = papers.paper_of_case(conn, case, "D-40")
    assert [e.serial for e in index] == list(range(1, count + 1))
    assert {(e.category, e.retention) for e in index if "告知书" in e.title} == {("贫困退出", "永久")}
    assert letter is not None and letter.status == "archived"
    text = text_of(index_paper(district.office, home, date(2018, 1, 8)).render())
    assert "陈家强户" in text and "永久" in text


def test_the_forms_of_an_application_are_printed_where_people_fill_and_sign_them(small: District) -> None:
    """R4.3-02: application, consent and visit are forms with the household's own data on them."""
    home = small.household(assisted=False)
    case = small.begin("identification", home, at(2017, 7, 12)).id
    drain(small.office, at(2017, 7, 12))

    with reading(small.office.records) as conn:
        printed = {p.code: p for p in papers.papers_of_case(conn, case)}
    assert {code: p.status for code, p in printed.items()} == {"D-01": "printed", "D-02": "printed"}
    consent = text_of(small.office.files.get(printed["D-02"].file_key))
    assert "陈家强" in consent and "陈秀英" in consent and "民政" in consent


def test_a_person_is_of_age_on_the_eighteenth_birthday() -> None:
    assert not of_age(date(1999, 9, 5), date(2017, 9, 4))
    assert of_age(date(1999, 9, 5), date(2017, 9, 5))
