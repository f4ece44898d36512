"""The JSON interface: the same acts as the pages, for programs with a token that says what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from flows import household_view
from flows import tokens as granting
from flows.decide import decide
from flows.frozen import procedure_of
from flows.office import Office
from flows.reading import open_file
from records import cases, lists, papers, seats
from records.cases import Seat
from records.engine import reading
from records.lists import Wanted
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import Scope, covers
from states.case import CaseLife
from states.decision import Actor, Decision, Evidence, MadeBy
from states.not_allowed import NoSuch, NotYourPost, TokenWrong
from states.paper import PaperLife
from states.procedure import Verdict
from states.table import state_names

MOST = 2**31 - 1
Id = Annotated[int, Path(ge=1, le=MOST)]
May = Literal["read", "decide"]


@dataclass(frozen=True, slots=True)
class Caller:
    """A program, acting for the account's person in the token's post."""

    office: Office
    at: datetime
    seat: Seat
    scope: Scope
    token_id: int
    account_id: int

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def actor(self) -> Actor:
        return Actor(self.seat.person_id, self.seat.office_code, self.seat.role)


@dataclass(frozen=True, slots=True)
class NeedsToken:
    """The check before every route here: a token in force, whose holder still holds the post, and which may do this."""

    may: May

    def __call__(self, request: Request, authorization: Annotated[str, Header()] = "") -> Caller:
        office, at = request.app.state.office, request.app.state.clock()
        kind, _, token = authorization.partition(" ")
        grant = granting.token(office, token, at) if kind.lower() == "bearer" and token.isascii() else None
        if grant is None or self.may not in grant.may:
            raise TokenWrong(may={"read": "查阅", "decide": "办理"}[self.may])
        with reading(office.records) as conn:
            held = seats.seats_of(conn, grant.person_id, day_of(at))
            scope = scope_of(conn, grant.person_id, day_of(at))
        for seat in held:
            if (seat.office_code, seat.role, seat.acting_for_id) == (grant.office_code, grant.role, None):
                return Caller(office, at, seat, scope, grant.token_id, grant.account_id)
        raise NotYourPost(person=grant.person, day=day_of(at), post=f"{grant.office_code}的{grant.role}")


Reader = Annotated[Caller, Depends(NeedsToken("read"))]
Decider = Annotated[Caller, Depends(NeedsToken("decide"))]


# --- what is said -----------------------------------------------------------------------------------------------------


class Problem(BaseModel):
    """Why not (RFC 9457): `code` for a program, `detail` for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str


class Task(BaseModel):
    case: int
    number: str
    title: str
    procedure: str
    step: str
    step_title: str
    due_on: date | None
    provisional: bool
    version: int


class Todo(BaseModel):
    count: int
    page: int
    pages: int
    tasks: list[Task]


class Said(BaseModel):
    step: str
    verdict: str
    opinion: str
    person: str
    post: str
    acting_for: str | None
    made_by: str | None
    at: datetime


class Case(BaseModel):
    id: int
    number: str
    title: str
    procedure: str
    status: str
    status_title: str
    step: str
    step_title: str
    version: int
    started_on: date
    closed_on: date | None
    facts: dict[str, Any]
    decisions: list[Said]


class Paper(BaseModel):
    id: int
    code: str
    title: str
    status: str
    status_title: str
    number: str | None
    sha256: str | None
    issued_on: date | None


class Member(BaseModel):
    name: str
    sex: str
    born_on: date
    relation: str


class Household(BaseModel):
    id: int
    number: str
    place: str
    state: str | None
    members: list[Member]


