"""`bangfu agreements` as an operator uses it: split, issue, list, sign, supplement, report, assess; wrong input is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from cli import main

Run = Callable[..., Result]
STREET = "濠扶责街2017-0001"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """An office with its people, made by the commands themselves."""
    runner = CliRunner(env={"BANGFU_DATA_DIR": str(tmp_path_factory.mktemp("office") / "data")})

    def go(*words: str) -> Result:
        return runner.invoke(main, list(words))

    assert go("init").exit_code == 0
    for name, office, role in (
        ("蔡晓", "440512-office", "district_clerk"), ("郑主任", "440512-office", "district_director"),
        ("李书记", "440512001-office", "street_leader"), ("吴主任", "440512001-office", "street_leader"),
        ("黄小燕", "440512001-office", "street_clerk"), ("许旁观", "440512002-office", "street_clerk"),
    ):  # fmt: skip
        assert go("person", "appoint", name, office, role, "--since", "2015-01-01").exit_code == 0
    return go


def ok(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output) if result.output.lstrip().startswith(("{", "[")) else result.output


def no(result: Result) -> str:
    assert result.exit_code != 0, result.output
    return result.output


def test_a_year_from_the_split_to_the_assessment(run: Run, tmp_path: Path) -> None:
    """R4.2-02, R4.2-05."""
    book, scan = tmp_path / "split.xlsx", tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    assert "拟订区与街道7份" in ok(run("agreements", "split", "--year", "2017", "--out", str(book), "--by", "蔡晓"))
    sheet = openpyxl.load_workbook(book)
    page = sheet.worksheets[0]
    persons = 4
    page.cell(2, persons).value = page.cell(2, persons).value - 3
    sheet.save(book)
    assert "少分3人" in no(run("agreements", "split", "--year", "2017", "--from", str(book), "--by", "蔡晓"))
    page.cell(3, persons).value = page.cell(3, persons).value + 3
    sheet.save(book)
    assert (
        ok(run("agreements", "split", "--year", "2017", "--from", str(book), "--by", "蔡晓", "--json"))["changed"] > 2
    )

    assert ok(run("agreements", "issue", "--year", "2017", "--by", "蔡晓", "--json"))["issued"] == 96
    assert ok(run("agreements", "issue", "--year", "2017", "--by", "蔡晓", "--json"))["issued"] == 0
    listed = ok(run("agreements", "list", "--year", "2017", "--kind", "D-20", "--unsigned", "--json"))
    assert listed["count"] == 7 and len(listed["agreements"][0]["waits_for"]) == 4

    assert "请写明您以哪个身份" in no(run("agreements", "sign", STREET, "--by", "李书记"))
    assert "目标已分解" in ok(run("agreements", "sign", STREET, "--by", "李书记", "--as", "党工委书记"))
    assert "须是不同的人" in no(run("agreements", "sign", STREET, "--by", "李书记", "--as", "办事处主任"))
    assert "一方已签" in ok(run("agreements", "sign", "--all-mine", "--by", "吴主任", "--as", "办事处主任"))
    for name, capacity in (("区委甲", "区委书记"), ("区长乙", "区长")):
        ok(run("agreements", "sign", STREET, "--by", "蔡晓", "--scan", str(scan), "--name", name, "--as", capacity))
    shown = ok(run("agreements", "show", STREET, "--json"))
    assert shown["status"] == "in_force" and {f["measure"] for f in shown["figures"]} >= {"persons", "households"}
    assert len(shown["below"]) == 8

    ok(run("agreements", "report", STREET, "--text", "进展顺利", "--by", "黄小燕"))
    assert "只能是优秀" in no(run("agreements", "assess", STREET, "--grade", "好", "--text", "x", "--by", "郑主任"))
    ok(run("agreements", "assess", STREET, "--grade", "良好", "--text", "完成任务", "--by", "郑主任"))
    ok(run("agreements", "close", STREET, "--by", "郑主任"))
    assert "已结案" in ok(run("agreements", "show", STREET))


def test_a_supplement_names_every_level_that_would_no_longer_add_up(run: Run) -> None:
    second = "濠扶责街2017-0002"
    says = no(run("agreements", "supplement", "--change", f"{second}:减贫人口=1", "--reason", "调整", "--by", "蔡晓"))
    assert "全区" in says and "下级" in says and "少分" in says
    assert "应写成" in no(run("agreements", "supplement", "--change", "一二三", "--reason", "调整", "--by", "蔡晓"))
    assert "没有责任书指标" in no(run("agreements", "supplement", "--change", f"{second}:修路=1", "--reason", "x",
                                       "--by", "蔡晓"))  # fmt: skip


def test_who_is_not_concerned_sees_nothing_and_changes_nothing(run: Run) -> None:
    """Truth 5: list and detail ask the same predicate."""
    mine = ok(run("agreements", "list", "--year", "2017", "--by", "许旁观", "--json"))
    assert {a["to"][:2] for a in mine["agreements"] if a["kind"] == "D-20"} == {"礐石"}
    assert no(run("agreements", "show", STREET, "--by", "许旁观"))
    assert "不能办理" in no(run("agreements", "void", "濠扶责街2017-0003", "--reason", "x", "--by", "许旁观"))
    assert "没有" in no(run("agreements", "show", "濠扶责街2017-9999"))


def test_a_void_number_is_kept_and_the_next_issue_makes_another(run: Run) -> None:
    ok(run("agreements", "void", "濠扶责街2017-0007", "--reason", "单位名称有误", "--by", "蔡晓"))
    assert ok(run("agreements", "issue", "--year", "2017", "--by", "蔡晓", "--json"))["issued"] == 1
    assert "濠扶责街2017-0008" in ok(run("agreements", "list", "--kind", "D-20"))
    assert "单位名称有误" in ok(run("agreements", "show", "濠扶责街2017-0007"))
    assert "完好" in ok(run("verify-ledger"))
