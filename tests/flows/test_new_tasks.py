"""A task that opens: told at once to who wants that, in the day's digest to others; a case that comes back; a refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from district import COMMUNITY, District, at

from flows.drain import drain
from flows.reminding import remind
from flows.wishes import Wanted, set_wishes
from records import messages
from records.engine import reading, writing
from states.procedure import Verdict

OFFICE = f"{COMMUNITY}-office"
NOW = at(2017, 10, 10)


def kinds(district: District, who: str) -> list[str]:
    with reading(district.office.records) as conn:
        return [row.kind for row in messages.inbox(conn, district.who[who].person_id)]


@pytest.mark.parametrize("owner", [OFFICE, None])
def test_who_wants_new_tasks_at_once_is_told_at_once(district: District, owner: str | None) -> None:
    by = district.who["head" if owner else "clerk"]
    set_wishes(district.office, by, owner, Wanted((), None, "at_once"), NOW)

    district.begin("exit", district.household(), NOW)
    drain(district.office, NOW + timedelta(minutes=1), kinds=("tell",))

    assert (kinds(district, "clerk"), kinds(district, "head")) == (["task_opened"], [])


@pytest.mark.parametrize(("wish", "told"), [("digest", ["reminder"]), ("never", [])])
def test_others_find_it_in_the_digest_of_the_next_day_or_not_at_all(
    small: District, wish: str, told: list[str]
) -> None:
    set_wishes(small.office, small.who["head"], OFFICE, Wanted((), None, wish), NOW)
    small.begin("exit", small.household(), NOW)
    for day in (10, 11):
        with writing(small.office.records) as conn:
            remind(conn, small.office, at(2017, 10, day, 30))
        drain(small.office, at(2017, 10, day, 31), kinds=("tell", "remind"))
    assert kinds(small, "clerk") == told


def test_a_task_that_was_done_before_anybody_could_be_told_is_not_told(small: District) -> None:
    set_wishes(small.office, small.who["head"], OFFICE, Wanted((), None, "at_once"), NOW)
    case = small.begin("exit", small.household(), NOW)
    small.say(case.id, "candidate", "clerk", at(2017, 10, 10, 5))
    drain(small.office, at(2017, 10, 10, 6), kinds=("tell",))
    with reading(small.office.records) as conn:
        [row] = messages.inbox(conn, small.who["clerk"].person_id)
    assert "民主评议" in row.title  # the step that it stands at now, not the one that is over


def test_a_case_that_comes_back_is_told_to_whose_step_it_is_without_the_opinion(district: District) -> None:
    case = district.exit_until("street_review", district.household())
    drain(district.office, at(2017, 11, 2), kinds=("tell",))
    district.say(
        case, "street_review", "leader", at(2017, 11, 3), Verdict.SEND_BACK, "户主患病，收入有误", back_to="verify"
    )
    drain(district.office, at(2017, 11, 3, 1), kinds=("tell",))

    with reading(district.office.records) as conn:
        [row] = messages.inbox(conn, district.who["clerk"].person_id)
    assert (row.kind, row.subject_kind, row.subject_id) == ("returned", "case", case)
    assert "入户核查" in row.body and "患病" not in row.body
    assert kinds(district, "head") == []


def test_who_began_a_case_is_told_that_it_was_refused(small: District) -> None:
    case = small.exit_until("street_review", small.household())
    small.say(case, "street_review", "leader", at(2017, 11, 3), Verdict.REFUSE, "不符合条件")
    drain(small.office, at(2017, 11, 3, 1), kinds=("tell",))
    assert kinds(small, "clerk") == ["ended"]
