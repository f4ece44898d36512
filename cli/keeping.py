"""Keeping it: what the system owes, what is not well, the ledger, the example district."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cli.door import bar, console, now, say
from config.settings import read_settings
from demo.report import screen
from demo.story import STEPS, tell
from flows.drain import drain
from flows.keeping import export_seals
from flows.office import open_office
from flows.tick import tick
from records import verification
from records.engine import reading


@click.command("work")
def work() -> None:
    """办理系统应办事项（起草文书、打印表格、按线索立案），并检查期限、封印台账。"""
    settings, at = read_settings(os.environ), now()
    office = open_office(settings)
    tick(office, at, routines=True)
    done = drain(office, at)
    export_seals(office.records, settings.seals_dir)
    click.echo(f"已办{done.done}项，{done.put_back}项未成、稍后再试。")


@click.command("verify-ledger")
@click.option("--seals", type=click.Path(exists=True, file_okay=False, path_type=Path), help="导出的日封印所在文件夹")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def verify_ledger(seals: Path | None, as_json: bool) -> None:
    """核对台账：任何被改写、删除的行都会列出；与库外的日封印核对才能发现整体重算。"""
    settings = read_settings(os.environ)
    folder = seals or settings.seals_dir
    exported = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.json"))] if folder.is_dir() else []
    with reading(open_office(settings).records) as conn:
        faults = verification.verify(conn, exported)
    if as_json:
        say({"ok": not faults, "seals": len(exported), "faults": [{"where": f.where, "says": f.says} for f in faults]})
    else:
        for fault in faults:
            click.echo(fault.says, err=True)
        note = (
            ""
            if exported
            else "没有库外日封印可供核对：能改数据库的人可以重算整条链而不被发现，请定期把日封印存到别处。"
        )
        click.echo(f"台账{'完好' if not faults else f'有{len(faults)}处不符'}，核对日封印{len(exported)}份。{note}")
    if faults:
        sys.exit(2)


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo-out",
    show_default=True,
    help="结果文件夹（会清空）",
)
@click.option("--papers", "which", type=click.Choice(["issued", "all"]), default="issued", show_default=True,
              help="all：连同每户的手签表格，按社区打包")  # fmt: skip
@click.option("--database-url", help="默认用结果文件夹中的SQLite；可指定空的PostgreSQL库")
@click.option("--json", "as_json", is_flag=True, help="只输出汇总JSON")
def demo(out: Path, which: str, database_url: str | None, as_json: bool) -> None:
    """示例区的三年：638户1593人，从登记到退出、回访和返贫。"""
    with bar(STEPS, as_json) as told:
        summary = tell(out, database_url, which == "all", told)
    if as_json:
        say(summary)
    else:
        screen(console, summary, out)
