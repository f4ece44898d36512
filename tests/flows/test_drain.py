"""Two drains, a drain that dies, a clock that jumps: each duty is done once and none is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from district import District, at
from sqlalchemy import Connection, func, select, update

from flows.drain import OUTSIDE, Outside, drain
from flows.office import Office
from records import duties, schema
from records.duties import Claim, DutyRow
from records.engine import database_now, reading, writing

D = schema.duties
NOON = at(2017, 10, 20)


def owe(district: District, count: int, kind: str = "tell_test") -> None:
    with writing(district.office.records) as conn:
        duties.owe(conn, [{"key": f"{kind}:{n}", "kind": kind, "case_id": None, "act_id": None, "payload": {"n": n},
                           "owed_since": NOON} for n in range(count)])  # fmt: skip


@contextmanager
def carried_out_by(act: Outside) -> Iterator[None]:
    """A kind of duty that reaches outside, for these tests."""
    OUTSIDE["tell_test"] = act
    try:
        yield
    finally:
        del OUTSIDE["tell_test"]


def left(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).where(D.c.done_at.is_(None))).scalar_one())


def test_two_drains_at_once_do_each_duty_once(district: District) -> None:
    owe(district, 120)
    seen: list[int] = []

    def act(office: Office, duty: DutyRow, when: datetime) -> None:
        seen.append(duty.payload["n"])

    with carried_out_by(act):
        threads = [threading.Thread(target=drain, args=(district.office, NOON)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(seen) == list(range(120))
    with reading(district.office.records) as conn:
        assert left(conn) == 0


def test_what_a_killed_drain_had_claimed_is_left_alone_until_its_hold_ends_and_then_done(district: District) -> None:
    owe(district, 3)
    seen: list[int] = []

    def act(office: Office, duty: DutyRow, when: datetime) -> None:
        seen.append(duty.payload["n"])

    with writing(district.office.records) as conn:  # a drain that claims and is never heard of again
        assert len(duties.claim(conn, Claim("dead", timedelta(seconds=30)), NOON, 2)) == 2
    with carried_out_by(act):
        assert drain(district.office, NOON).done == 1
        with writing(district.office.records) as conn:
            gone = {"claimed_until": database_now(conn) - timedelta(seconds=1)}
            conn.execute(update(D).where(D.c.claimed_by == "dead").values(gone))
        assert drain(district.office, NOON).done == 2

    assert sorted(seen) == [0, 1, 2]


def test_a_claim_from_before_the_clock_was_set_back_holds_nobody_up(district: District) -> None:
    owe(district, 1)
    with writing(district.office.records) as conn:
        duties.claim(conn, Claim("before", timedelta(seconds=30)), NOON, 1)
        ahead = {"claimed_until": database_now(conn) + timedelta(days=1)}
        conn.execute(update(D).where(D.c.claimed_by == "before").values(ahead))

    with carried_out_by(lambda office, duty, when: None):
        assert drain(district.office, NOON).done == 1


def test_a_drain_whose_duty_was_taken_over_and_done_meanwhile_does_not_do_it_again(district: District) -> None:
    owe(district, 2)
    did: list[int] = []

    def act(office: Office, duty: DutyRow, when: datetime) -> None:
        did.append(duty.payload["n"])
        with writing(office.records) as conn:  # while the first is at work another drain takes the second over
            conn.execute(update(D).where(D.c.key == "tell_test:1").values(claimed_by="other"))

    with carried_out_by(act):
        assert drain(district.office, NOON).done == 1

    assert did == [0]


def test_what_a_drain_did_not_get_to_is_free_at_once(district: District) -> None:
    owe(district, 60)

    class StopNow(BaseException):
        pass

    def act(office: Office, duty: DutyRow, when: datetime) -> None:
        if duty.payload["n"] == 5:
            raise StopNow

    with carried_out_by(act):
        with suppress(StopNow):
            drain(district.office, NOON)
        with reading(district.office.records) as conn:
            assert conn.execute(select(func.count()).where(D.c.claimed_by.is_not(None))).scalar_one() == 0
            assert left(conn) == 55


def test_one_that_fails_is_put_back_and_does_not_stop_the_rest(district: District) -> None:
    owe(district, 10)

    def act(office: Office, duty: DutyRow, when: datetime) -> None:
        if duty.payload["n"] == 3:
            raise ValueError("the other side refuses")

    with carried_out_by(act):
        result = drain(district.office, NOON)

    assert (result.done, result.put_back) == (9, 1)
    with reading(district.office.records) as conn:
        row = conn.execute(select(D).where(D.c.done_at.is_(None))).one()
    assert (row.tries, row.claimed_by, row.last_error) == (1, None, "ValueError: the other side refuses")
    assert row.try_after > NOON
