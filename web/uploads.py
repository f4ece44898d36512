"""Files that people send in: known by their content, kept under their hash."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

import filetype
from starlette.datastructures import UploadFile
from starlette.responses import Response

from flows.office import Office
from states.decision import Evidence
from states.not_allowed import NoSuch, UploadRefused
from web import words
from web.visit import Visit

KINDS = ("jpg", "png", "pdf", "tif", "webp", "heic")


def kept(visit: Visit, upload: UploadFile, kind: str = "upload") -> Evidence:
    """Keep a scan or photo and return it as evidence. Raises UploadRefused for anything else, whatever its name says."""
    return keep_file(visit.office, upload, kind)


def keep_file(office: Office, upload: UploadFile, kind: str = "upload") -> Evidence:
    """`kept`, whoever sends it."""
    data = upload.file.read()
    found = filetype.guess(data)
    name = (upload.filename or "扫描件").replace("\\", "/").rsplit("/", 1)[-1][:100]
    if found is None or found.extension not in KINDS:
        raise UploadRefused(file=name, why="请选择照片或扫描件（JPG、PNG、TIFF、WebP、HEIC或PDF）。")
    _, sha256 = office.files.keep(data, f".{found.extension}")
    return Evidence(kind, name, sha256)


def keeps(sha256: str) -> list[str]:
    """The keys under which a kept file of that hash may stand."""
    return [f"kept/{sha256[:2]}/{sha256}{suffix}" for suffix in (*(f".{kind}" for kind in KINDS), ".txt", "")]


def given_out(visit: Visit, sha256: str, name: str) -> Response:
    """A kept file as it came: pictures to look at, anything else to keep. Who may have it was asked before."""
    key = next((k for k in keeps(sha256) if visit.office.files.exists(k)), None)
    if key is None:
        raise NoSuch(what=words.EVIDENCE, key=name)
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    way = "inline" if kind.startswith("image/") else "attachment"
    headers = {"content-disposition": f"{way}; filename*=UTF-8''{quote(name)}"}
    return Response(visit.office.files.get(key), media_type=kind, headers=headers)
