"""The ledger is proved in a process of its own while the rest of what is left behind is written.

`python -m demo.proof` reads one JSON value, {"url": the database, "seals": the exported seals}, and writes the sentences of what
is wrong; an empty list, if all is well."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from records import verification
from records.engine import open_engine, reading


class Proof:
    """Started in good time, so that it is ready when it is asked."""

    def __init__(self) -> None:
        self._child = subprocess.Popen([sys.executable, "-m", "demo.proof"], text=True, encoding="utf-8",
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip

    def __enter__(self) -> Proof:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.wait()

    def ask(self, url: str, seals: Sequence[str]) -> None:
        """Have the ledger of that database proved, against the exported seals."""
        assert self._child.stdin is not None
        json.dump({"url": url, "seals": list(seals)}, self._child.stdin)
        self._child.stdin.close()

    def faults(self) -> list[str]:
        """What is wrong with it, once it is known."""
        assert self._child.stdout is not None
        found: list[str] = json.loads(self._child.stdout.read())
        return found


def main() -> None:
    asked = json.load(sys.stdin)
    with reading(open_engine(asked["url"])) as conn:
        json.dump([fault.says for fault in verification.verify(conn, asked["seals"])], sys.stdout)


if __name__ == "__main__":
    main()
