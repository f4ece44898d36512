"""The notice board: masked on the web, gone on its day; a resident objects and follows it by receipt alone."""

from __future__ import annotations

from datetime import date

import pytest
from district import District, at

from flows import board
from flows.tick import tick
from records import verification
from records.cases import open_objections
from records.engine import reading
from rules.privacy import scan
from states.not_allowed import FieldMissing, FieldWrong, NotAllowed, NoticeNotHanging, ReceiptUnknown, TooManyObjections

POSTED, LAST = date(2017, 10, 24), date(2017, 10, 31)
MORNING = at(2017, 10, 26)
LETTER = board.Letter(1, "该户有小汽车，<b>收入</b>不实。", "王邻居", "13800001234")


@pytest.fixture
def posted(district: District) -> int:
    """A publicity of one household, hanging from 24 to 31 October; its case id."""
    return district.exit_until("pub_close", district.household("欧阳家强"))


def only(district: District, on: date = POSTED) -> board.Notice:
    [shown] = board.notices(district.office, on)
    return shown


def test_the_web_sees_the_notice_with_masked_names_while_it_hangs(district: District, posted: int) -> None:
    """Domain 5.4: full names stay on the board of the community."""
    shown = only(district)
    assert (shown.kind, shown.posted_on, shown.ends_on) == ("公示", POSTED, LAST)
    assert [r.head for r in shown.rows] == ["欧阳*"] and shown.size == 1
    assert board.notices(district.office, date(2017, 10, 23)) == []
    assert "家强" not in repr(shown) and not scan(repr(shown), [shown.phone, shown.complaint_line])


def test_a_notice_is_gone_the_day_after_its_last(district: District, posted: int) -> None:
    act = only(district, LAST).act_id
    assert board.notices(district.office, date(2017, 11, 1)) == []
    tick(district.office, at(2017, 11, 1))
    with pytest.raises(NoticeNotHanging):
        board.notice(district.office, act, date(2017, 11, 1))
    with pytest.raises(NoticeNotHanging):
        board.object_to(district.office, act, LETTER, board.new_receipt(), "10.0.0.1", at(2017, 11, 1))


def test_a_pack_may_keep_the_list_off_the_web(district: District, posted: int) -> None:
    from dataclasses import replace

    from config.pack import parse_pack

    text = district.office.pack.text.replace('value = "masked"', 'value = "none"', 1)
    quiet = replace(district.office, pack=parse_pack(text))
    [shown] = board.notices(quiet, POSTED)
    assert shown.rows == () and shown.size == 1


def test_an_objection_holds_the_household_and_is_followed_by_receipt(district: District, posted: int) -> None:
    """Domain 3.12; nothing but the stage and two days is told."""
    act, receipt = only(district).act_id, board.new_receipt()
    assert board.object_to(district.office, act, LETTER, receipt, "10.0.0.1", MORNING) == receipt

    with reading(district.office.records) as conn:
        assert len(open_objections(conn, posted)) == 1
        assert [
            f for f in verification.verify(conn) if "case 0" not in f.where
        ] == []  # the fixture writes the register itself
    with pytest.raises(NotAllowed, match="异议尚未办结"):
        district.say(posted, "pub_close", "clerk", at(2017, 11, 1))
    stands = board.standing(district.office, f" {receipt.lower()} ")
    assert (stands.stage, stands.received_on) == ("已收到，等待登记", date(2017, 10, 26))
    assert stands.answer_by is not None and "家强" not in repr(stands) and "王" not in repr(stands)
    with pytest.raises(ReceiptUnknown):
        board.standing(district.office, "YY-0000-0000-0000-0000")


def test_the_clerk_registers_it_with_the_letter_as_evidence(district: District, posted: int) -> None:
    board.object_to(district.office, only(district).act_id, LETTER, receipt := board.new_receipt(), "10.0.0.1", MORNING)
    with reading(district.office.records) as conn:
        case = int(open_objections(conn, posted)[0].split("-")[1])
        letter = board.letter_of(conn, case)
    assert letter is not None and letter.kind == "D-7C"
    assert "小汽车，<b>" in district.office.files.get(f"kept/{letter.sha256[:2]}/{letter.sha256}.txt").decode()
    from states.decision import MadeBy

    district.say(case, "receive", "clerk", at(2017, 10, 27), evidence=(letter,), made_by=MadeBy("王邻居", "异议人"),
                 fields={"about": LETTER.about, "channel": "网上", "real_name": True})  # fmt: skip
    assert board.standing(district.office, receipt).stage == "已登记，正在调查核实"


def test_sent_twice_is_received_once_and_another_letter_gets_its_own_receipt(district: District, posted: int) -> None:
    act, receipt = only(district).act_id, board.new_receipt()
    for _ in range(2):
        assert board.object_to(district.office, act, LETTER, receipt, "10.0.0.1", MORNING) == receipt
    other = board.object_to(district.office, act, board.Letter(1, "另一件事"), receipt, "10.0.0.1", MORNING)
    assert other != receipt and board.standing(district.office, other).stage == "已收到，等待登记"
    with reading(district.office.records) as conn:
        assert len(open_objections(conn, posted)) == 2


def test_one_address_may_not_flood_a_notice_but_another_still_may_object(district: District, posted: int) -> None:
    act = only(district).act_id
    for n in range(3):
        board.object_to(district.office, act, board.Letter(1, f"第{n}件"), board.new_receipt(), "10.0.0.1", MORNING)
    with pytest.raises(TooManyObjections, match="明天再提"):
        board.object_to(district.office, act, board.Letter(1, "第四件"), board.new_receipt(), "10.0.0.1", MORNING)
    board.object_to(district.office, act, board.Letter(1, "别处来的"), board.new_receipt(), "10.0.0.2", MORNING)
    board.object_to(district.office, act, board.Letter(1, "次日"), board.new_receipt(), "10.0.0.1", at(2017, 10, 27))


@pytest.mark.parametrize(
    ("letter", "no"),
    [
        (board.Letter(1, " \u200b\x00 "), FieldMissing),
        (board.Letter(2, "不在名单上"), FieldWrong),
        (board.Letter(1, "长" * 2001), FieldWrong),
        (board.Letter(1, "名字太长", "名" * 61), FieldWrong),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_field(
    district: District, posted: int, letter: board.Letter, no: type[NotAllowed]
) -> None:
    with pytest.raises(no):
        board.object_to(district.office, only(district).act_id, letter, board.new_receipt(), "10.0.0.1", MORNING)


def test_receipts_are_random_and_plain_to_read() -> None:
    some = {board.new_receipt() for _ in range(200)}
    assert len(some) == 200 and not any(set("ILOU") & set(r[2:]) for r in some)
