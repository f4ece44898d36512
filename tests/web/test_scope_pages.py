"""Whatever the areas, posts and households: no list, count, picker, page or API route tells of a case outside one's scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import tokens
from flows.start import Start, start
from records import accounts, areas, delegations, handing, help, lists, offices, register, schema, seats
from records.engine import reading, writing
from records.lists import Wanted
from records.register import Because
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import covers
from states.decision import Actor
from tests.flows.district import SINCE, at, made_up_id
from tests.web.desk import Desk, Person

NOW = at(2017, 11, 3)
ROLES = {"community": ("community_clerk",), "street": ("street_leader",), "district": ("district_clerk",)}


@dataclass
class World:
    """A few communities of several streets, each with people and one case."""

    desk: Desk
    people: list[tuple[str, Actor]]
    cases: dict[int, tuple[str, str, int]]  # case id -> (title, area path, household id)


@pytest.fixture
def world(desk: Desk) -> Iterator[World]:
    district, people, cases = desk.district, [], {}
    desk.clock.now = NOW
    with reading(district.office.records) as conn:
        every = [a for a in areas.areas_on(conn, SINCE) if a.kind == "community"]
        level = {level: {o.area_code: o.code for o in offices.offices_of(conn, level)} for level in ROLES}
    chosen = [every[0], every[-1]]  # of different streets
    for number, community in enumerate(chosen):
        path = community.path.strip("/").split("/")
        with writing(district.office.records) as conn:
            for where, code in zip(("district", "street", "community"), path, strict=True):
                for role in ROLES[where]:
                    person = offices.add_person(conn, f"人员{number}{role}", None)
                    offices.appoint(conn, person, level[where][code], role, SINCE)
                    people.append((f"p{number}{role}", Actor(person, level[where][code], role)))
            helper = offices.add_person(conn, f"帮扶{number}", None)
            offices.appoint(conn, helper, "440512-unit-01", "helper", SINCE)
            people.append((f"p{number}helper", Actor(helper, "440512-unit-01", "helper")))
            household = _household(conn, community, number)
            help.pair(conn, household, "440512-unit-01", helper, SINCE, "结对", None)
        clerk = next(a for name, a in people if name == f"p{number}community_clerk")
        title = f"第{number}号人家"
        case = start(district.office, Start("change", "household", household, title, community.code, clerk, NOW))
        cases[case.id] = (title, community.path, household)
    for name, actor in people:
        district.who[name] = actor
    yield World(desk, people, cases)


def _household(conn, community, number: int) -> int:  # type: ignore[no-untyped-def]
    why = Because(0, "建档立卡导入", SINCE, at(2016, 5, 1))
    code = f"{community.code}9{number:03d}"
    made = register.add_household(conn, code, community.code, community.path, {}, why)
    id_no = made_up_id(SINCE.replace(year=1960 + number), 995)
    register.join(conn, made, {"person_no": f"{code}01", "id_no": id_no, "name": f"第{number}号人", "sex": "男",
                               "born_on": SINCE.replace(year=1960 + number), "facts": {}}, "户主", why)  # fmt: skip
    return made


def test_no_page_and_no_route_tells_of_a_case_outside_the_scope(world: World) -> None:
    """Every person asks every list, every case, its print, its hands and income pages, search, and the API."""
    desk, office = world.desk, world.desk.district.office
    for name, actor in world.people:
        with reading(office.records) as conn:
            scope = scope_of(conn, actor.person_id, day_of(NOW))
        mine = {c for c, (_, path, household) in world.cases.items() if covers(scope, path, household)}
        assert mine, name  # everybody here has something of their own to see
        hidden = {c: world.cases[c] for c in world.cases if c not in mine}
        person = desk.as_(name)
        pages = [person.see(path) for path in ("/todo", "/todo?q=第", "/mine/done", "/mine/started", "/lent", "/inbox")]
        for case, (title, _, _) in hidden.items():
            assert all(title not in page for page in pages), (name, title)
            for path in (f"/cases/{case}", f"/cases/{case}/print", f"/cases/{case}/evidence/{'0' * 64}"):
                answer = person.client.get(path)
                assert answer.status_code == 404 and title not in answer.text, (name, path)
            for path in (f"/tasks/{case}", f"/tasks/{case}/preview", f"/cases/{case}/income", f"/cases/{case}/pair"):
                assert person.client.get(path).status_code in (403, 404), (name, path)
            _cannot_act(person, case, title)
        for case in mine:
            assert person.client.get(f"/cases/{case}").status_code == 200, name
        _api(world, name, actor, mine, hidden)


def _cannot_act(person: Person, case: int, title: str) -> None:
    for path, form in (
        (f"/tasks/{case}", {"act": "decide:approve"}), (f"/cases/{case}/hand", {"kind": "urge", "task": "1"}),
        (f"/cases/{case}/withdraw", {"why": "试"}), (f"/cases/{case}/take-back", {"to": "community"}),
        ("/batch", {"case": str(case)}), ("/batch/decide", {"case": str(case), "verdict": "approve", "key": "k"}),
    ):  # fmt: skip
        answer = person.send("/account", path, **form)
        assert answer.status_code == 404 and title not in answer.text, path


def _api(world: World, name: str, actor: Actor, mine: set[int], hidden: dict[int, tuple[str, str, int]]) -> None:
    office = world.desk.district.office
    with reading(office.records) as conn:
        account = accounts.account_by_login(conn, name)
    assert account is not None
    text = tokens.make_token(office, account.id, actor, "测试", ("read", "decide"), timedelta(days=1), NOW)
    person = world.desk.visitor()
    person.client.headers["authorization"] = f"Bearer {text}"
    listed = person.client.get("/api/v1/todo").json()
    assert listed["count"] == len(listed["tasks"]) and {t["case"] for t in listed["tasks"]} <= mine
    homes, owed = (person.client.get(f"/api/v1/{of}").json()[of] for of in ("households", "dues"))
    assert not {h["id"] for h in homes} & {household for _, _, household in hidden.values()}
    assert not {due["case"] for due in owed} & hidden.keys()
    for case, (_, _, household) in hidden.items():
        assert person.client.get(f"/api/v1/cases/{case}").status_code == 404
        assert person.client.get(f"/api/v1/cases/{case}/papers").status_code == 404
        assert person.client.get(f"/api/v1/households/{household}").status_code in (403, 404)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_list_never_holds_a_row_outside_the_scope_and_its_count_is_its_rows(
    world: World, data: st.DataObject
) -> None:
    """Any seats at all, any search, order and page: asked for another's seat, the scope still holds."""
    office = world.desk.district.office
    _, asker = data.draw(st.sampled_from(world.people))
    _, borrowed = data.draw(st.sampled_from(world.people))
    wanted = Wanted(
        data.draw(st.sampled_from(["", "第", "号", "%", "_", "4405"])), order=data.draw(st.sampled_from(["due", "-due", "newest", "title", "?"])),
        late=data.draw(st.booleans()), page=data.draw(st.integers(1, 3)),
    )  # fmt: skip
    today = day_of(NOW)
    with reading(office.records) as conn:
        scope = scope_of(conn, asker.person_id, today)
        listed = lists.todo(conn, seats.seats_of(conn, borrowed.person_id, today), scope, wanted, today)
    assert listed.count == len(listed.rows)
    for row in listed.rows:
        _, path, household = world.cases[row.case_id]
        assert covers(scope, path, household)


