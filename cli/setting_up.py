"""Setting an office up: tables, people and posts, the policy pack."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from cli.door import DAY, day_from, now, say, show_table, the_office
from config.pack import read_pack
from config.settings import read_settings
from flows.appoint import appoint
from flows.setup import set_up
from records import offices
from records.engine import open_engine, reading


@click.command()
@click.option("--district", default="haojiang", show_default=True, help="随程序提供的区划和单位名单")
@click.option("--since", type=DAY, default="2015-01-01", show_default=True, help="区划和单位的生效日期")
def init(district: str, since: datetime) -> None:
    """建立数据库：表、日历、政策包、区划、单位和岗位。重复运行不改变已有内容。"""
    settings = read_settings(os.environ)
    path = settings.database_url.removeprefix("sqlite:///")
    if path != settings.database_url:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    set_up(engine, [settings.pack, *settings.extra_packs], district, now(), day_from(since))
    click.echo(
        f"已建立：{path if path != settings.database_url else 'PostgreSQL'}。下一步：bangfu person appoint 任命人员。"
    )


@click.group()
def person() -> None:
    """人员与岗位。"""


@person.command("appoint")
@click.argument("name")
@click.argument("office_code")
@click.argument("role", type=click.Choice(sorted(offices.ROLE_TITLES)), metavar="ROLE")
@click.option("--since", type=DAY, required=True, help="任职起始日期")
def person_appoint(name: str, office_code: str, role: str, since: datetime) -> None:
    """任命 NAME 担任 OFFICE_CODE 单位的 ROLE 岗位。"""
    actor = appoint(the_office(), name, office_code, role, day_from(since), now())
    click.echo(f"已任命{name}（人员编号{actor.person_id}）为{offices.ROLE_TITLES[role]}。")


@person.command("offices")
@click.option("--level", default="street", show_default=True, help="community、street、district、group、helper")
def person_offices(level: str) -> None:
    """列出单位及其编码。"""
    with reading(the_office().records) as conn:
        rows = offices.offices_of(conn, level)
    show_table("单位", ["编码", "名称", "区划"], [[r.code, r.name, r.area_code] for r in rows])


@click.group()
def policy() -> None:
    """政策包。"""


@policy.command("check")
@click.argument("pack")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def policy_check(pack: str, as_json: bool) -> None:
    """检查政策包：名称或文件路径。有错误时逐条说明，退出码为2。"""
    read = read_pack(pack)
    rows = [[e.key, e.label, e.value, e.unit, e.clause or e.source, e.status] for e in read.entries.values()]
    if as_json:
        say([dict(zip(("key", "label", "value", "unit", "from", "status"), r, strict=True)) for r in rows])
        return
    counts = {s: sum(r[5] == s for r in rows) for s in ("CONFIRMED", "DEFAULT", "UNSET")}
    show_table(read.title, ["参数", "名称", "数值", "单位", "条款或来源", "状态"], rows)
    click.echo(
        f"政策包{read.id}没有错误：{counts['CONFIRMED']}项已确认，{counts['DEFAULT']}项为默认，{counts['UNSET']}项未设。"
    )
