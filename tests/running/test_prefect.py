"""The office with Prefect beside it, as real processes: who carries duties out, what an operator sees, what a kill costs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import httpx
import psutil
import pytest
from serving import Running, office_env, set_up

from flows.unattended import FLOWS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("office")
    env = office_env(folder)
    set_up(env)
    running = Running(env, folder / "log")
    running.wait(running.ready, 60, "the office did not open")
    yield running
    running.stop()


@pytest.fixture
def served(office: Running) -> Running:
    """The office once Prefect answers and serves its flows."""
    office.wait(office.prefect_ready, 120, "Prefect did not come up")
    office.wait(lambda: _deployments(office, len(FLOWS)), 120, "flows were not deployed")
    return office


def test_people_can_work_before_prefect_is_up_and_what_is_owed_is_done_meanwhile(office: Running) -> None:
    opened = time.monotonic() - office.begun
    was_up = office.prefect_ready()
    office.owe(3, "early")
    office.wait(lambda: office.open_duties() == 0, 20, "duties were not done while Prefect started")
    office.wait(office.prefect_ready, 90, "Prefect did not come up")
    assert not was_up and time.monotonic() - office.begun > opened
    office.wait(lambda: office.says("child started")[1:], 60, "no flows were served")


def test_every_flow_is_deployed_with_the_schema_of_its_parameters(served: Running) -> None:
    found = served.wait(lambda: _deployments(served, len(FLOWS)), 120, "flows were not deployed")
    assert {d["flow"] for d in found} == set(FLOWS)
    for deployment in found:
        assert set(deployment["parameter_openapi_schema"]["properties"]) == {"asked", "batch", "at"}
        own = FLOWS[deployment["flow"]].asked.model_json_schema()["properties"]
        assert own == deployment["parameter_openapi_schema"]["definitions"][
            FLOWS[deployment["flow"]].asked.__name__
        ].get("properties", {})


def _deployments(office: Running, wanted: int) -> list[dict[str, object]]:
    found = httpx.post(f"{office.api}/deployments/filter", json={}, timeout=60).json()
    flows = {f["id"]: f["name"] for f in httpx.post(f"{office.api}/flows/filter", json={}, timeout=60).json()}
    return [{**d, "flow": flows[d["flow_id"]]} for d in found] if len(found) == wanted else []


def test_a_batch_is_one_run_that_an_operator_can_read_and_an_idle_office_makes_none(served: Running) -> None:
    earlier = {r["id"] for r in served.runs()}
    before = len(earlier)
    served.owe(120, "batch")
    served.wait(lambda: served.open_duties() == 0, 120, "the batch was not carried out")
    run = served.wait(
        lambda: [r for r in served.runs() if r["state_type"] == "COMPLETED" and r["id"] not in earlier],
        30,
        "no run completed",
    )[0]
    assert len(served.runs()) == before + 1 and run["name"].startswith("办理应办事项 第")
    artifacts = httpx.post(f"{served.api}/artifacts/filter", json={}, timeout=60).json()
    told = {a["key"]: a["data"] for a in artifacts if a["flow_run_id"] == run["id"]}
    assert told["carry-out-duties"] == "已办120项，0项未成、稍后再试。" and json.loads(
        told["carry-out-duties-table"]
    ) == [{"种类": "立件", "已办": 120}]
    tasks = httpx.post(
        f"{served.api}/task_runs/filter", json={"flow_runs": {"id": {"any_": [run["id"]]}}}, timeout=10
    ).json()
    assert [t["name"] for t in tasks] == ["第1组"]  # a group is ten chunks

    time.sleep(4)
    assert len(served.runs()) == before + 1
    assert served.cases() == list(range(1, 121))


def test_while_prefect_is_dead_the_ticker_works_and_when_it_returns_nothing_is_done_twice(served: Running) -> None:
    served.child("prefect").kill()
    served.owe(150, "away")  # thirty subjects more than before: those that have a case keep it
    served.wait(lambda: served.open_duties() == 0, 60, "nobody carried the duties out")
    assert served.cases() == list(range(1, 151))

    served.wait(served.prefect_ready, 90, "Prefect was not started again")
    served.owe(160, "back")
    served.wait(lambda: served.open_duties() == 0, 90, "nobody carried the duties out after Prefect returned")
    assert served.cases() == list(range(1, 161))


def test_a_batch_whose_process_is_killed_is_finished_and_none_of_it_twice(served: Running) -> None:
    served.owe(400, "killed")
    served.wait(lambda: served.open_duties() < 400, 60, "the batch was not begun")
    for child in served.child("flows").children(recursive=True):
        child.kill()
    served.child("flows").kill()
    served.wait(lambda: served.open_duties() == 0, 90, "the batch was not finished")
    assert served.cases() == list(range(1, 401))


def test_the_office_ends_with_everything_it_started(office: Running) -> None:
    started = [line["pid"] for line in office.says("child started")]
    assert office.stop() == 0
    assert [pid for pid in started if psutil.pid_exists(pid)] == []
    assert [line["says"] for line in office.says("closed")] == ["closed"]
