"""A Word file as a zip: members that never change are copied as they are compressed, the others are compressed anew."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol

from states.not_allowed import MasterUnfit

Engine = Literal["isal", "zlib"]

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DATE = (20 << 9) | (1 << 5) | 1  # 1 January 2000: a member carries a day, ours never differs
_UTF8 = 0x800
STORED, DEFLATED = 0, 8


class Stream(Protocol):
    """A compressor that takes its data piece by piece."""

    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class Deflate:
    """One way to compress: ISA-L where it is installed, else the standard library's zlib."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        module: Any = zlib
        if engine == "isal":
            from isal import isal_zlib as module
        self._compress, self._crc, self._stream = module.compress, module.crc32, module.compressobj
        self._level = 1 if engine == "isal" else 3  # half the time of level 6 for a twentieth more bytes

    def whole(self, data: bytes) -> tuple[int, bytes]:
        """(CRC, raw deflate) of the data."""
        return self._crc(data), self._compress(data, self._level, -15)

    def crc(self, data: bytes, before: int = 0) -> int:
        return int(self._crc(data, before))

    def stream(self) -> Stream:
        made: Stream = self._stream(self._level, zlib.DEFLATED, -15)
        return made


@cache
def deflate(engine: Engine | None = None) -> Deflate:
    """The compressor asked for; without a wish ISA-L where it is installed."""
    if engine is None:
        try:
            return deflate("isal")
        except ImportError:
            return deflate("zlib")
    return Deflate(engine)


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it stands in the file: its data compressed already (or stored)."""

    name: bytes
    method: int
    crc: int
    size: int
    data: bytes

    @property
    def local(self) -> bytes:
        return local_header(self.name, self.method, self.crc, len(self.data), self.size)


def local_header(name: bytes, method: int, crc: int, packed: int, size: int) -> bytes:
    return _LOCAL.pack(b"PK\3\4", 20, _UTF8, method, 0, _DATE, crc, packed, size, len(name), 0) + name


def central(name: bytes, method: int, crc: int, packed: int, size: int, at: int) -> bytes:
    return (
        _CENTRAL.pack(b"PK\1\2", 20, 20, _UTF8, method, 0, _DATE, crc, packed, size, len(name), 0, 0, 0, 0, 0, at)
        + name
    )


def end(count: int, length: int, at: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, length, at, 0)


def packed(name: str, data: bytes, with_: Deflate) -> Member:
    """A member compressed now."""
    crc, body = with_.whole(data)
    return Member(name.encode(), DEFLATED, crc, len(data), body)


@dataclass(frozen=True, slots=True)
class Head:
    """The members that never change, as the beginning of a file, and their entries in its directory."""

    bytes_: bytes
    entries: bytes
    count: int


def head(members: Iterable[Member]) -> Head:
    begun, entries, count = bytearray(), bytearray(), 0
    for m in members:
        entries += central(m.name, m.method, m.crc, len(m.data), m.size, len(begun))
        begun += m.local + m.data
        count += 1
    return Head(bytes(begun), bytes(entries), count)


def whole_file(begun: Head, members: Sequence[Member]) -> bytes:
    """The file: what never changes, then these members, then the directory."""
    at, parts, entries = len(begun.bytes_), [begun.bytes_], [begun.entries]
    for m in members:
        local, length = m.local, len(m.data)
        parts += (local, m.data)
        entries.append(central(m.name, m.method, m.crc, length, m.size, at))
        at += len(local) + length
    directory = b"".join(entries)
    parts += (directory, end(begun.count + len(members), len(directory), at))
    return b"".join(parts)


MOST_MEMBERS, MOST_BYTES = 300, 60 * 2**20


def contents(docx: bytes) -> dict[str, bytes]:
    """What the members of a Word file hold. Raises MasterUnfit for what is no Word file, or one made to burst."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as file:
            infos = [info for info in file.infolist() if not info.is_dir()]
            if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
                raise MasterUnfit(why="文件展开后过大。")
            return {info.filename: _held(file, info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as no:
        raise MasterUnfit(why="不是完好的Word文件（.docx）。") from no


def _held(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with file.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise MasterUnfit(why="文件的目录与内容不符。")
    return data


def read_members(docx: bytes) -> dict[str, Member]:
    """The members of a zip, as they are compressed. Raises MasterUnfit for what Word would not write."""
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return {info.filename: _raw(docx, info) for info in file.infolist() if not info.is_dir()}


def _raw(docx: bytes, info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & 1 or info.compress_type not in (STORED, DEFLATED):
        raise MasterUnfit(why=f"其中的{info.filename}加了密或压缩方式不同，请在Word里另存为.docx。")
    names, extra = struct.unpack_from("<2H", docx, info.header_offset + 26)
    at = info.header_offset + 30 + names + extra
    data = docx[at : at + info.compress_size]
    return Member(info.filename.encode(), info.compress_type, info.CRC, info.file_size, data)


class Packing:
    """One member while it is made: small ones are compressed at once, long ones piece by piece, so that a table of any
    length needs the memory of a few rows."""

    def __init__(self, name: bytes, with_: Deflate) -> None:
        self.name, self.with_ = name, with_
        self.crc = self.size = 0
        self.stream: Stream | None = None
        self.made: list[bytes] = []

    def take(self, pieces: list[bytes]) -> None:
        """Compress these pieces and forget them."""
        if self.stream is None:
            self.stream = self.with_.stream()
        data = b"".join(pieces)
        pieces.clear()
        self.crc, self.size = self.with_.crc(data, self.crc), self.size + len(data)
        self.made.append(self.stream.compress(data))

    def finish(self, pieces: list[bytes]) -> Member:
        """The member, with these last pieces."""
        if self.stream is None:
            data = b"".join(pieces)
            crc, body = self.with_.whole(data)
            return Member(self.name, DEFLATED, crc, len(data), body)
        self.take(pieces)
        self.made.append(self.stream.flush())
        return Member(self.name, DEFLATED, self.crc, self.size, b"".join(self.made))
