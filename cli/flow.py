"""Flows from the command line, without Prefect; and what the nightly check found."""

from __future__ import annotations

import json
from typing import Any

import click

from cli.door import now, say, scope_for, show_table, the_office
from flows.tasks import when_read
from flows.unattended import FLOWS, run_flow
from records import doubts, duties
from records.engine import reading
from states.not_allowed import AskedWrongly


@click.group()
def flow() -> None:
    """流程：系统自行办理的工作，也可以手工运行。"""


@flow.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出JSON（含参数的schema）")
def flow_list(as_json: bool) -> None:
    """列出流程、何时运行、有哪些参数。"""
    if as_json:
        say([{"name": f.key, "title": f.title, "when": f.says_when, "parameters": f.asked.model_json_schema()}
             for f in FLOWS.values()])  # fmt: skip
        return
    rows: list[list[object]] = [
        [f.key, f.title, f.says_when, "、".join(_described(f.asked.model_json_schema()))] for f in FLOWS.values()
    ]
    show_table("流程", ["名称", "内容", "何时", "参数"], rows)


def _described(schema: dict[str, Any]) -> list[str]:
    return [f"{name}（{of.get('title', name)}）" for name, of in schema.get("properties", {}).items()]


@flow.command("run")
@click.argument("name")
@click.option("--set", "given", multiple=True, metavar="参数=值", help="参数，可多次给出；列表写成JSON")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def flow_run(name: str, given: tuple[str, ...], as_json: bool) -> None:
    """立即运行一个流程。例：bangfu flow run monthly-reports --set year=2017 --set month=5"""
    report = run_flow(the_office(), name, dict(_pair(name, text) for text in given), now())
    if as_json:
        say(report.as_json())
        return
    if report.rows:
        show_table(FLOWS[name].title, list(report.columns), [list(row) for row in report.rows])
    click.echo(report.says)


def _pair(name: str, text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    if not equals:
        raise AskedWrongly(flow=name, names=text)
    try:
        return key, json.loads(value)
    except ValueError:
        return key, value


@flow.command("log")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 1000), help="最多列出几次")
def flow_log(limit: int) -> None:
    """最近的例行工作：何时应办、何时办成、结果。"""
    with reading(the_office().records) as conn:
        rows: list[list[object]] = [
            [row.payload["title"], when_read(row.owed_since), when_read(row.done_at) if row.done_at else "未办",
             (row.report or {}).get("says") or row.last_error] for row in duties.routines_done(conn, limit)
        ]  # fmt: skip
    show_table("例行工作", ["工作", "应办", "办成", "结果"], rows)


@click.command("doubts")
@click.option("--by", help="以谁的管辖范围查看")
@click.option("--errors", is_flag=True, help="只看错误类")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 100_000), help="最多列出几条")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def doubts_(by: str | None, errors: bool, limit: int, as_json: bool) -> None:
    """疑点：每夜数据核查发现、尚未消除的问题。"""
    office = the_office()
    scope = scope_for(office, by)
    with reading(office.records) as conn:
        rows = doubts.open_doubts(conn, scope, "error" if errors else None, limit)
    if as_json:
        say([{"rule": r.rule, "severity": r.severity, "subject": r.subject, "column": r.column, "says": r.says,
              "found_on": r.found_on} for r in rows])  # fmt: skip
        return
    shown: list[list[object]] = [[r.rule, r.subject, r.says, r.found_on] for r in rows]
    show_table(f"疑点（{len(rows)}条）", ["规则", "户或人编号", "问题", "发现日"], shown)


COMMANDS = (flow, doubts_)
