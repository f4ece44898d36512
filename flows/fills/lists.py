"""Papers that carry a list: publicity, announcement, reply, minutes. Public ones are built from whitelisted columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.fills.draft import Draft, case_of, covered, entering, head_name, home_of, matter, words_of
from records import cases, rounds
from rules.agenda import consolidation_until
from rules.meeting import rule_says
from rules.privacy import PublicRow, for_board
from templates.exit_announcement import ExitAnnouncement
from templates.exit_publicity import ExitPublicity, StreetExitPublicity
from templates.exit_reply import ExitReply, HeldRow
from templates.identification_announcement import IdentificationAnnouncement
from templates.identification_publicity import FirstPublicity, SecondPublicity
from templates.review_minutes import ReviewCase, ReviewMinutes


def rows(draft: Draft, depth: int = 0) -> tuple[PublicRow, ...]:
    """The board's columns of the households: serial, place (depth 1: with its street), head, family size, nothing else."""
    listed = []
    for case in covered(draft):
        home = home_of(draft, case.subject_id)
        listed.append(
            {"place": draft.area_name(home.area_path, depth), "head": head_name(home), "size": len(home.members)}
        )
    return for_board(listed)


def outcome(draft: Draft) -> str:
    """What came of the publicity, as the register of objections has it."""
    some = cases.any_objected(draft.conn, draft.case_ids)
    return "公示期间收到的异议均已按规定办结" if some else "公示期满无异议"


def _posts_on(draft: Draft) -> date:
    return date.fromisoformat(draft.act.facts["posts_on"]) if draft.act is not None else draft.on


def _publicity(draft: Draft, level: str, after: str) -> dict[str, Any]:
    desk, limit = draft.desk(level), draft.pack.publicity_limit()
    starts_on = _posts_on(draft)
    return {
        "office": desk.name, "year": draft.case.year, "label": draft.label, "area": draft.area_name(draft.area_path),
        "basis": draft.basis, "after": draft.pack.label(after), "starts_on": starts_on,
        "ends_on": draft.office.calendar.due(starts_on, limit).on, "period": str(limit), "place": desk.address or "",
        "phone": desk.phone or "", "complaint_line": draft.pack.label("complaint_line"),
        "rows": rows(draft),
    }  # fmt: skip


def first_publicity(draft: Draft) -> FirstPublicity:
    return FirstPublicity(**_publicity(draft, "community", "after_identification"), entering=entering(draft))


def second_publicity(draft: Draft) -> SecondPublicity:
    return SecondPublicity(**_publicity(draft, "street", "after_identification"), entering=entering(draft))


def exit_publicity(draft: Draft) -> ExitPublicity:
    """Before an exit, and before a wrong entry is removed: what is proposed differs, and what came before it."""
    if draft.case.procedure == "removal":
        return ExitPublicity(**_publicity(draft, "community", "after_exit") | {"after": "民主评议"}, leaving="剔除")
    return ExitPublicity(**_publicity(draft, "community", "after_exit"), leaving=draft.pack.label("exit"))


def street_exit_publicity(draft: Draft) -> StreetExitPublicity:
    return StreetExitPublicity(**_publicity(draft, "street", "after_exit"), leaving=draft.pack.label("exit"))


def _announcement(draft: Draft, after: str) -> dict[str, Any]:
    desk, limit = draft.desk("district"), draft.pack.publicity_limit()
    return {
        "office": desk.name, "printed_by": desk.name, "year": draft.case.year, "label": draft.label,
        "area": draft.area_name(draft.area_path), "basis": draft.basis, "after": draft.pack.label(after),
        "outcome": outcome(draft), "decided_by": draft.pack.label("group"), "review_until": draft.office.calendar.due(_posts_on(draft), limit).on,
        "review_office": desk.name, "phone": desk.phone or "", "complaint_line": draft.pack.label("complaint_line"),
        "rows": rows(draft, depth=1),
    }  # fmt: skip


def identification_announcement(draft: Draft) -> IdentificationAnnouncement:
    return IdentificationAnnouncement(**_announcement(draft, "after_identification"), entering=entering(draft))


def exit_announcement(draft: Draft) -> ExitAnnouncement:
    until = consolidation_until(_posts_on(draft), draft.pack.integer("consolidation.months", "退出公告"))
    return ExitAnnouncement(**_announcement(draft, "after_exit"), leaving=draft.pack.label("exit"),
                            continues=f"上述对象{draft.continues(until)}。")  # fmt: skip


def exit_reply(draft: Draft) -> ExitReply:
    desk, street = draft.desk("group"), draft.desk("street")
    leaving = draft.pack.label("exit")
    return ExitReply(
        office=desk.name, printed_by=draft.desk("district").name, to=street.name, year=draft.case.year,
        label=draft.label, leaving=leaving, request=words_of(draft, "D-36"),  # what the street sent up
        basis=draft.basis, decided_by="领导小组会议", decided_on=draft.on, rows=rows(draft),
        held=_held(draft), continues=f"上述对象{draft.continues('巩固期满')}。",  # the time counts from the announcement
    )  # fmt: skip


def _held(draft: Draft) -> tuple[HeldRow, ...]:
    if draft.act is None:
        return ()
    found = []
    for case_id, why in rounds.held(draft.conn, draft.act.id):
        home = home_of(draft, case_of(draft.conn, draft.pile, case_id).subject_id)
        found.append((draft.area_name(home.area_path), head_name(home), why))
    return tuple(HeldRow(serial=n, place=p, head=h, reason=w) for n, (p, h, w) in enumerate(found, 1))


def minutes(draft: Draft) -> ReviewMinutes:
    """The record of a democratic review: attendance is the meeting's, votes are each household's."""
    first = draft.case.facts.get("review", {})
    listed = []
    for serial, case in enumerate(covered(draft), 1):
        home, votes = home_of(draft, case.subject_id), case.facts.get("review", {})
        listed.append(ReviewCase(
            serial=serial, head=head_name(home), size=len(home.members), speeches=votes.get("spoken", ""),
            agree=votes.get("agree"), oppose=votes.get("oppose"), abstain=votes.get("abstain"), conclusion=f"同意{matter(draft).removeprefix('拟')}",
        ))  # fmt: skip
    withdrew = sorted({w for c in covered(draft) for w in c.facts.get("review", {}).get("withdrawn") or []})
    return ReviewMinutes(
        office=draft.desk("community").name, subject=f"{draft.case.year}年{matter(draft)}{draft.label}",
        held_on=draft.day("review", "held_on"), place=first.get("place", ""), chair=first.get("chair", ""),
        recorder=first.get("recorder", ""), due=first.get("due"), present=first.get("present"),
        quorum_rule=rule_says(draft.pack.meeting_rule()), quorum_met="符合", withdrew="、".join(withdrew) or "无",
        cases=tuple(listed),
    )  # fmt: skip
