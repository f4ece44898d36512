"""Documents that people word, their stages, the registers of what went out and came in, households' files."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cli.door import DAY, actor_of, day_from, new_file, now, say, scope_for, show_table, the_office
from cli.papers import papers_
from flows import incoming as came
from flows import paper_stages as stages
from flows.archive_household import archive_household, index_paper
from flows.compose import Manuscript, compose, reword
from flows.tasks import when_read
from records import correspondence, papers, register
from records.engine import reading
from states.decision import Actor
from states.not_allowed import FieldWrong, NoSuch

BY = click.option("--by", required=True, help="谁办理")
OFFICE = click.option("--office", "office_code", help="以哪个单位的岗位办理")
ROLE = click.option("--role", help="以哪个岗位办理")


def _actor(by: str, office_code: str | None, role: str | None) -> Actor:
    return actor_of(the_office(), by, office_code, role)


@papers_.command("compose")
@click.argument("code")
@click.argument("values", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", multiple=True, help="主送单位的代码，可重复")
@click.option("--copy", "copies", multiple=True, help="抄送单位的代码，可重复")
@click.option("--countersign", "countersigners", multiple=True, help="会签单位的代码，可重复")
@click.option("--household", "household_no", default="", help="户编号（与一户有关的文书）")
@click.option("--corrects", "corrects_id", type=int, help="更正哪份已签发的文书")
@BY
@OFFICE
@ROLE
def papers_compose(code: str, values: Path, to: tuple[str, ...], copies: tuple[str, ...],
                   countersigners: tuple[str, ...], household_no: str, corrects_id: int | None, by: str,
                   office_code: str | None, role: str | None) -> None:  # fmt: skip
    """起草一份文书：VALUES是各填空的JSON文件；行文关系、格式和缺项先行检查。"""
    made = compose(the_office(), Manuscript(code, _given(values), to, copies, countersigners, household_no, corrects_id),
                   _actor(by, office_code, role), now())  # fmt: skip
    click.echo(f"已起草文书{made}")


def _given(values: Path) -> dict[str, Any]:
    """The blanks in a JSON file. Raises FieldWrong."""
    try:
        given = json.loads(values.read_text(encoding="utf-8"))
    except ValueError as no:
        raise FieldWrong(field=values.name, why=f"不是正确的JSON：{no}。") from no
    if not isinstance(given, dict):
        raise FieldWrong(field=values.name, why="应是各填空的名称和内容。")
    return given


@papers_.command("reword")
@click.argument("paper_id", type=int)
@click.argument("values", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", multiple=True, help="主送单位的代码，可重复；不写则不变")
@click.option("--copy", "copies", multiple=True, help="抄送单位的代码，可重复；不写则不变")
@click.option("--countersign", "countersigners", multiple=True, help="会签单位的代码，可重复；不写则不变")
@BY
@OFFICE
@ROLE
def papers_reword(paper_id: int, values: Path, to: tuple[str, ...], copies: tuple[str, ...],
                  countersigners: tuple[str, ...], by: str, office_code: str | None, role: str | None) -> None:  # fmt: skip
    """签发前修改文稿 PAPER_ID 的内容：VALUES只写要改的填空；改后须重新核稿。"""
    office = the_office()
    with reading(office.records) as conn:
        paper = papers.paper(conn, paper_id)
        home = (
            register.household_on(conn, paper.household_id, day_from(now())) if paper and paper.household_id else None
        )
    if paper is None:
        raise NoSuch(what="文稿", key=paper_id)
    wanted = Manuscript(
        paper.code, {**paper.snapshot, **_given(values)}, to or paper.to_offices or (), copies or paper.copy_offices or (),
        countersigners or paper.countersigners or (), home.number if home is not None else "", paper.corrects_id,
    )  # fmt: skip
    reword(office, paper_id, wanted, _actor(by, office_code, role), now())
    click.echo(f"已修改文稿{paper_id}，请重新核稿")


@papers_.command("advance")
@click.argument("act", type=click.Choice(["review", "countersign", "send-back", "seal", "archive", "discard"]))
@click.argument("paper_id", type=int)
@click.option("--opinion", default="", help="意见、原因")
@click.option("--copies", type=int, default=1, help="用印份数")
@BY
@OFFICE
@ROLE
def papers_advance(act: str, paper_id: int, opinion: str, copies: int, by: str, office_code: str | None,
                   role: str | None) -> None:  # fmt: skip
    """办理一份文书：核稿、会签、退回修改、用印、归档、作废。"""
    act = act.replace("-", "_")
    stages.advance(the_office(), act, paper_id, _actor(by, office_code, role), now(), opinion, copies)
    click.echo(f"文书{paper_id}已{stages.NAMES[act]}")


@papers_.command("stages")
@click.argument("paper_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def papers_stages(paper_id: int, as_json: bool) -> None:
    """一份文书经过的各环节和经办人。"""
    with reading(the_office().records) as conn:
        rows = correspondence.steps_of(conn, paper_id)
    if as_json:
        say([dict(r._mapping) for r in rows])
        return
    show_table(f"文书{paper_id}", ["环节", "人员", "岗位", "意见", "时间"],
               [[stages.NAMES.get(r.act, "登记编号"), r.person, r.post, r.opinion, when_read(r.at)] for r in rows])  # fmt: skip


@papers_.command("void")
@click.argument("office_code")
@click.option("--reason", required=True, help="为什么作废")
@BY
@ROLE
def papers_void(office_code: str, reason: str, by: str, role: str | None) -> None:
    """作废单位的下一个发文字号，原因记入发文登记。"""
    number = stages.void_number(the_office(), office_code, _actor(by, office_code, role), now(), reason)
    click.echo(f"已作废{number}")


@papers_.command("outgoing")
@click.argument("office_code")
@click.option("--year", type=int, help="年份，默认今年")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def papers_outgoing(office_code: str, year: int | None, as_json: bool) -> None:
    """发文登记：单位当年的每一个字号，文书或者作废原因。"""
    with reading(the_office().records) as conn:
        rows = correspondence.outgoing(conn, office_code, year or now().year)
    if as_json:
        say([dict(r._mapping) for r in rows])
        return
    show_table("发文登记", ["序号", "文书", "标题", "签发人", "日期", "作废原因"],
               [[r.seq, r.paper_id, r.title, r.signer, r.issued_on, r.void_reason] for r in rows])  # fmt: skip


@click.group("incoming")
def incoming_() -> None:
    """收文登记。"""


@incoming_.command("add")
@click.argument("sender")
@click.argument("title")
@click.option("--number", default="", help="来文字号")
@click.option("--received", type=DAY, help="收到日期，默认今日")
@click.option("--answer-by", type=DAY, help="答复期限")
@click.option("--scan", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="扫描件")
@BY
@OFFICE
@ROLE
def incoming_add(sender: str, title: str, number: str, received: datetime | None, answer_by: datetime | None,
                 scan: Path | None, by: str, office_code: str | None, role: str | None) -> None:  # fmt: skip
    """登记一份来文。"""
    at = now()
    made, seq = came.register_incoming(the_office(), came.Incoming(
        sender, title, day_from(received or at), number, answer_by=day_from(answer_by) if answer_by else None,
        scan=(scan.name, scan.read_bytes()) if scan else None,
    ), _actor(by, office_code, role), at)  # fmt: skip
    click.echo(f"已登记收文{made}，第{seq}号")


@incoming_.command("handle")
@click.argument("act", type=click.Choice(["propose", "instruct", "close"]))
@click.argument("incoming_id", type=int)
@click.argument("text")
@click.option("--answered-by", type=int, help="答复来文的文书编号")
@BY
@OFFICE
@ROLE
def incoming_handle(act: str, incoming_id: int, text: str, answered_by: int | None, by: str, office_code: str | None,
                    role: str | None) -> None:  # fmt: skip
    """拟办、批示、办结。"""
    office, actor, at = the_office(), _actor(by, office_code, role), now()
    if act == "propose":
        came.propose(office, incoming_id, text, actor, at)
    elif act == "instruct":
        came.instruct(office, incoming_id, text, actor, at)
    else:
        came.close(office, incoming_id, text, actor, at, answered_by)
    click.echo(f"收文{incoming_id}已{ {'propose': '拟办', 'instruct': '批示', 'close': '办结'}[act] }")


@incoming_.command("list")
@click.option("--by", help="以谁的管辖范围列出")
@click.option("--office", "office_code", help="只列哪个单位的")
@click.option("--open", "open_only", is_flag=True, help="只列未办结的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def incoming_list(by: str | None, office_code: str | None, open_only: bool, as_json: bool) -> None:
    """收文登记簿。"""
    office = the_office()
    with reading(office.records) as conn:
        rows = correspondence.incoming(conn, scope_for(office, by), office_code, open_only)
    if as_json:
        say([dict(r._mapping) for r in rows])
        return
    show_table("收文登记", ["编号", "收文号", "来文单位", "字号", "标题", "收到", "答复期限", "办结"],
               [[r.id, f"{r.year}-{r.seq}", r.sender, r.number, r.title, r.received_on, r.answer_by, r.closed_on]
                for r in rows])  # fmt: skip


@click.group("archive")
def archive_() -> None:
    """一户一档。"""


@archive_.command("file")
@click.argument("household_no")
@BY
@OFFICE
@ROLE
def archive_file(household_no: str, by: str, office_code: str | None, role: str | None) -> None:
    """把一户已签发、已收回的文书归入户档。"""
    count = archive_household(the_office(), _household(household_no), _actor(by, office_code, role), now())
    click.echo(f"已归档{count}件")


@archive_.command("index")
@click.argument("household_no")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写成Word文件（D-80）")
def archive_index(household_no: str, out: Path | None) -> None:
    """一户的卷内目录。"""
    office, household_id = the_office(), _household(household_no)
    if out is not None:
        new_file(out).write_bytes(index_paper(office, household_id, day_from(now())).render())
        click.echo(f"已写入{out}")
        return
    with reading(office.records) as conn:
        rows = correspondence.index_of(conn, household_id)
    show_table("卷内目录", ["顺序号", "类别", "文件材料名称", "文号", "日期", "保管期限"],
               [[r.serial, r.category, r.title, r.number, r.dated_on, r.retention] for r in rows])  # fmt: skip


def _household(number: str) -> int:
    with reading(the_office().records) as conn:
        found = register.id_of(conn, number)
    if found is None:
        raise NoSuch(what="户", key=number)
    return found
