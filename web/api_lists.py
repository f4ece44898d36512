"""The JSON interface's lists: the households one may see, what is owed, the agreements; a paper's file, and a file sent in
as evidence. Nobody signs here: who signs in person does so on the page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, UploadFile
from pydantic import BaseModel
from starlette.responses import Response

from flows.print import print_form
from records import agreement_views, overview, paper_lists
from records.agreement_views import Wish
from records.engine import reading
from records.listing import PAGE
from records.overview import Ask, Band
from states.agreement import stands
from states.household import HouseholdPath
from states.not_allowed import NoSuch
from states.table import state_names
from web.api import NO, Caller, Decider, Id, Reader
from web.papers import WORD, attachment
from web.uploads import keep_file

api_lists = APIRouter(prefix="/api/v1", responses=NO)
Page = Annotated[int, Query(ge=1, le=100_000)]
Year = Annotated[int | None, Query(ge=2000, le=2100)]
PATH = state_names(HouseholdPath)


class ListedHousehold(BaseModel):
    id: int
    number: str
    head: str | None
    persons: int
    area: str
    state: str | None
    state_title: str | None
    planned_year: int | None


class Households(BaseModel):
    """`persons` is the number of people in all of the list's households."""

    count: int
    persons: int
    page: int
    pages: int
    households: list[ListedHousehold]


class Owed(BaseModel):
    """One thing that is due: `case`, `obligation` or `agreement` is where it is done, `person` whom alone it is asked of."""

    id: int
    title: str
    office: str | None
    due_on: date
    provisional: bool
    rung: str | None
    case: int | None
    obligation: int | None
    agreement: int | None
    person: str | None


class Dues(BaseModel):
    count: int
    page: int
    pages: int
    dues: list[Owed]


class ListedAgreement(BaseModel):
    id: int
    kind: str
    year: int
    title: str
    number: str | None
    status: str
    status_title: str
    first_party: str
    second_party: str
    targets: dict[str, int]
    issued_on: date | None
    in_force_on: date | None
    still_to_sign: int


class Agreements(BaseModel):
    count: int
    page: int
    pages: int
    agreements: list[ListedAgreement]


class KeptFile(BaseModel):
    """What `evidence` of a decision names."""

    name: str
    sha256: str


def _pages(count: int) -> int:
    return max(1, -(-count // PAGE))


def _ask(caller: Caller) -> Ask:
    headed = (caller.seat.office_code,) if caller.seat.role == "helper_head" else ()
    return Ask(caller.scope, caller.today, headed=headed, person_id=caller.seat.person_id)


@api_lists.get("/households", summary="户的清单")
def see_households(
    caller: Reader, q: Annotated[str, Query(max_length=64)] = "", state: Annotated[str, Query(max_length=32)] = "", page: Page = 1
) -> Households:  # fmt: skip
    """The households of one's scope today, searched by number, name or person number, narrowed to a state."""
    states = (state,) if state else ()
    with reading(caller.office.records) as conn:
        pack = caller.office.pack.id
        listing = overview.households(_ask(caller), pack, states, None, q.replace("\x00", ""))
        count, people = listing.total(conn)
        rows = listing.page(conn, page)
    return Households(count=count, persons=people, page=page, pages=_pages(count), households=[
        ListedHousehold(id=r.id, number=r.number, head=r.head, persons=r.persons, area=r.area_code, state=r.state,
                        state_title=PATH.get(r.state, r.state) if r.state else None, planned_year=r.planned_year)
        for r in rows
    ])  # fmt: skip


@api_lists.get("/dues", summary="应办事项")
def see_dues(
    caller: Reader, band: Band = "all", office: Annotated[str, Query(max_length=32)] = "", page: Page = 1
) -> Dues:
    """What is due and not done within one's scope, the most overdue first, as on the page of an office."""
    with reading(caller.office.records) as conn:
        listing = overview.dues(_ask(caller), band, office or None)
        count, rows = listing.count(conn), listing.page(conn, page)
    return Dues(count=count, page=page, pages=_pages(count), dues=[
        Owed(id=r.id, title=r.title, office=r.office, due_on=r.due_on, provisional=r.provisional, rung=r.rung,
             case=r.case_id, obligation=r.obligation_id, agreement=r.agreement_id, person=r.person)
        for r in rows
    ])  # fmt: skip


@api_lists.get("/agreements", summary="责任书")
def see_agreements(
    caller: Reader, year: Year = None, unsigned: bool = False,
    kind: Literal["", "D-19", "D-20", "D-21", "D-22", "D-22A"] = "", page: Page = 1,
) -> Agreements:  # fmt: skip
    """The agreements one may see, with how many have still to sign."""
    wish = Wish(year, (kind,) if kind else (), (), None, unsigned)
    with reading(caller.office.records) as conn:
        who = agreement_views.reader(conn, caller.seat.person_id, caller.today)
        listing = agreement_views.listing(who, wish)
        count, rows = listing.count(conn), listing.page(conn, page)
    return Agreements(count=count, page=page, pages=_pages(count), agreements=[
        ListedAgreement(id=r.id, kind=r.code, year=r.year, title=r.title, number=r.number, status=r.status,
                        status_title=stands(r.status, r.number), first_party=r.from_name, second_party=r.to_name,
                        targets=dict(r.targets), issued_on=r.issued_on, in_force_on=r.in_force_on, still_to_sign=r.lacking)
        for r in rows
    ])  # fmt: skip


@api_lists.get("/papers/{paper_id}/word", summary="文书的Word文件", response_class=Response,
               responses={200: {"content": {WORD: {"schema": {"type": "string", "format": "binary"}}}}})  # fmt: skip
def take_paper(paper_id: Id, caller: Reader) -> Response:
    """A paper of one's scope as it was issued, or as it is drafted."""
    with reading(caller.office.records) as conn:
        row = paper_lists.paper(conn, _ask(caller), paper_id)
    if row is None:
        raise NoSuch(what="文书", key=paper_id)
    return attachment(print_form(caller.office, paper_id), f"{row.title}.docx", WORD)


@api_lists.post(
    "/evidence",
    status_code=201,
    summary="上传材料",
    responses={400: {"description": "请求有误"}, 413: {"description": "文件太大"}},
)
def add_evidence(file: UploadFile, caller: Decider) -> KeptFile:
    """Keep a photo or scan under its hash, to be named by a decision; the same file sent again is the same file."""
    kept = keep_file(caller.office, file)
    return KeptFile(name=kept.name, sha256=kept.sha256)
