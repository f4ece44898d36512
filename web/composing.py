"""拟稿: a person words a document: its kind, whom it addresses, its blanks, a look at the pages; then its stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from flows import paper_stages as stages
from flows.administration import LEVELS
from flows.compose import Manuscript, composable, compose, proof, reword
from records import administration, paper_lists, register
from records.engine import reading
from records.overview import Ask
from rules.jurisdiction import EVERYTHING, covers
from states.not_allowed import NoSuch, NotAllowed
from states.paper import PaperLife
from states.table import state_names
from templates.paper import Paper
from templates.preview import pages_of
from web import words
from web.access import STAFF, Pages
from web.manuscripts import SPARE, Entry, entries_of, shown, typed, values_of
from web.papers import paper_in_scope
from web.visit import TheVisit, Visit

pages = Pages("/papers")
COMMON = "D-77"  # the kinds that are worded most: they stand first
PARTIES = {"to": "主送单位", "copies": "抄送单位", "countersigners": "会签单位"}


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was filled in so far."""

    blanks: dict[str, Any]
    parties: dict[str, list[str]]
    household: str = ""
    corrects: str = ""


@pages.get("/manuscripts", STAFF, "文稿")
def see_manuscripts(visit: TheVisit) -> Response:
    """What one's office words and is not signed yet, and what it was asked to countersign."""
    with reading(visit.office.records) as conn:
        rows = paper_lists.manuscripts(conn, visit.actor.office_code)
    return visit.page("manuscripts", rows=rows, statuses=state_names(PaperLife), me=visit.actor)


@pages.get("/compose", STAFF, "拟稿")
def choose_kind(visit: TheVisit) -> Response:
    groups: dict[str, list[type[Paper]]] = {}
    for kind in sorted(composable().values(), key=lambda kind: not kind.code.startswith(COMMON)):
        groups.setdefault("公文" if kind.family == "official" else "其他文稿", []).append(kind)
    return visit.page("compose", groups=groups)


def _kind(code: str) -> type[Paper]:
    kind = composable().get(code)
    if kind is None:
        raise NoSuch(what=words.MANUSCRIPT, key=code)
    return kind


@pages.get("/compose/{code}", STAFF, "拟稿")
def see_form(visit: TheVisit, code: str) -> Response:
    return _form(visit, _kind(code), Filled({}, {}, visit.text("household"), visit.text("corrects")))


def _form(visit: Visit, kind: type[Paper], filled: Filled, problem: str = "", sheets: Any = None, paper: Any = None
          ) -> Response:  # fmt: skip
    with reading(visit.office.records) as conn:
        found = administration.offices(Ask(EVERYTHING, visit.today), "").page(conn, 1, 2000)
    offices: dict[str, list[Any]] = {}
    for row in found:
        if row.code != visit.actor.office_code:
            offices.setdefault(LEVELS.get(row.level, row.level), []).append(row)
    ends = getattr(kind, "ending", "") or getattr(kind, "kind", "") or kind.title
    return visit.page("compose_form", 409 if problem else 200, kind=kind, entries=entries_of(kind), filled=filled,
                      offices=offices, names={row.code: row.name for row in found}, parties=PARTIES, spare=SPARE,
                      problem=problem, sheets=sheets, paper=paper, ends=ends)  # fmt: skip


@pages.post("/compose/{code}", STAFF, "拟稿")
def send_form(visit: TheVisit, code: str) -> Response:
    """Look at the pages, or keep the draft."""
    kind = _kind(code)
    entries = entries_of(kind)
    filled = _read(visit, entries)
    try:
        wanted = _wanted(visit, kind, entries, filled)
        if visit.text("act") != "keep":
            return _form(visit, kind, filled, sheets=pages_of(proof(visit.office, wanted, visit.actor, visit.at)))
        made = compose(visit.office, wanted, visit.actor, visit.at)
    except NotAllowed as no:
        return _form(visit, kind, filled, str(no))
    return visit.go(f"/papers/{made}", words.DRAFTED)


def _read(visit: Visit, entries: tuple[Entry, ...]) -> Filled:
    return Filled(typed(visit, entries), {key: visit.texts(key) for key in PARTIES}, visit.text("household"),
                  visit.text("corrects"))  # fmt: skip


def _wanted(visit: Visit, kind: type[Paper], entries: tuple[Entry, ...], filled: Filled) -> Manuscript:
    """The manuscript; a household or an older paper that it names must be one the visitor may see."""
    with reading(visit.office.records) as conn:
        if filled.household:
            known = register.id_of(conn, filled.household)
            home = register.household_on(conn, known, visit.today) if known is not None else None
            if home is None or not covers(visit.scope, home.area_path, home.id):
                raise NoSuch(what="户", key=filled.household)
        corrects = visit.number("corrects") or None
        if corrects is not None:
            paper_in_scope(conn, visit, corrects)
    return Manuscript(kind.code, values_of(entries, filled.blanks), filled.parties["to"], filled.parties["copies"],
                      filled.parties["countersigners"], filled.household, corrects)  # fmt: skip


@pages.get("/{paper_id:int}/reword", STAFF, "修改文稿")
def see_wording(visit: TheVisit, paper_id: int) -> Response:
    row, kind = _draft(visit, paper_id)
    parties = {"to": row.to_offices, "copies": row.copy_offices, "countersigners": row.countersigners}
    with reading(visit.office.records) as conn:
        home = register.household_on(conn, row.household_id, visit.today) if row.household_id is not None else None
    filled = Filled(shown(entries_of(kind), row.snapshot), {k: list(v or ()) for k, v in parties.items()},
                    home.number if home is not None else "",
                    str(row.corrects_id or ""))  # fmt: skip
    return _form(visit, kind, filled, paper=row)


def _draft(visit: Visit, paper_id: int) -> tuple[Any, type[Paper]]:
    with reading(visit.office.records) as conn:
        row = paper_in_scope(conn, visit, paper_id)
    return row, _kind(row.code)


@pages.post("/{paper_id:int}/reword", STAFF, "修改文稿")
def send_wording(visit: TheVisit, paper_id: int) -> Response:
    row, kind = _draft(visit, paper_id)
    entries = entries_of(kind)
    filled = _read(visit, entries)
    try:
        wanted = _wanted(visit, kind, entries, filled)
        if visit.text("act") != "keep":
            sheets = pages_of(proof(visit.office, wanted, visit.actor, visit.at))
            return _form(visit, kind, filled, sheets=sheets, paper=row)
        reword(visit.office, paper_id, wanted, visit.actor, visit.at)
    except NotAllowed as no:
        return _form(visit, kind, filled, str(no), paper=row)
    return visit.go(f"/papers/{paper_id}", words.REWORDED)


@pages.post("/{paper_id:int}/stage", STAFF, "文稿办理")
def next_stage(visit: TheVisit, paper_id: int) -> Response:
    """核稿, 会签, 退回修改, 用印, 归档, 作废: what the stage's own rules allow."""
    with reading(visit.office.records) as conn:
        row = paper_in_scope(conn, visit, paper_id)
    act, opinion = visit.text("act"), visit.text("opinion")[:500]
    copies = visit.number("copies") if act == "seal" else 1
    stages.advance(visit.office, act, paper_id, visit.actor, visit.at, opinion, copies)
    seen = row.office_code == visit.actor.office_code or act == "countersign"
    return visit.go(
        f"/papers/{paper_id}" if seen else "/papers/manuscripts", words.STAGED.format(act=stages.NAMES[act])
    )
