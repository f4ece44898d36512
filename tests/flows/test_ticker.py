"""Two tickers, a holder that dies, days that passed unseen, a clock that jumps: everything due is noticed once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from district import HEAD, District, at, proof
from sqlalchemy import Connection, func, select, update

from flows.office import Office
from flows.ticker import InProcess, Ticker, Watch
from flows.watching import troubles
from records import alerts, duties, leases, rounds, schema, seals, verification
from records.engine import database_now, deciding, reading, writing
from states.procedure import Verdict


class Counting:
    """A carrier that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def carry(self, office: Office, when: datetime) -> None:
        self.asked += 1


class Clock:
    """A clock that a test sets."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


Make = Callable[..., Ticker]


@pytest.fixture
def ticker(district: District, tmp_path: Path) -> Make:
    def make(clock: Clock, carrier: object = None) -> Ticker:
        watch = Watch(tmp_path / "seals", timedelta(seconds=1), timedelta(seconds=30))
        return Ticker(lambda: district.office, clock, watch, carrier or InProcess())  # type: ignore[arg-type]

    return make


def test_of_two_tickers_one_acts(district: District, ticker: Make) -> None:
    clock, counting = Clock(at(2017, 10, 20)), Counting()
    first, second = ticker(clock, counting), ticker(clock, counting)

    assert [first.beat(), second.beat(), second.beat()] == [True, False, False]
    assert counting.asked == 1


def test_two_tickers_that_start_at_once_do_not_both_hold_the_lease(district: District, ticker: Make) -> None:
    held: list[bool] = []
    both = [ticker(Clock(at(2017, 10, 20)), Counting()) for _ in range(2)]
    threads = [threading.Thread(target=lambda one=one: held.append(one.beat())) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(held) == [False, True]


def test_when_the_holder_dies_another_takes_over_after_its_lease_and_at_once_when_it_ends_well(
    district: District, ticker: Make
) -> None:
    clock = Clock(at(2017, 10, 20))
    dead, other, third = (ticker(clock, Counting()) for _ in range(3))
    assert dead.beat() and not other.beat()

    with writing(district.office.records) as conn:
        ran_out = {"until": database_now(conn) - timedelta(seconds=1)}
        conn.execute(update(schema.leases).values(ran_out))
    assert other.beat() and not dead.beat()

    other.stop()
    assert third.beat()


def test_a_lease_from_before_the_clock_was_set_back_binds_nobody(district: District, ticker: Make) -> None:
    with writing(district.office.records) as conn:
        leases.hold(conn, leases.TICKER, "before", timedelta(seconds=30))
        conn.execute(update(schema.leases).values(until=database_now(conn) + timedelta(days=1)))

    assert ticker(Clock(at(2017, 10, 20)), Counting()).beat()


def faults(conn: Connection, seals: list[str]) -> list[str]:
    """What does not fit, without the household that the test itself wrote into the register."""
    return [fault.says for fault in verification.verify(conn, seals) if fault.where != "register_events:case 0"]


def posted(district: District) -> int:
    """An exit case whose notice hangs from 24 October 2017."""
    return district.exit_until("pub_close", district.household())


def test_a_notice_is_known_to_come_down_once_also_where_statements_travel_together(district: District) -> None:
    """What is told of it (webhooks) hangs on the answer; in a decision on PostgreSQL nobody knows row counts."""
    case = posted(district)
    for expected in (True, False):
        with deciding(district.office.records) as conn:
            shown = rounds.publicity_of(conn, case)
            assert shown is not None
            assert rounds.take_down(conn, shown.id, date(2017, 11, 1), at(2017, 11, 1)) is expected


def test_a_machine_asleep_over_a_long_holiday_catches_up_in_one_beat_in_order(
    district: District, ticker: Make, tmp_path: Path
) -> None:
    """Days of work before the sleep are sealed one by one, oldest first; the notice comes down; nothing twice."""
    case = posted(district)
    clock = Clock(at(2017, 11, 20))
    watching = ticker(clock)
    assert watching.beat()
    with reading(district.office.records) as conn:
        sealed = [seal.day for seal in seals.names(conn)]
        down = rounds.publicity_of(conn, case)
        waiting, _ = duties.waiting(conn, clock.moment)
    assert sealed == sorted(sealed) and sealed[-1].isoformat() == "2017-11-19"
    assert down is not None and down.taken_down_on is not None
    assert waiting == 0

    for day in (21, 21, 30):
        clock.moment = at(2017, 11, day)
        watching.beat()
    exported = sorted((tmp_path / "seals").glob("*.json"))
    assert [json.loads(path.read_text())["day"] for path in exported] == [path.stem for path in exported]
    with reading(district.office.records) as conn:
        assert len(exported) == len(seals.names(conn))
        assert faults(conn, [path.read_text() for path in exported]) == []


def test_a_clock_set_forward_and_back_seals_every_line_and_breaks_no_chain(
    district: District, ticker: Make, tmp_path: Path
) -> None:
    case = posted(district)
    clock = Clock(at(2017, 10, 30))
    watching = ticker(clock)
    watching.beat()
    for moment in (at(2018, 1, 2), at(2017, 10, 31), at(2017, 11, 1)):
        clock.moment = moment
        assert watching.beat()
    district.say(case, "pub_close", "clerk", at(2017, 11, 1, 5))
    clock.moment = at(2018, 1, 3)
    watching.beat()

    with reading(district.office.records) as conn:
        names = {seal.name for seal in seals.names(conn)}
        texts = [path.read_text() for path in (tmp_path / "seals").glob("*.json")]
        assert names == {path.name for path in (tmp_path / "seals").glob("*.json")}
        assert "2018-01-02.json" in names
        assert faults(conn, texts) == []


def test_over_the_turn_of_the_year_a_paper_takes_its_number_in_the_year_of_its_signing(district: District) -> None:
    """One code word counts anew on 1 January by the office's day, and 00:30 in Beijing is already the new year."""
    district.exit_until("end", district.household())
    with reading(district.office.records) as conn:
        numbers = conn.execute(select(schema.paper_numbers.c.year, schema.paper_numbers.c.seq)).all()
    assert {year for year, _ in numbers} == {2017}

    case = district.begin("exit", district.household("林少华"), at(2017, 12, 20), title="林少华户").id
    for step, when, rest in (
        ("candidate", at(2017, 12, 20, 5), {}),
        ("review", at(2017, 12, 21), {"fields": {**_meeting(), "held_on": "2017-12-21"}, "evidence": proof("D-07")}),
        ("verify", at(2017, 12, 22), {"fields": _visit(), "evidence": proof("D-33", "D-32")}),
        ("accept", at(2017, 12, 23), {"evidence": proof("D-34"), "made_by": HEAD}),
    ):
        if step == "review":
            rest["made_by"] = HEAD
        district.say(case, step, "clerk", when, Verdict.APPROVE, **rest)
    half_past_midnight = at(2018, 1, 1) - timedelta(hours=8, minutes=30)
    assert half_past_midnight.date().year == 2018 and half_past_midnight.utctimetuple().tm_year == 2017
    district.post([case], "pub_post", "clerk", "head", half_past_midnight)
    with reading(district.office.records) as conn:
        newest = conn.execute(select(func.max(schema.papers.c.issued_on))).scalar_one()
    assert newest.isoformat() == "2018-01-01"


