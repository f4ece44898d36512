"""The papers of a community as one stored zip: for handing over, printing elsewhere, or a shelf; ten times cheaper than single
files. Every file in it is the one that `print_form` gives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from flows.masters import master_of_paper
from flows.office import Office
from integrations.bundle import Bundle
from records import papers
from records.engine import reading
from rules.jurisdiction import EVERYTHING, Scope
from templates.papers import paper_from

_NO_NAME = str.maketrans({c: "＿" for c in '/\\:*?"<>|\r\n\t'})


def write_bundles(
    office: Office, folder: Path, codes: Sequence[str] = (), area: str | None = None, scope: Scope = EVERYTHING
) -> dict[str, int]:
    """Write one zip per community with its papers (those codes, or all but drafts and discarded ones); returns how many
    papers are in each, by the community's code. Papers outside the scope are not in any."""
    made: dict[str, int] = {}
    with reading(office.records) as conn:
        rows = papers.to_bundle(conn, scope, codes, area)
        for community, pile in groupby(rows, key=lambda row: row.area_path.strip("/").split("/")[-1]):
            with Bundle(folder / f"{community}.zip") as bundle:
                for row in pile:
                    bundle.add(_name(row), _file(conn, office, row))
            made[community] = len(bundle.names)
    return made


def _file(conn: Connection, office: Office, row: Any) -> bytes:
    if row.file_key is not None and office.files.exists(row.file_key):
        return office.files.get(row.file_key)
    return paper_from(row.code, row.snapshot).render(master_of_paper(conn, office, row.code, row.master_sha256))


def _name(row: Any) -> str:
    """What a person looks for: the kind, whose, and the paper's own id."""
    return f"{row.code}/{str(row.title).translate(_NO_NAME)[:60]}-{row.id}.docx"
