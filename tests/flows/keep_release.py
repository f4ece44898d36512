"""An office with a running case, packed as the present version leaves it: `make keep VERSION=1.2.3` with every release."""

from __future__ import annotations

import sys
import tarfile
import tempfile
from pathlib import Path

from district import District, at, make_district
from sqlalchemy import select

from config.settings import read_settings
from flows.backup import back_up
from flows.office import Office
from records import schema
from records.engine import open_engine, reading
from records.migrate import upgrade
from states.decision import Actor

CLERK = ("440512001001-office", "community_clerk")


def keep(version: str, folder: Path) -> Path:
    """Pack a backup of a small office with issued papers, a ledger and one running case."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = folder / f"{version}-sqlite.tar.gz"
    with tempfile.TemporaryDirectory() as scratch:
        settings = read_settings({"BANGFU_DATA_DIR": scratch})
        engine = open_engine(settings.database_url)
        upgrade(engine)
        district = make_district(engine, settings.files_dir)
        district.exit_until("end", district.household())
        district.exit_until("verify", district.household("林少华"))
        made = back_up(engine, settings, Path(scratch) / "safe", at(2017, 11, 21))
        engine.dispose()
        with tarfile.open(packed, "w:gz") as tar:
            tar.add(made.folder, made.folder.name)
    return packed


def reopened(office: Office) -> District:
    """The kept office with its community clerk."""
    P, T = schema.posts, schema.post_terms
    with reading(office.records) as conn:
        person = conn.execute(
            select(T.c.person_id)
            .join(P, P.c.id == T.c.post_id)
            .where(P.c.office_code == CLERK[0], P.c.role == CLERK[1])
        ).scalar_one()
    return District(office, {"clerk": Actor(person, *CLERK)})


if __name__ == "__main__":
    print(keep(sys.argv[1], Path(__file__).parent / "released"))
