"""One flow per routine and one for duties. Each run is one batch, each task one group of chunks; the duty row alone owns retries.

What an operator reads in Prefect's page (names, artifacts) is in Chinese and names nobody."""

import asyncio
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact
from prefect.runtime import flow_run

from config.settings import read_settings
from flows.drain import CHUNK, Drained, drain_chunk
from flows.office import Office, open_office
from flows.routines import run_routine
from flows.routines.agreements import IssueAgreements
from flows.routines.board import ClosePublicities, NightlySeal
from flows.routines.care import Revisits, Successors
from flows.routines.checks import DataCheck
from flows.routines.reminding import RemindOverdue
from flows.routines.routine import Asked, Report
from flows.routines.visits import Visits
from flows.routines.years import CloseRounds, OpenRounds, Reports, YearReports
from flows.unattended import FLOWS, CarryOut, drained_report
from records import duties
from records.duties import Claim
from records.engine import reading


def the_office() -> Office:
    return open_office(read_settings(os.environ))


def run_name() -> str:
    """What the list of runs shows: which work, and which batch or that somebody asked for it."""
    title, batch = FLOWS[str(flow_run.flow_name)].title, flow_run.parameters.get("batch")
    return f"{title} 第{batch}批" if batch else f"{title}（手工）"


GROUP = 10 * CHUNK  # a task costs Prefect a few round trips, as much as many duties


@task(task_run_name="第{number}组")
async def carry_out_group(number: int, mine: Claim, at: datetime, size: int) -> tuple[Drained, bool]:
    """One group of duties, claimed and carried out a chunk at a time; and whether there may be more."""
    return await asyncio.to_thread(_group, mine, at, size)


def _group(mine: Claim, at: datetime, size: int) -> tuple[Drained, bool]:
    result = Drained()
    while (left := size - result.done - result.put_back) > 0:
        if not drain_chunk(_office(), mine, at, min(CHUNK, left), result):
            return result, False
    return result, True


_opened: list[Office] = []


def _office() -> Office:
    """The office of this run's process, opened once."""
    if not _opened:
        _opened.append(the_office())
    return _opened[0]


async def _carry_out(batch: int | None, asked: CarryOut, at: datetime) -> Drained:
    """Group after group until nothing is left that nobody else works on."""
    mine = Claim(secrets.token_hex(8), _office().hold, tuple(asked.kinds), batch)
    total, number, more = Drained(), 0, True
    while more and (asked.limit is None or total.done + total.put_back < asked.limit):
        size = GROUP if asked.limit is None else min(GROUP, asked.limit - total.done - total.put_back)
        number += 1
        part, more = await carry_out_group(number, mine, at, size)
        total = total + part
    return total


async def _show(flow_name: str, report: Report | Mapping[str, Any]) -> None:
    """What the run did, as its page shows it."""
    told = report.as_json() if isinstance(report, Report) else report
    await acreate_markdown_artifact(key=flow_name, markdown=str(told["says"]), description=FLOWS[flow_name].title)
    if told["rows"]:
        table = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
        await acreate_table_artifact(key=f"{flow_name}-table", table=table, description=FLOWS[flow_name].title)


async def _routine(name: str, asked: Asked, batch: int | None, at: datetime | None) -> None:
    """A routine that is owed (its batch is its duty), or one that somebody asks for in Prefect's page."""
    moment = at or datetime.now(UTC)
    if batch is None:
        await _show(name, await asyncio.to_thread(run_routine, _office(), name, asked.model_dump(), moment))
        return
    done = await _carry_out(batch, CarryOut(), moment)
    with reading(_office().records) as conn:
        told = duties.reports_of(conn, batch)
    await _show(name, told[0] if told else drained_report(done.kinds, done.put_back))


@flow(name="carry-out-duties", flow_run_name=run_name)
async def carry_out_duties(asked: CarryOut = CarryOut(), batch: int | None = None, at: datetime | None = None) -> None:
    """办理应办事项：起草文书、打印表格、立件、发送消息。"""
    done = await _carry_out(batch, asked, at or datetime.now(UTC))
    await _show("carry-out-duties", drained_report(done.kinds, done.put_back))


