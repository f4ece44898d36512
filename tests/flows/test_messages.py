"""Messages that other rooms owe: told once, to those whom they concern, and read by nobody else."""

from __future__ import annotations

import pytest
from district import COMMUNITY, STREET, District, at

from flows.delegation import Delegate, delegate
from flows.drain import drain
from flows.messages import News, To, tell
from records import messages
from records.engine import reading, writing

CLERKS = To(f"{COMMUNITY}-office", "community_clerk")
HERE = f"/440512/{STREET}/{COMMUNITY}/"
FACTS = {"case": "BJ2017-000001", "title": "陈家强户", "step": "民主评议", "due": "2017年10月16日"}


def owe(district: District, key: str = "task:1", *to: To, **rest: object) -> None:
    with writing(district.office.records) as conn:
        tell(conn, News("task_opened", key, to or (CLERKS,), FACTS, ("case", 1), **rest), at(2017, 10, 10))  # type: ignore[arg-type]


def told(district: District, who: str) -> list[str]:
    with reading(district.office.records) as conn:
        return [row.body for row in messages.inbox(conn, district.who[who].person_id)]


def test_a_message_is_told_to_the_post_and_to_nobody_else(district: District) -> None:
    owe(district)
    drain(district.office, at(2017, 10, 10, 1))

    assert told(district, "clerk") == ["办件BJ2017-000001（陈家强户）已到“民主评议”环节，请于2017年10月16日前办理。"]
    assert [told(district, who) for who in ("head", "street_clerk", "director", "helper")] == [[], [], [], []]


def test_the_same_message_owed_and_carried_out_again_is_told_once(district: District) -> None:
    owe(district)
    owe(district)
    drain(district.office, at(2017, 10, 10, 1))
    owe(district)
    drain(district.office, at(2017, 10, 10, 2))

    assert len(told(district, "clerk")) == 1


def test_an_office_is_told_through_its_head_and_a_person_with_two_reasons_is_told_once(district: District) -> None:
    clerk = To(person_id=district.who["clerk"].person_id)
    owe(district, "office:1", To(f"{COMMUNITY}-office"), CLERKS, clerk)
    drain(district.office, at(2017, 10, 10, 1))

    assert (len(told(district, "head")), len(told(district, "clerk"))) == (1, 1)


def test_who_stands_in_for_the_holder_is_told_too_while_it_lasts(district: District) -> None:
    clerk, head = district.who["clerk"], district.who["head"].person_id
    delegate(district.office, Delegate(clerk.person_id, head, at(2017, 10, 9).date(), at(2017, 10, 11).date(), "出差",
                                       clerk, at(2017, 10, 9)))  # fmt: skip
    owe(district, "first")
    drain(district.office, at(2017, 10, 11))
    owe(district, "second")
    drain(district.office, at(2017, 10, 12))

    about = [sum("已到“民主评议”环节" in body for body in told(district, who)) for who in ("clerk", "head")]
    assert about == [2, 1]


def test_who_may_not_see_what_it_is_about_is_not_told(district: District) -> None:
    helper = district.who["helper"]
    own, strange = district.household(), 999_999
    everyone = (To(helper.office_code, "helper"), CLERKS)
    owe(district, "own", *everyone, area_path=HERE, household_id=own)
    owe(district, "strange", *everyone, area_path=HERE, household_id=strange)
    owe(district, "elsewhere", *everyone, area_path="/440512/440512002/", household_id=strange)
    drain(district.office, at(2017, 10, 10, 1))

    assert (len(told(district, "helper")), len(told(district, "clerk"))) == (1, 2)


def test_reading_is_for_the_person_alone(district: District) -> None:
    clerk, head = district.who["clerk"].person_id, district.who["head"].person_id
    owe(district, "one")
    owe(district, "two")
    drain(district.office, at(2017, 10, 10, 1))
    with writing(district.office.records) as conn:
        newest, older = messages.inbox(conn, clerk)
        assert messages.message_of(conn, head, newest.id) is None
        assert messages.mark_read(conn, head, [newest.id], at(2017, 10, 10, 2)) == 0
        assert messages.count_unread(conn, clerk) == 2
        assert messages.mark_read(conn, clerk, [newest.id], at(2017, 10, 10, 2)) == 1
        assert messages.mark_read(conn, clerk, [newest.id], at(2017, 10, 10, 3)) == 0
        assert [row.id for row in messages.inbox(conn, clerk, unread_only=True)] == [older.id]
        assert [row.id for row in messages.inbox(conn, clerk, before=newest.id)] == [older.id]
        assert messages.mark_all_read(conn, clerk, at(2017, 10, 10, 4)) == 1
        assert messages.count_unread(conn, clerk) == 0


def test_a_message_never_carries_what_may_not_travel(district: District) -> None:
    text = {"title": "核查", "text": "户主患病住院；电话13912345678；请核查收入。"}
    with writing(district.office.records) as conn:
        tell(conn, News("notice", "n:1", (CLERKS,), text), at(2017, 10, 10))
    drain(district.office, at(2017, 10, 10, 1))

    [body] = told(district, "clerk")
    assert "病" not in body and "139" not in body and body.endswith("请核查收入。")


def test_a_message_that_lacks_a_fact_is_refused_where_it_is_owed(district: District) -> None:
    with pytest.raises(KeyError, match="step"), writing(district.office.records) as conn:
        tell(
            conn, News("task_opened", "bad", (CLERKS,), {"case": "BJ", "title": "户", "due": "明天"}), at(2017, 10, 10)
        )
