"""The procedure and the pack that a case began with, thawed once per process: what a hash names never changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from config.pack import Pack, parse_pack
from records import frozen
from states.not_allowed import NoSuch
from states.procedure import Procedure, thaw

_procedures: dict[str, tuple[Procedure, str, str]] = {}
_packs: dict[str, Pack] = {}
_texts: dict[int, tuple[Procedure, str, str]] = {}


def procedure_of(conn: Connection, sha256: str) -> Procedure:
    """The frozen procedure of that hash. Raises NoSuch when the database does not know it."""
    return _thawed(conn, sha256)[0]


def pack_of(conn: Connection, procedure_sha256: str, known: Iterable[Pack] = ()) -> Pack:
    """The version of the pack that built the procedure of that hash; `known` are versions that are parsed already."""
    _, pack_id, sha256 = _thawed(conn, procedure_sha256)
    for pack in known:
        _packs.setdefault(pack.sha256, pack)
    if sha256 not in _packs:
        text = frozen.pack_text(conn, pack_id, sha256)
        if text is None:
            raise NoSuch(what="政策包版本", key=f"{pack_id} {sha256[:12]}")
        _packs[sha256] = parse_pack(text)
    return _packs[sha256]


def freeze(conn: Connection, procedure: Procedure, pack: Pack, at: datetime) -> str:
    """Keep the procedure under its hash and return the hash. The pack's version is part of what is hashed."""
    text, sha256 = _text_of(procedure)
    if sha256 not in _procedures or frozen.procedure_text(conn, sha256) is None:
        frozen.keep_procedure(conn, sha256, procedure.key, text, pack.id, pack.sha256, at)
    return sha256


def _text_of(procedure: Procedure) -> tuple[str, str]:
    """A procedure is frozen anew only when it is another object: thousands of cases begin with the same one."""
    known = _texts.get(id(procedure))
    if known is None or known[0] is not procedure:
        if len(_texts) > 500:
            _texts.clear()
        known = _texts[id(procedure)] = (procedure, *procedure.frozen())
    return known[1:]


def _thawed(conn: Connection, sha256: str) -> tuple[Procedure, str, str]:
    if sha256 not in _procedures:
        kept = frozen.procedure_text(conn, sha256)
        if kept is None:
            raise NoSuch(what="事项定义", key=sha256[:12])
        _procedures[sha256] = (thaw(kept.text), kept.pack_id, kept.pack_sha256)
    return _procedures[sha256]
