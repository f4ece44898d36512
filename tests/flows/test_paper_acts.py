"""A paper after its issue: delivered with a receipt; a form signed by hand comes back and is the step's evidence."""

from __future__ import annotations

from datetime import date

import pytest
from district import District, at, proof

from flows.drain import drain
from flows.paper_acts import Delivery, bring_back, deliver
from records import paper_lists, papers, verification
from records.engine import reading
from records.overview import Ask
from rules.jurisdiction import EVERYTHING, Scope
from states.decision import Evidence, MadeBy
from states.not_allowed import EvidenceMissing, FieldMissing, FieldWrong, PaperNotReady

DONE = at(2017, 11, 14)
SCAN = Evidence("D-34", "认可书.jpg", "0" * 64)
RECEIVED = Delivery(date(2017, 11, 14), "陈家强", "direct")


def letter(district: District) -> int:
    """An issued exit letter (D-40)."""
    case = district.exit_until("end", district.household())
    with reading(district.office.records) as conn:
        found = papers.paper_of_case(conn, case, "D-40")
    assert found is not None
    return int(found.id)


def test_a_letter_is_delivered_once_with_receiver_and_way(district: District) -> None:
    paper, clerk = letter(district), district.who["street_clerk"]
    deliver(district.office, paper, RECEIVED, clerk, DONE)
    with reading(district.office.records) as conn:
        row = papers.paper(conn, paper)
        assert row is not None and (row.status, row.delivered_on) == ("delivered", date(2017, 11, 14))
        assert row.delivery["receiver"] == "陈家强" and row.delivery["way"] == "直接送达"
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []
    with pytest.raises(PaperNotReady):
        deliver(district.office, paper, RECEIVED, clerk, DONE)


@pytest.mark.parametrize(
    ("wrong", "no"),
    [
        (Delivery(date(2017, 11, 14), " ", "direct"), FieldMissing),
        (Delivery(date(2017, 11, 14), "陈家强", "left"), FieldMissing),
        (Delivery(date(2017, 11, 14), "陈家强", "pigeon"), FieldWrong),
        (Delivery(date(2017, 11, 15), "陈家强", "direct"), FieldWrong),
        (Delivery(date(2017, 11, 1), "陈家强", "direct"), FieldWrong),
    ],
)
def test_an_impossible_delivery_is_refused(district: District, wrong: Delivery, no: type[Exception]) -> None:
    paper = letter(district)
    with pytest.raises(no):
        deliver(district.office, paper, wrong, district.who["street_clerk"], DONE)


def test_a_form_that_came_back_signed_is_the_evidence_of_its_step(district: District) -> None:
    """R4.3-06: the household's own acceptance, on paper."""
    case = district.exit_until("accept", district.household())
    drain(district.office, at(2017, 10, 21))
    with reading(district.office.records) as conn:
        form = papers.paper_of_case(conn, case, "D-34")
    assert form is not None
    head = MadeBy("陈家强", "户主")
    with pytest.raises(EvidenceMissing):
        district.say(case, "accept", "clerk", at(2017, 10, 23), made_by=head)
    bring_back(district.office, form.id, SCAN, district.who["clerk"], at(2017, 10, 22))
    with pytest.raises(PaperNotReady):
        bring_back(district.office, form.id, SCAN, district.who["clerk"], at(2017, 10, 22))
    district.say(case, "accept", "clerk", at(2017, 10, 23), made_by=head)
    assert district.see(case).step == "pub_post"


def test_a_copy_of_an_earlier_pass_is_no_evidence_of_this_one(district: District) -> None:
    from states.procedure import Verdict

    case = district.exit_until("pub_post", district.household())
    district.say(case, "pub_post", "clerk", at(2017, 10, 24), Verdict.SEND_BACK, "重新核实", back_to="verify")
    drain(district.office, at(2017, 10, 25))
    visit = {"visited_on": "2017-10-25", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}
    with pytest.raises(EvidenceMissing):
        district.say(case, "verify", "clerk", at(2017, 10, 25), fields=visit)
    district.say(case, "verify", "clerk", at(2017, 10, 25), fields=visit, evidence=proof("D-33", "D-32"))


def test_papers_are_listed_by_desk_and_scope(district: District) -> None:
    case = district.exit_until("pub_post", district.household())
    drain(district.office, at(2017, 10, 24))
    on = date(2017, 10, 24)
    with reading(district.office.records) as conn:
        everything = Ask(EVERYTHING, on)
        assert paper_lists.papers(everything).count(conn) > 0
        assert paper_lists.papers(Ask(Scope(paths=frozenset(["/440512/440512002/"])), on)).count(conn) == 0
        desks = [("440512001001-office", "community_head")]
        waiting = paper_lists.to_sign(everything, desks)
        assert {p.signer_role for p in waiting.page(conn)} <= {"community_head"}
        assert paper_lists.to_sign(everything, []).count(conn) == 0
        assert [p.code for p in paper_lists.by_hand(everything).page(conn)] == []
        assert "D-34" in paper_lists.codes(conn, everything)
        some = paper_lists.papers(everything, code="D-34").page(conn)[0]
        assert some.case_id == case and paper_lists.paper(conn, everything, some.id) is not None
        assert paper_lists.papers(everything, search="100%_").count(conn) == 0


def test_a_form_is_out_while_its_case_stands_at_its_step(district: District) -> None:
    district.exit_until("accept", district.household())
    drain(district.office, at(2017, 10, 21))
    with reading(district.office.records) as conn:
        assert [p.code for p in paper_lists.by_hand(Ask(EVERYTHING, date(2017, 10, 21))).page(conn)] == ["D-34"]
