"""Keeping it: backup, restore, upgrade."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cli.door import now, show_table
from config.settings import read_settings
from flows.backup import back_up
from flows.backup import restore as put_back
from flows.office import open_office
from flows.upgrading import Rehearsal, rehearse, upgrade_office
from records.engine import open_engine
from records.migrate import pending


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """备份数据库、文件库和日封印到 FOLDER，办理不必停。完成并核对后才出现。"""
    settings = read_settings(os.environ)
    made = back_up(open_office(settings).records, settings, folder, now())
    click.echo(f"已备份到{made.folder}：文件{made.files}个，在办办件{made.running}件，数据库版本{made.revision}。")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """把备份 FOLDER 恢复到空的数据库和文件夹，并逐项核对。中断后重新运行即可。"""
    done = put_back(folder, read_settings(os.environ))
    for fault in done.faults:
        click.echo(fault, err=True)
    click.echo(f"已恢复：文件{done.files}个，已签发文书{done.papers}份，{len(done.faults)}处不符。")
    if done.faults:
        sys.exit(2)


@click.command()
@click.option("--dry-run", is_flag=True, help="只演练：说明会做什么、在办办件能否继续，不改动数据")
def upgrade(dry_run: bool) -> None:
    """把数据库升级到本程序的版本。请先停止 bangfu serve 并备份。"""
    engine = open_engine(read_settings(os.environ).database_url)
    if not pending(engine):
        click.echo("数据库已是本程序的版本，不需要升级。")
        return
    done = rehearse(engine)
    _show(done)
    if done.faults or done.lost:
        click.echo("演练发现问题，没有升级。", err=True)
        sys.exit(2)
    if dry_run:
        click.echo("这是演练，数据没有改动。")
        return
    upgrade_office(engine)
    click.echo("已升级。")


def _show(done: Rehearsal) -> None:
    changed: list[list[object]] = [
        [name, done.before.get(name, 0), count]
        for name, count in done.after.items()
        if done.before.get(name, 0) != count
    ]
    if changed:
        show_table("行数有变化的表", ["表", "升级前", "升级后"], changed)
    for fault in (*done.faults, *(f"表{name}的行数减少。" for name in done.lost)):
        click.echo(fault, err=True)
    click.echo(f"需要的升级：{'、'.join(done.revisions)}。在办办件{done.running}件，演练后{len(done.faults)}处不符。")


COMMANDS = (backup, restore, upgrade)
