"""The operator's commands: one function per command, Chinese for the person, --json where a machine reads."""

from __future__ import annotations

import gettext
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import config
from config.pack import read_pack
from config.settings import read_settings
from demo.report import screen
from demo.story import STEPS, tell
from flows.apply import Applicant, Application, apply
from flows.appoint import appoint
from flows.decide import decide
from flows.drain import drain
from flows.export_register import write_ledger_book
from flows.frozen import procedure_of
from flows.import_register import ImportReport, Options, examine, upload
from flows.office import Office, open_office
from flows.print import print_form
from flows.setup import set_up
from flows.sign import sign_list
from flows.tasks import when_read
from flows.tick import tick
from integrations.unreachable import Unreachable
from records import alerts, cases, enrolments, facts, help, ledger, offices, papers, register, views
from records.engine import open_engine, reading
from records.scope import scope_of
from rules.days import day_of
from rules.jurisdiction import EVERYTHING, Scope, covers
from states.case import CaseLife
from states.decision import Actor, Decision, Evidence, MadeBy
from states.household import HouseholdPath
from states.not_allowed import FieldWrong, NoSuch, NotAllowed, OutsideYourArea
from states.paper import PaperLife
from states.procedure import Verdict
from states.table import state_names

os.environ.setdefault("LANGUAGE", "zh_CN")
gettext.textdomain("messages")  # another library takes the default for itself
gettext.bindtextdomain("messages", str(Path(config.__file__).parent / "locale"))  # what click itself says, in Chinese
console = Console() if sys.stdout.isatty() else Console(width=160)  # a pipe has no width: nothing is cut
VERDICTS = {v.chinese: v for v in Verdict} | {v.value: v for v in Verdict}
DAY = click.DateTime(formats=["%Y-%m-%d"])