def _lend(world: World, giver: Actor, taker: Actor, since: int, until: int, post: bool, revoked: bool) -> None:
    """A delegation as it stands in the register, counted in days from today."""
    today = day_of(NOW)
    with writing(world.desk.district.office.records) as conn:
        made = delegations.add(conn, {
            "from_person_id": giver.person_id, "to_person_id": taker.person_id, "post_id": _post_of(conn, giver) if post else None,
            "procedure": None, "valid_from": today + timedelta(days=since), "valid_to": today + timedelta(days=until),
            "reason": "出差", "given_by": "甲", "given_at": NOW,
        })  # fmt: skip
        if revoked:
            delegations.revoke(conn, made, "甲", NOW)


def _post_of(conn, actor: Actor) -> int:  # type: ignore[no-untyped-def]
    held = handing.seats_held(conn, actor.person_id, day_of(NOW))
    return next(h.post_id for h in held if (h.office_code, h.role) == (actor.office_code, actor.role))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whoever_stands_in_sees_what_was_lent_for_the_period_and_nothing_else(
    world: World, data: st.DataObject
) -> None:
    """Any delegations between any people: each sees the own area or households and those lent today, reckoned here anew."""
    office = world.desk.district.office
    people = [actor for _, actor in world.people]
    with writing(office.records) as conn:
        for row in conn.execute(schema.delegations.select()).all():
            delegations.revoke(conn, row.id, "甲", NOW)
    lent: set[tuple[int, int]] = set()
    for _ in range(data.draw(st.integers(0, 4))):
        giver, taker = data.draw(st.permutations(people))[:2]
        since, length = data.draw(st.integers(-4, 3)), data.draw(st.integers(0, 4))
        revoked = data.draw(st.booleans()) and data.draw(st.booleans())
        _lend(world, giver, taker, since, since + length, data.draw(st.booleans()), revoked)
        if since <= 0 <= since + length and not revoked:
            lent.add((giver.person_id, taker.person_id))
    for actor in people:
        givers = [g for g in people if g == actor or (g.person_id, actor.person_id) in lent]
        expected = {case for case in world.cases for giver in givers if _own(world, giver, case)}
        with reading(office.records) as conn:
            scope = scope_of(conn, actor.person_id, day_of(NOW))
            listed = lists.todo(
                conn, seats.seats_of(conn, actor.person_id, day_of(NOW)), scope, Wanted(""), day_of(NOW)
            )
        assert {c for c, (_, path, household) in world.cases.items() if covers(scope, path, household)} == expected
        assert {row.case_id for row in listed.rows} <= expected


def _own(world: World, actor: Actor, case: int) -> bool:
    """Is the case the person's own business, by post or by pairing? Told from how the world was made."""
    title, path, _ = world.cases[case]
    if actor.role == "helper":
        name = next(n for n, a in world.people if a == actor)
        return name == f"p{title[1]}helper"
    if actor.role == "district_clerk":
        return True
    return actor.office_code.removesuffix("-office") in path.split("/")


def test_a_lent_household_opens_on_the_pages_until_the_period_ends(world: World) -> None:
    desk, by = world.desk, dict(world.people)
    [(mine, (_, _, home)), (other, (_, _, theirs))] = list(world.cases.items())
    _lend(world, by["p1helper"], by["p0helper"], 0, 2, True, False)
    for later, status in ((0, (200, 200)), (2, (200, 200)), (3, (404, 403))):
        desk.clock.now = NOW + timedelta(days=later)
        person = desk.as_("p0helper")
        assert person.client.get(f"/cases/{mine}").status_code == 200
        assert person.client.get(f"/households/{home}").status_code == 200
        assert (
            person.client.get(f"/cases/{other}").status_code,
            person.client.get(f"/households/{theirs}").status_code,
        ) == status
        assert desk.as_("p1helper").client.get(f"/cases/{mine}").status_code == 404  # it is lent one way
