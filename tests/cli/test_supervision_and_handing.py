"""Supervision and handing on from the command line, as a clerk would type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from cli.door import now
from rules.days import day_of

Run = Callable[..., Result]
STREET, COMMUNITY = "440512001-office", "440512001001-office"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder: Path = tmp_path_factory.mktemp("office")
    runner = CliRunner(env={"BANGFU_DATA_DIR": str(folder / "data")})

    def go(*words: str) -> Result:
        return runner.invoke(main, list(words))

    assert go("init").exit_code == 0
    for name, office, role in (("黄小燕", STREET, "street_clerk"), ("许立", STREET, "street_clerk"),
                               ("李书记", STREET, "street_leader"), ("陈主任", COMMUNITY, "community_head")):  # fmt: skip
        assert go("person", "appoint", name, office, role, "--since", "2015-01-01").exit_code == 0
    (folder / "台账.txt").write_text("逾期三件", encoding="utf-8")
    go.proof = f"finding={folder / '台账.txt'}"  # type: ignore[attr-defined]
    return go


def ok(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def refused(result: Result, says: str) -> None:
    assert result.exit_code != 0 and says in result.output, result.output


def todo(run: Run, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(ok(run("todo", name, "--json")))
    return rows


def test_a_street_opens_a_file_about_its_community_and_hands_its_task_on(run: Run) -> None:
    assert json.loads(ok(run("supervision", "conditions", "--json"))) == []
    refused(
        run("supervision", "open", COMMUNITY, "推进缓慢、成效不明显", "--finding", "进度慢", "--by", "黄小燕"),
        "证明问题的材料",
    )
    refused(run("supervision", "open", "440512-office", "推进缓慢、成效不明显", "--finding", "进度慢", "--by", "黄小燕",
                "--evidence", run.proof), "一级对一级督查")  # type: ignore[attr-defined] # fmt: skip
    ok(run("supervision", "open", COMMUNITY, "推进缓慢、成效不明显", "--finding", "进度慢", "--by", "黄小燕", "--evidence",
           run.proof))  # type: ignore[attr-defined] # fmt: skip
    ok(run("supervision", "measure", "1", "通报并限期整改", "--by", "黄小燕"))
    [file] = json.loads(ok(run("supervision", "list", "--json")))
    assert (file["状态"], file["对象"]) == ("已立项", file["对象"]) and "办理中" in file["措施"]

    [mine] = todo(run, "许立")
    task = str(mine["task"])
    refused(run("hand", "转办", task, "--by", "黄小燕", "--to", "李书记"), "只能转给现任")
    ok(run("hand", "转办", task, "--by", "黄小燕", "--to", "许立", "--note", "请办"))
    assert todo(run, "黄小燕") == []
    ok(run("hand", "委派", task, "--by", "许立", "--to", "李书记", "--note", "是否通报？"))
    [asked] = todo(run, "李书记")
    assert asked["kind"] == "advice"
    ok(run("hand", "反馈意见", str(asked["task"]), "--by", "李书记", "--note", "可以"))
    shown = json.loads(ok(run("case", "1", "--json")))
    assert [(h["流转"], h["办理人"]) for h in shown["handed"]] == [
        ("转办", "黄小燕"),
        ("委派", "许立"),
        ("反馈意见", "李书记"),
    ]
    assert json.loads(ok(run("mine", "许立", "我委派", "--json")))["count"] == 1
    assert "我委派" in ok(run("mine", "许立", "我委派"))
    assert "流转" in ok(run("case", "1"))


def test_the_one_concerned_states_the_case_and_nobody_else_does(run: Run) -> None:
    refused(run("supervision", "state", "1", "路不通", "--by", "李书记"), "由被督查单位的负责人")
    assert "已提交" in ok(run("supervision", "state", "1", "路不通", "--by", "陈主任"))
    [seen] = json.loads(ok(run("supervision", "list", "--for", "陈主任", "--json")))
    assert "通报并限期整改" in seen["措施"]


def test_somebody_stands_in_and_the_delegation_is_taken_back(run: Run) -> None:
    today = day_of(now())
    later = today + timedelta(days=5)
    refused(
        run("delegate", "give", "许立", "陈主任", "--since", str(today), "--until", str(later), "--reason", "培训"),
        "任职",
    )
    ok(run("delegate", "give", "许立", "李书记", "--since", str(today), "--until", str(later), "--reason", "培训"))
    [stood_in] = [row for row in todo(run, "李书记") if row["acting_for"]]
    assert stood_in["acting_for"] == "许立" and "代许立" in ok(run("todo", "李书记"))
    [given] = json.loads(ok(run("delegate", "list", "许立", "--json")))
    assert given["受托人"] == "李书记"
    ok(run("delegate", "revoke", "1", "--by", "许立"))
    assert [row for row in todo(run, "李书记") if row["acting_for"]] == []
    refused(run("delegate", "revoke", "9", "--by", "许立"), "没有找到离岗委托：9")


def test_a_referral_is_not_listed_for_those_below(run: Run) -> None:
    """R4.4-10, as on the pages."""
    made = ok(run("supervision", "open", COMMUNITY, "不作为", "--finding", "不走访", "--by", "黄小燕", "--evidence",
                  run.proof))  # type: ignore[attr-defined] # fmt: skip
    number = made.split("督查件")[1].split("。")[0]
    ok(run("supervision", "measure", number, "追责移送", "--by", "黄小燕"))
    listed = {
        str(row["督查件"]): row for row in json.loads(ok(run("supervision", "list", "--for", "陈主任", "--json")))
    }
    assert listed[number]["措施"] == ""
    above = {str(row["督查件"]): row for row in json.loads(ok(run("supervision", "list", "--for", "李书记", "--json")))}
    assert "追责移送" in above[number]["措施"]
