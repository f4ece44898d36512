"""`python -m flows.deployments`: register every flow with Prefect's server and, without a work pool, carry runs out."""

import asyncio
import contextlib
import os
import signal

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.runner import Runner
from prefect.types.entrypoint import EntrypointType

from config.serving import read_serving
from flows.carrying import DEPLOYMENT
from flows.deployments.flows import DEPLOYED
from flows.unattended import FLOWS


async def main() -> None:
    """With a work pool its workers carry the runs out, and this only registers; otherwise this process does, until it
    is ended."""
    pool = read_serving(os.environ).work_pool
    if pool:
        await _to_pool(pool)
        return
    runner = Runner(name="bangfu", limit=2, pause_on_shutdown=False)
    for deployment in await _deployments(None):
        await runner.aadd_deployment(deployment)
    serving = asyncio.ensure_future(runner.start())
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _to_pool(pool: str) -> None:
    async with get_client() as client:
        with contextlib.suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    for deployment in await _deployments(pool):
        await deployment.aapply()


async def _deployments(pool: str | None) -> list[RunnerDeployment]:
    return [
        await one.ato_deployment(
            DEPLOYMENT, description=FLOWS[one.name].title, tags=["bangfu"], work_pool_name=pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for one in DEPLOYED
    ]  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