@flow(name="issue-agreements", flow_run_name=run_name)
async def issue_agreements(
    asked: IssueAgreements = IssueAgreements(), batch: int | None = None, at: datetime | None = None
) -> None:
    """印发年度责任书：目标已分解的，编号并生成文书。"""
    await _routine("issue-agreements", asked, batch, at)


@flow(name="remind-overdue-offices", flow_run_name=run_name)
async def remind_overdue_offices(
    asked: RemindOverdue = RemindOverdue(), batch: int | None = None, at: datetime | None = None
) -> None:
    """提醒、催办、督办：每个单位每日至多一次。"""
    await _routine("remind-overdue-offices", asked, batch, at)


@flow(name="close-publicities", flow_run_name=run_name)
async def close_publicities(
    asked: ClosePublicities = ClosePublicities(), batch: int | None = None, at: datetime | None = None
) -> None:
    """撤下到期的公示、公告。"""
    await _routine("close-publicities", asked, batch, at)


@flow(name="nightly-seal", flow_run_name=run_name)
async def nightly_seal(
    asked: NightlySeal = NightlySeal(), batch: int | None = None, at: datetime | None = None
) -> None:
    """封印已过去各日的台账。"""
    await _routine("nightly-seal", asked, batch, at)


@flow(name="nightly-data-check", flow_run_name=run_name)
async def nightly_data_check(
    asked: DataCheck = DataCheck(), batch: int | None = None, at: datetime | None = None
) -> None:
    """按规则逐户核查登记数据，列出疑点。"""
    await _routine("nightly-data-check", asked, batch, at)


@flow(name="open-revisits", flow_run_name=run_name)
async def open_revisits(asked: Revisits = Revisits(), batch: int | None = None, at: datetime | None = None) -> None:
    """为可以开始的回访立件。"""
    await _routine("open-revisits", asked, batch, at)


@flow(name="open-yearly-rounds", flow_run_name=run_name)
async def open_yearly_rounds(
    asked: OpenRounds = OpenRounds(), batch: int | None = None, at: datetime | None = None
) -> None:
    """开始年度全面核查、退出、帮扶计划批次。"""
    await _routine("open-yearly-rounds", asked, batch, at)


@flow(name="close-yearly-rounds", flow_run_name=run_name)
async def close_yearly_rounds(
    asked: CloseRounds = CloseRounds(), batch: int | None = None, at: datetime | None = None
) -> None:
    """关闭没有在办办件的年度批次。"""
    await _routine("close-yearly-rounds", asked, batch, at)


@flow(name="monthly-reports", flow_run_name=run_name)
async def monthly_reports(asked: Reports = Reports(), batch: int | None = None, at: datetime | None = None) -> None:
    """各街道和区扶贫办的月报任务。"""
    await _routine("monthly-reports", asked, batch, at)


@flow(name="yearly-reports", flow_run_name=run_name)
async def yearly_reports(
    asked: YearReports = YearReports(), batch: int | None = None, at: datetime | None = None
) -> None:
    """各街道和区扶贫办的年报任务。"""
    await _routine("yearly-reports", asked, batch, at)


@flow(name="agreement-successors", flow_run_name=run_name)
async def agreement_successors(
    asked: Successors = Successors(), batch: int | None = None, at: datetime | None = None
) -> None:
    """责任人变动的责任书，由继任者重签。"""
    await _routine("agreement-successors", asked, batch, at)


@flow(name="leader-visits", flow_run_name=run_name)
async def leader_visits(asked: Visits = Visits(), batch: int | None = None, at: datetime | None = None) -> None:
    """党政主要领导的走访任务。"""
    await _routine("leader-visits", asked, batch, at)


DEPLOYED = (
    carry_out_duties, issue_agreements, remind_overdue_offices, close_publicities, nightly_seal, nightly_data_check,
    open_revisits, open_yearly_rounds, close_yearly_rounds, monthly_reports, yearly_reports,
    agreement_successors, leader_visits,
)  # fmt: skip
