"""责任书: what waits for one's signature, signed in person singly or as a list; one agreement with its text, who signed, what came of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from flows.agreements import KINDS, desk, reporting
from flows.agreements.kinds import PARTIES
from flows.agreements.reporting import REPORTS, Word
from flows.agreements.signing import Place, Scan, sign_by_account, sign_by_scan
from flows.agreements.supplement import STATUS as SUPPLEMENTS
from flows.print import print_form
from records import agreement_views
from records.agreement_views import Whole, Wish
from records.engine import reading
from states.agreement import BINDING, AgreementLife
from states.decision import Evidence
from states.not_allowed import FieldMissing, NoSuch, NotAllowed, NothingTicked
from states.table import state_names
from templates.preview import pages_of
from web import words
from web.access import SIGNED_IN, STAFF, Pages
from web.listed import shown
from web.papers import WORD, attachment
from web.uploads import given_out, kept
from web.visit import TheVisit, Visit

pages = Pages("/agreements")
LIVES = state_names(AgreementLife)
KIND_TITLES = {code: kind.title for code, kind in KINDS.items()}


@pages.get("", SIGNED_IN, "责任书")
def see_agreements(visit: TheVisit) -> Response:
    """What waits for the visitor's own signature, in each capacity; below it every agreement the visitor may see."""
    code, year = visit.text("kind"), visit.number("year") or None
    wish = Wish(year, (code,) if code in KINDS else (), (), visit.text("office")[:32] or None, bool(visit.text("unsigned")),
                visit.text("q")[:64])  # fmt: skip
    with reading(visit.office.records) as conn:
        mine: dict[str, list[Any]] = {}
        for row in waiting_for(conn, visit):
            mine.setdefault(row.capacity, []).append(row)
        who = reader_of(conn, visit)
        listed = shown(conn, agreement_views.listing(who, wish), visit)
        lacking = agreement_views.not_signed(conn, [row.id for row in listed.rows])
    return visit.page("agreements", mine=mine, listed=listed, lacking=lacking, wish=wish, code=code, kinds=KIND_TITLES,
                      parties=PARTIES, prepares=visit.role in desk.DISTRICT_ROLES)  # fmt: skip


def reader_of(conn: Connection, visit: Visit) -> agreement_views.Reader:
    """The visitor as a reader of agreements: what the area shows, and what one is a party to."""
    return agreement_views.reader(conn, visit.me.person_id, visit.today)


def waiting_for(conn: Connection, visit: Visit) -> list[Any]:
    """What may be signed in the post one acts in; nobody signs for somebody who is away."""
    seat = visit.seat
    if seat is None or seat.acting_for_id is not None or not STAFF.admits(visit):
        return []
    rows = agreement_views.waiting_for(conn, seat.person_id, visit.today)
    return [row for row in rows if (row.office_code, row.role) == (seat.office_code, seat.role)]


@pages.post("", STAFF, "签订责任书")
def sign_them(visit: TheVisit) -> Response:
    """Sign those that are ticked in one capacity, each by itself; what may not be signed says why."""
    capacity = visit.text("capacity")[:64]
    chosen = list(dict.fromkeys(int(text) for text in visit.texts("agreement") if text.isdigit() and len(text) < 16))
    if not chosen:
        raise NothingTicked(act="签订")
    with reading(visit.office.records) as conn:
        titles = {key: whole_agreement(conn, visit, key).agreement.title for key in chosen}
    signed, stays = [], {}
    for key in chosen:
        try:
            signed.append(sign_by_account(visit.office, key, visit.actor, visit.at, Place(capacity or None)))
        except NotAllowed as no:
            stays[key] = str(no)
    return visit.page("agreements_signed", signed=signed, stays=stays, titles=titles, lives=LIVES)


@pages.get("/{agreement_id:int}", SIGNED_IN, "责任书")
def see_agreement(visit: TheVisit, agreement_id: int) -> Response:
    return _show(visit, agreement_id)


def _show(visit: Visit, agreement_id: int, problem: str = "") -> Response:
    with reading(visit.office.records) as conn:
        seen = whole_agreement(conn, visit, agreement_id)
        row = seen.agreement
        mine = [w for w in waiting_for(conn, visit) if w.id == agreement_id]
        waiting = agreement_views.not_signed(conn, [agreement_id]).get(agreement_id, [])
        first, changes = (act_for(conn, visit, row, also) for also in (False, True))
        terms = desk.terms_of(conn, visit.office, row)
    may = {act for act, does in (("scan", changes), ("report", changes), ("assess", first), ("close", first))
           if does and row.number}  # fmt: skip
    may &= {"scan"} | {"in_force": {"report", "assess"}, "mid_reported": {"assess"}, "assessed": {"close"}}.get(
        row.status, set()
    )
    if row.status == "in_force" and row.code in terms.reported:
        may -= {"assess"}
    elif row.code not in terms.reported:
        may -= {"report"}
    given = {key: visit.text(key) for key in ("signed_on", "text", "grade")}
    return visit.page(
        "agreement", 409 if problem else 200, seen=seen, agreement=row, mine=mine, waiting=_by_text(waiting, seen), may=may, problem=problem, given=given,
        figures=reporting.figures(visit.office, agreement_id, visit.at) if row.status in (*BINDING, "assessed", "closed") else (),
        targets=_targets(row, terms), grades=terms.grades, proof={s.signer_id: s for s in seen.signatures},
        sheets=pages_of(print_form(visit.office, row.paper_id)) if row.paper_id else (), parties=PARTIES,
        kind=KIND_TITLES[row.code], reports=REPORTS, numbers={s.id: s.number for s in seen.supplements}, supplements=SUPPLEMENTS,
        changed=lambda changes: _changed(changes, terms), changes=changes,
    )  # fmt: skip


