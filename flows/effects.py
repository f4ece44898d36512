"""What an approval brings about in the register: written in the decision's own transaction, never later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flows import supervised, taking_down
from flows.correction import correct
from flows.import_register import commit_import
from flows.moment import Moment
from flows.register_changes import apply_changes, closes, release_members
from flows.webhooks import announce, of_case
from records import duties, enrolments, help, ledger, papers, rounds
from rules.agenda import consolidation_until, revisit_days
from states import household
from states.not_allowed import NoSuch, PairingWouldBreak

Effect = Callable[[Moment], Mapping[str, Any] | None]


def move_path(moment: Moment, event: str) -> dict[int, str]:
    """Send an event to the household's path; returns the path event's digest for the ledger line."""
    path = enrolments.enrolment_of(moment.conn, moment.case.subject_id, moment.case.pack_id, lock=True)
    if path is None:
        raise NoSuch(what="本户的纳入记录", key=moment.case.title)
    before = path.state
    household.move(path, event, moment.case.title)
    changes = _PATH_FIELDS.get(event, _nothing)(moment, path)
    kept = enrolments.keep_move(
        moment.conn, path, event, before, moment.on, moment.case.id, moment.decision.at, changes
    )
    body = {"event": event, "from": before, "to": path.state, "case": moment.case.id}
    ledger.add_line(moment.conn, f"household:{path.household_id}", "path", body, None, moment.decision.at)
    return kept


def _nothing(moment: Moment, path: enrolments.Enrolment) -> dict[str, Any]:
    return {}


def _exited(moment: Moment, path: enrolments.Enrolment) -> dict[str, Any]:
    return {"exited_on": moment.on, "exit_year": moment.on.year}


def _relapsed(moment: Moment, path: enrolments.Enrolment) -> dict[str, Any]:
    return {"exited_on": None, "exit_year": None, "consolidation_until": None, "relapses": path.relapses + 1}


_PATH_FIELDS: Mapping[str, Callable[[Moment, enrolments.Enrolment], dict[str, Any]]] = {
    "announce_exit": _exited,
    "relapse": _relapsed,
}


def post(moment: Moment) -> None:
    """A signed notice is posted: the period is counted by the case's own pack, and its last day is a due."""
    posted_on = date.fromisoformat(moment.fact("posted_on"))
    assert moment.step.notice is not None
    paper = papers.notice_for(moment.conn, moment.case.id, moment.step.notice)
    deadline = moment.office.calendar.due(posted_on, moment.pack.publicity_limit())
    kind = "announcement" if moment.step.key == "announce" else "publicity"
    proof = [{"name": e.name, "sha256": e.sha256} for e in moment.decision.evidence]
    title = f"{moment.step.title}：{moment.case.title}"
    made = rounds.add_publicity(moment.conn, {
        "case_id": moment.case.id, "act_id": paper.act_id if paper else None, "step": moment.step.key, "kind": kind,
        "area_path": moment.case.area_path, "posted_on": posted_on, "ends_on": deadline.on,
        "provisional": deadline.provisional, "place": moment.fact("place"), "proof": proof,
    }, moment.seat.office_code, title)  # fmt: skip
    announce(moment.conn, [of_case(
        "notice.posted", str(made), moment.case, notice=made, kind=kind, act=paper.act_id if paper else None,
        posted_on=posted_on.isoformat(), ends_on=deadline.on.isoformat(),
    )], moment.decision.at)  # fmt: skip


def take_down(moment: Moment) -> None:
    """The period is over: the notice comes off the board."""
    shown = rounds.publicity_of(moment.conn, moment.case.id)
    if shown is not None:
        taking_down.take_down(moment.conn, moment.case, shown, moment.on, moment.decision.at)


def start_consolidation(moment: Moment) -> None:
    """The consolidation period gets its end date, and the helper unit its revisits (R4.3-07, R4.3-11)."""
    path = enrolments.enrolment_of(moment.conn, moment.case.subject_id, moment.case.pack_id)
    assert path is not None and path.exited_on is not None
    until = consolidation_until(path.exited_on, moment.pack.integer("consolidation.months", "确定巩固期"))
    enrolments.set_fields(moment.conn, path.id, {"consolidation_until": until})
    first = moment.pack.integer("revisit.first_year_months", "安排回访")
    later = moment.pack.integer("revisit.later_months", "安排回访")
    for day in revisit_days(path.exited_on, until, first, later):
        _oblige_revisit(moment, day)


def _oblige_revisit(moment: Moment, day: date) -> None:
    helper = help.pairing_on(moment.conn, moment.case.subject_id, moment.on)
    if helper is None:
        raise PairingWouldBreak(household=moment.case.title)
    start = max(moment.on, day - timedelta(days=moment.pack.integer("revisit.window_days", "安排回访")))
    help.oblige(moment.conn, {
        "kind": "revisit", "key": f"revisit:{moment.case.subject_id}:{moment.case.id}:{day}",
        "title": f"回访：{moment.case.title}", "office_code": helper.office_code, "role": "helper", "person_id": helper.person_id,
        "household_id": moment.case.subject_id, "area_path": moment.case.area_path, "starts_on": start, "due_on": day,
    })  # fmt: skip


