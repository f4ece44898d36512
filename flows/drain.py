"""Carrying duties out: claimed a chunk at a time, each done in a transaction of its own; safe to run twice and in two
places at once. A drain that dies loses nothing: what it claimed is free again when its hold ends."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from flows.agreements.issue import DUTY as ISSUE
from flows.agreements.issue import issue_in
from flows.agreements.signing import FORCE, force_in
from flows.drafting import draft, drawn_up, read_ahead
from flows.letters import draft_letter
from flows.office import Office
from flows.piles import PILE, Piles
from flows.routines import carry_out_routine
from flows.sending import send
from flows.start import Start, start_in
from flows.telling import remind_in, tell_in
from flows.webhooks import ANNOUNCE, DELIVER, deliver, share_out
from integrations.unreachable import Unreachable
from records import alerts, cases, duties, papers
from records.duties import Claim, DutyRow
from records.engine import DatabaseFault, reading, writing
from rules.days import day_of
from states.not_allowed import NotAllowed, NotYetKnown

log = logging.getLogger("bangfu.duties")
CHUNK = 50
PAPERS = frozenset(("draft_paper", "print_form"))


@dataclass(slots=True)
class Drained:
    """What one drain did."""

    done: int = 0
    put_back: int = 0
    kinds: dict[str, int] = field(default_factory=dict)  # done, by kind

    def __add__(self, other: Drained) -> Drained:
        kinds = {kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0) for kind in {*self.kinds, *other.kinds}}
        return Drained(self.done + other.done, self.put_back + other.put_back, kinds)


Inside = Callable[[Connection, Office, DutyRow, datetime, bool], None]
Afterwards = Callable[[Connection], None]
Outside = Callable[[Office, DutyRow, datetime], Afterwards | None]


def drain(
    office: Office, at: datetime, limit: int | None = None, kinds: Sequence[str] = (), print_files: bool = True,
    told: Callable[[int], None] = lambda done: None, batch_id: int | None = None,
    ending: Callable[[], bool] = lambda: False,
) -> Drained:  # fmt: skip
    """Carry out duties until none is left whose time has come, or `limit` are done. One that fails is put back with a
    growing delay and does not stop the rest; after its last try it stands on the list of what is not well.

    `print_files=False` files hand-signed forms as records only: their files are made when somebody asks for them.
    `batch_id` keeps to the duties of one batch. Once it is `ending`, what is not begun is given back."""
    mine = Claim(secrets.token_hex(8), office.hold, tuple(kinds), batch_id)
    result = Drained()
    free_lapsed(office, at)
    try:
        while not ending() and (limit is None or result.done + result.put_back < limit):
            size = CHUNK if limit is None else min(CHUNK, limit - result.done - result.put_back)
            if not drain_chunk(office, mine, at, size, result, print_files, told, ending):
                break
    finally:
        _let_go(office, mine)
    return result


def free_lapsed(office: Office, at: datetime) -> None:
    """Free what was claimed by a drain that died; a duty that was at hand each time stands on the list then."""
    with writing(office.records) as conn:
        for duty in duties.free_lapsed(conn, at):
            _list(conn, duty, f"多次未能办成：{duties.UNANSWERED}（内存不足、程序崩溃或被强行终止）", at)


def drain_chunk(
    office: Office, mine: Claim, at: datetime, size: int, result: Drained, print_files: bool = True,
    told: Callable[[int], None] = lambda done: None, ending: Callable[[], bool] = lambda: False,
) -> int:  # fmt: skip
    """Claim up to `size` duties and carry them out; how many were claimed."""
    with writing(office.records) as conn:
        owed = duties.claim(conn, mine, at, size)
    for pile in _in_piles(owed):
        if ending():
            break
        _carry_pile(office, mine, pile, at, print_files, result)
        told(result.done)
    return len(owed)


def _in_piles(owed: Sequence[DutyRow]) -> Iterator[Sequence[DutyRow]]:
    """Duties in their order; papers that follow each other are carried out together, anything else by itself."""
    for paper, following in groupby(owed, key=lambda duty: duty.kind in PAPERS):
        listed = list(following)
        size = PILE if paper else 1
        yield from (listed[n : n + size] for n in range(0, len(listed), size))


def _let_go(office: Office, mine: Claim) -> None:
    with writing(office.records) as conn:
        duties.let_go(conn, mine.by)


def _carry_pile(
    office: Office, mine: Claim, pile: Sequence[DutyRow], at: datetime, print_files: bool, result: Drained
) -> None:
    """A pile of papers with one filing and one transaction; if that cannot be kept, each by itself, so that what stands in
    its way stops only itself."""
    if len(pile) > 1:
        try:
            done, faults = _together(office, mine, pile, at, print_files)
        except Exception:
            log.warning("pile taken apart", extra={"duties": len(pile)}, exc_info=True)
        else:
            for duty in done:
                _count(duty, result)
            for duty, fault in faults:
                _failed(office, duty, fault, at, result)
            return
    for duty in pile:
        _carry_out(office, mine, duty, at, print_files, result)


def _together(
    office: Office, mine: Claim, pile: Sequence[DutyRow], at: datetime, print_files: bool
) -> tuple[list[DutyRow], list[tuple[DutyRow, Exception]]]:
    """Read and made without holding anybody up, filed, and only then written."""
    made: list[tuple[DutyRow, dict[str, Any]]] = []
    faults: list[tuple[DutyRow, Exception]] = []
    piles = Piles(f"drafts/{day_of(at).year}", f"{mine.by}-{pile[0].id}")
    with reading(office.records) as conn:
        read_ahead(conn, pile, piles)
        for duty in pile:
            try:
                made.append((duty, drawn_up(conn, office, duty, duty.kind != "print_form" or print_files, piles)))
            except DatabaseFault:
                raise  # of this transaction nothing more can be read
            except Exception as fault:
                faults.append((duty, fault))
    piles.write(office.files)
    with writing(office.records) as conn:
        done = duties.mark_all_done(conn, [duty.id for duty, _ in made], mine.by, at)
        papers.file_drafts(conn, [values for duty, values in made if duty.id in done])
    return [duty for duty, _ in made if duty.id in done], faults


def _carry_out(office: Office, mine: Claim, duty: DutyRow, at: datetime, print_files: bool, result: Drained) -> None:
    try:
        act = OUTSIDE.get(duty.kind)
        done = _inside(office, mine, duty, at, print_files) if act is None else _outside(office, mine, duty, at, act)
    except Exception as fault:
        _failed(office, duty, fault, at, result)
        return
    if done:
        _count(duty, result)


def _count(duty: DutyRow, result: Drained) -> None:
    log.info("duty done", extra={"duty": duty.id, "kind": duty.kind, "tries": duty.tries})
    result.done += 1
    result.kinds[duty.kind] = result.kinds.get(duty.kind, 0) + 1


def _failed(office: Office, duty: DutyRow, fault: Exception, at: datetime, result: Drained) -> None:
    result.put_back += 1
    if isinstance(fault, NotYetKnown):
        with writing(office.records) as conn:
            duties.put_off(conn, duty.id, str(fault), at)
        return
    log.warning("duty put back", extra={"duty": duty.id, "kind": duty.kind}, exc_info=fault)
    _put_back(office, duty, fault, at)


def _inside(office: Office, mine: Claim, duty: DutyRow, at: datetime, print_files: bool) -> bool:
    """What it brings about and that it is done are kept together, or neither."""
    with writing(office.records) as conn:
        if not duties.mark_done(conn, duty.id, mine.by, at):
            return False
        HANDLERS[duty.kind](conn, office, duty, at, print_files)
    return True


def _outside(office: Office, mine: Claim, duty: DutyRow, at: datetime, act: Outside) -> bool:
    """An act on the world outside the database, with no transaction held meanwhile; that it is done is kept after it."""
    with writing(office.records) as conn:
        if not duties.hold_on(conn, duty.id, mine.by, mine.hold * LONG):
            return False
    afterwards = act(office, duty, at)
    with writing(office.records) as conn:
        if duties.mark_done(conn, duty.id, mine.by, at) and afterwards is not None:
            afterwards(conn)
    return True


def _cause(fault: Exception) -> str:
    """What an operator reads: the sentence of a refusal, the kind and first line of anything else."""
    if isinstance(fault, (NotAllowed, Unreachable)):
        return str(fault)
    first = str(fault).split("\n", 1)[0]
    return f"{type(fault).__name__}: {first[:300]}"


def _put_back(office: Office, duty: DutyRow, fault: Exception, at: datetime) -> None:
    hopeless = isinstance(fault, Unreachable) and fault.permanent
    error = _cause(fault)
    with writing(office.records) as conn:
        if duties.put_back(conn, duty, error, at, hopeless):
            _list(conn, duty, f"{'无法办成' if hopeless else '多次未能办成'}：{error}", at)


def _list(conn: Connection, duty: DutyRow, why: str, at: datetime) -> None:
    """Put a duty on the list of what is not well."""
    says = f"{NAMES.get(duty.kind, duty.kind)}（应办{duty.id}）{why}"
    alerts.raise_alert(conn, f"duty:{duty.id}", "duty_failed", says, None, at)


def _draft(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    draft(conn, office, duty, at)


def _print(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    draft(conn, office, duty, at, render=print_files)


def _open_case(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    """A flag or a day opens a case; one that runs already is enough."""
    wanted = duty.payload
    if cases.open_case_of(conn, wanted["procedure"], "household", wanted["subject_id"]) is None:
        start_in(conn, office, Start(wanted["procedure"], "household", wanted["subject_id"], wanted["title"],
                                     wanted["area_code"], None, at, pack_id=wanted["pack_id"]))  # fmt: skip


def _tell(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    tell_in(conn, office, duty, at)


def _remind(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    remind_in(conn, office, duty, at)


def _letter(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    draft_letter(conn, office, duty, at)


NAMES: Mapping[str, str] = {
    "draft_paper": "起草文书",
    "print_form": "打印表格",
    "open_case": "立案",
    "tell": "消息",
    "remind": "期限提醒",
    "draft_letter": "起草催办督办函",
    "send": "发送消息",
    ANNOUNCE: "分发推送",
    DELIVER: "推送",
    ISSUE: "印发责任书",
    FORCE: "责任书生效",
}


def _issue_agreement(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    issue_in(conn, office, [duty.payload["agreement"]], at, duty.payload["by"])


def _agreement_binds(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    force_in(conn, office, duty.payload["agreement"], at)


def _share_out(conn: Connection, office: Office, duty: DutyRow, at: datetime, print_files: bool) -> None:
    share_out(conn, office, duty, at)


HANDLERS: Mapping[str, Inside] = {
    "draft_paper": _draft,
    "print_form": _print,
    "open_case": _open_case,
    "tell": _tell,
    "remind": _remind,
    "draft_letter": _letter,
    ISSUE: _issue_agreement,
    FORCE: _agreement_binds,
    ANNOUNCE: _share_out,
}
# acts that reach outside the database: sending, exporting, routines
OUTSIDE: dict[str, Outside] = {"send": send, "routine": carry_out_routine, DELIVER: deliver}
LONG = 10  # such an act may take so many times as long as a chunk before another drain takes it over
