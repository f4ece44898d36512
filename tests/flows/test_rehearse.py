"""What an act would do can be asked beforehand: the same verdicts and reasons, and nothing is written."""

from __future__ import annotations

from district import COMMUNITY, MEETING, District, at, proof

from flows.rounds import Act, Say, act, rehearse
from records import cases, round_view, verification
from records.engine import reading
from records.overview import Ask
from rules.days import day_of
from rules.jurisdiction import EVERYTHING, Scope
from states.decision import MadeBy

SITTING = at(2017, 10, 16)


def test_a_rehearsal_says_what_the_act_then_does_and_writes_nothing(district: District) -> None:
    good = district.exit_until("review", district.household("陈家强"))
    late = district.exit_until("verify", district.household("林木生"))
    deed = Act("review", {good: Say(), late: Say()}, district.who["clerk"], SITTING, COMMUNITY, None, MEETING,
               proof("D-07"), MadeBy("居民会议", "民主评议会"))  # fmt: skip
    with reading(district.office.records) as conn:
        before = cases.count_decisions(conn)
    told = rehearse(district.office, deed)
    with reading(district.office.records) as conn:
        assert cases.count_decisions(conn) == before and round_view.acts(_ask()).count(conn) == 0

    done = act(district.office, deed)
    assert (told.done, told.held) == (done.done, done.held) and set(done.done) == {good}
    assert "民主评议" in done.held[late] or "环节" in done.held[late]
    with reading(district.office.records) as conn:
        [row] = round_view.acts(_ask()).page(conn)
        assert (row.passed, row.stayed) == (1, 1)
        outcomes = {o.case_id: o for o in round_view.outcomes(conn, row.id)}
        assert outcomes[late].outcome == "held" and outcomes[late].why == done.held[late]
        assert round_view.acts(Ask(Scope(), day_of(SITTING))).count(conn) == 0
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []


def test_what_waits_together_is_one_list_per_post_step_and_year(district: District) -> None:
    cases_ = [district.exit_until("street_review", district.household(name)) for name in ("陈家强", "林木生")]
    with reading(district.office.records) as conn:
        [group] = round_view.waiting(conn, district.who["leader"].person_id, day_of(SITTING))
        listed = round_view.waiting_cases(conn, _ask(), group.office_code, group.role, group.procedure_sha256,
                                          group.step, group.year)  # fmt: skip
        assert group.cases == 2 and [c.id for c in listed] == cases_ and listed[0].listed_in is None
        assert round_view.waiting(conn, district.who["group"].person_id, day_of(SITTING)) == []


def _ask() -> Ask:
    return Ask(EVERYTHING, day_of(SITTING))