def revisit_done(moment: Moment) -> None:
    """The revisit that was owed is done; a problem becomes an obligation, a risk becomes a flag that opens a check."""
    owed = help.next_obligation(moment.conn, moment.case.subject_id, "revisit")
    if owed is not None:
        help.obligation_done(moment.conn, owed.id, moment.on, moment.case.id, moment.decision.at)
    problems = moment.fact("problems") or []
    if problems and owed is not None and not moment.fact("solved"):
        due = moment.office.calendar.due(moment.on, moment.pack.limit("revisit.issue_limit"))
        help.oblige(moment.conn, {
            "kind": "revisit_issue", "key": f"revisit-issue:{moment.case.id}",
            "title": f"解决回访发现的问题：{moment.case.title}", "asked": {"problems": list(map(str, problems))},
            "office_code": owed.office_code, "role": "helper", "person_id": owed.person_id, "household_id": moment.case.subject_id, "area_path": moment.case.area_path,
            "starts_on": moment.on, "due_on": due.on,
        }, due.provisional)  # fmt: skip
    if risk := moment.fact("risk"):
        help.raise_risk(moment.conn, moment.case.subject_id, "revisit", str(risk), moment.on, moment.seat.person)
        duties.owe(moment.conn, [check_duty(moment.case.subject_id, moment.case.area_code, moment.case.title,
                                            moment.case.pack_id, moment.case.id, moment.decision.at)])  # fmt: skip


def check_duty(household_id: int, area_code: str, title: str, pack_id: str, cause: int, at: datetime) -> dict[str, Any]:
    """A risk flag opens a check: the duty that starts the case."""
    return {
        "key": f"open:relapse:{household_id}:{cause}", "kind": "open_case", "case_id": cause, "act_id": None,
        "owed_since": at,
        "payload": {"procedure": "relapse", "subject_id": household_id, "area_code": area_code, "title": title,
                    "pack_id": pack_id},
    }  # fmt: skip


def keep_measures(moment: Moment) -> None:
    """The signed plan's measures run from now on (R1.4-05, R4.1-04)."""
    step = next((s for s in ("plan", "draft") if moment.facts.get(s, {}).get("measures")), moment.step.key)
    listed = moment.earlier(step, "measures") or []
    help.keep_measures(moment.conn, [
        {"household_id": moment.case.subject_id, "person_id": m.get("person_id"), "programme": m["programme"],
         "kind": m["kind"], "resource": m["resource"], "title": m["title"], "owner": m["owner"],
         "amount": None, "starts_on": date.fromisoformat(m["starts_on"]),
         "ends_on": date.fromisoformat(m["ends_on"]) if m.get("ends_on") else None, "case_id": moment.case.id}
        for m in listed
    ])  # fmt: skip


def end_help(moment: Moment) -> None:
    """The household leaves the path for good: pairing and measures end, nothing more is owed for it."""
    household_id, at = moment.case.subject_id, moment.decision.at
    help.end_pairing(moment.conn, household_id, moment.on)
    help.end_measures(moment.conn, household_id, moment.on)
    for kind in ("revisit", "revisit_issue"):
        help.obligations_lapse(moment.conn, household_id, kind, moment.on, at)


def reopen_help(moment: Moment) -> None:
    """A relapsed household is assisted again under its old number: revisits lapse, the flags are answered."""
    help.obligations_lapse(moment.conn, moment.case.subject_id, "revisit", moment.on, moment.decision.at)
    help.clear_risks(moment.conn, moment.case.subject_id, moment.on)


def clear_risk(moment: Moment) -> None:
    """The check found no relapse: the flags are cleared with the reason in the opinion."""
    help.clear_risks(moment.conn, moment.case.subject_id, moment.on)


def change_register(moment: Moment) -> Mapping[str, Any]:
    """The changes of a case; one that dissolves or moves the whole household away also closes its path."""
    lines = dict(apply_changes(moment))
    if closes(moment):
        end_help(moment)
        move_path(moment, "close")
        lines["path_events"] = ledger.bulk_line(moment.conn, "path_events", moment.case.id)
    return lines


EFFECTS: Mapping[str, Effect] = {
    **supervised.EFFECTS,
    "post": post,
    "take_down": take_down,
    "start_consolidation": start_consolidation,
    "revisit_done": revisit_done,
    "keep_measures": keep_measures,
    "end_help": end_help,
    "reopen_help": reopen_help,
    "clear_risk": clear_risk,
    "apply_changes": change_register,
    "correct": correct,
    "release_members": release_members,
    "commit_import": commit_import,
}
