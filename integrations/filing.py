"""The filing store: a folder in which a file, once written under its key, is whole or not there at all."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from integrations.unreachable import Unreachable

ZIP, INSIDE = ".zip", "#"  # "drafts/7.zip#12.docx" is the file 12.docx in a pile that was filed as one

# what reading a zip raises that was altered somewhere
UNREADABLE = (OSError, LookupError, RuntimeError, ValueError, EOFError, zlib.error, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a file is kept, and its hash."""

    key: str
    sha256: str


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

    def put_pile(self, key: str, files: Mapping[str, bytes]) -> dict[str, Filed]:
        """Keep many files as one stored zip under the key: one wait for the disk for all of them, and all are there or
        none. Each is read under a key of its own, as any other file."""
        if not key.endswith(ZIP) or any(not name or INSIDE in name for name in (key, *files)):
            raise ValueError(f"{key!r} is no key for a pile of {list(files)!r}")
        pile = io.BytesIO()
        with zipfile.ZipFile(pile, "w", zipfile.ZIP_STORED) as zipped:
            for name, data in files.items():
                zipped.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
        self.put(key, pile.getvalue())
        return {n: Filed(f"{key}{INSIDE}{n}", hashlib.sha256(data).hexdigest()) for n, data in files.items()}

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
        pile, _, name = key.partition(INSIDE)
        try:
            if not name:
                return self._path(key).read_bytes()
            with zipfile.ZipFile(self._path(pile)) as zipped:
                return zipped.read(name)
        except UNREADABLE as no:
            raise Unreachable(f"文件库中没有{key}", permanent=True) from no

    def exists(self, key: str) -> bool:
        pile, _, name = key.partition(INSIDE)
        if not name or not self._path(pile).is_file():
            return not name and self._path(key).is_file()
        try:
            with zipfile.ZipFile(self._path(pile)) as zipped:
                return name in zipped.NameToInfo
        except UNREADABLE:
            return False

    def holds(self, key: str, sha256: str) -> bool:
        """Is the file there, unchanged?"""
        try:
            return hashlib.sha256(self.get(key)).hexdigest() == sha256
        except Unreachable:
            return False

    def _path(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or key.startswith("/") or ".." in parts or "\\" in key or "\0" in key:
            raise ValueError(f"{key!r} is no filing key")
        return self.root.joinpath(*parts)
