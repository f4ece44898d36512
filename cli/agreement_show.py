"""How agreements are shown: found by id or number, as a table, as JSON, whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.door import now, person_id, say, show_table
from flows.agreements.kinds import KINDS, PARTIES
from flows.agreements.reporting import REPORTS, figures
from flows.agreements.supplement import STATUS
from flows.office import Office
from records import agreement_views, agreements
from records.agreement_views import ALL, Reader, Whole
from records.engine import reading
from rules.days import day_of
from states.agreement import AgreementLife
from states.decision import Evidence
from states.not_allowed import NoSuch, OutsideYourArea
from states.table import state_names

STATES = state_names(AgreementLife)


def agreement_id(office: Office, which: str) -> int:
    """By its number (濠扶责街2017-0001) or its id."""
    with reading(office.records) as conn:
        found = agreements.by_number(conn, which)
    if found is not None:
        return found
    if not which.isdigit():
        raise NoSuch(what="责任书", key=which)
    return int(which)


def as_reader(office: Office, by: str | None) -> Reader:
    """What a named person may see; the operator sees all."""
    if by is None:
        return ALL
    person = person_id(office, by)
    with reading(office.records) as conn:
        return agreement_views.reader(conn, person, day_of(now()))


def evidence_of(office: Office, files: Sequence[Path], kind: str) -> tuple[Evidence, ...]:
    """Files kept in the filing store under their hash."""
    return tuple(Evidence(kind, f.name, office.files.keep(f.read_bytes(), f.suffix)[1]) for f in files)


def readable(row: Any, waiting: Sequence[Any]) -> dict[str, Any]:
    return {
        "id": row.id, "kind": row.code, "year": row.year, "title": row.title, "number": row.number,
        "status": row.status, "status_title": STATES[row.status], "from": row.from_name, "to": row.to_name,
        "targets": row.targets, "issued_on": row.issued_on, "in_force_on": row.in_force_on, "signed": row.signed,
        "waits_for": [{"party": PARTIES[w.party], "capacity": w.capacity, "office": w.office, "due_on": w.due_on}
                      for w in waiting],
    }  # fmt: skip


def table_of(rows: Sequence[Any], waiting: Mapping[int, Sequence[Any]]) -> tuple[list[str], list[list[object]]]:
    listed: list[list[object]] = []
    for row in rows:
        lacking = waiting.get(row.id, ())
        names = "、".join(dict.fromkeys(f"{PARTIES[w.party]}{w.capacity}" for w in lacking))
        listed.append([row.id, row.code, row.number, row.title, STATES[row.status], names,
                       min((w.due_on for w in lacking), default=None)])  # fmt: skip
    return ["编号", "种类", "协议编号", "责任书", "状态", "还差谁签", "期限"], listed


def show_one(office: Office, key: int, who: Reader, as_json: bool, at: datetime) -> None:
    """One agreement, for one who may see it. Raises NoSuch, OutsideYourArea."""
    with reading(office.records) as conn:
        whole = agreement_views.whole(conn, who, key)
        if whole is None and agreements.agreement(conn, key) is not None:
            raise OutsideYourArea(what=f"责任书{key}")
    if whole is None:
        raise NoSuch(what="责任书", key=key)
    beside = figures(office, key, at)
    parts = _parts(whole) | {"目标与结果": [
        {"指标": f.label, "单位": f.unit, "目标": f.target, "结果": "—" if f.result is None else f.result} for f in beside
    ]}  # fmt: skip
    row = whole.agreement
    if as_json:
        say({"id": row.id, "kind": row.code, "title": row.title, "number": row.number, "status": row.status,
             "from": row.from_name, "to": row.to_name, "paper": row.paper_id, "void_reason": row.void_reason,
             "figures": [f.as_json() for f in beside], **{_KEYS[k]: v for k, v in parts.items() if k in _KEYS}})  # fmt: skip
        return
    click.echo(f"{row.title}（{KINDS[row.code].title}）{row.number or '未编号'}：{STATES[row.status]}")
    click.echo(f"甲方：{row.from_name}　乙方：{row.to_name}　文书编号：{row.paper_id or '—'}")
    if row.void_reason:
        click.echo(f"废止原因：{row.void_reason}")
    for title, rows in parts.items():
        if rows:
            show_table(title, list(rows[0]), [list(r.values()) for r in rows])


_KEYS = {"签订": "signers", "补充协议": "supplements", "报告和考核": "reports", "下级责任书": "below"}


def _parts(whole: Whole) -> dict[str, list[dict[str, Any]]]:
    proof = {s.signer_id: s for s in whole.signatures}
    numbers = {s.id: s.number for s in whole.supplements}
    return {
        "签订": [
            {"一方": PARTIES[s.party], "身份": s.capacity, "单位": s.office,
             "文件": numbers.get(s.supplement_id, "重签" if s.succeeds_id else ""),
             "签字人": proof[s.id].person if s.id in proof else s.name,
             "方式": {"account": "账号确认", "scan": "签字件"}[proof[s.id].how] if s.id in proof else "",
             "日期": proof[s.id].signed_on if s.id in proof else ("不再需要" if s.dropped_at else f"未签，期限{s.due_on}")}
            for s in whole.signers
        ],
        "补充协议": [
            {"编号": s.number, "状态": STATUS[s.status], "调整": "；".join(f"{k} {a}→{b}" for k, (a, b) in s.changes.items()),
             "事由": s.reason} for s in whole.supplements
        ],
        "报告和考核": [
            {"种类": REPORTS[r.kind], "日期": r.on, "等次": r.grade, "内容": r.text, "办理人": f"{r.office}{r.person}"}
            for r in whole.reports
        ],
        "下级责任书": [
            {"编号": b.number or b.id, "乙方": b.to_name, "状态": STATES[b.status], **b.targets} for b in whole.below
        ],
    }  # fmt: skip