def _meeting() -> dict[str, object]:
    return {"place": "社区会议室", "chair": "陈主任", "recorder": "林记录", "due": 31, "present": 27, "agree": 25,
            "oppose": 1, "abstain": 1}  # fmt: skip


def _visit() -> dict[str, object]:
    return {"visited_on": "2017-12-22", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}


def test_a_full_seal_folder_stops_nothing_and_the_seal_is_exported_later(small: District, tmp_path: Path) -> None:
    posted(small)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    clock, counting = Clock(at(2017, 11, 20)), Counting()
    watching = Ticker(lambda: small.office, clock, Watch(blocked), counting)
    watching.beat()
    assert counting.asked == 1
    with reading(small.office.records) as conn:
        assert [a.kind for a in alerts.open_alerts(conn) if a.key == "seals"] == ["seals_not_exported"]

    blocked.unlink()
    clock.moment = at(2017, 11, 20, 5)
    watching.beat()
    assert len(list(blocked.glob("*.json"))) > 0
    with reading(small.office.records) as conn:
        assert [a for a in alerts.open_alerts(conn) if a.key == "seals"] == []


def test_a_lease_that_nobody_holds_is_on_the_list_of_what_is_not_well(district: District, ticker: Make) -> None:
    watching = ticker(Clock(at(2017, 10, 20)), Counting())
    watching.beat()
    with reading(district.office.records) as conn:
        assert [t.kind for t in troubles(conn)] == []

    watching.stop()
    with writing(district.office.records) as conn:
        conn.execute(update(schema.leases).values(until=database_now(conn) - timedelta(minutes=2)))
    with reading(district.office.records) as conn:
        assert [(t.kind, t.mend) for t in troubles(conn)] == [("lease_free", "启动办理进程：bangfu serve")]
