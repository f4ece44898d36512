"""A mail server that nobody kills: it writes down every mail it accepted, when and under which Message-ID, before it says
so; while a file `refuse` lies beside it, it takes nothing."""

from __future__ import annotations

import json
import os
import sys
import time
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Receiver:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if (self.folder / "refuse").exists():
            return "451 too busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = BytesHeaderParser().parsebytes(envelope.content)
        line = {"id": mail["Message-ID"].strip(), "to": envelope.rcpt_tos, "at": time.time()}
        with (self.folder / "accepted.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return "250 OK"


if __name__ == "__main__":
    controller = Controller(Receiver(Path(sys.argv[1])), hostname="127.0.0.1", port=int(sys.argv[2]))
    controller.start()
    while True:
        time.sleep(60)
