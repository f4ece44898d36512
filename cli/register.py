"""The register: import, what it says on a day, one household, an application, the ledger book."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from cli.door import DAY, actor_of, day_from, new_file, now, say, scope_for, show_table, the_office
from flows.apply import Applicant, Application, apply
from flows.decide import decide
from flows.export_register import write_ledger_book
from flows.frozen import procedure_of
from flows.household_view import VERDICTS
from flows.import_register import ImportReport, Options, examine, upload
from records import areas, enrolments, facts, help, register, views
from records.engine import reading
from rules.days import day_of
from rules.income import ITEMS
from rules.jurisdiction import covers
from states.case import CaseLife
from states.decision import Decision
from states.household import HouseholdPath
from states.not_allowed import FieldWrong, NoSuch, OutsideYourArea
from states.procedure import Verdict
from states.table import state_names


@click.command("import")
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
    office, data, at = the_office(), file.read_bytes(), now()
    options = Options(part, year)
    if part == "facts" and year is None:
        raise FieldWrong(field="--year", why="导入收入与认定须指明年度。")
    if dry_run:
        _report(examine(office, data, file.name, day_of(at), options), as_json)
        return
    if by is None:
        raise FieldWrong(field="--by", why="请写明上传人。")
    actor = actor_of(office, by, None, "district_clerk")
    case, report = upload(office, data, file.name, actor, at, options)
    _report(report, as_json)
    vouched = {"effective_on": day_from(effective_on) if effective_on else day_of(at)}
    decide(office, Decision(case.id, "report", Verdict.APPROVE, actor, at, "已核对导入报告", vouched))
    if not as_json:
        click.echo(
            f"办件{case.number}（编号{case.id}）已送区扶贫办主任批准：bangfu decide {case.id} approve 通过 --by …"
        )


def _report(report: ImportReport, as_json: bool) -> None:
    if as_json:
        say(report.as_json())
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


@click.group("register")
def register_() -> None:
    """登记簿（建档立卡）。"""


@register_.command("show")
@click.option("--by", help="只看此人管辖范围内的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def register_show(by: str | None, as_json: bool) -> None:
    """登记簿现状：户数、人数和户路径各状态。"""
    _register_on(day_of(now()), by, as_json)


@register_.command("as-of")
@click.argument("day", type=DAY)
@click.option("--by", help="只看此人管辖范围内的")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def register_as_of(day: datetime, by: str | None, as_json: bool) -> None:
    """DAY 当日的登记簿。"""
    _register_on(day_from(day), by, as_json)


def _register_on(day: date, by: str | None, as_json: bool) -> None:
    office = the_office()
    scope = scope_for(office, by)
    with reading(office.records) as conn:
        there = register.register_on(conn, day, register.household_scope(scope))
        states = views.path_counts(conn, office.pack.id, day) if scope.everything else {}
    values = {"as_of": str(day), "households": there.households, "persons": there.persons,
              "communities": there.communities}  # fmt: skip
    if as_json:
        say({**values, "path": {k: {"households": v[0], "persons": v[1]} for k, v in states.items()}})
        return
    click.echo(f"{day}：{there.households}户{there.persons}人，{there.communities}个社区。")
    names = state_names(HouseholdPath)
    if states:
        show_table(f"{day}的户路径", ["状态", "户数", "人数"], [[names[str(k)], *v] for k, v in states.items()])


@click.command()
@click.argument("number")
@click.option("--on", "day", type=DAY, help="查看该日的情况，默认今日")
@click.option("--by", help="查看人；管辖范围以外的不能查看")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
def household(number: str, day: datetime | None, by: str | None, as_json: bool) -> None:
    """一户的档案：成员、路径、收入、认定、结对、措施、办件。"""
    office = the_office()
    on = day_from(day) if day else day_of(now())
    scope = scope_for(office, by)
    with reading(office.records) as conn:
        found = register.id_of(conn, number)
        home = register.household_on(conn, found, on) if found else None
        if home is None:
            raise NoSuch(what=f"{on}登记簿中的户", key=number)
        if not covers(scope, home.area_path, home.id):
            raise OutsideYourArea(what=f"户{number}")
        values = _file(conn, home, on)
    if as_json:
        say(values)
        return
    for title, rows in values.items():
        if isinstance(rows, list) and rows:
            show_table(title, list(rows[0]), [[_in_words(v) for v in r.values()] for r in rows])
        elif not isinstance(rows, list):
            click.echo(f"{title}：{rows}")


def _in_words(value: Any) -> Any:
    return "、".join(f"{k}{v:.2f}元" for k, v in value.items()) if isinstance(value, dict) else value


def _file(conn: Any, home: register.HouseholdOn, on: date) -> dict[str, Any]:
    names = state_names(HouseholdPath)
    pairing = help.pairing_on(conn, home.id, on)
    place = "".join(areas.area(conn, code, on).name for code in home.area_path.strip("/").split("/"))
    begun = [(c, procedure_of(conn, c.procedure_sha256)) for c in views.cases_of_subject(conn, "household", home.id)]
    return {
        "户编号": home.number, "户主": home.head.name if home.head else "", "区划": place,
        "结对": f"{pairing.unit} {pairing.helper}" if pairing else "无",
        "成员": [{"姓名": m.name, "关系": m.relation, "性别": m.sex, "出生": str(m.born_on),
                  "劳动能力": m.facts.get("labour"), "健康": m.facts.get("health")} for m in home.members],
        "路径": [{"日期": str(e.on), "从": names[e.from_state], "到": names[e.to_state], "办件": e.case_id}
                 for e in enrolments.path_of_household(conn, home.id)],
        "收入": [{"年度": s.year, "人口": s.heads, "项目": {ITEMS[k].title: v / 100 for k, v in s._mapping["items"].items() if v}}
                 for s in facts.income_sheets(conn, home.id)],
        "认定": [{"条件": f.condition, "结论": VERDICTS[f.verdict], "日期": str(f.found_on), "单位": f.certifier}
                 for f in facts.findings_until(conn, home.id, on)],
        "措施": [{"类别": m.programme, "措施": m.title, "起": str(m.starts_on), "止": m.ends_on}
                 for m in help.measures_on(conn, home.id, on)],
        "办件": [{"编号": c.id, "事项": f"{procedure.title} {c.title}", "状态": state_names(CaseLife)[c.status],
                  "环节": {s.key: s.title for s in procedure.steps}.get(c.step, c.step)} for c, procedure in begun],
    }  # fmt: skip


@click.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="社区经办人")
def apply_(file: Path, by: str) -> None:
    """登记一户申请：FILE 是JSON，含 area_code、facts、members（name、id_no、relation、facts）。"""
    office = the_office()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        members = [Applicant(m["name"], m["id_no"], m["relation"], m.get("facts", {})) for m in raw["members"]]
        area = raw["area_code"]
    except KeyError as no:
        raise FieldWrong(field=file.name, why=f"缺少{no.args[0]}一项。") from no
    except (ValueError, TypeError, AttributeError) as no:
        raise FieldWrong(
            field=file.name, why="不是规定格式的JSON：须有area_code、members（name、id_no、relation），可有facts。"
        ) from no
    actor = actor_of(office, by, f"{area}-office", "community_clerk")
    case = apply(office, Application(area, members, raw.get("facts", {}), actor, now()))
    click.echo(f"已受理申请，办件{case.number}（编号{case.id}）。")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--on", "day", type=DAY, help="该日的台账，默认今日")
@click.option("--by", help="导出人；只含其管辖范围")
def export(file: Path, day: datetime | None, by: str | None) -> None:
    """导出台账到Excel文件 FILE。"""
    office = the_office()
    write_ledger_book(office, new_file(file), day_from(day) if day else day_of(now()), scope_for(office, by))
    click.echo(f"已导出到{file}")
