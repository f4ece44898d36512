"""The dated tree of areas, and the one jurisdiction predicate: SQL and rule agree on any tree and any row (truth 5)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql

from records import alerts, areas, calendar, schema
from records.engine import reading, writing
from records.scope import within
from rules.days import WorkingDays
from rules.jurisdiction import Scope, covers
from states.not_allowed import NoSuch

FIRST, LATER = date(2015, 1, 1), date(2018, 7, 1)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def tree(engine: Engine) -> Engine:
    with writing(engine) as conn:
        areas.add_areas(conn, [
            {"code": "D", "kind": "district", "name": "区", "parent_code": None},
            {"code": "S1", "kind": "street", "name": "一街道", "parent_code": "D"},
            {"code": "S2", "kind": "street", "name": "二街道", "parent_code": "D"},
            {"code": "C1", "kind": "community", "name": "甲社区", "parent_code": "S1"},
            {"code": "G1", "kind": "group", "name": "一组", "parent_code": "C1"},
        ], FIRST)  # fmt: skip
    return engine


def test_a_community_that_moves_takes_its_groups_along_from_that_day(tree: Engine) -> None:
    with writing(tree) as conn:
        areas.move(conn, "C1", "S2", LATER)

    with reading(tree) as conn:
        assert areas.path_of(conn, "G1", date(2018, 6, 30)) == "/D/S1/C1/G1/"
        assert areas.path_of(conn, "G1", LATER) == "/D/S2/C1/G1/"
        assert [a.code for a in areas.areas_on(conn, LATER)] == ["D", "S1", "S2", "C1", "G1"]


def test_a_renamed_area_keeps_its_old_name_for_old_days(tree: Engine) -> None:
    with writing(tree) as conn:
        areas.rename(conn, "S1", "新街道", LATER)

    with reading(tree) as conn:
        assert areas.area(conn, "S1", date(2018, 1, 1)).name == "一街道"
        assert areas.area(conn, "S1", LATER).name == "新街道"


def test_an_area_cannot_move_below_itself_or_into_nothing(tree: Engine) -> None:
    with pytest.raises(NoSuch), writing(tree) as conn:
        areas.move(conn, "S1", "C1", LATER)
    with pytest.raises(NoSuch), writing(tree) as conn:
        areas.move(conn, "C1", "nowhere", LATER)


PATHS = st.lists(st.integers(1, 12), min_size=1, max_size=4).map(lambda p: "/" + "/".join(map(str, p)) + "/")
ROWS = st.lists(st.tuples(PATHS, st.integers(1, 6)), min_size=1, max_size=25)


@given(
    rows=ROWS, paths=st.sets(PATHS, max_size=3), own=st.sets(st.integers(1, 6), max_size=2), everything=st.booleans()
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sql_and_the_rule_see_the_same_rows(
    engine: Engine, rows: list[tuple[str, int]], paths: set[str], own: set[int], everything: bool
) -> None:
    """Any list, count, export or picker asks this one question."""
    scope = Scope(everything, frozenset(paths), frozenset(own))
    table = schema.obligations
    with writing(engine) as conn:
        conn.execute(table.delete())
        conn.execute(table.insert(), [
            {"kind": "x", "key": str(n), "title": "x", "office_code": "o", "area_path": path, "starts_on": FIRST,
             "due_on": FIRST, "person_id": None, "household_id": None, "case_id": home}
            for n, (path, home) in enumerate(rows)
        ])  # fmt: skip
        seen = conn.execute(select(table.c.key).where(within(scope, table.c.area_path, table.c.case_id))).scalars()
        assert sorted(map(int, seen)) == [n for n, (p, h) in enumerate(rows) if covers(scope, p, h)]


def test_a_changed_calendar_day_keeps_its_history_and_moves_no_stored_date(engine: Engine) -> None:
    with writing(engine) as conn:
        calendar.announce_year(conn, 2027, "国办通知", [(date(2027, 1, 1), False, "元旦")], NOW)
        before = calendar.load_calendar(conn).due(date(2026, 12, 31), WorkingDays(1)).on
        calendar.change_day(conn, before, False, "调休", "更正通知", NOW)
        after = calendar.load_calendar(conn).due(date(2026, 12, 31), WorkingDays(1)).on
        assert after > before
        rows = conn.execute(select(schema.calendar_days).where(schema.calendar_days.c.day == before)).all()
        assert len(rows) == 1
        calendar.change_day(conn, before, True, "恢复", "再更正", NOW)
        assert len(conn.execute(select(schema.calendar_days).where(schema.calendar_days.c.day == before)).all()) == 2


def test_an_alert_is_raised_once_while_it_is_open(engine: Engine) -> None:
    with writing(engine) as conn:
        for _ in range(3):
            alerts.raise_alert(conn, "k", "empty_post", "岗位无人", "o", NOW)
        assert len(alerts.open_alerts(conn)) == 1
        alerts.close_alert(conn, "k", NOW)
        alerts.raise_alert(conn, "k", "empty_post", "又无人", "o", NOW)
        assert [a.says for a in alerts.open_alerts(conn)] == ["又无人"]


def test_paths_are_compared_byte_by_byte_whatever_the_database_sorts_by() -> None:
    """Truth 5: a collation that passes over "/" would let one street see another's."""
    paths = [c for t in schema.metadata.tables.values() for c in t.c if c.name in ("path", "area_path")]

    assert len(paths) > 10
    assert {cast(Any, c.type.dialect_impl(postgresql.dialect())).collation for c in paths} == {"C"}
