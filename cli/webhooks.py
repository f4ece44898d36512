"""Webhooks: having programs told of what happened."""

from __future__ import annotations

import click

from cli.door import now, say, show_table, the_office
from flows.tasks import when_read
from flows.webhooks import EVENTS, send_test, subscribe, subscriptions, unsubscribe
from records.engine import reading


@click.group()
def webhook() -> None:
    """推送订阅：立案、意见、文书、公示等发生时，用签名的请求告诉其他系统的程序。"""


@webhook.command("add")
@click.argument("token", type=int)
@click.argument("url")
@click.option("--event", "events", multiple=True, type=click.Choice(list(EVENTS)), help="推送哪些事项，默认全部")
def webhook_add(token: int, url: str, events: tuple[str, ...]) -> None:
    """按编号为 TOKEN 的令牌（bangfu account tokens）的查阅范围，把事项推送到 URL。"""
    made = subscribe(the_office(), token, url, events or tuple(EVENTS), now())
    click.echo(f"推送订阅{made.id}已设立。签名密钥只显示这一次：{made.secret}")


@webhook.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def webhook_list(as_json: bool) -> None:
    """列出推送订阅。"""
    with reading(the_office().records) as conn:
        listed = subscriptions(conn, now())
    if as_json:
        say([{"id": s.row.id, "url": s.row.url, "events": s.row.events, "office": s.row.office_code, "role": s.row.role,
              "login": s.row.login, "state": s.state, "waiting": s.waiting, "failed": s.failed, "told_at": s.row.told_at}
             for s in listed])  # fmt: skip
        return
    show_table("推送订阅", ["编号", "接收地址", "事项", "按谁的范围", "情况", "待推送", "未推成", "最近推送"], [
        [s.row.id, s.row.url, "、".join(EVENTS[e] for e in s.row.events), f"{s.row.office}（{s.row.login}）", s.state,
         s.waiting, s.failed, when_read(s.row.told_at) if s.row.told_at else ""] for s in listed
    ])  # fmt: skip


@webhook.command("test")
@click.argument("number", type=int)
def webhook_test(number: int) -> None:
    """现在向编号为 NUMBER 的订阅试发一次。"""
    send_test(the_office(), number, now())
    click.echo("接收方已收到。")


@webhook.command("end")
@click.argument("number", type=int)
def webhook_end(number: int) -> None:
    """停用编号为 NUMBER 的订阅；还没有推送的不再推送。"""
    unsubscribe(the_office(), number, now())
    click.echo(f"推送订阅{number}已停用。")
