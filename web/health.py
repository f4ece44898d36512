"""For whoever watches over the office: is it up, may people work, and numbers in the form that Prometheus reads.

Nothing here names a person or a household, so that the three pages need no sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import Engine

from records.health import Health, health, is_ready
from rules.days import day_of


def health_router(records: Engine, clock: Callable[[], datetime]) -> APIRouter:
    """`/healthz` (the process answers), `/readyz` (200 when people may work, 503 and why otherwise), `/metrics`."""
    pages = APIRouter(tags=["health"])

    @pages.get("/healthz", include_in_schema=False)
    def alive() -> dict[str, bool]:
        return {"alive": True}

    @pages.get("/readyz", include_in_schema=False)
    def ready() -> JSONResponse:
        yes, why = is_ready(records)
        return JSONResponse({"ready": yes, "why": why}, 200 if yes else 503)

    @pages.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        at = clock()
        registry = CollectorRegistry()
        registry.register(_Numbers(health(records, at, day_of(at))))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return pages


def minimal_app(records: Engine, clock: Callable[[], datetime]) -> FastAPI:
    """An application of nothing but the health pages, for a process that serves no people."""
    app = FastAPI(openapi_url=None)
    app.include_router(health_router(records, clock))
    return app


class _Numbers(Collector):
    def __init__(self, now: Health) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        now = self._now
        yield _one("bangfu_ready", "1 when the database answers and is up to date", int(now.ready))
        if not now.ready:
            return
        yield _each("bangfu_duties_open", "duties that are owed", "kind", now.open_duties)
        yield _one("bangfu_duties_waiting", "duties that could be carried out now", now.waiting)
        yield _one("bangfu_duty_oldest_seconds", "how long the oldest of them is owed", now.oldest_seconds)
        yield _one("bangfu_duties_failed", "duties out of tries", now.failed_duties)
        yield _one("bangfu_lease_held", "1 while a ticker holds the lease", int(now.lease_held))
        if now.lease_age is not None:
            yield _one("bangfu_lease_age_seconds", "since the ticker renewed its lease", now.lease_age)
        yield _each("bangfu_alerts_open", "what a person must look into", "kind", now.alerts)
        yield _one("bangfu_tasks_open", "tasks that wait for people", now.open_tasks)
        yield _one("bangfu_dues_overdue", "items past their last day", now.overdue)
        yield _one("bangfu_batches_open", "batches handed to Prefect and not over", now.open_batches)


def _one(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _each(name: str, says: str, label: str, values: Mapping[str, int]) -> Metric:
    metric = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        metric.add_metric([key], value)
    return metric
