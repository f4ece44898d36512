"""Supervision: which conditions are met, opening a file, opening its rungs, and the files one may see."""

from __future__ import annotations

from datetime import datetime

import click

from cli.door import DAY, actor_of, day_from, evidence_of, now, person_id, say, scope_for, show_table, the_office
from flows.supervised import state_seen
from flows.supervision import (
    CAUSES,
    RUNGS,
    OpenFile,
    Statement,
    conditions,
    open_file,
    open_rung,
    says_of,
    state_own_case,
)
from records import supervision as rows
from records import views
from records.cases import case_number
from records.engine import reading
from rules.days import day_of
from states.case import CaseLife
from states.table import state_names

CAUSE_OF = {word: key for key, word in CAUSES.items()} | {key: key for key in CAUSES}
RUNG_OF = {word: key for key, word in RUNGS.items()} | {key: key for key in RUNGS}


@click.group()
def supervision() -> None:
    """督查问责：条件由系统提示，立项、每一级措施都由人决定。"""


@supervision.command("conditions")
@click.option("--year", type=int, help="看哪一年的年度任务，默认上一年")
@click.option("--on", type=DAY, help="按哪一天看，默认今天")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def conditions_(year: int | None, on: datetime | None, as_json: bool) -> None:
    """列出已满足督查条件的单位；只是提示，不立项、不通知任何人。"""
    office = the_office()
    day = day_from(on) if on is not None else day_of(now())
    met = conditions(office, day, year)
    with reading(office.records) as conn:
        known = [rows.open_about(conn, m.office_code, m.cause, year or day.year - 1) for m in met]
    listed = [{"单位": m.office, "编码": m.office_code,
               "情况": says_of(m),
               "督查件": m.supervision_id or k or ""} for m, k in zip(met, known, strict=True)]  # fmt: skip
    if as_json:
        say(listed)
    else:
        show_table(f"已满足督查条件（{len(met)}项），是否立项由有权单位决定", ["单位", "编码", "情况", "督查件"],
                   [list(r.values()) for r in listed])  # fmt: skip


@supervision.command("open")
@click.argument("office_code")
@click.argument("cause", type=click.Choice(sorted(CAUSE_OF)))
@click.option("--finding", required=True, help="发现的问题")
@click.option("--evidence", multiple=True, metavar="种类=文件", help="证明材料，如 finding=台账.pdf")
@click.option("--person", help="被督查的个人（姓名或编号）；不写则督查单位")
@click.option("--year", type=int, help="问题所属年度，默认今年")
@click.option("--by", required=True, help="立项人的姓名或编号")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
def open_(office_code: str, cause: str, finding: str, evidence: tuple[str, ...], person: str | None, year: int | None,
          by: str, role: str | None) -> None:  # fmt: skip
    """对下一级单位 OFFICE_CODE（或其人员）立项督查。"""
    office = the_office()
    made = open_file(office, OpenFile(
        office_code, CAUSE_OF[cause], finding, actor_of(office, by, None, role), now(),
        person_id(office, person) if person else None, tuple(evidence_of(office, e) for e in evidence), year,
    ))  # fmt: skip
    click.echo(f"已立项，督查件{made}。下一步：bangfu supervision measure {made} 通报并限期整改|约谈|追责移送 --by …")


@supervision.command("measure")
@click.argument("supervision_id", type=int)
@click.argument("rung", type=click.Choice(sorted(RUNG_OF)))
@click.option("--by", required=True, help="提出人的姓名或编号")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
def measure(supervision_id: int, rung: str, by: str, role: str | None) -> None:
    """对督查件提出一级措施，成为一个办件，用 bangfu decide 逐环节办理。"""
    office = the_office()
    case = open_rung(office, supervision_id, RUNG_OF[rung], actor_of(office, by, None, role), now())
    click.echo(f"已提出“{RUNGS[RUNG_OF[rung]]}”，办件{case.id}（{case.number}），环节propose。")


@supervision.command("state")
@click.argument("supervision_id", type=int)
@click.argument("says")
@click.option("--evidence", multiple=True, metavar="种类=文件", help="证明材料，如 statement=说明.pdf")
@click.option("--by", required=True, help="被督查单位负责人或被督查本人的姓名或编号")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
def state(supervision_id: int, says: str, evidence: tuple[str, ...], by: str, role: str | None) -> None:
    """被督查的一方就督查件提交陈述申辩 SAYS，督查单位会收到通知。"""
    office = the_office()
    proofs = tuple(evidence_of(office, e) for e in evidence)
    state_own_case(office, supervision_id, Statement(says, actor_of(office, by, None, role), now(), proofs))
    click.echo("陈述申辩已提交。")


@supervision.command("list")
@click.option("--for", "name", help="按谁的管辖范围看；不写为全部")
@click.option("--all", "closed_too", is_flag=True, help="连同已销号的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def list_(name: str | None, closed_too: bool, as_json: bool) -> None:
    """督查件及其各级措施。"""
    office = the_office()
    with reading(office.records) as conn:
        scope, today = scope_for(office, name), day_of(now())
        listing = rows.files(scope, not closed_too)
        count, found = listing.count(conn), listing.page(conn, 1, 500)
        rungs = {f.id: rows.rungs_of(conn, scope, f.id) for f in found}
        cases_of = {f.id: [c for c in views.cases_of_subject(conn, "supervision", f.id) if c.id in rungs[f.id]]
                    for f in found}  # fmt: skip
        states = {f.id: state_seen(conn, f, scope, today) for f in found}
    listed = [{"督查件": f.id, "对象": f.title, "年度": f.year, "状态": states[f.id], "立项": f.opened_on,
               "措施": "；".join(f"{RUNGS[c.procedure]}（{case_number(c.year, c.id)}，{state_names(CaseLife)[c.status]}）"
                               for c in cases_of[f.id])} for f in found]  # fmt: skip
    if as_json:
        say(listed)
    else:
        show_table(
            f"督查件（{count}件）", list(listed[0]) if listed else ["督查件"], [list(r.values()) for r in listed]
        )
