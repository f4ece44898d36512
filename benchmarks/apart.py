"""A peer in a process of its own: its threads must not run in the turn of another."""

from __future__ import annotations

import contextlib
import multiprocessing
from multiprocessing.connection import Connection
from typing import Any


class ApartDbos:
    """DBOS with its listener and queue threads in a child; `run` and `open_case` answer when the child has done it."""

    name = "DBOS recv()"

    def __init__(self, url: str) -> None:
        here, there = multiprocessing.Pipe()
        self.line: Connection = here
        spawn = multiprocessing.get_context("spawn")
        self.child = spawn.Process(target=_serve, args=(url, there), daemon=True)
        self.child.start()
        self._ask("ready", 0, 0)

    def rate(self, cases: int) -> float:
        """Cases a second over so many cases, one after the other."""
        return self._ask("rate", cases, 1)

    def at_once(self, cases: int, clients: int) -> float:
        """Cases a second when so many people work at once."""
        return self._ask("at_once", cases, clients)

    def waiting_memory(self, cases: int) -> float:
        """Bytes of memory per case that waits."""
        return self._ask("memory", cases, 1)

    def close(self) -> None:
        self.line.send(("stop", 0, 0))
        self.child.join(30)
        self.child.kill()

    def _ask(self, word: str, cases: int, clients: int) -> float:
        self.line.send((word, cases, clients))
        return float(self.line.recv())


def _serve(url: str, line: Any) -> None:
    import logging
    import os

    from benchmarks.case_bench import at_once, rate, waiting_memory
    from benchmarks.peers import Dbos

    logging.disable(logging.CRITICAL)
    dbos = Dbos(url)
    while (asked := line.recv())[0] != "stop":
        word, cases, clients = asked
        if word == "rate":
            line.send(rate(dbos.run, cases))
        elif word == "at_once":
            line.send(at_once(dbos.run, clients, cases))
        else:
            line.send(waiting_memory(dbos.open_case, cases) if word == "memory" else 0.0)
    with contextlib.suppress(Exception):
        dbos.close()
    os._exit(0)  # cases that wait have threads that would not end
