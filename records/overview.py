"""What an area holds, what moved in a year and what is owed, as lists whose numbers are counted from the same rows.

Every question takes the scope of the one who asks and narrows it further; nothing here widens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, literal, or_, select

from records import schema
from records.agreements import AGREEMENT_DUE, SIGNER_DUE
from records.listing import Listing
from records.register import on_day
from records.schema.base import word
from records.scope import within
from rules.jurisdiction import Scope
from rules.register import HEAD

H, HV, M, P, PV = (
    schema.households,
    schema.household_versions,
    schema.memberships,
    schema.persons,
    schema.person_versions,
)
E, V, A, O, U = schema.enrolments, schema.path_events, schema.areas, schema.offices, schema.dues
B, T, C, D, AL = schema.obligations, schema.tasks, schema.cases, schema.duties, schema.alerts
X, RU, W, PE = schema.round_acts, schema.rungs, schema.agreement_signers, schema.people
Band = Literal["overdue", "soon", "later", "all"]
SOON = timedelta(days=7)
OPEN: tuple[Band, ...] = ("overdue", "soon", "later")
WITH_HELP = ("identified", "assisted")


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks, for what day, and how the scope is narrowed: to an area by its path. `headed`: the helping units that the
    one who asks is the head of, which stand in no area of their own; `person_id`: the one who asks, whose own dues stand
    in none either."""

    scope: Scope
    day: date
    area_path: str | None = None
    headed: tuple[str, ...] = ()
    person_id: int | None = None

    def covers(self, path: ColumnElement[str], household: ColumnElement[Any] | None = None,
               file: ColumnElement[Any] | None = None) -> ColumnElement[bool]:  # fmt: skip
        """The one predicate upon a column, narrowed to the asked area."""
        seen = within(self.scope, path, household, file)
        return seen if self.area_path is None else and_(seen, below(path, self.area_path))


def below(path: ColumnElement[str], top: str) -> ColumnElement[bool]:
    """Paths at or under `top`, as a range that an index serves."""
    return and_(path >= top, path < f"{top[:-1]}0")


# --- households -----------------------------------------------------------------------------------------------------


def _members(day: Any) -> Any:
    return select(func.count()).where(M.c.household_id == H.c.id, M.c.valid_from <= day,
                                      or_(M.c.valid_to.is_(None), M.c.valid_to > day)).scalar_subquery()  # fmt: skip


def _head(day: Any) -> Any:
    return (
        select(PV.c.name).select_from(M.join(PV, PV.c.person_id == M.c.person_id))
        .where(M.c.household_id == H.c.id, M.c.relation == word(HEAD), M.c.valid_from <= day,
               or_(M.c.valid_to.is_(None), M.c.valid_to > day), PV.c.valid_from <= day,
               or_(PV.c.valid_to.is_(None), PV.c.valid_to > day)).limit(1).scalar_subquery()
    )  # fmt: skip


def households(
    ask: Ask, pack_id: str, states: tuple[str, ...] = (), planned_year: int | None = None, search: str = ""
) -> Listing:
    """Households of the register on the day, with head, size and state; searched by number, name or person number."""
    source = HV.join(H, H.c.id == HV.c.household_id).outerjoin(
        E, and_(E.c.household_id == H.c.id, E.c.pack_id == pack_id)
    )
    where = [on_day(HV, ask.day), ask.covers(HV.c.area_path, HV.c.household_id)]
    if states:
        where.append(E.c.state.in_(states))
    if planned_year is not None:
        where.append(E.c.planned_year == planned_year)
    if search.strip():
        where.append(_found(search.strip(), ask.day))
    query = select(H.c.id, H.c.number, HV.c.area_code, HV.c.area_path, _head(ask.day).label("head"),
                   _members(ask.day).label("persons"), E.c.state, E.c.planned_year, E.c.exit_year, E.c.since)  # fmt: skip
    people = select(M.c.id, HV.c.area_code, HV.c.area_path, E.c.state).select_from(
        source.join(M, and_(M.c.household_id == HV.c.household_id, on_day(M, ask.day))))  # fmt: skip
    return Listing(query.select_from(source).where(*where), (H.c.number,), people.where(*where))