class GivenEvidence(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: str = Field(min_length=1, max_length=32)
    name: str = Field(min_length=1, max_length=100)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Wish(BaseModel):
    """One decision as a program sends it. `version` is the case's version that it was decided upon."""

    model_config = ConfigDict(extra="forbid")
    step: str = Field(min_length=1, max_length=32)
    verdict: Verdict
    version: int = Field(ge=1, le=MOST)
    opinion: str = Field(default="", max_length=2000)
    fields: dict[str, str | int | bool | list[str] | list[dict[str, str | int]]] = Field(default_factory=dict)
    evidence: list[GivenEvidence] = Field(default_factory=list, max_length=40)
    made_by: str | None = Field(default=None, max_length=60)
    back_to: str | None = Field(default=None, max_length=32)
    straight_back: bool = False


class Done(BaseModel):
    case: int
    decision: int
    status: str
    step: str
    version: int
    repeated: bool


# --- routes -----------------------------------------------------------------------------------------------------------

NO: dict[int | str, dict[str, Any]] = {
    status: {"description": title, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
    for status, title in (
        (401, "没有有效的令牌"),
        (403, "令牌或岗位不允许"),
        (404, "没有找到"),
        (409, "现在不能办理"),
        (422, "内容有误"),
    )
}
api = APIRouter(prefix="/api/v1", responses=NO)


@api.get("/todo", summary="待办")
def todo(
    caller: Reader, q: Annotated[str, Query(max_length=64)] = "", page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    late: bool = False,
) -> Todo:  # fmt: skip
    """What waits for the token's post, the ones due first on top."""
    with reading(caller.office.records) as conn:
        listed = lists.todo(conn, [caller.seat], caller.scope, Wanted(_plain(q), late=late, page=page), caller.today)
        found = []
        for row in listed.rows:
            procedure = procedure_of(conn, row.procedure_sha256)
            found.append(Task(
                case=row.case_id, number=cases.case_number(row.year, row.case_id), title=row.title,
                procedure=procedure.key, step=row.task_step, step_title=procedure.step(row.task_step).title,
                due_on=row.due_on, provisional=row.provisional, version=row.version,
            ))  # fmt: skip
    return Todo(count=listed.count, page=listed.page, pages=listed.pages, tasks=found)


def _plain(text: str) -> str:
    """Text as every database takes it."""
    return text.replace("\x00", "")


@api.get("/cases/{case_id}", summary="办件")
def see_case(case_id: Id, caller: Reader) -> Case:
    """One case with everything that was decided on it."""
    with reading(caller.office.records) as conn:
        case = _case(conn, caller, case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        said = [
            Said(step=d.step, verdict=d.verdict, opinion=d.opinion, person=d.person, post=f"{d.office}{d.post}",
                 acting_for=d.acting_for, made_by=d.made_by, at=d.at)
            for d in cases.decisions_of(conn, case_id)
        ]  # fmt: skip
    return Case(
        id=case.id, number=case.number, title=case.title, procedure=case.procedure, status=case.status,
        status_title=state_names(CaseLife)[case.status], step=case.step, step_title=procedure.step(case.step).title,
        version=case.version, started_on=case.started_on, closed_on=case.closed_on, facts=dict(case.facts),
        decisions=said,
    )  # fmt: skip


def _case(conn: Any, caller: Caller, case_id: int) -> cases.CaseRow:
    case = cases.see_case(conn, case_id)
    household = case.subject_id if case is not None and case.subject_kind == "household" else None
    if case is None or not covers(caller.scope, case.area_path, household, cases.file_of(case)):
        raise NoSuch(what="办件", key=case_id)
    return case


@api.get("/cases/{case_id}/papers", summary="办件的文书")
def see_papers(case_id: Id, caller: Reader) -> list[Paper]:
    with reading(caller.office.records) as conn:
        _case(conn, caller, case_id)
        rows = papers.papers_of_case(conn, case_id)
    return [
        Paper(id=p.id, code=p.code, title=p.title, status=p.status, status_title=state_names(PaperLife)[p.status],
              number=p.number, sha256=p.sha256, issued_on=p.issued_on)
        for p in rows
    ]  # fmt: skip


@api.post("/cases/{case_id}/decisions", summary="办理")
def post_decision(
    case_id: Id, wish: Wish, caller: Decider,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=40, pattern="^[A-Za-z0-9_.:-]+$")],
) -> Done:  # fmt: skip
    """Decide, once per idempotency key: the same key again tells what came of the first time."""
    with reading(caller.office.records) as conn:
        case = _case(conn, caller, case_id)
        step = next((s for s in procedure_of(conn, case.procedure_sha256).steps if s.key == wish.step), None)
    if step is None:
        raise NoSuch(what="环节", key=wish.step)
    made_by = MadeBy(wish.made_by, step.made_by) if wish.made_by and step.made_by else None
    done = decide(caller.office, Decision(
        case_id, wish.step, wish.verdict, caller.actor, caller.at, _plain(wish.opinion), dict(wish.fields),
        tuple(_kept(caller, e) for e in wish.evidence), made_by, wish.back_to, wish.straight_back, wish.version,
        f"api:{caller.seat.person_id}:{idempotency_key}"[:64],
    ))  # fmt: skip
    return Done(case=done.case_id, decision=done.decision_id, status=done.status, step=done.step, version=done.version,
                repeated=done.repeated)  # fmt: skip


def _kept(caller: Caller, given: GivenEvidence) -> Evidence:
    """Evidence names a file that the office keeps already."""
    if not granting.is_kept(caller.office, given.sha256):
        raise NoSuch(what="已上传的材料", key=given.sha256[:12])
    return Evidence(given.kind, given.name, given.sha256)


@api.get("/households/{household_id}", summary="户")
def see_household(household_id: Id, caller: Reader) -> Household:
    """One household today; reading outside one's own area leaves a line, as on the page."""
    opened = open_file(caller.office, caller.seat.person_id, household_id, caller.today, caller.at)
    with reading(caller.office.records) as conn:
        view = household_view.view(conn, caller.office, opened.household, caller.today)
    members = [Member(name=m.name, sex=m.sex, born_on=m.born_on, relation=m.relation) for m in opened.household.members]
    return Household(id=household_id, number=opened.household.number, place=view.place, state=view.state,
                     members=members)  # fmt: skip
