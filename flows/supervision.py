"""Supervision files (督查件): the system says which conditions are met; a person opens the file, and every rung of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from flows.messages import News, To, tell
from flows.office import Office
from flows.start import Start, start_in
from flows.supervised import MISSED
from records import agreements, areas, cases, handing, ledger, offices, supervision
from records.cases import CaseRow, Seat
from records.engine import reading, writing
from records.supervision import Met
from rules.days import day_of
from states import supervision as life
from states.agreement import BINDING
from states.decision import Actor, Evidence
from states.not_allowed import CannotSupervise, EvidenceMissing, FieldMissing, NoSuch, NotYourPost, OpinionMissing
from states.supervision import SupervisionLife

CAUSES: Mapping[str, str] = {
    "overdue": "督办后仍未办结",
    "missed_target": "未完成年度减贫任务",
    "slow": "推进缓慢、成效不明显",
    "inspection": "督查检查发现问题",
    "inaction": "不作为",
    "falsified": "弄虚作假",
}
SAYS: Mapping[str, str] = {
    "overdue": "有{count}件事项经督办仍未办结",
    "missed_target": "未完成年度减贫任务：计划{of}人，完成{count}人，应当约谈主要领导",
    "rectification_failed": "督查件{supervision_id}整改不到位",
}
OPENERS = ("street_clerk", "street_leader", "district_clerk", "district_director")
STREET_AGREEMENT, TASK = "D-20", "persons"
BOUND = (*BINDING, "assessed", "closed")  # the agreement binds, or did until its year was over
RUNGS = {"rectification": "通报并限期整改", "interview": "约谈", "referral": "追责移送"}
BEGINS = {"rectification": "order", "interview": "summon", "referral": "refer"}  # the event that a rung brings about


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A supervision file to be opened: about an office, or about one person of it; with proof."""

    office_code: str
    cause: str
    finding: str
    by: Actor
    at: datetime
    person_id: int | None = None
    evidence: tuple[Evidence, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the one concerned says about a file, with what proves it."""

    says: str
    by: Actor
    at: datetime
    evidence: tuple[Evidence, ...] = ()


def conditions(office: Office, today: date, year: int | None = None) -> list[Met]:
    """Which conditions are met today, for people to look at. Nothing is written, nobody is told (truth 13).

    A street's yearly task is looked at when its year is over (`year`: the last one that ended, unless another is named)."""
    asked = year or today.year - 1
    with reading(office.records) as conn:
        missed = _missed(conn, office, asked) if today > date(asked, 12, 31) else []
        return [*supervision.overdue(conn), *missed, *supervision.failed(conn)]


def _missed(conn: Connection, office: Office, year: int) -> list[Met]:
    """Streets that missed the year's task: the target of the agreement that bound them, supplements counted in, or what
    the register planned where none did."""
    bound = {row.to_office: row for row in agreements.of_year(conn, year, (STREET_AGREEMENT,))
             if row.status in BOUND and row.pack_id == office.pack.id and TASK in row.targets}  # fmt: skip
    planned = [met for met in supervision.missed_targets(conn, office.pack.id, year) if met.office_code not in bound]
    found = []
    for row in bound.values():
        done, target = supervision.left_in(conn, row.pack_id, row.area_path, year), row.targets[TASK]
        if done < target:
            name = offices.name_of(conn, row.to_office)
            found.append(Met(MISSED, row.to_office, name, done, target, agreement=row.number))
    return sorted([*planned, *found], key=lambda met: met.office_code)


def says_of(met: Met) -> str:
    """A condition that is met, as a sentence."""
    if met.agreement is not None:
        return f"未完成年度减贫任务：责任书{met.agreement}目标{met.of}人，完成{met.count}人，应当约谈主要领导"
    return SAYS[met.cause].format(count=met.count, of=met.of, supervision_id=met.supervision_id)


def rungs_open_to(row: Any, seat: Seat | None) -> list[str]:
    """The rungs that the holder of a seat may open on a file as it stands."""
    if seat is None or row.closed_on is not None or seat.acting_for_id is not None:
        return []
    if row.by_office != seat.office_code or seat.role not in OPENERS:
        return []
    return [rung for rung, event in BEGINS.items() if life.may(row.state, event)]


def open_file(office: Office, deed: OpenFile) -> int:
    """Open a file about an office directly below, or a person of it; returns its id. Raises NotAllowed with the reason:
    not one level above (R4.4-05), a member of the leading group, no finding, no proof."""
    on = day_of(deed.at)
    with writing(office.records) as conn:
        seat = cases.seat_of(conn, deed.by.person_id, deed.by.office_code, deed.by.role, on)
        if seat is None or deed.by.acting_for_id is not None or deed.by.role not in OPENERS:
            raise NotYourPost(person=cases.person_name(conn, deed.by.person_id), day=on, post="可以立项督查的岗位")
        subject = offices.office(conn, deed.office_code)
        _complete(deed)
        _one_level_below(conn, subject, deed, on)
        path = areas.office_path(conn, subject.code, on)
        if path is None:
            raise NoSuch(what="区划", key=subject.area_code)
        _not_open(conn, deed, on)
        name = cases.person_name(conn, deed.person_id) if deed.person_id is not None else None
        made = supervision.add(conn, {
            "subject_kind": "person" if name else "office", "office_code": subject.code, "person_id": deed.person_id,
            "title": f"{subject.name}{name or ''}（{CAUSES[deed.cause]}）", "area_code": subject.area_code,
            "area_path": path, "by_office": deed.by.office_code, "cause": deed.cause, "year": deed.year or on.year,
            "finding": deed.finding.strip(), "evidence": [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in deed.evidence],
            "state": SupervisionLife.found.value, "opened_on": on, "opened_by": deed.by.person_id, "opened_at": deed.at,
        })  # fmt: skip
        body = {"supervision": made, "office": seat.office, "post": seat.post, "about": subject.code,
                "cause": deed.cause, "evidence": [e.sha256 for e in deed.evidence]}  # fmt: skip
        personal = {"by": seat.person, "finding": deed.finding.strip(), **({"about": name} if name else {})}
        ledger.add_line(conn, f"supervision:{made}", "opened", body, personal, deed.at)
        return made


def open_rung(office: Office, supervision_id: int, rung: str, by: Actor, at: datetime) -> CaseRow:
    """A person opens the next rung of a file as a case: rectification, interview or referral.

    A referral stands in the area of the office above, so that nobody below reads it (R4.4-10)."""
    if rung not in RUNGS:
        raise NoSuch(what="督查问责级次", key=rung)
    with writing(office.records) as conn:
        row = supervision.file(conn, supervision_id, lock=True)
        if row is None:
            raise NoSuch(what="督查件", key=supervision_id)
        if row.by_office != by.office_code or by.role not in OPENERS:
            raise CannotSupervise(why=f"本件由{offices.name_of(conn, row.by_office)}督办，请由其办理。")
        if row.closed_on is not None:
            raise CannotSupervise(why="本件已经销号或不予立项；有新的问题请另行立项。")
        area = offices.office(conn, row.by_office).area_code if rung == "referral" else row.area_code
        return start_in(conn, office, Start(rung, "supervision", row.id, row.title, area, by, at, row.year))


def answers_for(conn: Connection, row: Any, seat: Seat | None, on: date) -> bool:
    """Is the file about the holder of that seat: the person, or whoever heads the office?"""
    desk = supervision.desk(conn, row.id, "supervised", "head", on)
    if seat is None or desk is None or (seat.office_code, seat.role) != (desk.office_code, desk.role):
        return False
    return desk.helper_person_id is None or (desk.helper_person_id == seat.person_id and seat.acting_for_id is None)


def state_own_case(office: Office, supervision_id: int, said: Statement) -> None:
    """Whoever a file is about says what there is to say for themselves (陈述申辩), as long as it is not closed; the office
    above is told. Raises NotAllowed with the reason."""
    on = day_of(said.at)
    with writing(office.records) as conn:
        row = supervision.file(conn, supervision_id, lock=True)
        if row is None:
            raise NoSuch(what="督查件", key=supervision_id)
        seat = cases.seat_of(conn, said.by.person_id, said.by.office_code, said.by.role, on)
        if seat is None or not answers_for(conn, row, seat, on):
            raise CannotSupervise(why="陈述申辩由被督查单位的负责人或被督查的本人提出。")
        if row.closed_on is not None:
            raise CannotSupervise(why="本件已经销号或不予立项，不再陈述申辩。")
        if not said.says.strip():
            raise FieldMissing(step="陈述申辩", fields="陈述申辩内容")
        if any(
            (s.person_id, s.says) == (seat.person_id, said.says.strip()) for s in supervision.statements(conn, row.id)
        ):
            raise CannotSupervise(why="同样的陈述申辩已经提交，不必重复提交。")
        made = supervision.add_statement(conn, {
            "supervision_id": row.id, "person_id": seat.person_id, "office_code": seat.office_code, "says": said.says.strip(),
            "evidence": [{"kind": e.kind, "name": e.name, "sha256": e.sha256} for e in said.evidence], "at": said.at,
        })  # fmt: skip
        body = {"supervision": row.id, "statement": made, "office": seat.office, "post": seat.post,
                "evidence": [e.sha256 for e in said.evidence]}  # fmt: skip
        ledger.add_line(
            conn, f"supervision:{row.id}", "statement", body, {"by": seat.person, "says": said.says.strip()}, said.at
        )
        facts = {
            "title": f"陈述申辩：{row.title}",
            "text": f"督查件{row.id}（{row.title}）收到陈述申辩，请登录系统查看。",
        }
        told = (To(row.by_office), To(person_id=row.opened_by))
        tell(
            conn,
            News("notice", f"statement:{made}", told, facts, None, areas.office_path(conn, row.by_office, on)),
            said.at,
        )


def _complete(deed: OpenFile) -> None:
    if deed.cause not in CAUSES:
        raise NoSuch(what="督查事由", key=deed.cause)
    if not deed.finding.strip():
        raise OpinionMissing(verdict="立项督查")
    if not deed.evidence:
        raise EvidenceMissing(step="立项督查", needed="证明问题的材料")


def _not_open(conn: Connection, deed: OpenFile, on: date) -> None:
    """What a condition shows is one file; findings of an inspection may be several."""
    if deed.cause == MISSED and deed.person_id is not None:
        raise CannotSupervise(why="未完成年度任务对街道立项，约谈其主要领导；个人问题请以其他事由立项。")
    known = supervision.open_about(conn, deed.office_code, deed.cause, deed.year or on.year, deed.person_id)
    if known is not None and deed.cause in (MISSED, "overdue"):
        raise CannotSupervise(why=f"同一事由已经立项（督查件{known}），请在该件上提出措施。")
    finding = deed.finding.strip()
    same = supervision.open_about(conn, deed.office_code, deed.cause, deed.year or on.year, deed.person_id, finding)
    if same is not None:  # the form was sent a second time
        raise CannotSupervise(why=f"同样的问题已经立项（督查件{same}），没有重复立项。")


def _one_level_below(conn: Connection, subject: Any, deed: OpenFile, on: date) -> None:
    if subject.parent_code != deed.by.office_code:
        above = offices.name_of(conn, subject.parent_code) if subject.parent_code else "上级机关"
        raise CannotSupervise(why=f"一级对一级督查：{subject.name}由{above}督查，不由您单位立项。")
    if deed.person_id is None:
        return
    held = handing.seats_held(conn, deed.person_id, on)
    name = cases.person_name(conn, deed.person_id) or f"人员{deed.person_id}"
    if not any(post.office_code == subject.code for post in held):
        raise CannotSupervise(why=f"{name}现不在{subject.name}任职。")
    higher = next(
        (post for post in held if post.parent_code != deed.by.office_code and not _lower(post, subject)), None
    )
    if higher is not None:
        raise CannotSupervise(why=f"{name}任{higher.office}{higher.title}，不由下级单位督查；请向区纪检监察机关反映。")


def _lower(post: Any, subject: Any) -> bool:
    return bool(post.parent_code == subject.code)
