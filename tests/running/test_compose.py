"""The compose file as compose reads it: what it mounts exists, and its commands run on a PostgreSQL without containers."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from patience import PATIENCE
from ports import free_port
from postgres_here import Postgres, programs
from serving import answers

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
OURS = [name for name in SERVICES if name != "postgres"]


def interpolated(value: object) -> str:
    """A value as compose hands it on: `$$` is a dollar, a variable that nobody set has its default."""
    return re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(value)).replace("$$", "$")


def command_of(service: str) -> list[str]:
    command = SERVICES[service]["command"]
    return [interpolated(part) for part in (shlex.split(command) if isinstance(command, str) else command)]


@pytest.mark.parametrize("service", OURS)
def test_no_variable_is_left_for_compose_to_guess(service: str) -> None:
    said = [*map(str, SERVICES[service]["environment"].values()), str(SERVICES[service]["command"])]
    for text in said:
        assert not re.search(r"(?<!\$)\$(?!\$|\{\w+:-)", text.replace("$$", "")), text


def test_what_is_mounted_and_named_is_there() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in COMPOSE["volumes"] or (DEPLOY / source).is_file(), mount
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), f"{port}: plain http is for the proxy on the same machine"
    for secret in COMPOSE["secrets"].values():
        ignored = ["git", "check-ignore", "-q", str(DEPLOY / secret["file"])]
        assert subprocess.run(ignored, cwd=DEPLOY).returncode == 0, "a secret would be committed"


def test_who_is_waited_for_with_a_health_check_has_one() -> None:
    for service in SERVICES.values():
        for other, wanted in service.get("depends_on", {}).items():
            assert wanted["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]


def test_the_image_takes_nothing_but_the_wheelhouse_and_keeps_its_data_where_the_volume_is() -> None:
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.M)
    assert copied == ["wheelhouse"]
    ignored = [line for line in (DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8").split("\n") if line]
    assert [line for line in ignored if line[0] != "#"] == ["*", "!wheelhouse"]
    for name in OURS:
        folder = SERVICES[name]["environment"]["BANGFU_DATA_DIR"]
        assert SERVICES[name]["volumes"] == [f"data:{folder}"] and f"install -d -o bangfu {folder}" in DOCKERFILE


class Composed:
    """The services of the compose file as processes of this machine, on ports and in folders of the test."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.ports = home, {"8440": str(free_port()), "4200": str(free_port())}
        (home / "secrets").mkdir()
        (home / "secrets" / "database_url").write_text(url, encoding="utf-8")
        self._running: list[subprocess.Popen[bytes]] = []

    def here(self, text: str) -> str:
        for there, ours in {"/run/secrets": str(self.home / "secrets"), "/var/lib/bangfu": str(self.home / "data"),
                            "0.0.0.0": "127.0.0.1",
                            "http://prefect:": "http://127.0.0.1:", **self.ports}.items():  # fmt: skip
            text = text.replace(there, ours)
        return text

    def env(self, service: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("BANGFU_", "PREFECT_", "PYTHONDONTWRITE"))}
        own = {k: self.here(interpolated(v)) for k, v in SERVICES[service]["environment"].items()}
        path = f"{Path(sys.executable).parent}:{kept['PATH']}"
        return {**kept, **own, "PATH": path, "BANGFU_PORT": self.ports["8440"], "PREFECT_HOME": str(self.home / "own")}

    def start(self, service: str) -> subprocess.Popen[bytes]:
        command = [self.here(part) for part in command_of(service)]
        if command[0] == "bangfu":  # the checkout of this test, not the one that is installed
            command[:1] = [sys.executable, "-m", "cli"]
        with (self.home / f"{service}.log").open("wb") as log:
            one = subprocess.Popen(command, env=self.env(service), stdout=log, stderr=log)
        self._running.append(one)
        return one

    def healthy(self, service: str) -> bool:
        kind, *command = SERVICES[service]["healthcheck"]["test"]
        assert kind == "CMD"
        asked = [self.here(part) for part in command]
        return subprocess.run(asked, env=self.env(service), capture_output=True).returncode == 0

    def wait(self, true: Callable[[], Any], seconds: float, service: str) -> None:
        end = time.monotonic() + PATIENCE * seconds
        while not true():
            log = self.home / f"{service}.log"
            assert time.monotonic() < end, f"{service}\n{log.read_text(encoding='utf-8')[-3000:]}"
            time.sleep(0.3)

    def stop(self) -> None:
        for one in reversed(self._running):
            one.terminate()
        for one in self._running:
            try:
                one.wait(30)
            except subprocess.TimeoutExpired:
                one.kill()


@pytest.fixture
def composed() -> Iterator[Composed]:
    home = Path(tempfile.mkdtemp(prefix="bangfu-compose-"))
    use = programs(home / "postgres")
    if use is None:
        pytest.skip("the system's PostgreSQL is missing (Debian: apt install postgresql)")
    server = Postgres(home / "postgres", use)
    server.start("bangfu")
    script = DEPLOY / "prefect-database.sql"
    login = ["-h", str(home / "postgres"), "-U", server.owner, "-d", "bangfu"]
    subprocess.run([use("psql"), "-q", "-v", "ON_ERROR_STOP=1", *login, "-f", str(script)], check=True)
    running = Composed(home, server.url("bangfu"))
    yield running
    running.stop()
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.postgres
def test_its_commands_set_up_serve_and_carry_out_on_postgresql(composed: Composed) -> None:
    for _ in range(2):  # `up` a second time sets up again
        assert composed.start("setup").wait(120) == 0, (composed.home / "setup.log").read_text(encoding="utf-8")
    composed.start("prefect")
    composed.wait(lambda: composed.healthy("prefect"), 120, "prefect")
    composed.start("worker1")
    api = f"http://127.0.0.1:{composed.ports['4200']}"
    flow = {"deployments": {"name": {"any_": ["office"]}}}
    composed.wait(lambda: httpx.post(f"{api}/api/deployments/filter", json=flow, timeout=60).json(), 90, "worker1")
    composed.start("office1")
    composed.wait(lambda: composed.healthy("office1"), 60, "office1")

    def carried_out() -> bool:  # a new office owes its first routines at once
        runs = httpx.post(f"{api}/api/flow_runs/filter", json={}, timeout=60).json()
        return any(run["state_type"] == "COMPLETED" and run["work_pool_name"] == "bangfu" for run in runs)

    composed.wait(carried_out, 120, "worker1")
    assert answers(f"{api}/") and httpx.get(f"{api}/ui-settings").json()["available_uis"]
    assert (composed.home / "data" / "prefect-ui").is_dir()
