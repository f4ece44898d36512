"""Prefect beside an office: which processes, with which settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from cli.children import Child
from config.serving import Serving
from config.settings import Settings
from integrations.prefect_api import PrefectApi

OFF = "false"
QUIET = {  # nothing is looked up outside, and what one office does not use does not run
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": OFF,
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": OFF,
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": OFF,
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": OFF,
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": OFF,
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "bangfu",
    # what went wrong is read in the run's page beside the table of what was done; a line for every duty would cost the
    # server more than the duties cost us, and stands in the one log
    "PREFECT_LOGGING_HANDLERS_API_LEVEL": "WARNING",
    "PREFECT_LOGGING_COLORS": OFF,
    "PREFECT_RUNNER_POLL_FREQUENCY": "2",
    "PREFECT_CLIENT_MAX_RETRIES": "10",
    "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500,503",
}


def prefect_env(settings: Settings, serving: Serving, env: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process that speaks to Prefect: its own home beside the office's data, and no bytecode
    switch, because without bytecode its import takes seconds."""
    home = (settings.data_dir / "prefect").resolve()
    kept = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **QUIET, "PREFECT_HOME": str(home),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),  # the program's own folder may be read-only
        **kept, "PREFECT_API_URL": serving.api_url, "BANGFU_DATA_DIR": str(settings.data_dir.resolve()),
        "PYTHONPATH": roots(kept),
    }  # fmt: skip


def children_of(settings: Settings, serving: Serving, env: Mapping[str, str]) -> list[Child]:
    """A server, unless there is one elsewhere, and a served deployment, unless a work pool has workers."""
    if not serving.prefect:
        return []
    api = PrefectApi(serving.api_url)
    own = prefect_env(settings, serving, env)
    children = [Child("flows", (sys.executable, "-m", "flows.deployments"), own, api.ready)]
    if not serving.prefect_url:
        children.insert(0, Child("prefect", server_command(serving.prefect_port), own))
    return children if not serving.work_pool else [child for child in children if child.name == "prefect"]


def server_command(port: int, host: str = "127.0.0.1") -> tuple[str, ...]:
    """Prefect's server as one process."""
    return (
        sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", "--host", host, "--port",
        str(port), "--timeout-keep-alive", "5", "--log-level", "warning",
    )  # fmt: skip


def roots(env: Mapping[str, str]) -> str:
    """A child's process finds this program wherever it is started."""
    root = str(Path(__file__).parent.parent)
    return f"{root}:{env['PYTHONPATH']}" if env.get("PYTHONPATH") else root
