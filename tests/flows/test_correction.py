"""A correction is a case: the register is put right, personal text leaves ledger lines, and the chain still verifies."""

from __future__ import annotations

import pytest
from district import District, at, proof
from sqlalchemy import update

from flows.correction import text_key, texts_about
from records import household_file, ledger, register, schema, verification
from records.cases import decisions_of
from records.engine import reading, writing
from records.verification import Fault
from rules.days import day_of
from states.decision import MadeBy
from states.not_allowed import FieldMissing, FieldWrong
from states.procedure import Verdict

ASKED = MadeBy("陈家强", "申请人")
DAY = at(2017, 3, 1)


def faults(district: District) -> list[Fault]:
    """What does not fit, without the register rows that the fixture writes by itself."""
    with reading(district.office.records) as conn:
        return [f for f in verification.verify(conn) if "case 0" not in f.where]


def spoken(district: District, home: int) -> str:
    """A line about the household that keeps what somebody said."""
    case = district.begin("exit", home, at(2017, 2, 1)).id
    district.say(case, "candidate", "clerk", at(2017, 2, 1, 5), opinion="户主患病，暂不宜公开")
    with reading(district.office.records) as conn:
        [line] = [x for x in household_file.personal_lines(conn, home) if "患病" in x.personal]
    return f"{line.stream}#{line.seq}"


def asked(district: District, home: int, **fields: object) -> int:
    case = district.begin("correction", home, DAY).id
    given = {"about": "意见中写有病情", "reason": "超出必要范围", "effective_on": "2017-03-01", **fields}
    district.say(case, "community", "clerk", DAY, fields=given, evidence=proof("request"), made_by=ASKED)
    return case


def decided(district: District, case: int) -> None:
    district.say(case, "check", "street_clerk", at(2017, 3, 2))
    district.say(case, "decide", "leader", at(2017, 3, 3))
    district.say(case, "reply", "street_clerk", at(2017, 3, 6), fields={"replied_on": "2017-03-06"})


def test_a_lawful_correction_takes_text_off_and_the_chain_still_verifies(district: District) -> None:
    home = district.household()
    line = spoken(district, home)
    case = asked(district, home, lines=[line])
    assert faults(district) == []
    decided(district, case)

    with reading(district.office.records) as conn:
        assert line not in {f"{x.stream}#{x.seq}" for x in household_file.personal_lines(conn, home)}
    assert faults(district) == []


def test_text_that_goes_without_a_decision_is_found(district: District) -> None:
    home = district.household()
    stream, seq = spoken(district, home).split("#")
    L = schema.ledger
    with writing(district.office.records) as conn:
        conn.execute(update(L).where(L.c.stream == stream, L.c.seq == int(seq)).values(personal=None))
    [fault] = faults(district)
    assert fault.where == f"{stream}#{seq}" and "没有更正决定" in fault.says


def test_a_refused_correction_leaves_everything(district: District) -> None:
    home = district.household()
    line = spoken(district, home)
    case = asked(district, home, lines=[line])
    district.say(case, "check", "street_clerk", at(2017, 3, 2), Verdict.REFUSE, "记载属实且必要")
    with reading(district.office.records) as conn:
        assert line in {f"{x.stream}#{x.seq}" for x in household_file.personal_lines(conn, home)}


def test_facts_are_put_right_as_by_a_change(district: District) -> None:
    home = district.household()
    with reading(district.office.records) as conn:
        head = register.household_on(conn, home, day_of(DAY)).head  # type: ignore[union-attr]
    assert head is not None
    change = {"kind": "person", "person_id": head.person_id, "facts": {"name": "陈家祥"}}
    decided(district, asked(district, home, changes=[change]))
    with reading(district.office.records) as conn:
        names = [m.name for m in register.household_on(conn, home, day_of(at(2017, 3, 3))).members]  # type: ignore[union-attr]
    assert "陈家祥" in names and faults(district) == []


def test_it_corrects_something_and_only_of_this_household(district: District) -> None:
    home, other = district.household(), district.household("林木生")
    line = spoken(district, other)
    with pytest.raises(FieldMissing):
        asked(district, home)
    district.begin("correction", other, DAY)
    case = district.see(_running(district, home)).id
    for wrong in (line, "case:999#1", "household:x", "system#1"):
        with pytest.raises(FieldWrong, match="抹去的流水行"):
            district.say(case, "community", "clerk", DAY, evidence=proof("request"), made_by=ASKED,
                         fields={"about": "x", "reason": "x", "effective_on": "2017-03-01", "lines": [wrong]})  # fmt: skip