def _by_text(waiting: list[Any], seen: Whole) -> dict[str, list[Any]]:
    """Who has still to sign, by the number of the supplement ("": the agreement itself)."""
    numbers: dict[int | None, str] = {None: "", **{s.id: s.number for s in seen.supplements}}
    found: dict[str, list[Any]] = {}
    for signer in waiting:
        found.setdefault(numbers[signer.supplement_id], []).append(signer)
    return found


def _targets(row: Any, terms: Any) -> list[tuple[str, str, int]]:
    """The targets that bind, in the pack's order."""
    return [(m.label, m.unit, row.targets[key]) for key, m in terms.measures.items() if key in row.targets]


def _changed(changes: Any, terms: Any) -> str:
    named = {key: m.label for key, m in terms.measures.items()}
    return words.SEMICOLON.join(f"{named.get(key, key)} {old} → {new}" for key, (old, new) in changes.items())


def act_for(conn: Connection, visit: Visit, row: Any, also: bool) -> bool:
    """Does the visitor act for one of the parties (`also`), or for the first one and the district alone?"""
    if visit.seat is None or not STAFF.admits(visit):
        return False
    try:
        desk.answers_for(conn, row, visit.actor, visit.at, "", also)
    except NotAllowed:
        return False
    return True


def whole_agreement(conn: Connection, visit: Visit, agreement_id: int) -> Whole:
    """The agreement, for one who may see it. Raises NoSuch: whether there is another is nobody's business."""
    who = reader_of(conn, visit)
    found = agreement_views.whole(conn, who, agreement_id)
    if found is None:
        raise NoSuch(what="责任书", key=agreement_id)
    return found


@pages.post("/{agreement_id:int}", STAFF, "责任书办理")
def act_on(visit: TheVisit, agreement_id: int) -> Response:
    """签订, 录入签字件, 年中进展, 年度考核, 结案."""
    with reading(visit.office.records) as conn:
        whole_agreement(conn, visit, agreement_id)
    try:
        says = _done(visit, agreement_id)
    except NotAllowed as no:
        return _show(visit, agreement_id, str(no))
    return visit.go(f"/agreements/{agreement_id}", says)


def _done(visit: Visit, key: int) -> str:
    office, by, at = visit.office, visit.actor, visit.at
    match visit.text("act"):
        case "sign":
            signed = sign_by_account(office, key, by, at, Place(visit.text("capacity")[:64] or None))
            return words.AGREEMENT_SIGNED.format(capacity=signed.capacity, now=LIVES[signed.status])
        case "scan":
            signed = sign_by_scan(office, key, _scan(visit), by, at)
            return words.AGREEMENT_SIGNED.format(capacity=signed.capacity, now=LIVES[signed.status])
        case "report":
            reporting.report(office, key, Word(visit.text("text")[:4000], None, _files(visit)), by, at)
            return words.AGREEMENT_KEPT.format(what=REPORTS["mid_year"])
        case "assess":
            reporting.assess(office, key, Word(visit.text("text")[:4000], visit.text("grade"), _files(visit)), by, at)
            return words.AGREEMENT_KEPT.format(what=REPORTS["assessment"])
        case "close":
            reporting.close(office, key, by, at)
            return words.AGREEMENT_CLOSED
        case other:
            raise NoSuch(what="责任书办理", key=other)


def _scan(visit: Visit) -> Scan:
    """A signed copy with the names that stand on it; with the number of the supplement where that was signed."""
    names = {
        name.removeprefix("n."): value.strip()[:64] for name, value in visit.form.multi_items()
        if name.startswith("n.") and isinstance(value, str) and value.strip()
    }  # fmt: skip
    day = visit.day("signed_on")
    if day is None or not names:
        raise FieldMissing(step="录入签字件", fields="签字人姓名、签字日期")
    return Scan(names, _files(visit, "签字件"), day, visit.text("number") or None)


def _files(visit: Visit, kind: str = "佐证材料") -> tuple[Evidence, ...]:
    return tuple(kept(visit, upload, kind) for upload in visit.uploads("evidence"))


@pages.get("/{agreement_id:int}/word/{paper_id:int}", SIGNED_IN, "责任书文本")
def take_word(visit: TheVisit, agreement_id: int, paper_id: int) -> Response:
    """The agreement's text, or a supplement's, for whoever may see the agreement."""
    with reading(visit.office.records) as conn:
        seen = whole_agreement(conn, visit, agreement_id)
    texts = {
        seen.agreement.paper_id: seen.agreement.title,
        **{s.paper_id: f"{seen.agreement.title}补充协议" for s in seen.supplements},
    }
    if paper_id not in texts:
        raise NoSuch(what="文书", key=paper_id)
    return attachment(print_form(visit.office, paper_id), f"{texts[paper_id]}.docx", WORD)


@pages.get("/{agreement_id:int}/evidence/{sha256}", SIGNED_IN, "佐证材料")
def see_evidence(visit: TheVisit, agreement_id: int, sha256: str) -> Response:
    """A signed copy, or what proves a report."""
    with reading(visit.office.records) as conn:
        seen = whole_agreement(conn, visit, agreement_id)
    own = {e["sha256"]: e["name"] for part in (*seen.signatures, *seen.reports) for e in part.evidence}
    if sha256 not in own:
        raise NoSuch(what=words.EVIDENCE, key=sha256[:12])
    return given_out(visit, sha256, own[sha256])
