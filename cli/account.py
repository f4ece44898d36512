"""Accounts of the workspace: the first administrator is made here, and a forgotten password gets a new link."""

from __future__ import annotations

from datetime import timedelta

import click

from cli.door import actor_of, now, person_id, show_table, the_office
from flows.accounts import LINK_LASTS, close_account, invite
from flows.tasks import when_read
from flows.tokens import SCOPES, make_token
from records import accounts
from records.engine import reading
from records.offices import ROLE_TITLES
from states.not_allowed import NoSuch


@click.group()
def account() -> None:
    """工作台的账号。"""


@account.command("invite")
@click.argument("name")
@click.argument("login")
def account_invite(name: str, login: str) -> None:
    """给 NAME 开通登录名为 LOGIN 的账号，或给已有账号一个新的一次性链接。"""
    office = the_office()
    token = invite(office, person_id(office, name), login, now(), "命令行")
    click.echo(f"{name}的一次性链接（{LINK_LASTS.days}天内有效，只能用一次）：/welcome/{token}")


@account.command("list")
def account_list() -> None:
    """列出账号。"""
    with reading(the_office().records) as conn:
        rows = accounts.all_accounts(conn)
    show_table("账号", ["登录名", "姓名", "密码", "动态码", "状态"], [
        [r.login, r.name, "已设" if r.password_hash else "未设", "已开" if r.totp_secret else "",
         "已关闭" if r.closed_at else f"暂停至{when_read(r.locked_until)}" if r.locked_until else "正常"] for r in rows
    ])  # fmt: skip


@account.command("close")
@click.argument("login")
def account_close(login: str) -> None:
    """关闭账号：不能再登录，已办理的事项不变。"""
    office = the_office()
    with reading(office.records) as conn:
        found = accounts.account_by_login(conn, login)
    if found is None:
        raise NoSuch(what="账号", key=login)
    close_account(office, found.id, "命令行", now())
    click.echo(f"已关闭账号{login}。")


@account.command("token")
@click.argument("login")
@click.argument("name")
@click.option("--office", "office_code", help="任多个岗位时写明单位")
@click.option("--role", help="任多个岗位时写明岗位")
@click.option(
    "--may", multiple=True, type=click.Choice(sorted(SCOPES)), default=("read",), show_default=True, help="权限"
)
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="有效天数")
def account_token(login: str, name: str, office_code: str | None, role: str | None, may: tuple[str, ...], days: int
                  ) -> None:  # fmt: skip
    """给账号 LOGIN 生成用途为 NAME 的程序令牌，只显示这一次。"""
    office = the_office()
    with reading(office.records) as conn:
        found = accounts.account_by_login(conn, login)
    if found is None:
        raise NoSuch(what="账号", key=login)
    by = actor_of(office, str(found.person_id), office_code, role)
    click.echo(make_token(office, found.id, by, name, may, timedelta(days=days), now()))


@account.command("tokens")
@click.argument("login")
def account_tokens(login: str) -> None:
    """列出账号 LOGIN 有效的程序令牌。"""
    with reading(the_office().records) as conn:
        found = accounts.account_by_login(conn, login)
        rows = accounts.tokens_of(conn, found.id, now()) if found is not None else []
    if found is None:
        raise NoSuch(what="账号", key=login)
    show_table("程序令牌", ["编号", "用途", "权限", "单位", "岗位", "有效期至"], [
        [r.id, r.name, "、".join(SCOPES[m] for m in r.may), r.office_code, ROLE_TITLES.get(r.role, r.role),
         when_read(r.ends_at)] for r in rows
    ])  # fmt: skip
