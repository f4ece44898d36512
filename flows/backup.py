"""A backup of an office: database and filing store of one moment, consistent with each other, while people work.

The database is copied first and the files after it: a file is written before the row that names it, and an issued one
never changes, so that whatever the copied database names is there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from config.settings import Settings
from integrations.filing import FilingStore
from integrations.folders import copy_file, locked, sha256_of
from records import papers, verification
from records.copying import copy_in, copy_out, is_empty
from records.engine import open_engine, reading
from states.not_allowed import BackupBroken, TargetInUse

MANIFEST = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup."""

    folder: Path
    revision: str
    files: int
    running: int


def back_up(engine: Engine, settings: Settings, into: Path, at: datetime) -> Backup:
    """Make a backup below `into`. Its folder appears when it is whole and proved; one that is killed leaves nothing that
    could be taken for a backup. Raises BackupBroken when an issued paper's file is missing or altered."""
    into.mkdir(parents=True, exist_ok=True)
    with locked(into / ".lock"):
        for stale in into.glob(".part-*"):
            shutil.rmtree(stale)
        name = f"bangfu-{at:%Y%m%dT%H%M%SZ}"
        part = into / f".part-{name}"
        part.mkdir()
        copied = copy_out(engine, part)
        sums = {**_copy(settings.files_dir, part, "files"), **_copy(settings.seals_dir, part, "seals")}
        store = FilingStore(part / "files")
        wrong = [key for key, sha256 in copied.issued if not store.holds(key, sha256)]
        if wrong:
            raise BackupBroken(what=f"已签发文书的文件缺失或被改动：{'、'.join(wrong[:5])}")
        sums |= {str(path.relative_to(part)): sha256_of(path) for path in _database(part)}
        manifest = {"format": FORMAT, "made_at": at.isoformat(), "database": copied.kind, "revision": copied.revision,
                    "running": copied.running, "sums": sums}  # fmt: skip
        (part / MANIFEST).write_text(json.dumps(manifest, indent=0, sort_keys=True), encoding="utf-8")
        _settle(part)
        part.rename(into / name)
        _settle(into)
    return Backup(into / name, copied.revision, sum(key.startswith("files/") for key in sums), copied.running)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored office was found to hold."""

    papers: int
    files: int
    faults: tuple[str, ...]


def restore(folder: Path, settings: Settings) -> Restored:
    """Put a backup into an empty office and prove it: every file by its hash, every issued paper, the whole ledger
    beside its seals. Killed midway it is simply run again. Raises TargetInUse, BackupBroken."""
    manifest = _read(folder)
    engine = open_engine(settings.database_url)
    try:
        if manifest["database"] != engine.dialect.name:
            raise TargetInUse(why=f"备份来自{manifest['database']}，目标数据库是{engine.dialect.name}")
        if not is_empty(engine):
            raise TargetInUse(why="目标数据库已有内容")
        _put_back(folder, manifest, settings)
        engine.dispose()
        copy_in(engine, folder, manifest["revision"])
        return prove(engine, settings)
    finally:
        engine.dispose()


def prove(engine: Engine, settings: Settings) -> Restored:
    """Does everything fit: issued papers and their files, ledger and exported seals?"""
    seals = [path.read_text(encoding="utf-8") for path in sorted(settings.seals_dir.glob("*.json"))]
    with reading(engine) as conn:
        issued = papers.issued_files(conn)
        faults = [fault.says for fault in verification.verify(conn, seals)]
    store = FilingStore(settings.files_dir)
    for row in issued:
        if not store.holds(row.file_key, row.sha256):
            faults.append(f"文书{row.number or row.id}的文件缺失或被改动：{row.file_key}。")
    return Restored(len(issued), sum(path.is_file() for path in settings.files_dir.rglob("*")), tuple(faults))


def _read(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as no:
        raise BackupBroken(what=f"{folder}不是完整的备份") from no
    if manifest.get("format") != FORMAT:
        raise BackupBroken(what=f"备份格式{manifest.get('format')}不能识别，请用制作它的版本恢复")
    for key, sha256 in manifest["sums"].items():
        if not (folder / key).is_file() or sha256_of(folder / key) != sha256:
            raise BackupBroken(what=f"备份中的{key}缺失或被改动")
    return manifest


def _put_back(folder: Path, manifest: dict[str, Any], settings: Settings) -> None:
    """Files and seals first, the database last: until it is there, nothing counts as restored."""
    targets = {"files": settings.files_dir, "seals": settings.seals_dir}
    for key, sha256 in manifest["sums"].items():
        room, _, rest = key.partition("/")
        if room in targets:
            target = targets[room] / rest
            if target.exists() and sha256_of(target) != sha256:
                raise TargetInUse(why=f"目标文件夹里已有不同的文件{rest}")
            if not target.exists():
                copy_file(folder / key, target)


def _copy(source: Path, part: Path, room: str) -> dict[str, str]:
    """Copy every whole file of a folder; the hash of each copy."""
    sums = {}
    for path in _files(source):
        key = f"{room}/{path.relative_to(source).as_posix()}"
        sums[key] = copy_file(path, part / key)
    return sums


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith(".part-"):
            yield path


def _database(part: Path) -> Iterator[Path]:
    yield from sorted(part.glob("*.sqlite3"))
    yield from sorted((part / "tables").glob("*.copy"))


def _settle(folder: Path) -> None:
    """What a folder lists is on the disk before anybody relies on it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
