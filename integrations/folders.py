"""Folders of this machine: a file is copied whole or not at all, and one process at a time works in a folder."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from integrations.unreachable import Unreachable

PART = 1 << 20


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the folder; a killed process lets go of it by itself. Raises Unreachable while another holds it."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as no:
            raise Unreachable(f"另一个程序正在使用{path.parent}，请稍后再试。") from no
        yield


def copy_file(source: Path, target: Path) -> str:
    """Copy a file and return its SHA-256; under its name it is there whole. Raises Unreachable when the disk refuses."""
    part = target.with_name(f".part-{target.name}")
    digest = hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as read, part.open("wb") as written:
            while data := read.read(PART):
                digest.update(data)
                written.write(data)
            written.flush()
            os.fsync(written.fileno())
        part.replace(target)
    except OSError as no:
        part.unlink(missing_ok=True)
        raise Unreachable(f"不能写入{target}：{no.strerror}") from no
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(PART):
            digest.update(data)
    return digest.hexdigest()
