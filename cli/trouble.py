"""What is not well, and having it tried again."""

from __future__ import annotations

import click

from cli.door import actor_of, now, say, scope_for, show_table, the_office
from flows.tasks import when_read
from flows.trouble import retry, settle
from flows.watching import duty_behind, troubles
from records.engine import reading


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
@click.pass_context
def trouble(ctx: click.Context, as_json: bool) -> None:
    """异常件：没有办成的应办事项、不通的发送渠道、无人的岗位等，以及怎样消除。"""
    if ctx.invoked_subcommand is not None:
        return
    with reading(the_office().records) as conn:
        found = troubles(conn)
    if as_json:
        say([{"id": t.id, "kind": t.kind, "name": t.name, "says": t.says, "office": t.office, "since": t.since,
              "mend": t.mend, "can_retry": t.can_retry} for t in found])  # fmt: skip
        return
    if not found:
        click.echo("没有异常件。")
        return
    rows: list[list[object]] = [[t.id, t.name, when_read(t.since), t.says, t.mend] for t in found]
    show_table(f"异常件（{len(rows)}件）", ["编号", "种类", "始于", "情况", "怎样消除"], rows)


@trouble.command("retry")
@click.argument("number", type=int, required=False)
@click.option("--all", "everything", is_flag=True, help="全部没有办成的应办事项")
@click.option("--by", "name", required=True, help="由谁要求重新办理（姓名、账号或编号）")
def trouble_retry(number: int | None, everything: bool, name: str) -> None:
    """重新办理编号为 NUMBER 的异常件；下次办理应办事项时再试。"""
    if (number is None) == (not everything):
        raise click.UsageError("请写一个编号，或用 --all。")
    office = the_office()
    by, scope = actor_of(office, name, None, None), scope_for(office, name)
    with reading(office.records) as conn:
        numbers = [t.id for t in troubles(conn) if t.can_retry] if number is None else [number]
        duties = [duty_behind(conn, n) for n in numbers]
    for duty in duties:
        retry(office, duty, by, scope, now())
    click.echo(f"已排入重新办理{len(duties)}件。")


@trouble.command("settle")
@click.argument("number", type=int)
@click.option("--by", "name", required=True, help="由谁办结（姓名、账号或编号）")
@click.option("--note", required=True, help="处理情况")
def trouble_settle(number: int, name: str, note: str) -> None:
    """写明处理情况，办结编号为 NUMBER 的异常件。原因仍在的，下次检查会重新列出。"""
    office = the_office()
    settle(office, number, note, actor_of(office, name, None, None), scope_for(office, name), now())
    click.echo(f"异常件{number}已办结。")
