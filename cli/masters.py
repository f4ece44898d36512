"""Masters of papers: which way each is filled, trying a changed one, putting it into force."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.door import actor_of, new_file, now, say, show_table, the_office
from flows.masters import master_of, replace_master, restore_master
from flows.tasks import when_read
from records import masters
from records.engine import reading
from templates.master import WAYS
from templates.papers import PAPERS
from templates.trial import Trial, try_master

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("masters")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def masters_(as_json: bool) -> None:
    """列出各文种的母版：来源，以及按哪种方式成批印出。"""
    office = the_office()
    rows = []
    with reading(office.records) as conn:
        for code, paper in PAPERS.items():
            master, newest = master_of(conn, office, code), masters.in_force(conn, code)
            source = "本单位修改" if newest is not None and newest.file_key else "随程序提供"
            rows.append(
                {
                    "code": code,
                    "title": paper.title,
                    "source": source,
                    "way": WAYS[master.way],
                    "why": "；".join(master.why),
                }
            )
    if as_json:
        say(rows)
        return
    show_table("母版", ["代码", "文书", "来源", "方式", "原因"], [list(row.values()) for row in rows])


@click.command("try")
@click.argument("file", type=FILE)
@click.option("--code", required=True, help="文种代码，如 D-35")
def try_(file: Path, code: str) -> None:
    """试用修改过的母版：用一般、最少、最长和特殊内容各印一份，指出哪个填空写错或遗漏。"""
    trial = try_master(code, file.read_bytes())
    _show(trial)
    if not trial.fits:
        sys.exit(2)


def _show(trial: Trial) -> None:
    for fault in trial.faults:
        click.echo(f"须更正　{fault}", err=True)
    for note in trial.notes:
        click.echo(f"请留意　{note}")
    if trial.fits:
        click.echo(f"“{trial.title}”（{trial.code}）的母版可以使用，印制方式：{trial.way}。")
    else:
        click.echo(f"“{trial.title}”（{trial.code}）的母版有{len(trial.faults)}处须更正，不能使用。", err=True)


@click.group("master")
def master_() -> None:
    """更换、恢复母版，查看经过。"""


@master_.command("replace")
@click.argument("file", type=FILE)
@click.option("--code", required=True, help="文种代码，如 D-35")
@click.option("--by", required=True, help="经办人（系统管理员或区扶贫办经办人）")
@click.option("--reason", required=True, help="更换的理由")
@click.option("--office", "office_code", help="以哪个单位的岗位办理")
@click.option("--role", help="以哪个岗位办理")
def replace(file: Path, code: str, by: str, reason: str, office_code: str | None, role: str | None) -> None:
    """试用合格后启用修改过的母版；已签发的文书不变，此后起草的文书用新母版。"""
    office = the_office()
    _show(
        replace_master(
            office, code, file.read_bytes(), file.name, actor_of(office, by, office_code, role), now(), reason
        )
    )
    click.echo("已启用。")


@master_.command("restore")
@click.option("--code", required=True, help="文种代码，如 D-35")
@click.option("--by", required=True, help="经办人")
@click.option("--reason", required=True, help="恢复的理由")
@click.option("--office", "office_code", help="以哪个单位的岗位办理")
@click.option("--role", help="以哪个岗位办理")
def restore(code: str, by: str, reason: str, office_code: str | None, role: str | None) -> None:
    """恢复随程序提供的母版。"""
    office = the_office()
    restore_master(office, code, actor_of(office, by, office_code, role), now(), reason)
    click.echo("已恢复。")


@master_.command("history")
@click.option("--code", help="文种代码")
def history(code: str | None) -> None:
    """母版更换的经过。"""
    with reading(the_office().records) as conn:
        rows = masters.history(conn, code)
    show_table("母版更换", ["时间", "代码", "文件", "经办人", "岗位", "理由"],
               [[when_read(r.at), r.code, r.filename, r.person, r.post, r.reason] for r in rows])  # fmt: skip


@master_.command("export")
@click.option("--code", required=True, help="文种代码，如 D-35")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个.docx文件")
def export(code: str, out: Path) -> None:
    """取出现用的母版，在Word里修改。"""
    office = the_office()
    with reading(office.records) as conn:
        new_file(out).write_bytes(master_of(conn, office, code).docx)
    click.echo(f"已写入{out}")


COMMANDS = (masters_, try_, master_)