def _found(search: str, day: date) -> ColumnElement[bool]:
    if search.isascii() and search[:-1].isdigit():
        exact = select(M.c.household_id).join(P, P.c.id == M.c.person_id).where(
            on_day(M, day), or_(P.c.id_no == search, P.c.number == search))  # fmt: skip
        return or_(H.c.number.startswith(search, autoescape=True), H.c.id.in_(exact))
    named = (
        select(M.c.household_id).join(PV, PV.c.person_id == M.c.person_id)
        .where(on_day(M, day), on_day(PV, day), PV.c.name.startswith(search, autoescape=True))
    )  # fmt: skip
    return H.c.id.in_(named)


def moved(ask: Ask, pack_id: str, event: str, year: int) -> Listing:
    """Households that made a move in a year up to the day (exits: "announce_exit"), with the members of that day."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), ask.day)
    source = (
        HV.join(H, H.c.id == HV.c.household_id).join(E, E.c.household_id == H.c.id).join(V, V.c.enrolment_id == E.c.id)
    )  # fmt: skip
    where = (E.c.pack_id == pack_id, V.c.event == event, V.c.on >= first, V.c.on <= last, HV.c.valid_from <= V.c.on,
             or_(HV.c.valid_to.is_(None), HV.c.valid_to > V.c.on), ask.covers(HV.c.area_path, HV.c.household_id))  # fmt: skip
    query = select(H.c.id, H.c.number, HV.c.area_code, HV.c.area_path, _head(V.c.on).label("head"),
                   _members(V.c.on).label("persons"), E.c.state, E.c.planned_year, V.c.on, V.c.id.label("move_id"))  # fmt: skip
    then = and_(M.c.household_id == HV.c.household_id, M.c.valid_from <= V.c.on,
                or_(M.c.valid_to.is_(None), M.c.valid_to > V.c.on))  # fmt: skip
    people = select(M.c.id, HV.c.area_code, HV.c.area_path, E.c.state).select_from(source.join(M, then))
    return Listing(query.select_from(source).where(*where), (V.c.on, V.c.id), people.where(*where))


def by_area(conn: Connection, ask: Ask, listing: Listing, kind: str) -> dict[str, tuple[int, int]]:
    """A list's two numbers for each area of a kind (each street): code to (rows, people)."""
    found: dict[str, tuple[int, int]] = {}
    counted = sorted(listing.by(conn, "area_path").items())
    for row in conn.execute(select(A.c.code, A.c.path).where(A.c.kind == kind, on_day(A, ask.day))):
        inside = [numbers for path, numbers in counted if path.startswith(row.path)]
        if inside:
            found[row.code] = (sum(n for n, _ in inside), sum(p for _, p in inside))
    return found


def areas_below(conn: Connection, ask: Ask, kind: str) -> list[Row[Any]]:
    """The areas of a kind that the one who asks may see, by path."""
    return list(
        conn.execute(
            select(A.c.code, A.c.name, A.c.path, A.c.parent_code).where(A.c.kind == kind, on_day(A, ask.day),
                                                                        ask.covers(A.c.path)).order_by(A.c.path)
        )
    )  # fmt: skip


# --- what is owed ---------------------------------------------------------------------------------------------------


def dues(ask: Ask, band: Band = "all", office_code: str | None = None) -> Listing:
    """What is due and not done, the most overdue first: a step of a case, an obligation, the end of a notice."""
    rung = (
        select(RU.c.name).where(RU.c.due_id == U.c.id).order_by(RU.c.reached_on.desc(), RU.c.told_on.desc()).limit(1)
        .scalar_subquery()
    )  # fmt: skip
    query = (
        select(U.c.id, U.c.subject_kind, U.c.subject_id, U.c.title, U.c.office_code, O.c.name.label("office"),
               U.c.area_path, U.c.due_on, U.c.provisional, T.c.case_id, B.c.id.label("obligation_id"),
               func.coalesce(W.c.agreement_id, case((U.c.subject_kind == AGREEMENT_DUE, U.c.subject_id))).label("agreement_id"),
               PE.c.name.label("person"), rung.label("rung"))
        .select_from(_with_subjects()).where(U.c.closed_at.is_(None), _band(ask.day, band), _owed_to_see(ask))
    )  # fmt: skip
    if office_code is not None:
        query = query.where(U.c.office_code == office_code)
    return Listing(query, (U.c.due_on, U.c.id))