def _running(district: District, home: int) -> int:
    from records.cases import open_case_of

    with reading(district.office.records) as conn:
        case = open_case_of(conn, "correction", "household", home)
    assert case is not None
    return case.id


def stored(district: District, case: int) -> dict[str, dict[str, object]]:
    """What the case's steps were filled with."""
    return dict(district.see(case).facts)  # type: ignore[arg-type]


def test_the_decision_and_what_was_filled_in_are_corrected_too_and_the_chain_verifies(district: District) -> None:
    home = district.household()
    exit_case = district.exit_until("accept", home)
    with reading(district.office.records) as conn:
        review = next(x for x in household_file.personal_lines(conn, home) if "居民会议" in x.personal)
        texts = {text_key(t) for t in texts_about(conn, home)}
    assert f"{exit_case}/verify/stability" in texts and f"{exit_case}/verify/surveyors" in texts
    assert f"{exit_case}/verify/visited_on" not in texts  # a day is no text
    case = asked(district, home, lines=[f"{review.stream}#{review.seq}"], texts=[f"{exit_case}/verify/stability"])
    decided(district, case)

    with reading(district.office.records) as conn:
        said = next(d for d in decisions_of(conn, exit_case) if d.step == "review")
        left = {text_key(t) for t in texts_about(conn, home)}
    assert (said.opinion, said.made_by, said.made_by_capacity) == (ledger.GONE, ledger.GONE, "民主评议会")
    filled = stored(district, exit_case)["verify"]
    assert (filled["stability"], filled["surveyors"]) == (ledger.GONE, ["林记录", "工作组甲"])
    assert f"{exit_case}/verify/stability" not in left
    assert faults(district) == []
    district.say(
        exit_case, "accept", "clerk", at(2017, 10, 23), evidence=proof("D-34"), made_by=MadeBy("陈家强", "户主")
    )
    assert faults(district) == []  # and the case goes on


@pytest.mark.parametrize("restored", ["户主患病，暂不宜公开", "同意"])
def test_what_was_taken_off_a_decision_does_not_come_back_unseen(district: District, restored: str) -> None:
    home = district.household()
    line = spoken(district, home)
    decided(district, asked(district, home, lines=[line]))
    D = schema.decisions
    with writing(district.office.records) as conn:
        row = conn.execute(D.select().where(D.c.opinion == ledger.GONE)).one()
        conn.execute(update(D).where(D.c.id == row.id).values(opinion=restored))
    [fault] = faults(district)
    assert fault.where == f"decisions:{row.id}"


def test_an_opinion_that_goes_or_changes_without_a_decision_is_found(district: District) -> None:
    home = district.household()
    spoken(district, home)
    D = schema.decisions
    for said in (ledger.GONE, "", "户主身体健康"):
        with writing(district.office.records) as conn:
            row = conn.execute(D.select().where(D.c.step == "candidate")).one()
            conn.execute(update(D).where(D.c.id == row.id).values(opinion=said))
        [fault] = faults(district)
        assert fault.where == f"decisions:{row.id}" and "已被改写" in fault.says


def test_what_is_kept_unsalted_does_not_tell_what_was_said() -> None:
    """Two opinions, one digest: nobody tries guesses against it."""
    row = {"id": 1, "case_id": 2, "opinion": "同意", "made_by": None, "made_by_capacity": None}
    assert ledger.digest_of(row, "decisions") == ledger.digest_of({**row, "opinion": "户主患病"}, "decisions")
    assert ledger.digest_of(row, "decisions") != ledger.digest_of({**row, "case_id": 3}, "decisions")


def test_only_texts_of_this_household_are_taken_off(district: District) -> None:
    home, other = district.household(), district.household("林木生")
    theirs = district.exit_until("accept", other)
    case = district.begin("correction", home, DAY).id
    for wrong in (f"{theirs}/verify/stability", f"{case}/community/about", "1", "x/y/z", f"{theirs}/verify/visited_on"):
        with pytest.raises(FieldWrong, match="抹去的填写内容"):
            district.say(case, "community", "clerk", DAY, evidence=proof("request"), made_by=ASKED,
                         fields={"about": "x", "reason": "x", "effective_on": "2017-03-01", "texts": [wrong]})  # fmt: skip
    assert stored(district, theirs)["verify"]["stability"] == "工资收入稳定"
