"""Papers: list, sign, print, verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from cli.door import actor_of, new_file, now, say, scope_for, show_table, the_office
from flows.check_papers import Checked, check_files, file_of_record
from flows.office import Office
from flows.print import print_form
from flows.print_pdf import print_batches
from flows.rosters import public_sheet
from flows.sign import sign_list
from flows.verify import verify_file
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
    new_file(out).write_bytes(print_form(the_office(), paper_id))
    click.echo(f"已写入{out}")


@papers_.command("sheet")
@click.argument("paper_id", type=int)
@click.option(
    "--for", "audience", type=click.Choice(["board", "web"]), required=True, help="board公示栏，web网站（姓名遮掩）"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪个.xlsx文件")
def papers_sheet(paper_id: int, audience: Literal["board", "web"], out: Path) -> None:
    """把公示、公告的名单导出成可公开的Excel表。"""
    new_file(out).write_bytes(public_sheet(the_office(), paper_id, audience, out.name))
    click.echo(f"已写入{out}")


def _verify_files(office: Office, files: tuple[Path, ...]) -> None:
    genuine = True
    for file in files:
        proof = verify_file(office, file.read_bytes())
        genuine = genuine and proof.genuine
        click.echo(f"{file.name}：{proof.says}", err=not proof.genuine)
        for difference in proof.differences:
            click.echo(f"　{difference}", err=True)
    if not genuine:
        sys.exit(2)


@papers_.command("verify")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def papers_verify(files: tuple[Path, ...]) -> None:
    """核对文件是不是本系统签发的文书、有没有改动；不带文件时逐份核对全部已签发文书。"""
    office = the_office()
    if files:
        _verify_files(office, files)
        return
    with reading(office.records) as conn:
        issued = papers.issued_files(conn)
    wrong = [p for p in issued if not office.files.holds(p.file_key, p.sha256)]
    for p in wrong:
        click.echo(f"文书{p.number or p.id}的文件缺失或被改动：{p.file_key}", err=True)
    click.echo(f"已核对{len(issued)}份，{len(wrong)}份不符。")
    if wrong:
        sys.exit(2)


@papers_.command("check")
@click.argument("files", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True)
@click.option("--paper", "paper_id", type=int, help="与这份文书登记的数据核对表中数字")
@click.option("--public/--internal", default=None, help="按公开（不公开）文书检查；不写则按文种判断")
@click.option("--no-pages", is_flag=True, help="不生成PDF，只检查文件本身")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def papers_check(files: tuple[Path, ...], paper_id: int | None, public: bool | None, no_pages: bool, as_json: bool
                 ) -> None:  # fmt: skip
    """逐条检查Word文件是否符合GB/T 9704-2012，指出位置和改法。"""
    expected = None if paper_id is None else file_of_record(the_office(), paper_id)
    found = check_files({str(f): f.read_bytes() for f in files}, not no_pages, public, expected)
    if as_json:
        say([_as_json(one) for one in found])
    else:
        for one in found:
            _show_checked(one)
    if not all(one.passes for one in found):
        sys.exit(2)


def _as_json(one: Checked) -> dict[str, object]:
    return {"file": one.name, "pages": one.pages, "passes": one.passes, "departures": [
        {"rule": d.rule, "place": d.place, "found": d.found, "remedy": d.remedy, "note": d.note}
        for d in one.departures]}  # fmt: skip


def _show_checked(one: Checked) -> None:
    faults = [d for d in one.departures if not d.note]
    seen = f"{one.pages}页" if one.pages is not None else "未看版面（没有LibreOffice或者未要求）"
    click.echo(f"{one.name}：{'符合' if not faults else f'{len(faults)}处不符'}（{seen}）")
    for d in one.departures:
        click.echo(f"  {'提示' if d.note else '不符'} {d}")


@papers_.command("pdf")
@click.argument("paper_ids", type=int, nargs=-1, required=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="写到哪个文件夹")
@click.option("--by", help="以谁的管辖范围取出")
def papers_pdf(paper_ids: tuple[int, ...], out: Path, by: str | None) -> None:
    """成批生成PDF：每个社区、每种文书一个文件。"""
    office = the_office()
    batches = print_batches(office, paper_ids, scope_for(office, by))
    out.mkdir(parents=True, exist_ok=True)
    for batch in batches:
        (out / f"{batch.name}.pdf").write_bytes(batch.data)
        click.echo(f"已写入{batch.name}.pdf：{len(batch.paper_ids)}份，{batch.pages}页")
    for font in dict.fromkeys(str(s) for batch in batches for s in batch.substituted):
        click.echo(f"字体替代：{font}")
