"""Responsibility agreements: drafting and splitting, issuing, signing, supplements, reports, assessment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from cli.agreement_show import agreement_id, as_reader, evidence_of, readable, show_one, table_of
from cli.door import DAY, actor_of, bar, day_from, new_file, now, say, show_table, the_office
from flows.agreements import KINDS, Wanted, draft_year, issue_all, order_issue
from flows.agreements.book import read_split, write_split
from flows.agreements.signing import Place, Scan, Signed, sign_by_account, sign_by_scan, sign_many
from flows.agreements.targets import Split, split_targets
from flows.office import Office
from records import agreement_views
from records.agreement_views import Wish
from records.cases import person_name
from records.engine import reading
from rules.days import day_of
from states.agreement import AgreementLife
from states.not_allowed import FieldMissing
from states.table import state_names

BY = click.option("--by", required=True, help="办理人的姓名或编号")
JSON = click.option("--json", "as_json", is_flag=True, help="输出JSON")
KIND = click.option("--kind", "codes", multiple=True, type=click.Choice(list(KINDS)),
                    help="D-20 区与街道、D-21 街道与社区、D-22 区与单位、D-22A 单位与责任人、D-19 三方协议")  # fmt: skip
OFFICE = click.option("--office", "office_code", help="以哪个单位的岗位办理（任多个岗位时）")
ROLE = click.option("--role", help="以哪个岗位办理（任多个岗位时）")
STATUSES = {name: value for value, name in state_names(AgreementLife).items()}


@click.group("agreements")
def agreements_() -> None:
    """责任书：分解目标、印发、签订、补充、年中报告和考核。"""


@agreements_.command("issue")
@click.option("--year", type=int, required=True, help="年度")
@KIND
@BY
@JSON
def issue(year: int, codes: tuple[str, ...], by: str, as_json: bool) -> None:
    """印发一年的责任书：缺的先拟订并分解目标，再逐份编号、生成Word文件。中断后再运行，接着办完，编号不重不漏。"""
    office, at = the_office(), now()
    actor = actor_of(office, by, None, None)
    ids = order_issue(office, Wanted(year, actor, at), codes)
    with reading(office.records) as conn:
        person = person_name(conn, actor.person_id) or by
    done = 0
    with bar(len(ids), as_json) as told:

        def step(count: int) -> None:
            for _ in range(count):
                told(f"{year}年责任书")

        done = issue_all(office, ids, at, person, step)
    if as_json:
        say({"year": year, "issued": done, "agreements": _counts(office, year)})
        return
    click.echo(f"已印发{year}年责任书{done}份，文件在文件库的 agreements/{year}。")


def _counts(office: Office, year: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with reading(office.records) as conn:
        for row in agreement_views.counts(conn, agreement_views.ALL, year):
            found.setdefault(row.code, {})[row.status] = row.how_many
    return found


@agreements_.command("split")
@click.option("--year", type=int, required=True, help="年度")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="把现在的分解写成Excel工作簿，修改后再读入"
)
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="读入修改过的工作簿；上下级合计不符的整份退回并说明差额")  # fmt: skip
@BY
@JSON
def split(year: int, out: Path | None, source: Path | None, by: str, as_json: bool) -> None:
    """分解目标：先按登记簿逐级分解，可导出修改。各级合计须与上级目标一致。"""
    office, at = the_office(), now()
    actor = actor_of(office, by, None, None)
    if source is not None:
        changed = split_targets(office, Split(read_split(office, year, source.read_bytes()), actor, at))
        say({"changed": changed}) if as_json else click.echo(f"已调整{changed}份责任书的目标。")
        return
    drafted = draft_year(office, Wanted(year, actor, at))
    if out is not None:
        new_file(out).write_bytes(write_split(office, year, as_reader(office, by)))
    if as_json:
        say({"drafted": drafted, "agreements": _counts(office, year)})
        return
    for code, count in drafted.items():
        click.echo(f"已拟订{KINDS[code].title}{count}份。")
    click.echo(f"分解表已写入{out}。" if out else "目标已逐级分解；用 --out 导出分解表。")


@agreements_.command("list")
@click.option("--year", type=int, help="年度")
@KIND
@click.option("--status", "statuses", multiple=True, type=click.Choice(sorted(STATUSES)), help="状态")
@click.option("--unsigned", is_flag=True, help="只列还有人没有签的")
@click.option("--with-office", help="以该单位为一方的（单位编码）")
@click.option("--by", help="只看此人管辖范围内和以其单位为一方的")
@click.option("--limit", type=int, default=200, show_default=True, help="最多列出")
@JSON
def list_(year: int | None, codes: tuple[str, ...], statuses: tuple[str, ...], unsigned: bool, with_office: str | None,
          by: str | None, limit: int, as_json: bool) -> None:  # fmt: skip
    """列出责任书：编号、状态、还差谁签。"""
    office = the_office()
    wish = Wish(year, codes, [STATUSES[s] for s in statuses], with_office, unsigned)
    with reading(office.records) as conn:
        found = agreement_views.listing(as_reader(office, by), wish)
        total, rows = found.count(conn), found.page(conn, 1, limit)
        waiting = agreement_views.not_signed(conn, [row.id for row in rows])
    if as_json:
        say({"count": total, "agreements": [readable(row, waiting.get(row.id, ())) for row in rows]})
        return
    columns, listed = table_of(rows, waiting)
    show_table(f"责任书（{total}份{f'，列出{len(rows)}份' if len(rows) < total else ''}）", columns, listed)


@agreements_.command("show")
@click.argument("which")
@click.option("--by", help="查看人；管辖范围以外的不能查看")
@JSON
def show(which: str, by: str | None, as_json: bool) -> None:
    """一份责任书（编号或协议编号）：签订情况、目标与结果、补充协议、年中报告和考核。"""
    office = the_office()
    show_one(office, agreement_id(office, which), as_reader(office, by), as_json, now())


@agreements_.command("sign")
@click.argument("which", nargs=-1)
@BY
@click.option("--all-mine", is_flag=True, help="签订等待本人签字的全部责任书")
@click.option(
    "--as",
    "capacities",
    multiple=True,
    help="以什么身份签，如 党工委书记；一个岗位有几个身份和录入签字件时必填；一份签字件有几方签字的，与 --name 逐一对应写几次",
)
@click.option("--scan", "scans", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="签字件扫描；--by 为录入人")  # fmt: skip
@click.option("--name", "names", multiple=True, help="在纸上签字的人（录入签字件时），与 --as 逐一对应")
@click.option("--on", "signed_on", type=DAY, help="签字日期（录入签字件时），默认今日")
@OFFICE
@ROLE
@JSON
def sign(which: tuple[str, ...], by: str, all_mine: bool, capacities: tuple[str, ...], scans: tuple[Path, ...],
         names: tuple[str, ...], signed_on: datetime | None, office_code: str | None, role: str | None, as_json: bool
         ) -> None:  # fmt: skip
    """签订责任书或补充协议（写编号）：本人以账号确认，或录入签字扫描件（--scan --name --as）。"""
    office, at = the_office(), now()
    actor = actor_of(office, by, office_code, role)
    ids = [agreement_id(office, w) for w in which]
    number = which[0] if len(which) == 1 and "补" in which[0] else None
    capacity = capacities[0] if capacities else None
    if all_mine:
        with reading(office.records) as conn:
            waiting = agreement_views.waiting_for(conn, actor.person_id, day_of(at))
        ids += [r.id for r in waiting if (r.office_code, r.role) == (actor.office_code, actor.role)
                and capacity in (None, r.capacity)]  # fmt: skip
        ids = list(dict.fromkeys(ids))
    if scans or names:
        if not names or len(names) != len(set(capacities)) or len(ids) != 1:
            raise FieldMissing(step="录入签字件", fields="一份责任书，逐一对应的 --name（签字人）和 --as（身份）")
        day = day_from(signed_on) if signed_on else day_of(at)
        scan = Scan(dict(zip(capacities, names, strict=True)), evidence_of(office, scans, "签字件"), day, number)
        _signed([sign_by_scan(office, ids[0], scan, actor, at)], {}, as_json)
    elif len(ids) == 1 and (capacity or number):
        _signed([sign_by_account(office, ids[0], actor, at, Place(capacity, number))], {}, as_json)
    else:
        _signed(*sign_many(office, ids, actor, at, Place(capacity)), as_json)


def _signed(signed: Sequence[Signed], stays: dict[int, str], as_json: bool) -> None:
    names = state_names(AgreementLife)
    if as_json:
        listed = [{"agreement": s.agreement_id, "capacity": s.capacity, "status": s.status,
                   "waits_for": list(s.waits_for)} for s in signed]  # fmt: skip
        say({"signed": listed, "refused": {str(k): v for k, v in stays.items()}})
    else:
        for s in signed:
            rest = f"，还差：{'、'.join(s.waits_for)}" if s.waits_for else ""
            click.echo(f"已签订 {s.agreement_id}（{s.capacity}），现为“{names[s.status]}”{rest}。")
        for key, why in stays.items():
            click.echo(f"未签订 {key}：{why}", err=True)
    if stays:
        sys.exit(2)
