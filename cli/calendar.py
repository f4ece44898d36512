"""The calendar: what is known of a year, entering an announced year, correcting a day of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from cli.door import DAY, actor_of, day_from, now, say, show_table, the_office
from flows.administration import Admin, announce_year, change_day
from flows.year_days import WEEK, Day, days_in_file
from records import calendar as kept
from records.engine import reading
from rules.days import ONE_DAY, Calendar
from states.not_allowed import AnnouncedAlready


@click.group("calendar")
def calendar_() -> None:
    """年历：法定节假日和调休。"""


@calendar_.command("show")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def calendar_show(year: int, as_json: bool) -> None:
    """YEAR 年是否已公布，放假和调休的日子。"""
    with reading(the_office().records) as conn:
        announced, rows = kept.is_announced(conn, year), kept.days_in_force(conn, year)
    if as_json:
        say({"year": year, "announced": announced,
             "days": [{"day": d, "is_open": o, "name": n} for d, o, n in rows]})  # fmt: skip
    elif not announced:
        click.echo(f"{year}年的放假安排尚未录入，期限按周一至周五暂定。")
    else:
        _show(year, rows)


@calendar_.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="年度")
@click.option("--source", required=True, help="文件依据，例如国务院办公厅通知的文号")
@click.option("--by", "name", required=True, help="由谁录入（姓名、账号或编号），须任系统管理岗位")
@click.option("--office", "office_code", help="单位编码（任多个岗位时）")
@click.option("--role", help="岗位（任多个岗位时）")
@click.option("--dry-run", is_flag=True, help="只核对和显示，不录入")
def calendar_import(
    file: Path, year: int, source: str, name: str, office_code: str | None, role: str | None, dry_run: bool
) -> None:
    """录入 FILE 所列的放假和调休。每行写“2027-02-06 休 春节”，上班写“班”，连续几天写“2027-02-05至2027-02-11 休 春节”；
    也可以是同样三栏的CSV，或TOML（[[day]] name、is_open、days）。"""
    office = the_office()
    by = actor_of(office, name, office_code, role)
    days = days_in_file(file.read_bytes(), file.name, year)
    _show(year, days)
    if dry_run:
        with reading(office.records) as conn:
            if kept.is_announced(conn, year):
                raise AnnouncedAlready(year=year)
        click.echo("以上没有录入。去掉 --dry-run 即录入。")
        return
    count = announce_year(office, year, source, days, Admin(by, now()))
    click.echo(f"已录入{year}年{count}日。已存的期限不变，今后起算的期限不再暂定。")


@calendar_.command("change")
@click.argument("day", type=DAY)
@click.argument("what", type=click.Choice(["休", "班"]))
@click.argument("called")
@click.option("--source", required=True, help="依据")
@click.option("--by", "name", required=True, help="由谁更改（姓名、账号或编号），须任系统管理岗位")
def calendar_change(day: datetime, what: str, called: str, source: str, name: str) -> None:
    """更正已公布年度的一天：DAY 为休息（休）或上班（班），名称为 CALLED。原来的记录保留。"""
    office = the_office()
    change_day(office, day_from(day), what == "班", called, source, Admin(actor_of(office, name, None, None), now()))
    click.echo(f"已更正{day_from(day)}。已存的期限不变。")


def _show(year: int, days: list[Day]) -> None:
    rows: list[list[object]] = [
        [day, f"周{WEEK[day.weekday()]}", "班" if is_open else "休", name] for day, is_open, name in days
    ]
    show_table(f"{year}年放假和调休", ["日期", "星期", "休/班", "名称"], rows)
    click.echo(f"全年工作日{_working(year, days)}天。")


def _working(year: int, days: list[Day]) -> int:
    known = Calendar({day: is_open for day, is_open, _ in days}, frozenset({year}))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return sum(known.is_open(first + n * ONE_DAY) for n in range((last - first).days + 1))
