"""What ships for many machines names settings, commands and units that there are."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from config.serving import SERVING_NAMES
from config.settings import NAMES

DEPLOY = Path(__file__).parents[2] / "deploy"
KNOWN = {name for base in (*NAMES, *SERVING_NAMES) for name in (base, f"{base}_FILE")}
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
        assert re.search(r"^ExecStart=/usr/local/lib/bangfu/bin/(bangfu|prefect|python) ", text, re.M)
        for file in re.findall(r"^EnvironmentFile=/etc/bangfu/(\S+)$", text, re.M):
            assert file in TEXTS
