"""What is held about a household, given to the resident: 一户一档 as one zip with an index, nothing of other people's."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.frozen import procedure_of
from flows.household_view import CHANGES, KINDS, OBLIGATIONS, VERDICTS, View, facts_shown, shown, view
from flows.masters import master_of_paper
from flows.office import Office
from flows.reading import open_file
from integrations.file_docx import Section, write_file
from records import cases, household_file, ledger
from records.engine import reading, writing
from rules.days import day_of, in_chinese
from states.case import CaseLife
from states.decision import Actor
from states.not_allowed import FieldMissing, NotYourPost
from templates.papers import paper_from

STATUSES = {str(state.value): state.name for state in CaseLife.states}


@dataclass(frozen=True, slots=True)
class Given:
    """A household's file as it was given out."""

    name: str
    data: bytes
    sha256: str


def give_file(office: Office, household_id: int, to: str, by: Actor, at: datetime) -> Given:
    """Make the file and write down who gave it to whom. Raises OutsideYourArea, FieldMissing, NotYourPost."""
    to, on = to.strip(), day_of(at)
    if not to:
        raise FieldMissing(step="提供档案", fields="领取人")
    home = open_file(office, by.person_id, household_id, on, at).household
    with reading(office.records) as conn:
        seat = cases.seat_of(conn, by.person_id, by.office_code, by.role, on)
        if seat is None:
            raise NotYourPost(person=cases.person_name(conn, by.person_id), day=on, post=by.role)
        seen = view(conn, office, home, on)
        data = _zip(conn, office, seen, on)
    sha256 = hashlib.sha256(data).hexdigest()
    with writing(office.records) as conn:
        body = {"household": household_id, "sha256": sha256, "office": seat.office, "post": seat.post}
        ledger.add_line(conn, f"household:{household_id}", "file_given", body, {"by": seat.person, "to": to}, at)
    return Given(f"一户一档-{home.number}-{on}.zip", data, sha256)


def _zip(conn: Connection, office: Office, seen: View, on: Any) -> bytes:
    out = io.BytesIO()
    attached: list[tuple[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, title, data in (*_papers(conn, office, seen), *_evidence(conn, office, seen)):
            file.writestr(name, data)
            attached.append((name, title))
        file.writestr("00-档案和目录.docx", _index(conn, office, seen, attached, on))
    return out.getvalue()


def _papers(conn: Connection, office: Office, seen: View) -> Iterator[tuple[str, str, bytes]]:
    for number, paper in enumerate(seen.papers, 1):
        key = paper.file_key
        data = office.files.get(key) if key and office.files.exists(key) else _rendered(conn, office, paper)
        yield f"文书/{number:02d}-{paper.code}-{_plain(paper.title)}.docx", paper.title, data


def _rendered(conn: Connection, office: Office, paper: Any) -> bytes:
    master = master_of_paper(conn, office, paper.code, paper.master_sha256)
    return paper_from(paper.code, paper.snapshot).render(master)


def _evidence(conn: Connection, office: Office, seen: View) -> Iterator[tuple[str, str, bytes]]:
    number = 0
    for decision in household_file.own_evidence(conn, seen.home.id):
        for proof in decision.evidence:
            key = office.files.kept_as(proof["sha256"])
            if key is not None:
                number += 1
                yield f"佐证材料/{number:02d}-{_plain(proof['name'])}", proof["kind"], office.files.get(key)


def _plain(name: str) -> str:
    """A name that every file system takes and that leads nowhere else."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(". ")[:80] or "无名"


def _index(conn: Connection, office: Office, seen: View, attached: list[tuple[str, str]], on: Any) -> bytes:
    cover = [f"户编号 {seen.home.number}", seen.place, f"截至{in_chinese(on)}",
             f"{office.pack.label('office')}依申请提供"]  # fmt: skip
    return write_file(f"{seen.title}档案（一户一档）", cover, [*_sections(conn, seen), Section(
        "所附文件", (), ("文件", "名称"), tuple(attached))])  # fmt: skip


def _sections(conn: Connection, seen: View) -> Iterator[Section]:
    yield Section("户的情况", (), ("项目", "内容"), tuple(facts_shown(seen.home.facts)))
    yield Section("家庭成员", (), ("姓名", "关系", "性别", "出生日期", "证件号码", "其他"), tuple(
        (m.name, m.relation, m.sex, in_chinese(m.born_on), m.id_no,
         "；".join(f"{k}：{v}" for k, v in facts_shown(m.facts))) for m in seen.home.members))  # fmt: skip
    yield Section("户路径", (), ("日期", "经办", "状态"), tuple(
        (in_chinese(s.on), s.event, s.title) for s in seen.stops))  # fmt: skip
    yield Section("收入核算", (), ("年度", "核算人口", "总收入（元）", "人均（元）", "标准（元）"), tuple(
        (f"{y.year}", f"{y.sheet.heads}", y.sheet.total.plain, y.sheet.per_head.plain, y.line.plain if y.line else "—")
        for y in seen.years))  # fmt: skip
    yield Section("逐项认定", (), ("日期", "条件", "结论", "认定单位", "认定人"), tuple(
        (in_chinese(f.found_on), f.condition, VERDICTS[f.verdict], f.certifier, f.verifier) for f in seen.findings))  # fmt: skip
    yield Section("结对帮扶", (), ("起", "止", "帮扶单位", "帮扶责任人"), tuple(
        (in_chinese(p.valid_from), _until(p.valid_to), p.unit, p.helper) for p in seen.pairings))  # fmt: skip
    yield Section("帮扶措施", (), ("起", "止", "类别", "措施", "责任单位"), tuple(
        (in_chinese(m.starts_on), _until(m.ends_on), f"{m.programme}（{KINDS.get(m.kind, m.kind)}）", m.title, m.owner)
        for m in seen.measures))  # fmt: skip
    yield Section("走访和回访", (), ("应办日期", "事项", "完成日期"), tuple(
        (in_chinese(v.due_on), OBLIGATIONS.get(v.kind, v.title), _until(v.done_on)) for v in seen.visits))  # fmt: skip
    yield Section("办件", (), ("编号", "事项", "起", "止", "结果"), tuple(_case(conn, c) for c in seen.cases))
    yield Section("变更记录", (), ("生效日期", "类型", "项目", "原来", "现在", "原因"), tuple(
        (in_chinese(e.effective_on), CHANGES.get(e.kind, e.kind), e.field or "", shown(e.old), shown(e.new), e.reason)
        for e in seen.events))  # fmt: skip


def _case(conn: Connection, row: Any) -> tuple[str, ...]:
    return (cases.case_number(row.year, row.id), _title(conn, row), in_chinese(row.started_on), _until(row.closed_on),
            STATUSES.get(row.status, row.status))  # fmt: skip


def _title(conn: Connection, row: Any) -> str:
    return procedure_of(conn, row.procedure_sha256).title


def _until(day: Any) -> str:
    return in_chinese(day) if day else ""
