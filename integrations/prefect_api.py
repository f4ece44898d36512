"""Prefect's server as the ticker sees it: is it there, and please run this deployment. Plain HTTP, so that neither the
pages nor the ticker load Prefect."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx

from integrations.unreachable import Unreachable

TRIES = 5
PAUSE = 0.2
BUSY = (429, 502, 503, 504)  # on SQLite the server says 503 under ordinary load


class PrefectApi:
    """The REST interface of one server, by its URL ("http://host:4200/api")."""

    def __init__(self, url: str, timeout: float = 5.0) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, timeout=timeout, trust_env=False)

    def ready(self) -> bool:
        """Does the server answer?"""
        try:
            return self._client.get("/health", timeout=2.0).status_code == 200
        except httpx.HTTPError:
            return False

    def run(self, flow: str, deployment: str, parameters: Mapping[str, Any], key: str, name: str) -> str:
        """Ask for a run and return its id; the same key again gives the run that is there. Raises Unreachable when the
        server is away, stays busy, or does not know the deployment (yet)."""
        found = self._ask("GET", f"/deployments/name/{flow}/{deployment}")
        body = {"parameters": dict(parameters), "idempotency_key": key, "name": name}
        return str(self._ask("POST", f"/deployments/{found['id']}/create_flow_run", body)["id"])

    def runs(self, names: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Runs by a filter of the server's own form."""
        found: list[dict[str, Any]] = self._ask("POST", "/flow_runs/filter", dict(names))
        return found

    def close(self) -> None:
        self._client.close()

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        for attempt in range(TRIES):
            try:
                answer = self._client.request(method, path, json=body)
            except httpx.HTTPError as no:
                raise Unreachable(f"Prefect服务没有应答：{type(no).__name__}") from no
            if answer.status_code not in BUSY:
                break
            time.sleep(PAUSE * 2**attempt)
        if answer.is_success:
            return answer.json()
        raise Unreachable(f"Prefect服务答复{answer.status_code}：{path}")
