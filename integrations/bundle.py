"""Many papers as one zip per community: stored, because a Word file is compressed already; whole or not there at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

from integrations.unreachable import Unreachable


class Bundle:
    """Papers under names, written one after the other; the file appears under its own name when all are in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: set[str] = set()

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".part-")
            self._part = Path(name)
            self._file = zipfile.ZipFile(os.fdopen(handle, "wb"), "w", zipfile.ZIP_STORED)
        except OSError as no:
            raise Unreachable(f"文件库不能写入：{no.strerror}") from no
        return self

    def add(self, name: str, data: bytes) -> None:
        """One paper; a name that is there already gets a number."""
        stem, dot, suffix = name.rpartition(".")
        chosen, n = name, 1
        while chosen in self.names:
            n += 1
            chosen = f"{stem}（{n}）{dot}{suffix}"
        self.names.add(chosen)
        self._file.writestr(zipfile.ZipInfo(chosen, (2000, 1, 1, 0, 0, 0)), data)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        underlying = self._file.fp
        self._file.close()
        if underlying is not None:
            if kind is None:
                underlying.flush()
                os.fsync(underlying.fileno())
            underlying.close()
        if kind is None:
            os.replace(self._part, self.path)
        else:
            self._part.unlink(missing_ok=True)