def _owed_to_see(ask: Ask) -> ColumnElement[bool]:
    """What lies in the scope; what is asked of oneself; and whatever a unit owes that is no household's, for its head."""
    own = []
    if ask.person_id is not None and not ask.scope.everything:
        own.append(and_(U.c.person_id == ask.person_id, _whose().is_(None)))
    if ask.headed:
        own.append(and_(U.c.office_code.in_(ask.headed), _whose().is_(None)))
    if ask.area_path is not None:
        own = [and_(each, below(U.c.area_path, ask.area_path)) for each in own]
    return or_(ask.covers(U.c.area_path, _whose()), *own)


def _with_subjects() -> Any:
    return (
        U.outerjoin(T, and_(U.c.subject_kind == "task", T.c.id == U.c.subject_id)).outerjoin(C, C.c.id == T.c.case_id)
        .outerjoin(B, and_(U.c.subject_kind == "obligation", B.c.id == U.c.subject_id))
        .outerjoin(W, and_(U.c.subject_kind == SIGNER_DUE, W.c.id == U.c.subject_id))
        .outerjoin(O, O.c.code == U.c.office_code).outerjoin(PE, PE.c.id == U.c.person_id)
    )  # fmt: skip


def _whose() -> ColumnElement[Any]:
    return func.coalesce(B.c.household_id, case((C.c.subject_kind == "household", C.c.subject_id)))


def _band(day: date, band: Band) -> ColumnElement[bool]:
    match band:
        case "overdue":
            return U.c.due_on < day
        case "soon":
            return and_(U.c.due_on >= day, U.c.due_on <= day + SOON)
        case "later":
            return U.c.due_on > day + SOON
    return literal(True)


def offices_within(conn: Connection, ask: Ask, own: tuple[str, ...] = (), code: str | None = None) -> list[Row[Any]]:
    """The offices whose area the one who asks may see, and those the person sits in; or of these the one of a code."""
    which = literal(True) if code is None else O.c.code == code
    return list(
        conn.execute(
            select(O.c.code, O.c.name, O.c.level, O.c.area_code, A.c.path).join(A, A.c.code == O.c.area_code)
            .where(on_day(A, ask.day), on_day(O, ask.day), or_(ask.covers(A.c.path), O.c.code.in_(own)), which)
            .order_by(A.c.path, O.c.level, O.c.code)
        )
    )  # fmt: skip


# --- what is not well ------------------------------------------------------------------------------------------------


def alerts(ask: Ask) -> Listing:
    """Alerts of the offices the one who asks may see; those of no office are for whoever sees everything."""
    place = O.join(A, and_(A.c.code == O.c.area_code, on_day(A, ask.day)))
    seen = ask.covers(A.c.path)
    if ask.scope.everything and ask.area_path is None:
        seen = or_(seen, AL.c.office_code.is_(None))
    query = (
        select(AL.c.id, AL.c.kind, AL.c.says, AL.c.raised_at, AL.c.key, O.c.name.label("office"))
        .select_from(AL.outerjoin(place, O.c.code == AL.c.office_code)).where(AL.c.closed_at.is_(None), seen)
    )  # fmt: skip
    return Listing(query, (AL.c.raised_at.desc(), AL.c.id))


def failed_duties(ask: Ask) -> Listing:
    """Duties out of tries, of the cases and acts the one who asks may see."""
    path = func.coalesce(C.c.area_path, X.c.area_path)
    query = (
        select(D.c.id, D.c.key, D.c.kind, D.c.last_error, D.c.tries, D.c.failed_at, C.c.title, D.c.case_id, D.c.payload)
        .select_from(D.outerjoin(C, C.c.id == D.c.case_id).outerjoin(X, X.c.id == D.c.act_id))
        .where(D.c.failed_at.is_not(None), ask.covers(path))
    )  # fmt: skip
    return Listing(query, (D.c.failed_at.desc(), D.c.id))
