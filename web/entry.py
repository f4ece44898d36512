"""受理申请, 收入核算, 结对: what a community or the district writes down before or between the steps of a case."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows import apply as applying
from records import offices, pickers, register
from records.engine import reading
from rules.income import ITEMS
from rules.money import Yuan
from rules.register import ATTRIBUTES, CAUSES, HEAD, HEALTH, LABOUR, RELATIONS
from states.not_allowed import FieldMissing, FieldWrong, NotAllowed, OutsideYourArea
from web import words
from web.access import Pages, roles
from web.scoped import case_in_scope
from web.visit import TheVisit, Visit

pages = Pages()
MAKERS = roles("community_clerk")
PAIRERS = roles("district_clerk", "street_clerk")
MEMBERS = 12
OF_PERSON = {"labour": LABOUR, "health": HEALTH}
OF_HOUSEHOLD = {"attribute": ATTRIBUTES, "main_cause": CAUSES}


@pages.get("/apply", MAKERS, "受理申请")
def see_apply(visit: TheVisit) -> Response:
    return _apply_page(visit)


def _apply_page(visit: Visit, problem: str = "", status: int = 200) -> Response:
    def given(*keys: str, of: str = "") -> dict[str, str]:
        return {key: visit.text(f"{of}{key}") if visit.form else "" for key in keys}

    rows = [given("name", "id_no", "relation", *OF_PERSON, of=f"m.{n}.") for n in range(MEMBERS)]
    return visit.page("apply", status, problem=problem, rows=rows, relations=RELATIONS, head=HEAD, choices=OF_HOUSEHOLD,
                      of_person=OF_PERSON, home=given("phone", "address", *OF_HOUSEHOLD))  # fmt: skip


@pages.post("/apply", MAKERS, "受理申请")
def send_apply(visit: TheVisit) -> Response:
    """The household is written down as an applicant, and its identification begins."""
    written = [n for n in range(MEMBERS) if visit.text(f"m.{n}.name") or visit.text(f"m.{n}.id_no")]
    members = [_member(visit, n) for n in written]
    assert visit.seat is not None
    try:
        if not members:
            raise FieldMissing(step=words.APPLICATION, fields=words.MEMBERS)
        if nameless := [n for n, member in zip(written, members, strict=True) if not member.name]:
            raise FieldMissing(
                step=words.APPLICATION, fields=words.AND.join(words.NAME_OF.format(row=n + 1) for n in nameless)
            )
        with reading(visit.office.records) as conn:
            area = offices.office(conn, visit.seat.office_code).area_code
        facts = {key: visit.text(key) for key in ("phone", "address") if visit.text(key)} | _said_of_home(visit)
        case = applying.apply(visit.office, applying.Application(area, members, facts, visit.actor, visit.at))
    except NotAllowed as no:
        return _apply_page(visit, str(no), 409)
    return visit.go(f"/tasks/{case.id}", words.APPLIED.format(number=case.number))


def _said_of_home(visit: Visit) -> dict[str, str]:
    """What the approval form prints of the household. Raises FieldMissing for what is not among the choices."""
    said = {key: visit.text(key) for key, choices in OF_HOUSEHOLD.items() if visit.text(key) in choices}
    if missing := [words.OF_HOUSEHOLD[key] for key in OF_HOUSEHOLD if key not in said]:
        raise FieldMissing(step=words.APPLICATION, fields="、".join(missing))
    return said


def _member(visit: Visit, n: int) -> applying.Applicant:
    said = {key: visit.text(f"m.{n}.{key}") for key in OF_PERSON}
    return applying.Applicant(visit.text(f"m.{n}.name"), visit.text(f"m.{n}.id_no"), visit.text(f"m.{n}.relation"),
                              {key: text for key, text in said.items() if text in OF_PERSON[key]})  # fmt: skip


# --- the year's income ------------------------------------------------------------------------------------------------


@pages.get("/cases/{case_id}/income", MAKERS, "收入核算")
def see_income(visit: TheVisit, case_id: int) -> Response:
    return _income_page(visit, case_id)


def _income_page(visit: Visit, case_id: int, problem: str = "", status: int = 200) -> Response:
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        home = register.household_on(conn, case.subject_id, visit.today)
    given = {key: visit.text(f"i.{key}") if visit.form else "" for key in ITEMS}
    return visit.page("income", status, case=case, items=ITEMS, given=given, problem=problem,
                      heads=len(home.members) if home else 1)  # fmt: skip


@pages.post("/cases/{case_id}/income", MAKERS, "收入核算")
def send_income(visit: TheVisit, case_id: int) -> Response:
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
    try:
        items = {key: _yuan(visit, key) for key in ITEMS if visit.text(f"i.{key}")}
        heads = visit.number("heads")
        if not items or not heads:
            raise FieldMissing(step=words.INCOME, fields=words.INCOME_FIELDS)
        assert visit.seat is not None
        applying.record_income(visit.office, case.subject_id, case.year, heads, items, visit.seat.office, visit.at)
    except NotAllowed as no:
        return _income_page(visit, case_id, str(no), 409)
    return visit.go(f"/tasks/{case_id}", words.INCOME_KEPT.format(year=case.year))


def _yuan(visit: Visit, key: str) -> Yuan:
    try:
        found = Yuan.of(visit.text(f"i.{key}"))
    except (ValueError, ArithmeticError) as no:
        raise FieldWrong(field=ITEMS[key].title, why=words.NOT_MONEY) from no
    if found.fen < 0:
        raise FieldWrong(field=ITEMS[key].title, why=words.NOT_MONEY)
    return found


# --- pairing ----------------------------------------------------------------------------------------------------------


@pages.get("/cases/{case_id}/pair", PAIRERS, "结对帮扶")
def see_pair(visit: TheVisit, case_id: int) -> Response:
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        helpers = pickers.helpers(conn, visit.today)
    return visit.page("pair", case=case, helpers=helpers)


@pages.post("/cases/{case_id}/pair", PAIRERS, "结对帮扶")
def send_pair(visit: TheVisit, case_id: int) -> Response:
    """The household is paired with a helper; one in force is succeeded without a gap (R4.1-06)."""
    with reading(visit.office.records) as conn:
        case = case_in_scope(conn, visit, case_id)
        known: dict[str, Any] = {f"{h.office_code}|{h.id}": h for h in pickers.helpers(conn, visit.today)}
    chosen = known.get(visit.text("helper"))
    if case.subject_kind != "household":
        raise OutsideYourArea(what=case.title)
    if chosen is None:
        raise FieldMissing(step=words.PAIRING, fields=words.HELPER)
    applying.pair(visit.office, case.subject_id, chosen.office_code, chosen.id, visit.today,
                  visit.text("reason")[:64] or words.PAIRING, visit.actor, visit.at)  # fmt: skip
    return visit.go(f"/tasks/{case_id}", words.PAIRED.format(helper=chosen.name, unit=chosen.office))
