"""Child processes that belong to an office: restarted when they die, ended when it ends."""

from __future__ import annotations

import ctypes
import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger("bangfu.children")
FIRST_PAUSE, LONGEST_PAUSE, WELL_AFTER = 1.0, 60.0, 60.0
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Child:
    """One process to keep alive. `ready` is asked before it is started: it may need another one first. `end` is the
    signal that asks it to end."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], bool] = field(default=lambda: True)
    end: signal.Signals = signal.SIGTERM


class Children:
    """Keeps each child running in a thread of its own, with a growing pause after each death."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._stopping = threading.Event()
        self._running: dict[str, tuple[Child, subprocess.Popen[str]]] = {}
        self._threads = [threading.Thread(target=self._keep, args=(child,), name=child.name) for child in children]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask every child to end, wait a while, then end it."""
        self._stopping.set()
        for child, process in list(self._running.values()):
            if process.poll() is None:
                process.send_signal(child.end)
        for _, process in list(self._running.values()):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _keep(self, child: Child) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            if not child.ready():
                self._stopping.wait(0.5)
                continue
            begun = time.monotonic()
            code = self._run(child)
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - begun > WELL_AFTER else min(pause * 2, LONGEST_PAUSE)
            log.warning("child died", extra={"child": child.name, "code": code, "again_in": pause})
            self._stopping.wait(pause)

    def _run(self, child: Child) -> int:
        process = subprocess.Popen(
            child.command, env=dict(child.env), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", preexec_fn=_end_with_parent,
        )  # fmt: skip
        self._running[child.name] = child, process
        log.info("child started", extra={"child": child.name, "pid": process.pid})
        if self._stopping.is_set():
            process.send_signal(child.end)
        assert process.stdout is not None
        for line in process.stdout:
            _pass_on(child.name, line.rstrip())
        return process.wait()


def _pass_on(name: str, line: str) -> None:
    """What a child says becomes part of the one log; what is JSON of ours already goes through as it is."""
    if line.startswith("{"):
        try:
            json.loads(line)
        except ValueError:
            pass
        else:
            print(line, file=sys.stderr, flush=True)
            return
    if line:
        logging.getLogger(f"child.{name}").info(line)


def _end_with_parent() -> None:
    """On Linux a child is ended with its parent, however that ends: a killed office leaves no server behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
