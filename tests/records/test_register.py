"""The register of any past day (R4.3-01): whatever happens, the events tell the same story as the dated versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from records import register, schema
from records.engine import open_engine, reading, writing
from records.register import Because

NOW = datetime(2018, 1, 1, tzinfo=UTC)
FIRST = date(2016, 1, 1)
PATH = "/440512/440512001/440512001001/"


def because(day: date) -> Because:
    return Because(1, "测试", day, NOW)


def newcomer(number: int) -> dict[str, Any]:
    return {"person_no": f"P{number}", "id_no": f"ID{number}", "name": f"人{number}", "sex": "男",
            "born_on": date(1990, 1, 1), "facts": {"health": "健康"}}  # fmt: skip


class Story(RuleBasedStateMachine):
    """Families are registered, people come and go, facts change, on days that only move forward."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = open_engine("sqlite://")
        schema.metadata.create_all(self.engine)
        self.conn: Connection = self.engine.connect()
        self.conn.begin()
        self.day = FIRST
        self.people = 0
        self.homes: dict[int, dict[int, str]] = {}  # open households: person -> relation
        self.facts: dict[int, dict[str, Any]] = {}
        self.past: list[tuple[date, dict[str, tuple[dict[str, Any], dict[str, str]]]]] = []

    def teardown(self) -> None:
        self.conn.close()
        self.engine.dispose()

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.past.append((self.day, self.picture()))
        self.day += timedelta(days=days)

    @rule()
    def a_family_is_registered(self) -> None:
        self.people += 1
        home = register.add_household(self.conn, f"H{self.people:04d}", "440512001001", PATH, {"house_grade": "A"},
                                      because(self.day))  # fmt: skip
        person = register.join(self.conn, home, newcomer(self.people), "户主", because(self.day))
        self.homes[home], self.facts[home] = {person: "户主"}, {"house_grade": "A"}

    @precondition(lambda self: self.homes)
    @rule(data=st.data())
    def somebody_joins(self, data: st.DataObject) -> None:
        home = data.draw(st.sampled_from(sorted(self.homes)))
        self.people += 1
        person = register.join(self.conn, home, newcomer(self.people), "配偶", because(self.day))
        self.homes[home][person] = "配偶"

    @precondition(lambda self: any(len(m) > 1 for m in self.homes.values()))
    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        home = data.draw(st.sampled_from(sorted(h for h, m in self.homes.items() if len(m) > 1)))
        person = data.draw(st.sampled_from(sorted(p for p, r in self.homes[home].items() if r != "户主")))
        assert register.leave(self.conn, home, person, because(self.day))
        del self.homes[home][person]

    @precondition(lambda self: any(len(m) > 1 for m in self.homes.values()))
    @rule(data=st.data())
    def another_becomes_head(self, data: st.DataObject) -> None:
        home = data.draw(st.sampled_from(sorted(h for h, m in self.homes.items() if len(m) > 1)))
        old = next(p for p, r in self.homes[home].items() if r == "户主")
        new = data.draw(st.sampled_from(sorted(p for p, r in self.homes[home].items() if r != "户主")))
        register.set_relation(self.conn, home, old, "其他", because(self.day))
        register.set_relation(self.conn, home, new, "户主", because(self.day))
        self.homes[home] |= {old: "其他", new: "户主"}

    @precondition(lambda self: self.homes)
    @rule(data=st.data(), grade=st.sampled_from("ABCD"))
    def a_fact_changes(self, data: st.DataObject, grade: str) -> None:
        home = data.draw(st.sampled_from(sorted(self.homes)))
        register.change_household(self.conn, home, {"house_grade": grade}, because(self.day))
        self.facts[home]["house_grade"] = grade

    @precondition(lambda self: self.homes)
    @rule(data=st.data())
    def a_family_moves_away(self, data: st.DataObject) -> None:
        home = data.draw(st.sampled_from(sorted(self.homes)))
        register.release(self.conn, home, because(self.day))
        del self.homes[home], self.facts[home]

    def picture(self) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
        return {str(h): (dict(self.facts[h]), {str(p): r for p, r in m.items()}) for h, m in self.homes.items()}

    def seen_on(self, day: date) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
        return {
            str(h.id): (dict(h.facts), {str(m.person_id): m.relation for m in h.members})
            for h in register.households_on(self.conn, day)
        }

    @invariant()
    def today_is_what_was_told(self) -> None:
        assert self.seen_on(self.day) == self.picture()

    @invariant()
    def every_past_day_is_as_it_was(self) -> None:
        for day, picture in self.past[-4:]:
            assert self.seen_on(day) == picture

    @invariant()
    def events_alone_tell_the_same(self) -> None:
        assert from_events(self.conn, self.day) == self.picture()


def from_events(conn: Connection, day: date) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """The register of a day from nothing but its events."""
    homes: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    for e in conn.execute(select(schema.register_events).order_by(schema.register_events.c.id)):
        if e.effective_on > day:
            continue
        home = str(e.household_id)
        match e.kind:
            case "registered":
                homes[home] = (dict(e.new), {})
            case "joined":
                homes[home][1][str(e.person_id)] = e.new["relation"]
            case "left":
                homes[home][1].pop(str(e.person_id))
            case "relation":
                homes[home][1][str(e.person_id)] = e.new
            case "changed" if e.person_id is None:
                homes[home][0][e.field] = e.new
            case "closed":
                del homes[home]
    return homes


TestStory = Story.TestCase
TestStory.settings = settings(max_examples=25, stateful_step_count=25, deadline=None,
                              suppress_health_check=list(HealthCheck))  # fmt: skip


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError):
        yield


def test_the_database_itself_refuses_two_heads_and_two_households(engine: Engine) -> None:
    with writing(engine) as conn:
        home = register.add_household(conn, "H1", "440512001001", PATH, {}, because(FIRST))
        register.join(conn, home, newcomer(1), "户主", because(FIRST))
    with refused(), writing(engine) as conn:
        register.join(conn, home, newcomer(2), "户主", because(FIRST))
    with refused(), writing(engine) as conn:
        other = register.add_household(conn, "H2", "440512001001", PATH, {}, because(FIRST))
        register.join(conn, other, newcomer(1), "户主", because(FIRST))
    with reading(engine) as conn:
        assert register.register_on(conn, FIRST).persons == 1
