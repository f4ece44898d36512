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
from records import accounts, areas, help, lists, offices, register, seats
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
