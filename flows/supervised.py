"""What the rungs of a supervision file are asked before they are decided, and what they bring about."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from flows.moment import Moment
from records import areas, help, ledger, papers, supervision
from rules.days import in_chinese
from rules.jurisdiction import Scope, covers
from states import supervision as life
from states.not_allowed import CannotSupervise, FieldWrong, NoSuch, NoticeNotIssued, TooFewSurveyors
from states.procedure import Verdict
from states.supervision import SupervisionLife
from states.table import state_names

MISSED = "missed_target"
BEING_HANDLED = "办理中"


def file_of(moment: Moment, lock: bool = False) -> Any:
    """The supervision file that the case is about."""
    row = supervision.file(moment.conn, moment.case.subject_id, lock)
    if row is None:
        raise NoSuch(what="督查件", key=moment.case.subject_id)
    return row


def may_order(moment: Moment) -> None:
    """An order to rectify starts from a finding."""
    _open_to(moment, "order")


def may_summon(moment: Moment) -> None:
    """An interview follows a missed yearly task (mandatory, R4.4-09), a failed rectification, or a grave finding."""
    _open_to(moment, "summon")


def may_refer(moment: Moment) -> None:
    """A referral is a person's decision upon a finding or a failed rectification (R4.4-10)."""
    _open_to(moment, "refer")


def may_close(moment: Moment) -> None:
    """A street that missed its yearly task is not let off without an interview (R4.4-09)."""
    row = file_of(moment)
    if row.cause == MISSED and moment.procedure.key == "rectification":
        raise CannotSupervise(why="未完成年度任务的街道应当约谈主要领导，不能只整改就销号；请提出约谈。")


def _open_to(moment: Moment, event: str) -> None:
    row = file_of(moment)
    life.move(row.state, event, moment.case.title)


def notice_in_time(moment: Moment) -> None:
    """Who is summoned knows it so many working days before."""
    on = date.fromisoformat(moment.earlier("propose", "on"))
    first = moment.office.calendar.due(moment.on, moment.pack.limit("supervision.interview_notice_limit")).on
    if on < first:
        raise FieldWrong(field="约谈日期", why=f"须提前通知，最早可定在{in_chinese(first)}，请退回修改。")


def ordered_in_writing(moment: Moment) -> None:
    _issued(moment, "D-63", "限期整改通知书")


def summoned_in_writing(moment: Moment) -> None:
    """The summons was signed, and the interview was held neither before its day nor in the future."""
    _issued(moment, "D-65", "约谈通知书")
    held, on = date.fromisoformat(moment.fact("held_on")), date.fromisoformat(moment.earlier("propose", "on"))
    if not on <= held <= moment.on:
        raise FieldWrong(field="实际约谈日期", why=f"应在通知的{in_chinese(on)}与今日{in_chinese(moment.on)}之间。")


def referred_in_writing(moment: Moment) -> None:
    _issued(moment, "D-68", "问题线索移送函")


def _issued(moment: Moment, code: str, title: str) -> None:
    paper = papers.paper_of_case(moment.conn, moment.case.id, code)
    if paper is None or paper.sha256 is None:
        raise NoticeNotIssued(paper=paper.title if paper else title)


def finish_ahead(moment: Moment) -> None:
    """A commitment names a day that is still to come."""
    if date.fromisoformat(moment.fact("finish_by")) <= moment.on:
        raise FieldWrong(field="完成期限", why="应晚于今日。")


def checkers(moment: Moment) -> None:
    """At least the pack's number of people go and look, and not before the report."""
    least = moment.pack.integer("survey.min_surveyors", "现场核查")
    people = set(moment.fact("checkers") or [])
    if len(people) < least:
        raise TooFewSurveyors(least=least, count=len(people))
    if date.fromisoformat(moment.fact("checked_on")) > moment.on:
        raise FieldWrong(field="核查日期", why="不能晚于今日。")


# --- effects ----------------------------------------------------------------------------------------------------------


def order_rectification(moment: Moment) -> None:
    """The circular and the order go out; the time to rectify runs."""
    _move(moment, "order")


def summon(moment: Moment) -> None:
    _move(moment, "summon")


def keep_commitment(moment: Moment) -> None:
    """What was promised is an obligation like any other: reminded, and done when it is checked on site."""
    row = _move(moment, "commit")
    finish_by = date.fromisoformat(moment.fact("finish_by"))
    help.oblige(moment.conn, {
        "kind": "rectification", "key": f"rectification:{moment.case.id}", "title": f"落实整改承诺：{moment.case.title}"[:128],
        "office_code": row.office_code, "person_id": row.person_id, "household_id": None,
        "area_path": moment.case.area_path, "starts_on": moment.on, "due_on": finish_by,
    })  # fmt: skip


def refer_clues(moment: Moment) -> None:
    _move(moment, "refer")


def close_supervision(moment: Moment) -> None:
    """Closed on evidence from the site; what was promised is done."""
    _move(moment, "close", closed=True)
    owed = help.obligation_by_key(moment.conn, f"rectification:{moment.case.id}")
    if owed is not None and owed.done_on is None:
        help.obligation_done(moment.conn, owed.id, moment.on, moment.case.id, moment.decision.at)


def not_pursued(moment: Moment) -> None:
    """A refusal: at the check on site it says that the rectification failed; before, that the measure is not taken, and
    a file that has nothing else ends."""
    row = file_of(moment)
    if moment.step.key == "check":
        _move(moment, "fail")
    elif life.may(row.state, "drop") and moment.decision.verdict is Verdict.REFUSE:
        _move(moment, "drop", closed=True)


def _move(moment: Moment, event: str, closed: bool = False) -> Any:
    row = file_of(moment, lock=True)
    state = life.move(row.state, event, moment.case.title)
    supervision.move(moment.conn, row.id, state, moment.on if closed else None)
    body = {"supervision": row.id, "event": event, "from": row.state, "to": state, "case": moment.case.id,
            "office": moment.seat.office, "post": moment.seat.post}  # fmt: skip
    by = {"by": moment.seat.person, "opinion": moment.decision.opinion}
    ledger.add_line(moment.conn, f"supervision:{row.id}", event, body, by, moment.decision.at)
    return row


def state_word(state: str) -> str:
    """A file's state as people read it."""
    return state_names(SupervisionLife)[state]


def state_seen(conn: Connection, row: Any, scope: Scope, on: date) -> str:
    """How a file stands, for a reader; that its clues were handed over is for the office above (R4.4-10)."""
    path = areas.office_path(conn, row.by_office, on)
    if row.state == SupervisionLife.referred.value and (path is None or not covers(scope, path)):
        return BEING_HANDLED
    return state_word(row.state)


GUARDS = {
    "may_order": may_order, "may_summon": may_summon, "may_refer": may_refer, "may_close": may_close,
    "notice_in_time": notice_in_time, "ordered_in_writing": ordered_in_writing,
    "summoned_in_writing": summoned_in_writing, "referred_in_writing": referred_in_writing,
    "finish_ahead": finish_ahead, "checkers": checkers,
}  # fmt: skip
EFFECTS = {
    "order_rectification": order_rectification, "summon": summon, "keep_commitment": keep_commitment,
    "refer_clues": refer_clues, "close_supervision": close_supervision, "not_pursued": not_pursued,
}  # fmt: skip
