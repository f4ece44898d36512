"""The operator's commands: Chinese for the person, JSON for the machine, one sentence and exit code 1 for a refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

import demo
from cli import main

DATA = Path(demo.__file__).parent / "data" / "haojiang-2016.xlsx"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """An office with its people, made by the commands themselves."""
    runner = CliRunner(env={"BANGFU_DATA_DIR": str(folder / "data")})

    def go(*words: str) -> Result:
        return runner.invoke(main, list(words))

    assert go("init").exit_code == 0
    for name, office, role in (("蔡晓", "440512-office", "district_clerk"), ("郑主任", "440512-office", "district_director"),
                               ("林记录", "440512001001-office", "community_clerk")):  # fmt: skip
        assert go("person", "appoint", name, office, role, "--since", "2015-01-01").exit_code == 0
    return go


def ok(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_help_is_chinese_for_every_command(run: Run) -> None:
    commands = re.findall(r"^  ([a-z-]+) ", ok(run("--help")).split("命令")[-1], re.M)
    assert {"init", "import", "register", "apply", "todo", "decide", "household", "case", "export", "papers", "policy",
            "demo", "verify-ledger"} <= set(commands)  # fmt: skip
    for command in commands:
        help_ = ok(run(command, "--help"))
        assert "用法" in help_ and not re.search(r"Usage|Options|Commands|Show this|default", help_), help_


@pytest.mark.parametrize(
    ("words", "says"),
    [(("nonsense",), "没有'nonsense'这个命令"), (("register", "as-of", "昨天"), "2017-07-03"), (("case", "x"), "应为整数"),
     (("import", "/no/such.xlsx"), "没有'/no/such.xlsx'，请核对文件名"), (("todo",), "缺少参数"),
     (("decide", "1", "s", "好", "--by", "x"), "不在可选范围内")],
)  # fmt: skip
def test_a_mistyped_command_is_answered_in_chinese(run: Run, words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and says in result.output, result.output


def test_a_dry_run_reports_and_writes_nothing(run: Run) -> None:
    report = json.loads(ok(run("import", str(DATA), "--dry-run", "--json")))

    assert (report["households"], report["persons"], report["refused"], report["changed"]) == (638, 1593, [], 0)
    assert json.loads(ok(run("register", "show", "--json")))["households"] == 0


def test_an_import_waits_for_another_person_and_then_stands(run: Run) -> None:
    said = ok(run("import", str(DATA), "--by", "蔡晓", "--effective-on", "2016-05-01"))
    case = re.search(r"编号(\d+)", said)
    assert case is not None and "新增638户" in said

    todo = json.loads(ok(run("todo", "郑主任", "--json")))
    assert [t["step"] for t in todo] == ["approve"]
    refused = run("decide", case[1], "approve", "通过", "--by", "蔡晓")
    assert refused.exit_code == 1 and "由濠江区扶贫开发领导小组办公室的区扶贫办主任办理" in refused.output
    assert "已办理" in ok(run("decide", case[1], "approve", "通过", "--by", "郑主任", "--opinion", "同意"))
    again = run("decide", case[1], "approve", "通过", "--by", "郑主任")
    assert again.exit_code == 1 and "已由郑主任" in again.output

    there = json.loads(ok(run("register", "as-of", "2017-06-30", "--json")))
    assert (there["households"], there["persons"]) == (638, 1593)
    own = json.loads(ok(run("register", "as-of", "2017-06-30", "--by", "林记录", "--json")))
    assert own["communities"] == 1 and 0 < own["households"] < 40
    assert "核对导入报告" in ok(run("case", case[1]))


def test_a_household_is_shown_to_whom_it_concerns_only(run: Run) -> None:
    own = json.loads(ok(run("household", "4405120010010001", "--by", "林记录", "--json")))
    assert own["户主"] == "邱荣强" and len(own["成员"]) == 2

    other = run("household", "4405120020090015", "--by", "林记录")
    assert other.exit_code == 1 and "不在您的管辖范围内" in other.output
    nobody = run("household", "1")
    assert nobody.exit_code == 1 and "没有找到" in nobody.output


def test_a_household_is_shown_in_words(run: Run) -> None:
    """People see Chinese: no key of an income, of a finding or of a place."""
    said = ok(run("import", str(DATA), "--part", "facts", "--year", "2016", "--by", "蔡晓"))
    case = re.search(r"编号(\d+)", said)
    assert case is not None
    ok(run("decide", case[1], "approve", "通过", "--by", "郑主任", "--opinion", "同意"))

    shown = ok(run("household", "4405120010020003"))
    assert "濠江区达濠街道西湖社区" in shown and "低保金、五保金4074.31元" in shown and "达标" in shown
    assert not re.search(r"[a-z]{3,}", shown)


def test_the_export_is_scoped(run: Run, folder: Path) -> None:
    ok(run("export", str(folder / "own.xlsx"), "--by", "林记录", "--on", "2016-06-01"))
    rows = list(
        openpyxl.load_workbook(folder / "own.xlsx", read_only=True)["人员"].iter_rows(min_row=3, values_only=True)
    )
    assert rows and {r[4] for r in rows} == {"东兴社区"}


def test_an_application_from_a_file(run: Run, folder: Path) -> None:
    path = folder / "application.json"
    path.write_text(json.dumps({"area_code": "440512001001", "facts": {"attribute": "一般贫困户"}, "members": [
        {"name": "黄国梁", "id_no": "440512196205049973", "relation": "户主"}]}), encoding="utf-8")  # fmt: skip
    said = run("apply", str(path), "--by", "林记录")
    assert said.exit_code == 1 and "黄国梁的证件号码" in said.output
    path.write_text("{", encoding="utf-8")
    assert "不是规定格式的JSON" in run("apply", str(path), "--by", "林记录").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("decide", "999", "x", "通过", "--by", "蔡晓"), "没有找到办件：999"),
        (("decide", "1", "x", "通过", "--by", "无此人"), "没有找到人员：无此人"),
        (("case", "999"), "没有找到办件"),
        (("import", str(DATA)), "请写明上传人"),
        (("import", str(DATA), "--part", "facts", "--dry-run"), "须指明年度"),
        (("import", __file__, "--dry-run"), "不是Excel工作簿"),
        (("policy", "check", "none"), "没有找到政策包"),
        (("papers", "print", "999", "--out", "x.docx"), "没有找到文书"),
        (("decide", "1", "approve", "通过", "--by", "郑主任", "--field", "x"), "应写成“左=右”"),
    ],
)
def test_wrong_input_gets_a_sentence(run: Run, words: tuple[str, ...], says: str) -> None:
    result = run(*words)
    assert result.exit_code == 1 and says in result.output and "Traceback" not in result.output


def test_the_shipped_packs_pass_their_check(run: Run) -> None:
    assert "没有错误" in ok(run("policy", "check", "haojiang-2017"))
    entries: list[dict[str, Any]] = json.loads(ok(run("policy", "check", "monitoring-2021", "--json")))
    assert {e["status"] for e in entries} <= {"UNSET", "DEFAULT", "CONFIRMED"}


def test_the_ledger_is_verified_and_says_what_it_cannot_see(run: Run) -> None:
    assert "台账完好" in ok(run("verify-ledger"))
    assert json.loads(ok(run("verify-ledger", "--json")))["ok"] is True
    ok(run("work"))
    assert "已核对0份" in ok(run("papers", "verify"))


def test_an_office_that_is_not_set_up_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = CliRunner(env={"BANGFU_DATA_DIR": str(tmp_path / "data")}).invoke(main, ["register", "show"])
    assert result.exit_code == 1 and "请先运行 bangfu init" in result.output


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    result = CliRunner(env={"BANGFU_DATABASE_URL": "mysql://x"}).invoke(main, ["register", "show"])
    assert result.exit_code == 1 and "BANGFU_DATABASE_URL" in result.output


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:///nowhere/bangfu.sqlite3", "请先运行 bangfu init"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "数据库连接不上"),
    ],
)
def test_a_database_that_is_not_there_is_a_sentence(
    url: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BANGFU_DATABASE_URL", url)

    done = CliRunner().invoke(main, ["todo", "张三"])

    assert (done.exit_code, says in done.output) == (1, True), done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [("backup", "{}/inside"), ("export", "{}/inside.xlsx"), ("demo", "--out", "{}/inside")]
)
def test_a_path_that_cannot_be_written_is_told_in_chinese(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    """Nobody's screen fills with a fault because a folder is not one."""
    file = folder / "不是文件夹"
    file.write_text("x", encoding="utf-8")
    result = run(*(part.format(file) for part in command))
    assert result.exit_code == 1 and "不能使用：" in result.output and "请核对路径和权限后重试" in result.output


