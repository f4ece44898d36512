"""Lists and their numbers: whatever the tree, the posts and the records, nothing outside the scope is listed or counted,
and a number is the length of its list (truth 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert

from records import (
    administration,
    alerts,
    areas,
    enrolments,
    grants,
    overview,
    paper_lists,
    register,
    round_view,
    schema,
)
from records.engine import open_engine, reading, writing
from records.listing import Listing
from records.overview import Ask
from records.register import Because
from records.scope import held_scope, scope_of
from rules.jurisdiction import Scope, covers

SINCE, TODAY = date(2016, 1, 1), date(2017, 12, 1)
NOW = datetime(2017, 12, 1, 2, tzinfo=UTC)
PACK = "p"
TREE = {
    "9": None, "91": "9", "92": "9", "911": "91", "912": "91", "921": "92", "9111": "911",
}  # fmt: skip
KINDS = {1: "district", 2: "street", 3: "community", 4: "group"}
LEAVES = ("9111", "912", "921", "911")
ROLES = ("community_clerk", "street_leader", "district_director", "auditor", "helper", "administrator")


@dataclass
class Town:
    """A town drawn by chance, and where each of its rows lies."""

    conn: Connection
    paths: dict[str, str] = field(default_factory=dict)
    homes: dict[int, str] = field(default_factory=dict)  # household -> area path
    exited: set[int] = field(default_factory=set)
    dues: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    alerts: dict[str, str] = field(default_factory=dict)
    person: int = 0


@st.composite
def plans(draw: st.DrawFn) -> dict[str, object]:
    return {
        "homes": draw(st.lists(st.tuples(st.sampled_from(LEAVES), st.booleans(), st.integers(1, 3)), max_size=7)),
        "posts": draw(st.lists(st.tuples(st.sampled_from(sorted(TREE)), st.sampled_from(ROLES)), max_size=2)),
        "pairs": draw(st.sets(st.integers(0, 6), max_size=2)),
        "grants": draw(st.dictionaries(st.integers(0, 6), st.integers(-2, 2), max_size=2)),
        "late": draw(st.lists(st.integers(-20, 20), min_size=7, max_size=7)),
    }


def build(conn: Connection, plan: dict[str, object]) -> Town:
    town = Town(conn)
    rows = [{"code": c, "kind": KINDS[len(c)], "name": c, "parent_code": p} for c, p in TREE.items()]
    areas.add_areas(conn, rows, SINCE)
    town.paths = {row.code: row.path for row in areas.areas_on(conn, TODAY)}
    conn.execute(insert(schema.offices), [
        {"code": f"o{c}", "name": f"单位{c}", "level": "street", "area_code": c, "valid_from": SINCE} for c in TREE
    ])  # fmt: skip
    conn.execute(insert(schema.people).values(id=1, name="某人"))
    town.person = 1
    for n, (area, role) in enumerate(plan["posts"], 1):  # type: ignore[call-overload]
        conn.execute(insert(schema.posts).values(id=n, office_code=f"o{area}", role=role, title=f"{role}{n}"))
        conn.execute(insert(schema.post_terms).values(post_id=n, person_id=1, valid_from=SINCE))
    for n, (area, out, size) in enumerate(plan["homes"]):  # type: ignore[call-overload, arg-type]
        _home(town, n, area, out, size, plan)
    for n, code in enumerate(TREE, 1):
        at = {"area_code": code, "area_path": town.paths[code]}
        conn.execute(insert(schema.round_acts).values(id=n, step="review", on=SINCE, facts={}, at=NOW, **at))
        conn.execute(insert(schema.rounds).values(id=n, number=code, procedure="exit", pack_id=PACK, year=2017, seq=1,
                                                  title=code, opened_on=SINCE, **at))  # fmt: skip
        alerts.raise_alert(conn, code, "empty_post", code, f"o{code}", NOW)
        town.alerts[code] = town.paths[code]
    return town


def _home(town: Town, n: int, area: str, out: bool, size: int, plan: dict[str, object]) -> None:
    conn, path = town.conn, town.paths[area]
    why = Because(1, "测试", SINCE, NOW)
    home = register.add_household(conn, f"{area}{n:04d}", area, path, {}, why)
    town.homes[home] = path
    for m in range(size):
        who = {"person_no": f"{n}-{m}", "id_no": f"{n}-{m}", "name": f"人{n}{m}", "sex": "男", "born_on": SINCE,
               "facts": {}}  # fmt: skip
        register.join(conn, home, who, "户主" if m == 0 else "子女", why)
    enrolments.enrol(conn, home, PACK, "exited" if out else "assisted", SINCE, 2017)
    if out:
        [number] = [e.id for e in [enrolments.enrolment_of(conn, home, PACK)] if e]
        conn.execute(insert(schema.path_events).values(
            enrolment_id=number, event="announce_exit", from_state="assisted", to_state="exited",
            on=date(2017, 11, 1), case_id=1, recorded_at=NOW))  # fmt: skip
        town.exited.add(home)
    if n in plan["pairs"]:  # type: ignore[operator]
        conn.execute(insert(schema.pairings).values(household_id=home, office_code="o9", person_id=1, valid_from=SINCE,
                                                    reason="x"))  # fmt: skip
    if n in plan["grants"]:  # type: ignore[operator]
        start = TODAY + timedelta(days=plan["grants"][n])  # type: ignore[index]
        grants.grant(conn, {"person_id": 1, "household_id": home, "why": "x", "valid_from": start,
                            "valid_to": start + timedelta(days=1), "granted_at": NOW})  # fmt: skip
    conn.execute(insert(schema.obligations).values(
        id=n + 1, kind="revisit", key=f"k{n}", title="回访", office_code=f"o{area}", household_id=home, area_path=path,
        starts_on=SINCE, due_on=TODAY))  # fmt: skip
    conn.execute(insert(schema.dues).values(
        id=n + 1, subject_kind="obligation", subject_id=n + 1, title="回访", office_code=f"o{area}", area_path=path,
        starts_on=SINCE, due_on=TODAY + timedelta(days=plan["late"][n]), provisional=False))  # type: ignore[index] # fmt: skip
    town.dues[n + 1] = (path, home)
    conn.execute(
        insert(schema.papers).values(
            id=n + 1,
            key=f"p{n}",
            code="D-40",
            title="告知书",
            family="form",
            public=False,
            household_id=home,
            office_code=f"o{area}",
            area_path=path,
            status="draft",
            snapshot={},
            drafted_at=NOW,
            signer_role="street_leader",
        )
    )


def same(conn: Connection, listing: Listing) -> list[int]:
    """The whole list, paged; its count and its length are one number."""
    rows = [row for page in range(1, 9) for row in listing.page(conn, page, 2)]
    assert listing.count(conn) == len(rows) == listing.total(conn)[0]
    if listing.people is not None:
        assert listing.total(conn)[1] == sum(row.persons for row in rows)
    return [row[0] for row in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), narrowed=st.sampled_from([None, *sorted(TREE)]))
def test_nothing_outside_the_scope_is_listed_or_counted(plan: dict[str, object], narrowed: str | None) -> None:
    engine = open_engine("sqlite://")
    schema.metadata.create_all(engine)
    with writing(engine) as conn:
        town = build(conn, plan)
        scope = scope_of(conn, town.person, TODAY)
        area = town.paths[narrowed] if narrowed else None
        ask = Ask(scope, TODAY, area)

        def seen(path: str, home: int | None = None) -> bool:
            return covers(scope, path, home) and (area is None or path.startswith(area))

        mine = {h for h, path in town.homes.items() if seen(path, h)}
        assert set(same(conn, overview.households(ask, PACK))) == mine
        out = overview.moved(ask, PACK, "announce_exit", 2017)
        assert set(same(conn, out)) == mine & town.exited
        assert same(conn, overview.moved(ask, PACK, "announce_exit", 2016)) == []
        assert set(same(conn, overview.dues(ask))) == {d for d, (path, home) in town.dues.items() if seen(path, home)}
        bands = [same(conn, overview.dues(ask, band)) for band in ("overdue", "soon", "later")]
        assert sorted(d for band in bands for d in band) == sorted(same(conn, overview.dues(ask)))
        assert len(same(conn, overview.alerts(ask))) == sum(seen(path) for path in town.alerts.values())
        assert {o.area_code for o in overview.offices_within(conn, ask)} == {c for c in TREE if seen(town.paths[c])}
        assert {o.code for o in administration.offices(ask).page(conn, 1, 99)} == {
            f"o{c}" for c in TREE if seen(town.paths[c])
        }  # fmt: skip
        papers = {d for d, (path, home) in town.dues.items() if seen(path, home)}  # one paper beside each due
        assert set(same(conn, paper_lists.papers(ask))) == papers
        desks = [(f"o{c}", "street_leader") for c in TREE]
        assert set(same(conn, paper_lists.to_sign(ask, desks))) == papers
        assert {d for d in town.dues if paper_lists.paper(conn, ask, d) is not None} == papers
        places = {n for n, c in enumerate(TREE, 1) if seen(town.paths[c])}
        assert set(same(conn, round_view.acts(ask))) == places == set(same(conn, round_view.rounds(ask, running=False)))
        assert {n for n in range(1, len(TREE) + 1) if round_view.act(conn, ask, n) is not None} == places
        streets = overview.by_area(conn, ask, out, "street")
        assert sum(n for n, _ in streets.values()) == out.count(conn)
        for code, (count, persons) in streets.items():
            assert (count, persons) == overview.moved(Ask(scope, TODAY, _narrower(area, town.paths[code])), PACK,
                                                      "announce_exit", 2017).total(conn)  # fmt: skip
    engine.dispose()


def _narrower(area: str | None, street: str) -> str:
    return area if area is not None and area.startswith(street) else street


@pytest.fixture
def town(engine: Engine) -> Engine:
    plan = {"homes": [("912", True, 2), ("921", False, 1), ("9111", True, 3)], "posts": [("91", "street_leader")],
            "pairs": set(), "grants": {1: 0}, "late": [-3, 2, 9, 0, 0, 0, 0]}  # fmt: skip
    with writing(engine) as conn:
        build(conn, plan)
    return engine


def test_a_grant_opens_one_household_for_its_days_and_is_no_business_of_ones_own(town: Engine) -> None:
    with reading(town) as conn:
        assert scope_of(conn, 1, TODAY).households and not held_scope(conn, 1, TODAY).households
        assert not scope_of(conn, 1, TODAY + timedelta(days=1)).households
        listed = overview.households(Ask(scope_of(conn, 1, TODAY), TODAY), PACK)
        assert listed.total(conn) == (3, 6)


def test_the_same_numbers_on_both_databases(town: Engine) -> None:
    with reading(town) as conn:
        ask = Ask(Scope(paths=frozenset(["/9/91/"])), TODAY)
        out = overview.moved(ask, PACK, "announce_exit", 2017)
        assert out.total(conn) == (2, 5) and overview.by_area(conn, ask, out, "street") == {"91": (2, 5)}
        assert out.by(conn, "area_code") == {"912": (1, 2), "9111": (1, 3)}
        assert [d.office for d in overview.dues(ask).page(conn)] == ["单位912", "单位9111"]
        assert overview.dues(ask, "overdue").count(conn) == 1
        assert [h.head for h in overview.households(ask, PACK, search="人0").page(conn)] == ["人00"]
        assert overview.households(ask, PACK, search="0-1").count(conn) == 0
        assert overview.households(ask, PACK, search="9120000").count(conn) == 1
        assert overview.failed_duties(ask).page(conn) == []


def test_a_post_that_reads_all_does_so_in_the_area_of_its_office(engine: Engine) -> None:
    plan = {"homes": [], "posts": [("92", "auditor")], "pairs": set(), "grants": {}, "late": [0] * 7}
    with writing(engine) as conn:
        build(conn, plan)
        assert scope_of(conn, 1, TODAY) == Scope(paths=frozenset(["/9/92/"]))
