"""`bangfu serve`: the office on one machine: pages, ticker, and what carries its duties out."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

import click
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from cli.children import Child, Children
from cli.door import now, show_table
from cli.prefect_children import children_of, roots
from config.logs import log_to_stderr
from config.serving import Serving, read_serving
from config.settings import Settings, read_settings
from demo.desks import demo_day, open_desks
from flows.office import open_office_on
from records.engine import open_engine
from web.app import create_app
from web.settings import read_web_settings

log = logging.getLogger("bangfu.serve")
Clock = Callable[[], datetime]


@click.command()
@click.option("--host", help="监听地址，默认取BANGFU_HOST或127.0.0.1")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认取BANGFU_PORT或8440")
@click.option("--no-prefect", is_flag=True, help="不用Prefect，应办事项由本程序直接办理")
@click.option("--demo", "demo_in", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="bangfu demo 的结果文件夹：以示例数据和示例日期启动，并为每种岗位开一个账号")  # fmt: skip
def serve(host: str | None, port: int | None, no_prefect: bool, demo_in: Path | None) -> None:
    """启动单位：网页、计时、应办事项的办理。Ctrl+C 或 SIGTERM 正常停止。"""
    env: Mapping[str, str] = os.environ if demo_in is None else in_folder(os.environ, demo_in)
    settings, serving = read_settings(env), read_serving(env)
    serving = replace(
        serving, host=host or serving.host, port=port or serving.port, prefect=serving.prefect and not no_prefect
    )
    if demo_in is None:
        run_office(Plan(settings, serving, env))
        return
    ahead = timedelta(seconds=int((demo_day() - now()).total_seconds()))
    accounts = open_desks(open_office_on(open_engine(settings.database_url), settings), now() + ahead)
    show_table(f"示例账号：http://{serving.host}:{serving.port}/ （密码只在这里显示，每次启动都换）",
               ["登录名", "密码", "姓名", "岗位"], [list(row) for row in accounts])  # fmt: skip
    run_office(Plan(settings, serving, env, lambda: now() + ahead, (*TICKER, str(int(ahead.total_seconds())))))


def in_folder(env: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment with everything kept in the demo's folder."""
    names = ("BANGFU_DATA_DIR", "BANGFU_DATABASE_URL", "BANGFU_FILES_DIR", "BANGFU_SEALS_DIR")
    kept = {k: v for k, v in env.items() if k.removesuffix("_FILE") not in names}
    return {**kept, "BANGFU_DATA_DIR": str(folder.resolve())}


TICKER = (sys.executable, "-m", "flows.deployments.ticking")


@dataclass(frozen=True, slots=True)
class Plan:
    """What an office runs on. `ticker` is the command of the process that watches the time by the same clock."""

    settings: Settings
    serving: Serving
    env: Mapping[str, str]
    clock: Clock = now
    ticker: Sequence[str] = TICKER


def run_office(plan: Plan) -> None:
    """Serve until SIGTERM or SIGINT. People can work at once: nothing here waits for the ticker or for Prefect, and what
    ends one of those ends no page."""
    settings, serving = plan.settings, plan.serving
    log_to_stderr(settings.log_level)
    engine = open_engine(settings.database_url)
    open_office_on(engine, settings)  # refuses in a sentence when the office is not set up
    children = Children([ticker_of(plan), *children_of(settings, serving, plan.env)])
    config = uvicorn.Config(
        web_app(settings, engine, plan.clock), serving.host, serving.port, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop(server))
    children.start()
    log.info("open", extra={"host": serving.host, "port": serving.port, "prefect": serving.prefect})
    try:
        server.run()
    finally:
        children.stop()
        engine.dispose()
        log.info("closed")


def ticker_of(plan: Plan) -> Child:
    """The process that watches the time, with the choices of the command line."""
    own = {"BANGFU_PREFECT": "on" if plan.serving.prefect else "off", "PYTHONPATH": roots(plan.env)}
    return Child("ticker", plan.ticker, {**plan.env, **own})


def web_app(settings: Settings, engine: Engine, clock: Clock) -> FastAPI:
    """The workspace, with the health pages."""
    return create_app(open_office_on(engine, settings), clock, read_web_settings(os.environ))


def _stop(server: uvicorn.Server) -> Callable[[int, FrameType | None], None]:
    """uvicorn passes a signal on once it has ended: what is left is then done by `run_office` in order."""

    def stop(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    return stop
