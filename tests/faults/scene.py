"""An office under fault: its processes, the killer, and how all is brought to rest before the reckoning."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from district import at, make_district
from office_process import CLOCK
from patience import PATIENCE
from ports import free_port
from sqlalchemy import Engine, func, select

from flows.wishes import Wanted, set_wishes
from records import schema
from records.engine import open_engine, reading
from records.migrate import upgrade

HERE = Path(__file__).parent
PATHS = (HERE, HERE.parent, HERE.parent / "flows", HERE.parents[1])
START = at(2017, 11, 9)
FAR_ALONG = 6  # exits that stand before the group, so that a short storm reaches the numbered papers


@dataclass(frozen=True)
class Service:
    """A process beside offices and people. `weight`: how often it is killed; `whole`: with everything below it."""

    command: Sequence[str]
    env: Mapping[str, str]
    up: Callable[[], bool] = lambda: True  # waited for after each start
    weight: int = 3
    whole: bool = False
    last: bool = False  # ends after all others, when everything was counted


@dataclass
class Scene:
    """Where everything is, what runs, and when something was killed."""

    folder: Path
    database_url: str
    seed: int = 1
    offices: int = 1
    prefect: bool = False
    kills: list[float] = field(default_factory=list)
    killed: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    extra: dict[str, Callable[[], bool]] = field(
        default_factory=dict
    )  # other victims, by name; False: not there just now
    services: dict[str, Service] = field(default_factory=dict)  # other processes, in the order in which they start
    settings: dict[str, str] = field(default_factory=dict)  # of every process, beyond what each scene has
    storms: list[tuple[float, float]] = field(default_factory=list)  # when each began and ended

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.data = self.folder / "data"
        self.mail_port = free_port()
        self.ports = [free_port() for _ in range(self.offices)]
        self.prefect_port = free_port()
        (self.folder / "clock").write_text(START.isoformat(), encoding="ascii")

    # --- setting up ---------------------------------------------------------------------------------------------------

    def set_up(self, households: int) -> None:
        """People with mail addresses, and households that may leave."""
        engine = open_engine(self.database_url)
        upgrade(engine)
        district = make_district(engine, self.data / "files")
        for who in ("clerk", "head", "leader"):
            actor = district.who[who]
            set_wishes(district.office, actor, None, Wanted(("email",), None, "digest", f"{who}@example.gov.cn"), START)
        for _ in range(FAR_ALONG):
            district.exit_until("group_confirm", district.household())
        for n in range(households):
            district.household(f"陈{n}")
        people = {name: (a.person_id, a.office_code, a.role) for name, a in district.who.items()}
        (self.folder / "people.json").write_text(json.dumps(people), encoding="utf-8")
        engine.dispose()

    def env(self, port: int) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("BANGFU_") and k != "PYTHONDONTWRITEBYTECODE"}
        return {
            **kept, "BANGFU_DATA_DIR": str(self.data), "BANGFU_DATABASE_URL": self.database_url, "LC_ALL": "C.UTF-8",
            "BANGFU_PORT": str(port), "BANGFU_HOLD_SECONDS": "2", "BANGFU_BEAT_SECONDS": "1",
            "BANGFU_PREFECT": "on" if self.prefect else "off", "BANGFU_PREFECT_PORT": str(self.prefect_port),
            "BANGFU_PATIENCE_SECONDS": "10", "BANGFU_SMTP_HOST": "127.0.0.1", "BANGFU_SMTP_PORT": str(self.mail_port),
            "BANGFU_SMTP_SECURITY": "none", "BANGFU_MAIL_FROM": "bangfu@example.gov.cn", "BANGFU_LOG_LEVEL": "INFO",
            CLOCK: str(self.folder / "clock"), "PYTHONPATH": os.pathsep.join(map(str, PATHS)), **self.settings,
        }  # fmt: skip

    def start(self, name: str) -> None:
        """Start one process by its name: mail, driver, office0, office1 … or a service."""
        with (self.folder / f"{name}.log").open("ab") as log:
            command, env = self._what(name)
            self.running[name] = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        if name in self.services:
            end = time.monotonic() + PATIENCE * 120
            while not self.services[name].up():
                assert time.monotonic() < end, f"{name} does not come up"
                time.sleep(0.1)

    def _what(self, name: str) -> tuple[Sequence[str], Mapping[str, str]]:
        if name in self.services:
            return self.services[name].command, self.services[name].env
        port = self.ports[int(name.removeprefix("office"))] if name.startswith("office") else 1
        script = {"mail": ["mail_process.py", str(self.folder), str(self.mail_port)],
                  "driver": ["driver.py", str(self.folder)]}.get(name, ["office_process.py"])  # fmt: skip
        return [sys.executable, str(HERE / script[0]), *script[1:]], self.env(port)

    def start_all(self) -> None:
        for name in (*self.services, "mail", *(f"office{n}" for n in range(self.offices)), "driver"):
            if name not in self.running:
                self.start(name)

    # --- faults -------------------------------------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """kill -9, and what an operating system's watch over services does then: start it again."""
        self.kills.append(time.time())
        if name in self.extra:
            killed = self.extra[name]()
        else:
            killed = self.running[name].poll() is None
            self._kill_process(name)
            self.kills.append(time.time())
            self.start(name)
        self.killed[name] = self.killed.get(name, 0) + killed
        (self.folder / "kills.json").write_text(json.dumps({"at": self.kills, "who": self.killed}), encoding="utf-8")

    def _kill_process(self, name: str) -> None:
        process = self.running[name]
        below = []
        if name in self.services and self.services[name].whole:
            with suppress(psutil.NoSuchProcess):
                below = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        for one in below:
            with suppress(psutil.NoSuchProcess):
                one.kill()

    def revive(self) -> None:
        """What a watch over services does: a process that ended by itself (its database was away) is started again."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.start(name)

    def storm(self, count: int, least: float, most: float) -> None:
        """So many kills of whoever, at random moments; now and then the mail server refuses for a while."""
        end = time.monotonic() + PATIENCE * 90
        while b'"number": "' not in self._journal() and time.monotonic() < end:  # people are at work, numbers are taken
            time.sleep(0.2)
        victims = [name for name in self.running if name != "mail"] + list(self.extra)
        often = [name for name in victims for _ in range(self._weight(name))]
        begun, n = time.time(), 0
        while (so_far := sum(self.killed.values())) < count:
            time.sleep(self.dice.uniform(least, most))
            self.revive()
            refuse = self.folder / "refuse"
            if n % 5 == 3:
                refuse.touch()
            elif n % 5 == 0:
                refuse.unlink(missing_ok=True)
            self.kill(victims[n] if n < len(victims) else self.dice.choice(often))
            n += 1
            self._tell(so_far, count)
        (self.folder / "refuse").unlink(missing_ok=True)
        self.storms.append((begun, time.time()))

    def _weight(self, name: str) -> int:
        """How often it is killed beside the others: people need time to work."""
        return 1 if name == "driver" else self.services[name].weight if name in self.services else 3

    def _tell(self, so_far: int, count: int) -> None:
        """A long storm says now and then how far it is."""
        now = sum(self.killed.values())
        if now // 20 > so_far // 20:
            print(f"  {now} of {count} kills: {self.killed}", flush=True)

    def _journal(self) -> bytes:
        path = self.folder / "journal.jsonl"
        return path.read_bytes() if path.exists() else b""

    def child(self, words: str, below: str = "office0") -> psutil.Process | None:
        """A process below an office whose command line holds these words."""
        try:
            for process in psutil.Process(self.running[below].pid).children(recursive=True):
                if words in " ".join(process.cmdline()):
                    return process
        except psutil.NoSuchProcess:
            pass
        return None

    # --- rest ---------------------------------------------------------------------------------------------------------

    def settle(self, seconds: float) -> None:
        """People go home; days pass until nothing is owed that could be done, and everything is closed in order."""
        self.running.pop("driver").kill()
        end = time.monotonic() + PATIENCE * seconds
        engine = open_engine(self.database_url)
        quiet = 0
        while quiet < 3:
            self.revive()
            self._next_day()
            time.sleep(1.5)
            while self._owed(engine, due=True):  # what this day asks is done before the next comes
                assert time.monotonic() < end, self._left(engine)
                self.revive()
                time.sleep(0.5)
            quiet = quiet + 1 if self._owed(engine) == 0 else 0
        engine.dispose()
        last = {"mail", *(name for name, service in self.services.items() if service.last)}
        for name in [name for name in self.services if name not in last]:
            self._kill_process(name)  # Prefect's pieces wait for runs that may be gone
            del self.running[name]
        for name in [name for name in self.running if name not in last]:
            process = self.running.pop(name)
            process.send_signal(signal.SIGTERM)
            process.wait(40)

    def _owed(self, engine: Engine, due: bool = False) -> int:
        """How many duties are open; of those that are due by the office's own clock."""
        D = schema.duties
        now = datetime.fromisoformat((self.folder / "clock").read_text(encoding="ascii"))
        asked = (D.c.try_after <= now,) if due else ()
        with reading(engine) as conn:
            query = select(func.count()).where(D.c.done_at.is_(None), D.c.failed_at.is_(None), *asked)
            return int(conn.execute(query).scalar_one())

    def _next_day(self) -> None:
        """Time enough for every delay of a duty that failed."""
        clock = self.folder / "clock"
        later = datetime.fromisoformat(clock.read_text(encoding="ascii")) + timedelta(days=6)
        part = clock.with_suffix(".part")
        part.write_text(later.isoformat(), encoding="ascii")
        part.replace(clock)

    def _left(self, engine: object) -> str:
        log = (self.folder / "office0.log").read_text(encoding="utf-8", errors="replace")
        return f"duties are still owed\n{log[-3000:]}"

    def end(self) -> None:
        for name in self.running:
            self._kill_process(name)
