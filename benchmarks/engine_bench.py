"""What carries duties out, and what an idle office costs: ratios in one run, on SQLite.

python -m benchmarks.engine_bench [--quick]"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version

import httpx
import psutil
from sqlalchemy import Engine, func, select

from config.settings import read_settings
from flows.drain import drain
from flows.office import Office, open_office
from flows.unattended import FLOWS
from records import duties, schema
from records.engine import open_engine, reading, writing

D = schema.duties
PORT, PREFECT_PORT = 18497, 18498
API = f"http://127.0.0.1:{PREFECT_PORT}/api"


def owe(engine: Engine, count: int, first: int) -> None:
    """So many duties that each open a case of their own."""
    now = datetime.now(UTC)
    with writing(engine) as conn:
        duties.owe(conn, [
            {"key": f"bench:{n}", "kind": "open_case", "case_id": None, "act_id": None, "owed_since": now,
             "payload": {"procedure": "exit", "subject_id": n, "area_code": "440512001001", "title": f"第{n}户",
                         "pack_id": "haojiang-2017"}}
            for n in range(first, first + count)
        ])  # fmt: skip


def left(engine: Engine) -> int:
    with reading(engine) as conn:
        return int(
            conn.execute(select(func.count()).where(D.c.done_at.is_(None), D.c.failed_at.is_(None))).scalar_one()
        )


def until_done(engine: Engine, begun: float) -> float:
    """Seconds until nothing is owed."""
    while left(engine):
        time.sleep(0.02)
    return time.perf_counter() - begun


def serve(env: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "cli", "serve", *words], env=env, stderr=subprocess.DEVNULL)


def wait_for(url: str) -> None:
    while True:
        try:
            if httpx.get(url, timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)


def wait_for_ticker() -> None:
    """Until somebody watches the time: its process starts beside the pages."""
    while "bangfu_lease_held 1.0" not in httpx.get(f"http://127.0.0.1:{PORT}/metrics", timeout=10).text:
        time.sleep(0.2)


def wait_for_flows() -> None:
    """Until every flow is deployed: before that the ticker carries duties out itself."""
    while len(httpx.post(f"{API}/deployments/filter", json={}, timeout=10).json()) < len(FLOWS):
        time.sleep(0.2)


def runs() -> int:
    """How many runs Prefect completed."""
    asked = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    return len(httpx.post(f"{API}/flow_runs/filter", json=asked, timeout=10).json())


def tree(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    main = psutil.Process(process.pid)
    return [main, *main.children(recursive=True)]


def idle(process: subprocess.Popen[bytes], seconds: float) -> tuple[float, float]:
    """Share of one core and megabytes of an office that has nothing to do, with everything it started."""

    def used() -> float:
        return sum(p.cpu_times().user + p.cpu_times().system for p in tree(process))

    before = used()
    time.sleep(seconds)
    return (used() - before) / seconds * 100, sum(p.memory_info().rss for p in tree(process)) / 1e6


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def main(quick: bool = "--quick" in sys.argv) -> None:
    """Plain drain, the ticker itself, batches through Prefect; then the same office idle."""
    count, rest = (500, 10.0) if quick else (2_000, 30.0)
    names = ("prefect", "sqlalchemy", "apscheduler", "uvicorn")
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, " + ", ".join(f"{n} {version(n)}" for n in names)
    )
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "BANGFU_DATA_DIR": folder, "BANGFU_PORT": str(PORT), "BANGFU_BEAT_SECONDS": "1",
               "BANGFU_PREFECT_PORT": str(PREFECT_PORT), "BANGFU_LOG_LEVEL": "WARNING"}  # fmt: skip
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run([sys.executable, "-m", "cli", "init"], env=env, check=True, stdout=subprocess.DEVNULL)
        settings = read_settings(env)
        engine = open_engine(settings.database_url)
        _measure(engine, env, count, rest, open_office(settings))
        engine.dispose()


def _measure(engine: Engine, env: dict[str, str], count: int, rest: float, office: Office) -> None:
    owe(engine, count, 1)
    begun = time.perf_counter()
    drain(office, datetime.now(UTC))
    plain = count / (time.perf_counter() - begun)

    process = serve(env, "--no-prefect")
    wait_for(f"http://127.0.0.1:{PORT}/readyz")
    wait_for_ticker()
    owe(engine, count, 10_001)
    ticker = count / until_done(engine, time.perf_counter())
    alone = idle(process, rest)
    stop(process)

    process = serve(env)
    wait_for(f"http://127.0.0.1:{PREFECT_PORT}/api/health")
    wait_for_flows()
    time.sleep(10)
    before = runs()
    owe(engine, count, 20_001)
    prefect = count / until_done(engine, time.perf_counter())
    time.sleep(10)
    done_by = runs() - before
    beside = idle(process, rest)
    stop(process)
    print(f"  plain drain             {plain:8.1f} duties/s")
    print(f"  the ticker itself       {ticker:8.1f} duties/s   {ticker / plain:5.2f} x plain")
    print(f"  batches through Prefect {prefect:8.1f} duties/s   {prefect / plain:5.2f} x plain, in {done_by} runs")
    print(f"  idle office             {alone[0]:5.1f} % of a core, {alone[1]:5.0f} MB")
    print(f"  idle office and Prefect {beside[0]:5.1f} % of a core, {beside[1]:5.0f} MB")


if __name__ == "__main__":
    main()
