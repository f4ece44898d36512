"""Signing a list: many tasks of one step decided one by one, each with its own result; what fails stays and says why."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from flows.asking import Asked, offers
from flows.decide import decide
from flows.frozen import procedure_of
from records import cases
from records.engine import reading
from states.decision import Decision
from states.not_allowed import NoSuch, NotAllowed
from states.procedure import Step, Verdict
from web import words
from web.access import STAFF, Pages
from web.phrases import opinion_of, phrases_for
from web.scoped import case_in_scope
from web.visit import TheVisit, Visit

pages = Pages()
MOST = 200
VERDICTS = (Verdict.APPROVE, Verdict.SEND_BACK, Verdict.REFUSE)


@dataclass(frozen=True, slots=True)
class Item:
    """One case of the list: whether it may be approved now, or why not."""

    case: cases.CaseRow
    procedure: str
    step: Step
    before: tuple[Step, ...]
    why: str | None
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case."""

    item: Item
    done: bool
    says: str


def by_itself(step: Step) -> bool:
    """May the step be decided from a list? Only where nothing has to be filled in, attached or recorded for others."""
    return not (step.evidence or step.made_by or any(b.required for b in step.blanks))


@pages.post("/batch", STAFF, "批量办理")
def see_batch(visit: TheVisit) -> Response:
    """The list that was ticked, before anything is decided: each with what speaks against it."""
    with reading(visit.office.records) as conn:
        items, phrases = _items(conn, visit), phrases_for(conn, visit)
    if not items:
        return visit.go("/todo", words.NOTHING_TICKED, good=False)
    offered = [v for v in VERDICTS if all(v in item.verdicts for item in items)]
    back = _common_steps(items)
    return visit.page("batch", items=items, verdicts=offered, back=back, key=secrets.token_urlsafe(16),
                      phrases=phrases)  # fmt: skip


def _items(conn: Connection, visit: Visit) -> list[Item]:
    ids = [int(i) for i in dict.fromkeys(visit.texts("case")) if i.isascii() and i.isdigit() and len(i) < 16]
    return [_item(conn, visit, case_id) for case_id in ids[:MOST]]


def _item(conn: Connection, visit: Visit, case_id: int) -> Item:
    case = case_in_scope(conn, visit, case_id)
    procedure = procedure_of(conn, case.procedure_sha256)
    step, before = procedure.step(case.step), procedure.before(case.step)
    if visit.seat is None or case.closed_on is not None:
        return Item(case, procedure.title, step, before, words.NOT_YOURS_NOW, step.verdicts)
    if not by_itself(step):
        return Item(case, procedure.title, step, before, words.ONE_BY_ONE, step.verdicts)
    asked = Asked(conn, visit.office, case, procedure, visit.seat, visit.at)
    why = {o.verdict: o.why for o in offers(asked, {})}.get(Verdict.APPROVE)
    return Item(case, procedure.title, step, before, why, step.verdicts)


def _common_steps(items: list[Item]) -> list[Step]:
    """Where the whole list can be sent back to: the earlier steps that all its cases share, the nearest first."""
    shared = [{(s.key, s.title) for s in item.before} for item in items]
    common = set.intersection(*shared) if shared else set()
    return [s for s in reversed(items[0].before) if (s.key, s.title) in common] if items else []


@pages.post("/batch/decide", STAFF, "批量办理")
def decide_batch(visit: TheVisit) -> Response:
    wanted = visit.text("verdict")
    if wanted not in [v.value for v in VERDICTS]:
        raise NoSuch(what=words.VERDICT, key=wanted)
    verdict = Verdict(wanted)
    versions = dict(pair.split(":", 1) for pair in visit.texts("seen") if ":" in pair)
    with reading(visit.office.records) as conn:
        items = _items(conn, visit)
    results = [_decide(visit, item, verdict, versions.get(str(item.case.id), "")) for item in items]
    return visit.page("batch_done", results=results, verdict=verdict, done=sum(r.done for r in results))


def _decide(visit: Visit, item: Item, verdict: Verdict, seen: str) -> Result:
    """One case, decided by the one path; a refusal is its result and does not hold the others."""
    case, opinion = item.case, opinion_of(visit)
    key = f"{visit.me.person_id}:{visit.text('key')[:24]}:{case.id}"
    with reading(visit.office.records) as conn:
        known = cases.decision_by_key(conn, key)
    if known is not None:
        return Result(item, True, words.REPEATED)
    if not by_itself(item.step):
        return Result(item, False, words.ONE_BY_ONE)
    back = visit.text("back_to")[:32] if verdict is Verdict.SEND_BACK else ""
    try:
        decide(visit.office, Decision(
            case.id, item.step.key, verdict, visit.actor, visit.at,
            opinion or (words.AGREED if verdict is Verdict.APPROVE else ""), back_to=back or None,
            straight_back=bool(back) and visit.text("straight") == "1",
            seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None, key=key,
        ))  # fmt: skip
    except NotAllowed as no:
        return Result(item, False, str(no))
    return Result(item, True, words.BATCH_DONE.format(step=item.step.title, verdict=verdict.chinese))
