"""`bangfu serve`: the office on one machine: pages, ticker, and what carries its duties out."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

import click
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from cli.children import Children
from cli.door import now, show_table
from cli.prefect_children import children_of
from config.logs import log_to_stderr
from config.serving import Serving, read_serving
from config.settings import Settings, read_settings
from demo.desks import demo_day, open_desks
from flows.carrying import ByPrefect, Patience
from flows.office import open_office_on
from flows.ticker import Carrier, InProcess, Ticker, Watch
from integrations.prefect_api import PrefectApi
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
    settings, serving = read_settings(os.environ), read_serving(os.environ)
    serving = replace(
        serving, host=host or serving.host, port=port or serving.port, prefect=serving.prefect and not no_prefect
    )
    if demo_in is None:
        run_office(settings, serving, now)
        return
    settings = in_folder(settings, demo_in)
    began, there = now(), demo_day()
    accounts = open_desks(open_office_on(open_engine(settings.database_url), settings), there)
    show_table(f"示例账号：http://{serving.host}:{serving.port}/ （密码只在这里显示，每次启动都换）",
               ["登录名", "密码", "姓名", "岗位"], [list(row) for row in accounts])  # fmt: skip
    run_office(settings, serving, lambda: there + (now() - began))


def in_folder(settings: Settings, folder: Path) -> Settings:
    """The settings with everything kept in the demo's folder."""
    return replace(settings, data_dir=folder, database_url=f"sqlite:///{folder / 'bangfu.sqlite3'}",
                   files_dir=folder / "files", seals_dir=folder / "seals")  # fmt: skip


def run_office(settings: Settings, serving: Serving, clock: Clock) -> None:
    """Serve until SIGTERM or SIGINT. People can work at once: nothing here waits for Prefect."""
    log_to_stderr(settings.log_level)
    engine = open_engine(settings.database_url)
    open_office_on(engine, settings)  # refuses in a sentence when the office is not set up
    carrier = carrier_of(serving, tell_time=clock is not now)
    ticker = Ticker(lambda: open_office_on(engine, settings), clock, watch_of(settings, serving), carrier)
    children = Children(children_of(settings, serving, os.environ))
    server = uvicorn.Server(
        uvicorn.Config(web_app(settings, engine, clock), serving.host, serving.port, log_config=None, access_log=False)
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop(server))
    ticker.start()
    children.start()
    log.info("open", extra={"host": serving.host, "port": serving.port, "prefect": serving.prefect})
    try:
        server.run()
    finally:
        children.stop()
        ticker.stop()
        engine.dispose()
        log.info("closed")


def watch_of(settings: Settings, serving: Serving) -> Watch:
    """How the ticker of these settings watches."""
    return Watch(settings.seals_dir, timedelta(seconds=serving.beat_seconds), timedelta(seconds=settings.hold_seconds))


def carrier_of(serving: Serving, tell_time: bool) -> Carrier:
    """Who carries duties out: Prefect where it is wanted, the ticker itself otherwise."""
    if not serving.prefect:
        return InProcess()
    return ByPrefect(
        PrefectApi(serving.api_url), Patience(batch=timedelta(seconds=serving.patience_seconds)), tell_time
    )


def web_app(settings: Settings, engine: Engine, clock: Clock) -> FastAPI:
    """The workspace, with the health pages."""
    return create_app(open_office_on(engine, settings), clock, read_web_settings(os.environ))


def _stop(server: uvicorn.Server) -> Callable[[int, FrameType | None], None]:
    """uvicorn passes a signal on once it has ended: what is left is then done by `run_office` in order."""

    def stop(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    return stop