class Commands(click.Group):
    """Every refusal is a sentence and exit code 2; anything else that is raised is a fault and is shown as one."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (NotAllowed, Unreachable) as no:
            raise click.ClickException(str(no)) from no


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bangfu", message="bangfu %(version)s")
def main() -> None:
    """帮扶：精准识别、帮扶、退出与后续跟踪的办理系统。

    设置见环境变量 BANGFU_*（docs/settings.md）。日期写成 2017-07-03。
    """
    logging.basicConfig(level=os.environ.get("BANGFU_LOG_LEVEL", "WARNING"), stream=sys.stderr,
                        format="%(asctime)s %(levelname)s %(name)s %(message)s")  # fmt: skip


def _office() -> Office:
    return open_office(read_settings(os.environ))


def _now() -> datetime:
    return datetime.now(UTC)


def _say(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _table(title: str, columns: list[str], rows: list[list[object]]) -> None:
    table = Table(title=title)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


@contextmanager
def _bar(total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    if quiet:
        yield lambda text: None
        return
    progress = Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"),
                        console=Console(stderr=True))  # fmt: skip
    with progress:
        task = progress.add_task("", total=total)
        yield lambda text: progress.update(task, advance=1, description=text)
        progress.update(task, completed=total, description="完成")


def _person(office: Office, name: str) -> int:
    with reading(office.records) as conn:
        found = views.people_named(conn, name)
        if not found and name.isdigit():
            return int(name)
    if len(found) != 1:
        what = "人员" if not found else f"唯一的人员（重名：{'、'.join(str(f.id) for f in found)}，请用编号）"
        raise NoSuch(what=what, key=name)
    return int(found[0].id)


def _actor(office: Office, name: str, office_code: str | None, role: str | None) -> Actor:
    person = _person(office, name)
    with reading(office.records) as conn:
        held = views.posts_of(conn, person, day_of(_now()))
    fitting = [p for p in held if office_code in (None, p.office_code) and role in (None, p.role)]
    if not fitting:
        raise NoSuch(what=f"{name}现任的岗位", key=role or office_code or "任一")
    return Actor(person, fitting[0].office_code, fitting[0].role)


def _scope(office: Office, name: str | None) -> Scope:
    if name is None:
        return EVERYTHING
    person = _person(office, name)
    with reading(office.records) as conn:
        return scope_of(conn, person, day_of(_now()))


# --- setting up -------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--district", default="haojiang", show_default=True, help="随程序提供的区划和单位名单")
@click.option("--since", type=DAY, default="2015-01-01", show_default=True, help="区划和单位的生效日期")
def init(district: str, since: datetime) -> None:
    """建立数据库：表、日历、政策包、区划、单位和岗位。重复运行不改变已有内容。"""
    settings = read_settings(os.environ)
    path = settings.database_url.removeprefix("sqlite:///")
    if path != settings.database_url:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    set_up(engine, [settings.pack, *settings.extra_packs], district, _now(), _date(since))
    click.echo(
        f"已建立：{path if path != settings.database_url else 'PostgreSQL'}。下一步：bangfu person appoint 任命人员。"
    )


def _date(moment: datetime) -> date:
    return date(moment.year, moment.month, moment.day)


@main.group()
def person() -> None:
    """人员与岗位。"""


@person.command("appoint")
@click.argument("name")
@click.argument("office_code")
@click.argument("role", type=click.Choice(sorted(offices.ROLE_TITLES)))
@click.option("--since", type=DAY, required=True, help="任职起始日期")
def person_appoint(name: str, office_code: str, role: str, since: datetime) -> None:
    """任命 NAME 担任 OFFICE_CODE 单位的 ROLE 岗位。"""
    actor = appoint(_office(), name, office_code, role, _date(since), _now())
    click.echo(f"已任命{name}（人员编号{actor.person_id}）为{offices.ROLE_TITLES[role]}。")


@person.command("offices")
@click.option("--level", default="street", show_default=True, help="community、street、district、group、helper")
def person_offices(level: str) -> None:
    """列出单位及其编码。"""
    with reading(_office().records) as conn:
        rows = offices.offices_of(conn, level)
    _table("单位", ["编码", "名称", "区划"], [[r.code, r.name, r.area_code] for r in rows])


@main.group()
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
        _say([dict(zip(("key", "label", "value", "unit", "from", "status"), r, strict=True)) for r in rows])
        return
    counts = {s: sum(r[5] == s for r in rows) for s in ("CONFIRMED", "DEFAULT", "UNSET")}
    _table(read.title, ["参数", "名称", "数值", "单位", "条款或来源", "状态"], rows)
    click.echo(
        f"政策包{read.id}没有错误：{counts['CONFIRMED']}项已确认，{counts['DEFAULT']}项为默认，{counts['UNSET']}项未设。"
    )


# --- the register -----------------------------------------------------------------------------------------------------


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
@click.option("--part", type=click.Choice(["register", "pairings", "facts"]), default="register", show_default=True,
              help="户和人、结对、某年的收入与认定")  # fmt: skip
@click.option("--year", type=int, help="part为facts时的年度")
@click.option("--by", help="上传人（区扶贫办经办人）的姓名或编号")
@click.option("--effective-on", type=DAY, help="生效日期，默认今日")
def import_(file: Path, dry_run: bool, as_json: bool, part: str, year: int | None, by: str | None,
            effective_on: datetime | None) -> None:  # fmt: skip
    """核对并导入登记工作簿 FILE：上传人核对报告后，由另一人用 decide 批准入库。"""
    office, data, now = _office(), file.read_bytes(), _now()
    options = Options(part, year)
    if part == "facts" and year is None:
        raise FieldWrong(field="--year", why="导入收入与认定须指明年度。")
    if dry_run:
        _report(examine(office, data, file.name, day_of(now), options), as_json)
        return
    if by is None:
        raise FieldWrong(field="--by", why="请写明上传人。")
    actor = _actor(office, by, None, "district_clerk")
    case, report = upload(office, data, file.name, actor, now, options)
    _report(report, as_json)
    vouched = {"effective_on": _date(effective_on) if effective_on else day_of(now)}
    decide(office, Decision(case.id, "report", Verdict.APPROVE, actor, now, "已核对导入报告", vouched))
    if not as_json:
        click.echo(
            f"办件{case.number}（编号{case.id}）已送区扶贫办主任批准：bangfu decide {case.id} approve 通过 --by …"
        )


def _report(report: ImportReport, as_json: bool) -> None:
    if as_json:
        _say(report.as_json())
        return
    click.echo(f"共{report.households}户{report.persons}人：新增{report.added}户，变更{report.changed}户，"
               f"不变{report.unchanged}户，退回{report.refused_households}户。")  # fmt: skip
    for hit in (*report.refused[:50], *report.remarks[:20]):
        mark = "退回" if hit.severity == "error" else "疑点"
        click.echo(f"  [{mark} {hit.rule}] {hit.message}{hit.remedy}")
    left = len(report.refused) - 50
    if left > 0:
        click.echo(f"  另有{left}条退回，见 --json。")
    if len(report.remarks) > 20:
        click.echo(f"  另有{len(report.remarks) - 20}条疑点，见 --json。")


@main.group("register")
def register_() -> None:
    """登记簿（建档立卡）。"""


@register_.command("show")
@click.option("--by", help="只看此人管辖范围内的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def register_show(by: str | None, as_json: bool) -> None:
    """登记簿现状：户数、人数和户路径各状态。"""
    _register_on(day_of(_now()), by, as_json)


@register_.command("as-of")
@click.argument("day", type=DAY)
@click.option("--by", help="只看此人管辖范围内的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def register_as_of(day: datetime, by: str | None, as_json: bool) -> None:
    """DAY 当日的登记簿。"""
    _register_on(_date(day), by, as_json)


def _register_on(day: date, by: str | None, as_json: bool) -> None:
    office = _office()
    scope = _scope(office, by)
    with reading(office.records) as conn:
        there = register.register_on(conn, day, register.household_scope(scope))
        states = views.path_counts(conn, office.pack.id) if scope.everything else {}
    values = {"as_of": str(day), "households": there.households, "persons": there.persons,
              "communities": there.communities}  # fmt: skip
    if as_json:
        _say({**values, "path": {k: {"households": v[0], "persons": v[1]} for k, v in states.items()}})
        return
    click.echo(f"{day}：{there.households}户{there.persons}人，{there.communities}个社区。")
    names = state_names(HouseholdPath)
    if states:
        _table("现在的户路径", ["状态", "户数", "人数"], [[names[str(k)], *v] for k, v in states.items()])


@main.command()
@click.argument("number")
@click.option("--on", "day", type=DAY, help="查看该日的情况，默认今日")
@click.option("--by", help="查看人；管辖范围以外的不能查看")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def household(number: str, day: datetime | None, by: str | None, as_json: bool) -> None:
    """一户的档案：成员、路径、收入、认定、结对、措施、办件。"""
    office = _office()
    on = _date(day) if day else day_of(_now())
    scope = _scope(office, by)
    with reading(office.records) as conn:
        found = register.id_of(conn, number)
        home = register.household_on(conn, found, on) if found else None
        if home is None:
            raise NoSuch(what=f"{on}登记簿中的户", key=number)
        if not covers(scope, home.area_path, home.id):
            raise OutsideYourArea(what=f"户{number}")
        values = _file(conn, home, on)
    if as_json:
        _say(values)
        return
    for title, rows in values.items():
        if isinstance(rows, list) and rows:
            _table(title, list(rows[0]), [list(r.values()) for r in rows])
        elif not isinstance(rows, list):
            click.echo(f"{title}：{rows}")


def _file(conn: Any, home: register.HouseholdOn, on: date) -> dict[str, Any]:
    names = state_names(HouseholdPath)
    pairing = help.pairing_on(conn, home.id, on)
    return {
        "户编号": home.number, "户主": home.head.name if home.head else "", "区划": home.area_code,
        "结对": f"{pairing.unit} {pairing.helper}" if pairing else "无",
        "成员": [{"姓名": m.name, "关系": m.relation, "性别": m.sex, "出生": str(m.born_on),
                  "劳动能力": m.facts.get("labour"), "健康": m.facts.get("health")} for m in home.members],
        "路径": [{"日期": str(e.on), "从": names[e.from_state], "到": names[e.to_state], "办件": e.case_id}
                 for e in enrolments.path_of_household(conn, home.id)],
        "收入": [{"年度": s.year, "人口": s.heads, "项目": {k: v / 100 for k, v in s._mapping["items"].items() if v}}
                 for s in facts.income_sheets(conn, home.id)],
        "认定": [{"条件": f.condition, "结论": f.verdict, "日期": str(f.found_on), "单位": f.certifier}
                 for f in facts.findings_until(conn, home.id, on)],
        "措施": [{"类别": m.programme, "措施": m.title, "起": str(m.starts_on), "止": m.ends_on}
                 for m in help.measures_on(conn, home.id, on)],
        "办件": [{"编号": c.id, "事项": c.title, "状态": state_names(CaseLife)[c.status], "环节": c.step}
                 for c in views.cases_of_subject(conn, "household", home.id)],
    }  # fmt: skip


@main.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="社区经办人")
def apply_(file: Path, by: str) -> None:
    """登记一户申请：FILE 是JSON，含 area_code、facts、members（name、id_no、relation、facts）。"""
    office = _office()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        members = [Applicant(m["name"], m["id_no"], m["relation"], m.get("facts", {})) for m in raw["members"]]
        area = raw["area_code"]
    except (ValueError, KeyError, TypeError) as no:
        raise FieldWrong(field=file.name, why=f"申请内容不完整或不是JSON：{no}。") from no
    actor = _actor(office, by, f"{area}-office", "community_clerk")
    case = apply(office, Application(area, members, raw.get("facts", {}), actor, _now()))
    click.echo(f"已受理申请，办件{case.number}（编号{case.id}）。")


# --- cases ------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def todo(name: str, as_json: bool) -> None:
    """NAME 的待办，先到期的在前。"""
    office, today = _office(), day_of(_now())
    with reading(office.records) as conn:
        rows = views.todo(conn, _person(office, name), today)
        titles = {r.id: procedure_of(conn, r.procedure_sha256).step(r.step).title for r in rows}
    listed = [{"case": r.case_id, "number": cases.case_number(r.year, r.case_id), "title": r.title,
               "step": r.step, "step_title": titles[r.id], "due_on": r.due_on, "version": r.version} for r in rows]  # fmt: skip
    if as_json:
        _say(listed)
        return
    _table(f"{name}的待办（{len(rows)}件）", ["办件", "事项", "环节", "期限", ""], [
        [r["case"], r["title"], r["step_title"], r["due_on"],
         "已逾期" if r["due_on"] and r["due_on"] < today else ""] for r in listed
    ])  # fmt: skip


@main.command("case")
@click.argument("case_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def case_(case_id: int, as_json: bool) -> None:
    """一个办件的经过：环节、办理人、意见、文书。"""
    office = _office()
    with reading(office.records) as conn:
        case = cases.see_case(conn, case_id)
        if case is None:
            raise NoSuch(what="办件", key=case_id)
        procedure = procedure_of(conn, case.procedure_sha256)
        steps = {s.key: s.title for s in procedure.steps}
        trace = [{"环节": steps.get(d.step, d.step), "处理": Verdict(d.verdict).chinese, "意见": d.opinion,
                  "办理人": d.person, "岗位": f"{d.office}{d.post}", "代": d.acting_for,
                  "作出人": f"{d.made_by_capacity or ''}{d.made_by or ''}", "时间": when_read(d.at)}
                 for d in cases.decisions_of(conn, case_id)]  # fmt: skip
        listed = [{"代码": p.code, "文书": p.title, "状态": state_names(PaperLife)[p.status], "字号": p.number}
                  for p in papers.papers_of_case(conn, case_id)]  # fmt: skip
    if as_json:
        _say({"case": case.number, "title": case.title, "status": case.status, "step": case.step,
              "version": case.version, "decisions": trace, "papers": listed})  # fmt: skip
        return
    click.echo(
        f"{case.number} {procedure.title} {case.title}：{state_names(CaseLife)[case.status]}，{steps.get(case.step)}"
    )
    for title, rows in (("经过", trace), ("文书", listed)):
        if rows:
            _table(title, list(rows[0]), [list(r.values()) for r in rows])


@main.command("decide")
@click.argument("case_id", type=int)
@click.argument("step")
@click.argument("verdict", type=click.Choice(sorted(VERDICTS)))
@click.option("--by", required=True, help="办理人的姓名或编号")
@click.option("--office", "office_code", help="以哪个单位的岗位办理（任多个岗位时）")
@click.option("--role", help="以哪个岗位办理（任多个岗位时）")
@click.option("--opinion", default="", help="意见；退回、不予通过须写理由")
@click.option("--field", "fields", multiple=True, metavar="栏目=值", help="本环节的栏目；值可用JSON")
@click.option("--evidence", multiple=True, metavar="种类=文件", help="佐证材料，如 D-34=scan.pdf")
@click.option("--made-by", metavar="姓名=身份", help="无账号的作出人，如 陈某=户主")
@click.option("--back-to", help="退回到哪个环节")
@click.option("--straight-back", is_flag=True, help="重办后直接回到本环节")
@click.option("--version", "seen", type=int, help="您看到的办件版本（todo --json 中的 version）")
@click.option("--key", help="防重复提交的标识")
def decide_(case_id: int, step: str, verdict: str, by: str, office_code: str | None, role: str | None, opinion: str,
            fields: tuple[str, ...], evidence: tuple[str, ...], made_by: str | None, back_to: str | None,
            straight_back: bool, seen: int | None, key: str | None) -> None:  # fmt: skip
    """办理办件 CASE_ID 的 STEP 环节：通过、退回、不予通过、撤销、撤回。"""
    office = _office()
    person_in = MadeBy(*_pair(made_by, "--made-by")) if made_by else None
    done = decide(office, Decision(
        case_id, step, VERDICTS[verdict], _actor(office, by, office_code, role), _now(), opinion,
        dict(_field(f) for f in fields), tuple(_evidence(office, e) for e in evidence), person_in, back_to,
        straight_back, seen, key,
    ))  # fmt: skip
    with reading(office.records) as conn:
        case = cases.see_case(conn, case_id)
        assert case is not None
        title = procedure_of(conn, case.procedure_sha256).step(done.step).title
    click.echo(f"已办理，办件{case.number}现为“{state_names(CaseLife)[done.status]}”，环节“{title}”。")


def _pair(text: str, option: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left or not right:
        raise FieldWrong(field=option, why=f"应写成“左=右”，现为“{text}”。")
    return left, right


def _field(text: str) -> tuple[str, object]:
    name, value = _pair(text, "--field")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _evidence(office: Office, text: str) -> Evidence:
    kind, name = _pair(text, "--evidence")
    path = Path(name)
    if not path.is_file():
        raise FieldWrong(field=f"佐证{kind}", why=f"没有文件{name}。")
    _, sha256 = office.files.keep(path.read_bytes(), path.suffix)
    return Evidence(kind, path.name, sha256)


# --- papers -----------------------------------------------------------------------------------------------------------


@main.group("papers")
def papers_() -> None:
    """文书。"""


@papers_.command("list")
@click.option("--code", help="文种代码，如 D-35")
@click.option("--status", help="状态：draft、registered、printed …")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def papers_list(code: str | None, status: str | None, as_json: bool) -> None:
    """列出文书。"""
    with reading(_office().records) as conn:
        rows = papers.listing(conn, code, status)
    if as_json:
        _say([dict(r._mapping) for r in rows])
        return
    _table(
        "文书", ["编号", "代码", "标题", "字号", "状态"], [[r.id, r.code, r.title, r.number, r.status] for r in rows]
    )


@papers_.command("sign")
@click.argument("paper_ids", type=int, nargs=-1, required=True)
@click.option("--by", required=True, help="签发人")
@click.option("--office", "office_code", help="以哪个单位的岗位签发")
@click.option("--role", help="以哪个岗位签发")
def papers_sign(paper_ids: tuple[int, ...], by: str, office_code: str | None, role: str | None) -> None:
    """签发文书：签发时取号、固定内容。"""
    office = _office()
    signed, stays = sign_list(office, paper_ids, _actor(office, by, office_code, role), _now())
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
    out.write_bytes(print_form(_office(), paper_id))
    click.echo(f"已写入{out}")


@papers_.command("verify")
def papers_verify() -> None:
    """逐份核对已签发文书的文件与签发时的校验值。"""
    office = _office()
    with reading(office.records) as conn:
        issued = papers.issued_files(conn)
    wrong = [p for p in issued if not office.files.holds(p.file_key, p.sha256)]
    for p in wrong:
        click.echo(f"文书{p.number or p.id}的文件缺失或被改动：{p.file_key}", err=True)
    click.echo(f"已核对{len(issued)}份，{len(wrong)}份不符。")
    if wrong:
        sys.exit(2)


# --- keeping it -------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--on", "day", type=DAY, help="该日的台账，默认今日")
@click.option("--by", help="导出人；只含其管辖范围")
def export(file: Path, day: datetime | None, by: str | None) -> None:
    """导出台账到Excel文件 FILE。"""
    office = _office()
    write_ledger_book(office, file, _date(day) if day else day_of(_now()), _scope(office, by))
    click.echo(f"已导出到{file}")


@main.command("work")
def work() -> None:
    """办理系统应办事项（起草文书、打印表格、按线索立案），并检查期限、封印台账。"""
    settings, now = read_settings(os.environ), _now()
    office = open_office(settings)
    done = drain(office, now)
    for name, text in tick(office, now):
        settings.seals_dir.mkdir(parents=True, exist_ok=True)
        (settings.seals_dir / name).write_text(text, encoding="utf-8")
    click.echo(f"已办{done.done}项，{done.put_back}项未成、稍后再试。")


@main.command()
def trouble() -> None:
    """异常件：多次未办成的应办事项、无人的岗位等。"""
    with reading(_office().records) as conn:
        rows: list[list[object]] = [[when_read(a.raised_at), a.says] for a in alerts.open_alerts(conn)]
    _table(f"异常件（{len(rows)}件）", ["时间", "内容"], rows)


@main.command("verify-ledger")
@click.option("--seals", type=click.Path(exists=True, file_okay=False, path_type=Path), help="导出的日封印所在文件夹")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def verify_ledger(seals: Path | None, as_json: bool) -> None:
    """核对台账：任何被改写、删除的行都会列出；与库外的日封印核对才能发现整体重算。"""
    settings = read_settings(os.environ)
    folder = seals or settings.seals_dir
    exported = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.json"))] if folder.is_dir() else []
    with reading(open_office(settings).records) as conn:
        faults = ledger.verify(conn, exported)
    if as_json:
        _say({"ok": not faults, "seals": len(exported), "faults": [{"where": f.where, "says": f.says} for f in faults]})
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


@main.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo-out",
    show_default=True,
    help="结果文件夹（会清空）",
)
@click.option("--papers", "which", type=click.Choice(["issued", "all"]), default="issued", show_default=True,
              help="all：每户的手签表格也生成文件")  # fmt: skip
@click.option("--database-url", help="默认用结果文件夹中的SQLite；可指定空的PostgreSQL库")
@click.option("--json", "as_json", is_flag=True, help="只输出汇总JSON")
def demo(out: Path, which: str, database_url: str | None, as_json: bool) -> None:
    """示例区的三年：638户1593人，从登记到退出、回访和返贫。"""
    with _bar(STEPS, as_json) as told:
        summary = tell(out, database_url, which == "all", told)
    if as_json:
        _say(summary)
    else:
        screen(console, summary, out)


if __name__ == "__main__":
    main()
