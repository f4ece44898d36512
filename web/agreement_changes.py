"""责任书的拟订和变更: drafting and issuing a year, splitting its targets by workbook, and what changes one agreement: void,
a successor who signs anew, a supplement taken back."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.agreements import Wanted, desk, order_issue
from flows.agreements.book import read_split, write_split
from flows.agreements.handover import hand_over
from flows.agreements.kinds import PARTIES
from flows.agreements.reporting import void
from flows.agreements.supplement import Changes, supplement, withdraw
from flows.agreements.targets import Split, split_targets
from records import agreement_views, agreements
from records.agreement_views import Whole
from records.engine import reading
from states.agreement import AgreementLife
from states.not_allowed import FieldMissing, FieldWrong, NoSuch, NotAllowed
from states.table import transitions
from web import words
from web.access import STAFF, Pages, roles
from web.agreements import KIND_TITLES, LIVES, act_for, reader_of, whole_agreement
from web.papers import attachment
from web.visit import TheVisit, Visit

pages = Pages("/agreements")
DISTRICT = roles(*desk.DISTRICT_ROLES)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- a year -----------------------------------------------------------------------------------------------------------


@pages.get("/prepare", DISTRICT, "拟订和印发责任书")
def see_year(visit: TheVisit) -> Response:
    """What there is of a year, kind by kind, with its targets as a workbook and what is still to be issued."""
    return _year(visit)


def _year(visit: Visit, problem: str = "") -> Response:
    year = visit.number("year") or visit.today.year
    with reading(visit.office.records) as conn:
        counts: dict[str, list[tuple[str, int]]] = {}
        for row in agreement_views.counts(conn, reader_of(conn, visit), year):
            counts.setdefault(row.code, []).append((LIVES[row.status], row.how_many))
        waiting = {code: len(agreements.to_issue(conn, year, (code,))) for code in KIND_TITLES}
    return visit.page("agreements_year", 409 if problem else 200, year=year, counts=counts, waiting=waiting, kinds=KIND_TITLES,
                      problem=problem, reason=visit.text("reason"))  # fmt: skip


@pages.post("/prepare", DISTRICT, "印发责任书")
def issue_year(visit: TheVisit) -> Response:
    """Draft what the year lacks and owe its papers: whoever carries duties out numbers and makes them."""
    try:
        year, kinds = _the_year(visit), [code for code in visit.texts("kind") if code in KIND_TITLES]
        count = len(order_issue(visit.office, Wanted(year, visit.actor, visit.at), kinds))
    except NotAllowed as no:
        return _year(visit, str(no))
    says = words.AGREEMENTS_ORDERED if count else words.NONE_TO_ISSUE
    return visit.go(f"/agreements/prepare?year={year}", says.format(year=year, count=count))


def _the_year(visit: Visit) -> int:
    year, last = visit.number("year"), visit.today.year + 1
    if not 2000 <= year <= last:
        raise FieldWrong(field="年度", why=f"应在2000年与{last}年之间。")
    return year


@pages.get("/targets", DISTRICT, "目标分解表")
def take_targets(visit: TheVisit) -> Response:
    """The year's targets as a workbook, to be changed and brought back."""
    year = visit.number("year") or visit.today.year
    with reading(visit.office.records) as conn:
        who = reader_of(conn, visit)
    return attachment(write_split(visit.office, year, who), f"{year}年目标分解.xlsx", SHEET)


@pages.post("/targets", DISTRICT, "目标分解")
def change_targets(visit: TheVisit) -> Response:
    """Take the workbook back: targets that nobody was sent yet are split anew, those of issued agreements become
    supplements, all or none."""
    try:
        year, says = _the_year(visit), _changed(visit)
    except NotAllowed as no:
        return _year(visit, str(no))
    return visit.go(f"/agreements/prepare?year={year}", says)


def _changed(visit: Visit) -> str:
    uploads = visit.uploads("sheet")
    if not uploads:
        raise FieldMissing(step="读入分解表", fields="改好的分解表")
    given = read_split(visit.office, _the_year(visit), uploads[0].file.read())
    if not given:
        return words.TARGETS_SAME
    with reading(visit.office.records) as conn:
        issued = {key for key in given if (row := agreements.agreement(conn, key)) is not None and row.number}
    if not issued:
        return words.TARGETS_CHANGED.format(count=split_targets(visit.office, Split(given, visit.actor, visit.at)))
    numbers = supplement(visit.office, Changes(given, visit.text("reason")[:255], visit.actor, visit.at))
    return words.SUPPLEMENTED.format(numbers="、".join(numbers))


# --- one agreement ------------------------------------------------------------------------------------------------------


@pages.get("/{agreement_id:int}/change", STAFF, "责任书变更")
def see_changes(visit: TheVisit, agreement_id: int) -> Response:
    return _changes(visit, agreement_id)


def _changes(visit: Visit, agreement_id: int, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        seen = whole_agreement(conn, visit, agreement_id)
        first, either = (act_for(conn, visit, seen.agreement, also) for also in (False, True))
    signed = [s for s in seen.signers if s.signed_at is not None and s.supplement_id is None]
    return visit.page("agreement_change", 409 if problem else 200, agreement=seen.agreement, problem=problem,
                      signed=list({(s.party, s.capacity): s for s in signed}.values()) if either else [],
                      pending=_pending(seen) if first else [], parties=PARTIES,
                      may_void=first and (seen.agreement.status, "make_void") in transitions(AgreementLife),
                      given={key: visit.text(key) for key in ("reason", "name", "capacity")})  # fmt: skip


def _pending(seen: Whole) -> list[Any]:
    return [s for s in seen.supplements if s.status == "pending"]


@pages.post("/{agreement_id:int}/change", STAFF, "责任书变更")
def change(visit: TheVisit, agreement_id: int) -> Response:
    with reading(visit.office.records) as conn:
        seen = whole_agreement(conn, visit, agreement_id)
    try:
        says = _done(visit, seen)
    except NotAllowed as no:
        return _changes(visit, agreement_id, str(no))
    return visit.go(f"/agreements/{agreement_id}", says)


def _done(visit: Visit, seen: Whole) -> str:
    office, key, by, at = visit.office, seen.agreement.id, visit.actor, visit.at
    match visit.text("act"):
        case "void":
            void(office, key, visit.text("reason"), by, at)
            return words.AGREEMENT_VOID
        case "hand_over":
            hand_over(office, key, visit.text("capacity")[:64], visit.text("name")[:64] or None, by, at)
            return words.HANDED_OVER
        case "withdraw":
            number = visit.text("supplement")
            if number not in {s.number for s in seen.supplements}:
                raise NoSuch(what="补充协议", key=number)
            return words.SUPPLEMENT_BACK.format(numbers="、".join(withdraw(office, number, by, at)))
        case other:
            raise NoSuch(what="责任书变更", key=other)
