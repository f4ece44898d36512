"""Papers: list, sign, print, verify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.door import actor_of, now, say, show_table, the_office
from flows.print import print_form
from flows.sign import sign_list
from records import papers
from records.engine import reading


@click.group("papers")
def papers_() -> None:
    """文书。"""


@papers_.command("list")
@click.option("--code", help="文种代码，如 D-35")
@click.option("--status", help="状态：draft、registered、printed …")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def papers_list(code: str | None, status: str | None, as_json: bool) -> None:
    """列出文书。"""
    with reading(the_office().records) as conn:
        rows = papers.listing(conn, code, status)
    if as_json:
        say([dict(r._mapping) for r in rows])
        return
    show_table(
        "文书", ["编号", "代码", "标题", "字号", "状态"], [[r.id, r.code, r.title, r.number, r.status] for r in rows]
    )


@papers_.command("sign")
@click.argument("paper_ids", type=int, nargs=-1, required=True)
@click.option("--by", required=True, help="签发人")
@click.option("--office", "office_code", help="以哪个单位的岗位签发")
@click.option("--role", help="以哪个岗位签发")
def papers_sign(paper_ids: tuple[int, ...], by: str, office_code: str | None, role: str | None) -> None:
    """签发文书：签发时取号、固定内容。"""
    office = the_office()
    signed, stays = sign_list(office, paper_ids, actor_of(office, by, office_code, role), now())
    for s in signed:
        click.echo(f"已签发 {s.paper_id} {s.number or ''} {s.sha256[:16]}")
    for paper_id, why in stays.items():
        click.echo(f"未签发 {paper_id}：{why}", err=True)
    if stays:
        sys.exit(2)


@papers_.command("print")
@click.argument("paper_id", type=int)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个.docx文件")
def papers_print(paper_id: int, out: Path) -> None:
    """取出一份文书的Word文件；待签表格在此时生成。"""
    out.write_bytes(print_form(the_office(), paper_id))
    click.echo(f"已写入{out}")


@papers_.command("verify")
def papers_verify() -> None:
    """逐份核对已签发文书的文件与签发时的校验值。"""
    office = the_office()
    with reading(office.records) as conn:
        issued = papers.issued_files(conn)
    wrong = [p for p in issued if not office.files.holds(p.file_key, p.sha256)]
    for p in wrong:
        click.echo(f"文书{p.number or p.id}的文件缺失或被改动：{p.file_key}", err=True)
    click.echo(f"已核对{len(issued)}份，{len(wrong)}份不符。")
    if wrong:
        sys.exit(2)
