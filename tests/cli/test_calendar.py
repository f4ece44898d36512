"""Entering the calendar of an announced year from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

Run = Callable[..., Result]
DAYS = "# 国务院办公厅通知\n2030-02-01至2030-02-08 休 春节\n2030-02-09 班 春节调休\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "days.txt").write_text(DAYS, encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("2030-02-31,休,春节\n", encoding="utf-8")
    runner = CliRunner(env={"BANGFU_DATA_DIR": str(tmp_path / "data")})

    def call(*words: str, ok: bool = True) -> Result:
        result = runner.invoke(main, [word.replace("{folder}", str(tmp_path)) for word in words])
        assert (result.exit_code == 0) is ok, result.output
        return result

    call("init")
    call("person", "appoint", "蔡晓", "440512-office", "administrator", "--since", "2020-01-01")
    call("person", "appoint", "林记录", "440512001001-office", "community_clerk", "--since", "2020-01-01")
    return call


def test_a_year_is_rehearsed_entered_once_and_a_day_of_it_corrected(run: Run) -> None:
    enter = ("calendar", "import", "{folder}/days.txt", "--year", "2030", "--source", "国办发明电〔2029〕1号")
    assert "尚未录入" in run("calendar", "show", "2030").output

    shown = run(*enter, "--by", "蔡晓", "--dry-run").output
    assert "2030-02-08" in shown and "周六" in shown and "没有录入" in shown
    assert "全年工作日256天" in shown  # 261 from Monday to Friday, six of them off, one Saturday worked
    assert json.loads(run("calendar", "show", "2030", "--json").output)["announced"] is False

    assert "已录入2030年9日" in run(*enter, "--by", "蔡晓").output
    assert "已经公布" in run(*enter, "--by", "蔡晓", "--dry-run", ok=False).output
    assert "已经公布" in run(*enter, "--by", "蔡晓", ok=False).output
    run("calendar", "change", "2030-02-09", "休", "不再调休", "--source", "国办通知", "--by", "蔡晓")
    kept = json.loads(run("calendar", "show", "2030", "--json").output)
    assert kept["announced"] and {d["day"]: d["is_open"] for d in kept["days"]}["2030-02-09"] is False


def test_a_wrong_file_and_who_may_not_are_answered_in_a_sentence(run: Run) -> None:
    wrong = ("calendar", "import", "{folder}/wrong.csv", "--year", "2030", "--source", "通知", "--by", "蔡晓")
    assert "没有2030-02-31这一天" in run(*wrong, ok=False).output
    right = ("calendar", "import", "{folder}/days.txt", "--year", "2030")
    assert "文件依据" in run(*right, "--source", " ", "--by", "蔡晓", ok=False).output
    assert "不是2031年的日子" in run("calendar", "import", "{folder}/days.txt", "--year", "2031", "--source", "通知",
                              "--by", "蔡晓", ok=False).output  # fmt: skip
    assert "管理" in run(*right, "--source", "通知", "--by", "林记录", ok=False).output
    assert json.loads(run("calendar", "show", "2030", "--json").output)["announced"] is False
