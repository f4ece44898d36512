"""What ships for many machines names settings, commands and units that there are, and the units do on a PostgreSQL."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from many import by_asyncpg
from patience import PATIENCE
from ports import free_port
from postgres_here import Postgres, programs
from serving import answers

from cli.prefect_children import QUIET
from config.serving import SERVING_NAMES
from config.settings import NAMES
from web.settings import WEB_NAMES

DEPLOY = Path(__file__).parents[2] / "deploy"
KNOWN = {name for base in (*NAMES, *SERVING_NAMES, *WEB_NAMES) for name in (base, f"{base}_FILE")}
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.suffix in
         {".yaml", ".service", ".env", ".sql"}}  # fmt: skip


def test_every_setting_they_name_is_one_that_the_office_reads() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"\bBANGFU_[A-Z_]+", text)}
    assert len(named) >= 6 and named - KNOWN == set()


def test_compose_holds_two_offices_two_workers_a_server_and_a_database() -> None:
    services = yaml.safe_load(TEXTS["compose.yaml"])["services"]
    assert set(services) == {"postgres", "prefect", "setup", "office1", "office2", "worker1", "worker2"}
    for name, service in services.items():
        for other in service.get("depends_on", {}):
            assert other in services, (name, other)
    offices = [services[name] for name in ("office1", "office2")]
    assert {office["command"] for office in offices} == {"bangfu serve"}
    assert services["office1"]["ports"] != services["office2"]["ports"]


def test_units_start_what_is_installed_and_are_started_again() -> None:
    units = {name: text for name, text in TEXTS.items() if name.endswith(".service")}
    assert set(units) == {"bangfu-office@.service", "bangfu-prefect.service", "bangfu-worker@.service"}
    for text in units.values():
        assert "Restart=always" in text and "[Install]" in text
        assert "StartLimitIntervalSec=0" in text, "a database that is away for a minute ends no unit for good"
        assert re.search(r"^ExecStart=/usr/local/lib/bangfu/bin/(bangfu|prefect|python) ", text, re.M)
        for file in re.findall(r"^EnvironmentFile=/etc/bangfu/(\S+)$", text, re.M):
            assert file in TEXTS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
@pytest.mark.parametrize("unit", sorted(name for name in TEXTS if name.endswith(".service")))
def test_systemd_finds_nothing_wrong_with_a_unit(unit: str, tmp_path: Path) -> None:
    written = tmp_path / unit.replace("@.", "@8440.")
    text = TEXTS[unit].replace("/usr/local/lib/bangfu/bin", str(Path(sys.executable).parent))
    written.write_text(text, encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", str(written)], capture_output=True, text=True)
    said = [line for line in verified.stderr.splitlines() if written.name in line]
    assert said == [] and verified.returncode == 0, verified.stderr


def test_the_guide_names_files_and_units_that_there_are() -> None:
    guide = (DEPLOY.parent / "docs" / "deploying.md").read_text(encoding="utf-8")
    for named in re.findall(r"\bdeploy/([a-z./-]+\.(?:env|sql|yaml))", guide):
        assert (DEPLOY / named).is_file(), named
    for unit in re.findall(r"\b(bangfu-(?:prefect|worker@|office@))", guide):
        assert f"{unit}.service" in TEXTS, unit
    assert set(re.findall(r"\bBANGFU_[A-Z_]+", guide)) - KNOWN == set()


def test_prefect_is_as_quiet_there_as_beside_an_office() -> None:
    wanted = {
        name: value
        for name, value in QUIET.items()
        if name.startswith(("PREFECT_SERVER_SERVICES", "PREFECT_LOGGING_HANDLERS"))
    }
    unit = dict(line.split("=", 1) for line in TEXTS["prefect.env"].splitlines() if "=" in line and line[0] != "#")
    compose = yaml.safe_load(TEXTS["compose.yaml"])["services"]["prefect"]["environment"]
    assert wanted.items() <= unit.items() and wanted.items() <= compose.items()


class Machine:
    """A machine where the units are installed: their commands with their environment, on ports and paths of the test."""

    def __init__(self, home: Path, server: Postgres) -> None:
        self.home, self.port = home, free_port()
        self._urls = {role: re.sub(r"//[^@]*@", f"//{role}@", server.url(role)) for role in ("bangfu", "prefect")}
        (home / "database-url").write_text(self._urls["bangfu"], encoding="utf-8")

    def here(self, text: str) -> str:
        text = text.replace("/usr/local/lib/bangfu/bin", str(Path(sys.executable).parent)).replace(
            "4200", str(self.port)
        )
        text = text.replace("/etc/bangfu", str(self.home)).replace("/var/lib/bangfu", str(self.home / "data"))
        return text.replace(
            "postgresql+asyncpg://prefect:change-me@127.0.0.1/prefect", by_asyncpg(self._urls["prefect"])
        )

    def env(self, unit: str) -> dict[str, str]:
        own = {k: v for k, v in os.environ.items() if not k.startswith(("BANGFU_", "PREFECT_", "PYTHONDONTWRITE"))}
        for file in re.findall(r"^EnvironmentFile=/etc/bangfu/(\S+)$", TEXTS[unit], re.M):
            lines = [line for line in TEXTS[file].splitlines() if line and not line.startswith("#")]
            own |= dict(self.here(line).split("=", 1) for line in lines)
        return own

    def command(self, unit: str, what: str) -> list[str]:
        [line] = re.findall(rf"^{what}=(.+)$", TEXTS[unit], re.M)
        return self.here(line.replace("%i", "1")).split()


@pytest.fixture
def machine() -> Iterator[Machine]:
    home = Path(tempfile.mkdtemp(prefix="bangfu-units-"))
    use = programs(home / "postgres")
    if use is None:
        pytest.skip("the system's PostgreSQL is missing (Debian: apt install postgresql)")
    server = Postgres(home / "postgres", use)
    server.start()
    socket = ["-h", str(home / "postgres"), "-U", server.owner, "-d", "postgres"]
    script = TEXTS["databases.sql"]
    subprocess.run(
        [use("psql"), "-v", "ON_ERROR_STOP=1", *socket], input=script, text=True, check=True, capture_output=True
    )
    yield Machine(home, server)
    server.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.postgres
def test_the_units_run_on_postgresql_with_roles_that_are_no_superusers(machine: Machine) -> None:
    init = [sys.executable, "-m", "cli", "init"]
    subprocess.run(init, env=machine.env("bangfu-office@.service"), check=True, capture_output=True)
    unit = "bangfu-prefect.service"
    log = machine.home / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(machine.command(unit, "ExecStart"), env=machine.env(unit), stdout=out, stderr=out)
    try:
        end = time.monotonic() + PATIENCE * 120
        while not answers(f"http://127.0.0.1:{machine.port}/api/health"):
            assert server.poll() is None and time.monotonic() < end, log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.2)
        worker = "bangfu-worker@.service"
        before = machine.command(worker, "ExecStartPre")
        subprocess.run(before, env=machine.env(worker), check=True, capture_output=True, timeout=120)
        pools = httpx.get(f"http://127.0.0.1:{machine.port}/api/work_pools/bangfu", timeout=60).json()
        assert (pools["name"], pools["type"]) == ("bangfu", "process")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