def test_half_a_wish_is_not_taken_for_a_question(run: Run) -> None:
    result = run("wishes", "林记录", "--mobile", "19900001234")
    assert result.exit_code == 1 and "--channels" in result.output
    assert "未填" in run("wishes", "林记录").output


def test_an_application_that_is_no_application_says_what_it_lacks(run: Run, folder: Path) -> None:
    for text, said in (("{", "不是规定格式的JSON"), ("[]", "不是规定格式的JSON"), ('{"members": []}', "缺少area_code一项"),
                       ('{"members": 3, "area_code": "440512001001"}', "不是规定格式的JSON")):  # fmt: skip
        file = folder / "申请.json"
        file.write_text(text, encoding="utf-8")
        result = run("apply", str(file), "--by", "林记录")
        assert result.exit_code == 1 and said in result.output, (text, result.output)


def test_a_mistyped_folder_is_not_made(run: Run, folder: Path) -> None:
    """The export, and whatever else is written to a path, says that there is no such folder."""
    missing = folder / "没有" / "这里"
    for words in (("export", f"{missing}/a.xlsx"), ("papers", "print", "1", "--out", f"{missing}/a.docx")):
        result = run(*words)
        assert result.exit_code == 1, result.output
        assert not missing.exists() and not missing.parent.exists()
    assert f"没有文件夹{missing}" in run("export", f"{missing}/a.xlsx").output.replace("\n", "")


