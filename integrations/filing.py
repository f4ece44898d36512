"""The filing store: a folder in which a file, once written under its key, is whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from integrations.unreachable import Unreachable


class FilingStore:
    """Files by key ("issued/2017/D-35/12.docx"). Writing the same key twice leaves the later content.

    Not `durable`: the disk is not waited for, for a store that can be made anew (the example)."""

    def __init__(self, root: Path, durable: bool = True) -> None:
        self.root, self.durable = root, durable

    def put(self, key: str, data: bytes) -> str:
        """Keep the data under the key and return its SHA-256. Raises Unreachable when the disk refuses."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    if self.durable:
                        os.fsync(file.fileno())
                os.replace(name, path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as no:
            raise Unreachable(f"文件库不能写入：{no.strerror}") from no
        return hashlib.sha256(data).hexdigest()

    def put_many(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """`put` for many files: all are on the disk before any of them is seen under its key."""
        parts: dict[str, str] = {}
        try:
            try:
                for key, data in files.items():
                    self._path(key).parent.mkdir(parents=True, exist_ok=True)
                    handle, parts[key] = tempfile.mkstemp(dir=self._path(key).parent, prefix=".part-")
                    with os.fdopen(handle, "wb") as file:
                        file.write(data)
                for name in parts.values():
                    _sync(name)
                for key in files:
                    os.replace(parts.pop(key), self._path(key))
            finally:
                for name in parts.values():
                    Path(name).unlink(missing_ok=True)
        except OSError as no:
            raise Unreachable(f"文件库不能写入：{no.strerror}") from no
        return {key: hashlib.sha256(data).hexdigest() for key, data in files.items()}

    def keep(self, data: bytes, suffix: str = "") -> tuple[str, str]:
        """Keep data under its own hash (scans, uploads); returns (key, SHA-256)."""
        sha256 = hashlib.sha256(data).hexdigest()
        key = f"kept/{sha256[:2]}/{sha256}{suffix}"
        if not self.exists(key):
            self.put(key, data)
        return key, sha256

    def kept_as(self, sha256: str) -> str | None:
        """The key under which data of that hash is kept; None when it is not."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            return None
        found = sorted((self.root / "kept" / sha256[:2]).glob(f"{sha256}*"))
        return f"kept/{sha256[:2]}/{found[0].name}" if found else None

    def get(self, key: str) -> bytes:
        """The file's content. Raises Unreachable when it is not there."""
        try:
            return self._path(key).read_bytes()
        except OSError as no:
            raise Unreachable(f"文件库中没有{key}", permanent=True) from no

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def holds(self, key: str, sha256: str) -> bool:
        """Is the file there, unchanged?"""
        return self.exists(key) and hashlib.sha256(self.get(key)).hexdigest() == sha256

    def _path(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or key.startswith("/") or ".." in parts or "\\" in key or "\0" in key:
            raise ValueError(f"{key!r} is no filing key")
        return self.root.joinpath(*parts)


def _sync(name: str) -> None:
    handle = os.open(name, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
