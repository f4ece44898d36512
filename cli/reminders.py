"""Deadlines and messages: who is told what, what offices owe, one's inbox, how one wants to be told."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import click

from cli.door import (
    DAY,
    actor_of,
    day_from,
    evidence_of,
    field_of,
    now,
    person_id,
    say,
    scope_for,
    show_table,
    the_office,
)
from flows.drain import drain
from flows.messages import News, To, tell
from flows.obligations import Done, Owed, do_obligation, known_spec, set_obligation
from flows.office import Office
from flows.reminding import remind as remind_now
from flows.tasks import when_read
from flows.tonight import tonight
from flows.wishes import Wanted, set_wishes
from records import messages, obligations, views, wishes
from records.engine import reading, writing
from rules.days import BEIJING, day_of
from rules.quiet import Quiet
from states.not_allowed import FieldWrong


@click.command()
@click.option("--dry-run", is_flag=True, help="只列出将要提醒谁、提醒什么，不发送")
@click.option("--on", "on", type=DAY, help="按哪一天试算，默认明天（今晚零点后）；只用于试算")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def remind(dry_run: bool, on: datetime | None, as_json: bool) -> None:
    """期限提醒：每个单位每天至多一次，列出未办结事项，最急的在前。"""
    office, at = the_office(), now()
    if not dry_run:
        if on is not None:
            raise click.UsageError("--on 只能与 --dry-run 一起用。")
        with writing(office.records) as conn:
            count = remind_now(conn, office, at)
        done = drain(office, at, kinds=("remind", "send"))
        click.echo(f"有{count}件事项到了提醒的日子；已办提醒和发送{done.done}项。免打扰时段内的稍后发出。")
        return
    day = day_from(on) if on else day_of(at) + timedelta(days=1)
    told = tonight(office, datetime.combine(day, time(0, 5), BEIJING))
    if as_json:
        say([{"office": t.office_code, "name": t.office, "person": t.person, "channels": t.channels,
              "title": t.digest.title, "text": t.digest.text} for t in told])  # fmt: skip
        return
    if not told:
        click.echo(f"{day}没有要提醒的单位。")
        return
    rows: list[list[object]] = [
        [t.office, t.person, "、".join(("收件箱", *t.channels)), t.digest.title.removeprefix("期限提醒："),
         "\n".join(str(line) for line in t.digest.parts[0].lines[:5])]
        for t in told
    ]  # fmt: skip
    show_table(f"{day}将提醒{len({t.office_code for t in told})}个单位、{len(told)}人（未发送）",
               ["单位", "接收人", "方式", "内容", "最急的事项"], rows)  # fmt: skip


@click.group("obligations")
def obligations_() -> None:
    """责任事项：走访、报告、整改、分红、回访等到期须办、无须审批的事项。"""


@obligations_.command("list")
@click.option("--by", help="只看此人管辖范围内的")
@click.option("--office", "office_code", help="单位编码")
@click.option("--kind", help="种类，如 leader_visit、report_month、report_year、rectification、dividend、revisit")
@click.option("--band", type=click.Choice(["open", "overdue", "done", "all"]), default="open", show_default=True,
              help="未办、逾期、已办、全部")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def obligations_list(
    by: str | None, office_code: str | None, kind: str | None, band: obligations.Band, as_json: bool
) -> None:
    """列出责任事项，最急的在前。"""
    office, today = the_office(), day_of(now())
    scope = scope_for(office, by)
    with reading(office.records) as conn:
        own = [post.office_code for post in views.posts_of(conn, person_id(office, by), today)] if by else []
        found = obligations.listing(scope, today, obligations.Wanted(band, kind, office_code), own)
        count, rows = found.count(conn), found.page(conn, 1, 200)
    if as_json:
        say([{"id": r.id, "kind": r.kind, "title": r.title, "office": r.office, "person": r.person, "due_on": r.due_on,
              "done_on": r.done_on, "lapsed_on": r.lapsed_on, "evidence": r.evidence} for r in rows])  # fmt: skip
        return
    shown: list[list[object]] = [
        [
            r.id,
            r.title,
            r.office,
            r.person,
            r.due_on,
            _state(office.calendar.working_days_late(r.due_on, today), r, today),
        ]
        for r in rows
    ]
    more = f"，只列前{len(rows)}件" if count > len(rows) else ""
    show_table(f"责任事项（{count}件{more}）", ["编号", "事项", "单位", "责任人", "期限", "情况"], shown)


def _state(late: int, row: object, today: object) -> str:
    done_on, lapsed_on, due_on = (getattr(row, name) for name in ("done_on", "lapsed_on", "due_on"))
    if done_on is not None:
        return f"{done_on}办结"
    if lapsed_on is not None:
        return "不再需要"
    if due_on < today:
        return f"逾期{late}个工作日" if late else "逾期"
    return "未办"


@obligations_.command("do")
@click.argument("number", type=int)
@click.option("--by", required=True, help="登记人的姓名或编号，须是该单位的人员")
@click.option("--on", "on", type=DAY, required=True, help="办理日期")
@click.option("--evidence", multiple=True, metavar="种类=文件", help="佐证材料，如 走访照片=photo.jpg")
@click.option(
    "--field", "fields", multiple=True, metavar="栏目=值", help="须填的栏目；值可用JSON；用 obligations show 查看"
)
def obligations_do(number: int, by: str, on: datetime, evidence: tuple[str, ...], fields: tuple[str, ...]) -> None:
    """登记编号为 NUMBER 的责任事项已经办结，附佐证材料。"""
    office = the_office()
    person, at = person_id(office, by), now()
    with reading(office.records) as conn:
        row = obligations.one(conn, number)
        held = {post.office_code for post in views.posts_of(conn, person, day_of(at))}
    there = row.office_code if row is not None and row.office_code in held else None  # else it is refused by name
    actor = actor_of(office, by, there, None)
    given = tuple(evidence_of(office, e) for e in evidence)
    do_obligation(office, Done(number, actor, day_from(on), dict(field_of(f) for f in fields), given), at)
    click.echo(f"责任事项{number}已登记办结，不再提醒。")


@obligations_.command("show")
@click.argument("kind")
def obligations_show(kind: str) -> None:
    """某一种责任事项办结时须填的栏目和须附的佐证。"""
    spec = known_spec(the_office(), kind)
    rows: list[list[object]] = [[a.key, a.title, a.kind, "必填" if a.required else "可不填"] for a in spec.asks]
    show_table(spec.title, ["栏目", "名称", "类型", "要求"], rows)
    click.echo(f"佐证材料：{'、'.join(spec.evidence or ('佐证材料',))}")


@obligations_.command("add")
@click.argument("kind")
@click.option("--office", "office_code", required=True, help="由哪个单位办理（编码）")
@click.option("--title", required=True, help="事项")
@click.option("--due", type=DAY, required=True, help="期限")
@click.option("--by", required=True, help="由谁布置：本单位或直接上级单位的人员")
def obligations_add(kind: str, office_code: str, title: str, due: datetime, by: str) -> None:
    """布置一件责任事项（如 rectification、dividend）；只能布置给本单位或直接下级单位。"""
    office = the_office()
    made = set_obligation(
        office, Owed(kind, office_code, title, day_from(due), actor_of(office, by, None, None)), now()
    )
    click.echo(f"已布置，编号{made}。")


@click.command()
@click.argument("name")
@click.option("--unread", is_flag=True, help="只看未读")
@click.option("--read", "mark", is_flag=True, help="看过后全部标为已读")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def inbox(name: str, unread: bool, mark: bool, as_json: bool) -> None:
    """NAME 的收件箱，最新的在前。"""
    office = the_office()
    person = person_id(office, name)
    with reading(office.records) as conn:
        rows, left = messages.inbox(conn, person, unread), messages.count_unread(conn, person)
    if as_json:
        say(
            [
                {"id": r.id, "kind": r.kind, "title": r.title, "body": r.body, "at": r.at, "read_at": r.read_at}
                for r in rows
            ]
        )
    else:
        shown: list[list[object]] = [
            [r.id, when_read(r.at), "" if r.read_at else "未读", r.title, r.body] for r in rows
        ]
        show_table(f"收件箱（未读{left}件）", ["编号", "时间", "", "标题", "内容"], shown)
    if mark:
        with writing(office.records) as conn:
            messages.mark_all_read(conn, person, now())


@click.command("wishes")
@click.argument("name")
@click.option("--office", "office_code", help="设置单位的（须是本单位负责人或系统管理员），不写则设置本人的")
@click.option("--channels", help="邮件email、短信sms、企业微信群wecom（只限单位），用逗号分开；空为只用收件箱")
@click.option("--quiet", help="免打扰时段，如 21:00-08:00；none为不设")
@click.option("--new-tasks", type=click.Choice(sorted(wishes.NEW_TASKS)), default="digest", show_default=True,
              help="新待办：digest随每日提醒、at_once立即、never不提示")  # fmt: skip
@click.option("--email", help="邮件地址")
@click.option("--mobile", help="手机号码")
@click.option("--test", is_flag=True, help="按现在的设置给 NAME 发一条测试消息")
def wishes_(name: str, office_code: str | None, channels: str | None, quiet: str | None, new_tasks: str,
            email: str | None, mobile: str | None, test: bool) -> None:  # fmt: skip
    """查看或设置 NAME 本人或其单位怎样接收消息。收件箱总会收到。"""
    office = the_office()
    if test:
        _send_test(office, name)
        return
    if channels is None:
        if quiet or email or mobile or new_tasks != "digest":
            raise FieldWrong(
                field="--channels", why="设置时须写明全部接收方式，如 --channels email；只用收件箱写 --channels ''。"
            )
        _show_wishes(name, office_code)
        return
    picked = tuple(c.strip() for c in channels.split(",") if c.strip())
    hours = _quiet(quiet) if quiet is not None else office.pack.quiet_hours()
    actor = actor_of(office, name, None, None)
    set_wishes(office, actor, office_code, Wanted(picked, hours, new_tasks, email, mobile), now())
    click.echo("已设置，即时生效。")


def _show_wishes(name: str, office_code: str | None) -> None:
    office = the_office()
    person = None if office_code else person_id(office, name)
    with reading(office.records) as conn:
        found = wishes.wishes_of(conn, person, office_code, office.pack.quiet_hours())
    names = "、".join(("收件箱", *(wishes.CHANNELS[c] for c in found.channels)))
    hours = f"{found.quiet.start:%H:%M}至{found.quiet.end:%H:%M}" if found.quiet else "不设"
    reached = "、".join(filter(None, (found.email, found.mobile))) or "未填"
    click.echo(f"方式：{names}；免打扰：{hours}；新待办：{wishes.NEW_TASKS[found.new_tasks]}；地址：{reached}")


def _send_test(office: Office, name: str) -> None:
    """A message of one's own, by every channel that is set; what fails is said at once."""
    person, at = person_id(office, name), now()
    text = {"title": "测试消息", "text": "这是一条测试消息，收到说明该渠道设置正确。"}
    with writing(office.records) as conn:
        tell(conn, News("notice", f"test:{person}:{at:%Y%m%d%H%M%S}", (To(person_id=person),), text), at)
    told = drain(office, at, kinds=("tell",))
    sent = drain(office, at, kinds=("send",))
    failed = f"，{sent.put_back}条没有发出，见 bangfu trouble" if sent.put_back else ""
    click.echo(f"收件箱{told.done}条，其他渠道发出{sent.done}条{failed}。免打扰时段内的稍后发出。")


def _quiet(text: str) -> Quiet | None:
    if text == "none":
        return None
    try:
        start, end = text.split("-")
        return Quiet.of(start.strip(), end.strip())
    except ValueError as no:
        raise FieldWrong(field="--quiet", why="应写成“21:00-08:00”，或none。") from no


COMMANDS = (remind, obligations_, inbox, wishes_)