def test_what_the_command_line_library_refuses_is_said_in_chinese(run: Run) -> None:
    for words, said in ((("serve", "--port", "99999"), "99999不在范围1<=x<=65535之内"), (("decide", "1", "review", "通过", "--by"), "后面还要写值")):  # fmt: skip
        result = run(*words)
        assert result.exit_code == 2 and said in result.output.replace("\n", ""), result.output


def test_a_draft_is_reworded_before_it_is_signed_and_its_stages_are_listed(run: Run, folder: Path) -> None:
    ok(run("person", "appoint", "许立", "440512001-office", "street_clerk", "--since", "2015-01-01"))
    ok(run("person", "appoint", "黄小燕", "440512001-office", "street_clerk", "--since", "2015-01-01"))
    text = folder / "请示.json"
    section = {"level": 0, "text": "请核定名单。"}
    text.write_text(json.dumps({"subject": "核定2017年退出贫困户", "sections": [section]}), encoding="utf-8")
    made = re.search(r"\d+", ok(run("papers", "compose", "D-77A", str(text), "--to", "440512-group", "--by", "黄小燕")))
    assert made
    text.write_text(json.dumps({"subject": "核定2017年第二批退出贫困户"}), encoding="utf-8")
    assert "请重新核稿" in ok(run("papers", "reword", made[0], str(text), "--by", "黄小燕"))
    listed = json.loads(ok(run("papers", "stages", made[0], "--json")))
    assert [(s["act"], s["person"]) for s in listed] == [("draft", "黄小燕"), ("redraft", "黄小燕")]
    out = folder / "请示.docx"
    ok(run("papers", "print", made[0], "--out", str(out)))
    words = "".join(p.text for p in docx.Document(str(out)).paragraphs)
    assert "第二批" in words.replace("\n", "") and "请核定名单" in words
    ok(run("papers", "advance", "review", made[0], "--by", "许立"))
    late = run("papers", "reword", made[0], str(text), "--by", "黄小燕")
    assert late.exit_code == 1 and "重拟" in late.output
    assert run("papers", "reword", "99999", str(text), "--by", "黄小燕").exit_code == 1
