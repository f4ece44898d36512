"""Settings of a running office: where its pages are, how often it looks, and where Prefect is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.settings import value_of, whole
from states.not_allowed import SettingsInvalid


@dataclass(frozen=True, slots=True)
class Serving:
    """How `bangfu serve` runs."""

    host: str
    port: int
    beat_seconds: int
    prefect: bool
    prefect_url: str  # of a server elsewhere; empty: one beside the office
    prefect_port: int
    work_pool: str  # empty: a served deployment beside the office
    patience_seconds: int

    @property
    def api_url(self) -> str:
        """Where Prefect's server answers."""
        return self.prefect_url or f"http://127.0.0.1:{self.prefect_port}/api"


SERVING_NAMES = (
    "BANGFU_HOST", "BANGFU_PORT", "BANGFU_BEAT_SECONDS", "BANGFU_PREFECT", "BANGFU_PREFECT_URL", "BANGFU_PREFECT_PORT",
    "BANGFU_WORK_POOL", "BANGFU_PATIENCE_SECONDS",
)  # fmt: skip
PORTS = range(1, 65536)


def read_serving(env: Mapping[str, str]) -> Serving:
    """Settings of `bangfu serve`. Raises SettingsInvalid naming the variable and what is wrong with it."""
    url = (value_of(env, "BANGFU_PREFECT_URL") or "").rstrip("/")
    if url and not (url.startswith(("http://", "https://")) and url.endswith("/api")):
        raise SettingsInvalid(name="BANGFU_PREFECT_URL", value=url, why="应如 http://主机:4200/api。")
    switch = (value_of(env, "BANGFU_PREFECT") or "on").lower()
    if switch not in ("on", "off"):
        raise SettingsInvalid(name="BANGFU_PREFECT", value=switch, why="只能是on或off。")
    return Serving(
        host=value_of(env, "BANGFU_HOST") or "127.0.0.1",
        port=whole(env, "BANGFU_PORT", 8440, PORTS, "端口"),
        beat_seconds=whole(env, "BANGFU_BEAT_SECONDS", 5, range(1, 61), "秒"),
        prefect=switch == "on",
        prefect_url=url,
        prefect_port=whole(env, "BANGFU_PREFECT_PORT", 8441, PORTS, "端口"),
        work_pool=value_of(env, "BANGFU_WORK_POOL") or "",
        patience_seconds=whole(env, "BANGFU_PATIENCE_SECONDS", 120, range(5, 86_401), "秒"),
    )
