"""Handing tasks on, standing in for somebody, and the lists that people keep of their own cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from cli.door import DAY, actor_of, day_from, now, person_id, say, show_table, the_office
from flows.delegation import Delegate, delegate, revoke
from flows.frozen import procedure_of
from flows.handing import HANDS, HandOn, hand
from flows.tasks import when_read
from records import cases, delegations, handing
from records.engine import reading
from records.listing import Listing
from states.case import CaseLife
from states.procedure import Verdict
from states.table import state_names

KINDS = {h.chinese: h for h in HANDS} | {h.value: h for h in HANDS}


@click.command("hand")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("task_id", type=int)
@click.option("--by", required=True, help="办理人的姓名或编号")
@click.option("--office", "office_code", help="以哪个单位的岗位办理（任多个岗位时）")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
@click.option("--acting-for", help="代谁办理（受离岗委托时），姓名或编号")
@click.option("--to", multiple=True, help="交给谁，姓名或编号；抄送可写多次")
@click.option("--note", default="", help="说明、问题或意见")
def hand_(kind: str, task_id: int, by: str, office_code: str | None, role: str | None, acting_for: str | None,
          to: tuple[str, ...], note: str) -> None:  # fmt: skip
    """流转一件待办：转办、委派、反馈意见、收回委派、前加签、后加签、减签、抄送、催办。

    TASK_ID 是待办编号（bangfu todo 中的“待办”）；反馈意见写委派给您的那件，减签写加签的那件。"""
    office = the_office()
    actor = actor_of(office, by, office_code, role, acting_for)
    people = tuple(person_id(office, name) for name in to)
    case_id = hand(office, HandOn(KINDS[kind], task_id, actor, now(), people, note))
    with reading(office.records) as conn:
        case = cases.see_case(conn, case_id)
        assert case is not None
    click.echo(f"已办理：办件{case.number}（{case.title}）{KINDS[kind].chinese}{'给' + '、'.join(to) if to else ''}。")


@click.group("delegate")
def delegate_() -> None:
    """离岗委托：离岗期间请人代为办理。"""


@delegate_.command("give")
@click.argument("giver")
@click.argument("taker")
@click.option("--since", type=DAY, required=True, help="开始日期")
@click.option("--until", type=DAY, required=True, help="结束日期（含当日）")
@click.option("--reason", required=True, help="离岗事由")
@click.option("--office", "office_code", help="只委托这个单位的岗位（与--role同用）")
@click.option("--role", help="只委托这个岗位")
@click.option("--procedure", help="只委托这类事项，如 exit")
@click.option("--by", help="代为登记的系统管理员")
def give(giver: str, taker: str, since: datetime, until: datetime, reason: str, office_code: str | None,
         role: str | None, procedure: str | None, by: str | None) -> None:  # fmt: skip
    """GIVER 离岗期间委托 TAKER 办理；双方都看得到待办，代办的意见注明“代”。"""
    office = the_office()
    own = actor_of(office, giver, office_code, role)
    actor = own if by is None else actor_of(office, by, None, "administrator")
    one = bool(office_code or role)
    made = delegate(office, Delegate(
        person_id(office, giver), person_id(office, taker), day_from(since), day_from(until), reason, actor, now(),
        own.office_code if one else None, own.role if one else None, procedure,
    ))  # fmt: skip
    click.echo(f"已委托（编号{made}），双方将收到消息。提前返岗请运行 bangfu delegate revoke {made}。")


@delegate_.command("revoke")
@click.argument("delegation_id", type=int)
@click.option("--by", required=True, help="委托人、受托人或系统管理员")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
def revoke_(delegation_id: int, by: str, role: str | None) -> None:
    """收回离岗委托，立即生效。"""
    office = the_office()
    revoke(office, delegation_id, actor_of(office, by, None, role), now())
    click.echo("已收回。")


@delegate_.command("list")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def list_(name: str, as_json: bool) -> None:
    """NAME 委托别人的和别人委托 NAME 的。"""
    office = the_office()
    person = person_id(office, name)
    with reading(office.records) as conn:
        rows = [*delegations.given_by(person).page(conn), *delegations.given_to(person).page(conn)]
    listed = [{"编号": r.id, "委托人": r.from_person, "受托人": r.to_person,
               "岗位": f"{r.office}{r.post}" if r.post else "全部岗位", "事项": r.procedure or "全部事项",
               "自": r.valid_from, "至": r.valid_to, "事由": r.reason,
               "状态": "已收回" if r.revoked_at else ""} for r in rows]  # fmt: skip
    if as_json:
        say(listed)
    else:
        show_table(
            f"离岗委托（{len(rows)}项）", list(listed[0]) if listed else ["编号"], [list(r.values()) for r in listed]
        )


MINE: Mapping[str, tuple[str, str]] = {
    "已办": ("done", "办理"), "我发起": ("started", "发起"), "抄送我": ("copied", "抄送"),
    "委派给我": ("asked", "委派"), "我委派": ("asking", "委派"),
}  # fmt: skip


@click.command()
@click.argument("name")
@click.argument("which", type=click.Choice(list(MINE)))
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="第几页")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def mine(name: str, which: str, page: int, as_json: bool) -> None:
    """NAME 的办件清单：已办、我发起、抄送我、委派给我、我委派。"""
    office = the_office()
    listing = _listing(MINE[which][0], person_id(office, name))
    with reading(office.records) as conn:
        count, rows = listing.count(conn), listing.page(conn, page)
        steps = {r.case_id: procedure_of(conn, r.procedure_sha256).step(r.case_step).title for r in rows}
    listed = [_row(r, steps[r.case_id]) for r in rows]
    if as_json:
        say({"count": count, "rows": listed})
    else:
        columns = list(listed[0]) if listed else ["办件"]
        show_table(f"{name}：{which}（{count}件）", columns, [list(r.values()) for r in listed])


def _listing(which: str, person: int) -> Listing:
    return {"done": handing.done_by, "started": handing.started_by, "copied": handing.copied_to,
            "asked": handing.asked_of, "asking": handing.asked_by}[which](person)  # fmt: skip


def _row(row: Any, step: str) -> dict[str, object]:
    found = row._mapping
    shown: dict[str, object] = {"办件": row.case_id, "编号": cases.case_number(row.year, row.case_id), "事项": row.title,
                                "状态": state_names(CaseLife)[row.status], "环节": step}  # fmt: skip
    if "verdict" in found:
        shown |= {
            "处理": Verdict(row.verdict).chinese,
            "意见": row.opinion,
            "代": row.acting_for,
            "时间": when_read(row.at),
        }
    if "sent_at" in found:
        shown |= {
            "抄送人": f"{row.office}{row.person}",
            "时间": when_read(row.sent_at),
            "已阅": "是" if row.read_at else "否",
        }
    if "made_task_id" in found:
        shown |= {"待办": row.made_task_id, "委派人": f"{row.office}{row.person}", "给": row.to_person, "问题": row.note,
                  "期限": row.due_on}  # fmt: skip
    return shown


COMMANDS = (hand_, delegate_, mine)
