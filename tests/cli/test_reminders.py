"""Reminders, obligations, the inbox and wishes from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from rules.days import day_of

Run = Callable[..., Result]
OFFICE = "440512001001-office"
TODAY = day_of(datetime.now(UTC))
LATER = TODAY + timedelta(days=40)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.txt").write_text("整改报告", encoding="utf-8")
    runner = CliRunner(env={"BANGFU_DATA_DIR": str(folder / "data")})

    def call(*words: str, ok: bool = True) -> Result:
        result = runner.invoke(main, [word.replace("{folder}", str(folder)) for word in words])
        assert (result.exit_code == 0) is ok, result.output
        return result

    call("init")
    for name, office, role in (("林记录", OFFICE, "community_clerk"), ("陈主任", OFFICE, "community_head"),
                               ("黄小燕", "440512001-office", "street_clerk")):  # fmt: skip
        call("person", "appoint", name, office, role, "--since", "2020-01-01")
    call(
        "obligations",
        "add",
        "rectification",
        "--office",
        OFFICE,
        "--title",
        "公示栏缺失",
        "--due",
        str(LATER),
        "--by",
        "黄小燕",
    )
    return call


def test_a_dry_run_says_who_would_be_told_what(run: Run, tmp_path: Path) -> None:
    day = str(LATER + timedelta(days=30))
    told = json.loads(run("remind", "--dry-run", "--on", day, "--json").output)
    assert [(t["name"], t["person"]) for t in told if t["office"] == OFFICE] == [("东兴社区居民委员会", "陈主任")]
    assert "限期整改：公示栏缺失" in told[0]["text"]
    assert "将提醒" in run("remind", "--dry-run", "--on", day).output
    assert "没有要提醒的单位" in run("remind", "--dry-run", "--on", str(TODAY)).output
    assert json.loads(run("inbox", "陈主任", "--json").output) == []
    assert "--dry-run" in run("remind", "--on", day, ok=False).output


def test_an_obligation_is_listed_done_with_evidence_and_gone(run: Run) -> None:
    [row] = json.loads(run("obligations", "list", "--by", "陈主任", "--json").output)
    assert (row["title"], row["due_on"], row["done_on"]) == ("限期整改：公示栏缺失", str(LATER), None)
    do = ("obligations", "do", str(row["id"]), "--on", str(TODAY))
    assert "办理和登记" in run(*do, "--by", "黄小燕", ok=False).output
    assert "整改结果" in run(*do, "--by", "陈主任", ok=False).output
    assert "整改报告" in run(*do, "--by", "陈主任", "--field", "result=已补", ok=False).output
    assert "没有文件" in run(*do, "--by", "陈主任", "--evidence", "整改报告=/no/such", ok=False).output
    run(*do, "--by", "陈主任", "--field", "result=已补", "--evidence", "整改报告={folder}/report.txt")
    assert "（0件）" in run("obligations", "list").output
    assert "办结" in run("obligations", "list", "--band", "done").output
    assert "走访照片" in run("obligations", "show", "leader_visit").output


def test_a_kind_that_nobody_knows_is_refused_with_the_kinds_there_are(run: Run) -> None:
    said = run("obligations", "show", "leader_vist", ok=False).output
    assert "没有找到责任事项种类" in said and "leader_visit" in said and "report_year" in said
    add = (
        "obligations",
        "add",
        "rectifcation",
        "--office",
        OFFICE,
        "--title",
        "公示栏",
        "--due",
        str(LATER),
        "--by",
        "陈主任",
    )
    assert "rectification" in run(*add, ok=False).output
    assert "回访办件" in run("obligations", "show", "revisit", ok=False).output


def test_wishes_are_shown_set_and_refused(run: Run) -> None:
    assert "方式：收件箱、邮件、企业微信群；免打扰：21:00至08:00" in run("wishes", "林记录").output
    run(
        "wishes",
        "林记录",
        "--channels",
        "email",
        "--email",
        "lin@example.gov.cn",
        "--quiet",
        "none",
        "--new-tasks",
        "at_once",
    )
    assert "免打扰：不设；新待办：立即；地址：lin@example.gov.cn" in run("wishes", "林记录").output
    assert "收件箱1条，其他渠道发出0条" in run("wishes", "林记录", "--test").output
    assert json.loads(run("inbox", "林记录", "--unread", "--json").output)[0]["title"] == "测试消息"
    assert "测试消息" in run("inbox", "林记录", "--read").output
    assert json.loads(run("inbox", "林记录", "--unread", "--json").output) == []
    assert "本单位负责人" in run("wishes", "林记录", "--office", OFFICE, "--channels", "", ok=False).output
    assert "21:00-08:00" in run("wishes", "林记录", "--channels", "", "--quiet", "22-7", ok=False).output


def test_what_is_not_well_is_listed_with_what_mends_it(run: Run) -> None:
    assert "没有异常件" in run("trouble").output
    assert "请写一个编号" in run("trouble", "retry", "--by", "陈主任", ok=False).output
    assert "没有找到未消除的异常件" in run("trouble", "retry", "9", "--by", "陈主任", ok=False).output
    assert json.loads(run("trouble", "--json").output) == []
