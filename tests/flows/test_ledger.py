"""The ledger only grows (truth 2): whatever is altered behind its back is found, and a seal outside finds a recomputed chain."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from district import District, at, make_district
from sqlalchemy import Engine, delete, func, select, update

from flows.tick import tick
from records import ledger, schema, verification
from records.engine import reading, writing
from records.ledger import Head, chain, personal_digest

L = schema.ledger


@pytest.fixture(params=[500, 1], ids=["at once", "row by row"])
def office(small: District, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> District:
    """An office with a whole exit behind it; its ledger is proved in parts of that many rows."""
    monkeypatch.setattr(verification, "PART", request.param)
    small.exit_until("end", small.household())
    return small


def faults(district: District, seals: tuple[str, ...] = ()) -> list[str]:
    with reading(district.office.records) as conn:
        return [f.says for f in verification.verify(conn, seals) if f.where != "register_events:case 0"]


def compute_anew(district: District, stream: str) -> None:
    """What somebody who owns the database can do: another name in every line, and a chain that fits again."""
    with writing(district.office.records) as conn:
        last = Head(0, ledger.GENESIS)
        for row in conn.execute(select(L).where(L.c.stream == stream).order_by(L.c.seq)).mappings().all():
            personal = row["personal"].replace("林记录", "别的人") if row["personal"] else None
            digest = personal_digest(row["salt"], personal)
            value = chain(last.hash, row["stream"], row["seq"], row["act"], row["body"], digest, row["at"])
            conn.execute(update(L).where(L.c.id == row["id"]).values(personal=personal, personal_sha256=digest,
                                                                     prev=last.hash, hash=value))  # fmt: skip
            last = Head(row["seq"], value)


@pytest.mark.parametrize(
    ("table", "values", "says"),
    [
        ("ledger", {"body": "{}"}, "内容被改写"),
        ("ledger", {"personal": '{"by":"别人"}'}, "姓名或意见被改写"),
        ("decisions", {"opinion": "不同意"}, "decisions表"),
        ("decisions", {"verdict": "refuse"}, "decisions表"),
        ("decisions", {"person": "别人"}, "decisions表"),
        ("path_events", {"on": date(2016, 1, 1)}, "path_events表"),
        ("paper_numbers", {"seq": 99}, "paper_numbers表"),
        ("papers", {"sha256": "0" * 64}, "不符，已被改写"),
        ("papers", {"number": "汕濠〔2017〕9号"}, "不符，已被改写"),
    ],
)
def test_an_altered_row_is_found(office: District, table: str, values: dict[str, Any], says: str) -> None:
    assert faults(office) == []
    target = schema.metadata.tables[table]
    where = target.c.number.is_not(None) if table == "papers" else target.c.id > 0
    with writing(office.office.records) as conn:
        victim = conn.execute(select(target.c.id).where(where).order_by(target.c.id.desc()).limit(1)).scalar()
        conn.execute(update(target).where(target.c.id == victim).values(**values))

    assert any(says in f for f in faults(office)), faults(office)


@pytest.mark.parametrize("table", ["ledger", "decisions", "path_events", "paper_numbers"])
def test_a_deleted_row_is_found(office: District, table: str) -> None:
    target = schema.metadata.tables[table]
    with writing(office.office.records) as conn:
        conn.exec_driver_sql("PRAGMA foreign_keys=OFF")
        victim = conn.execute(select(target.c.id).order_by(target.c.id).limit(1)).scalar()
        conn.execute(delete(target).where(target.c.id == victim))

    assert faults(office)


def test_a_row_written_behind_the_ledgers_back_is_found(office: District) -> None:
    with writing(office.office.records) as conn:
        row = dict(conn.execute(select(schema.decisions).limit(1)).mappings().one())
        row.pop("id")
        conn.execute(schema.decisions.insert().values(**row))

    assert any("绕过程序写入" in f for f in faults(office))


def test_a_recomputed_chain_is_found_by_the_exported_seals(office: District) -> None:
    seals = tuple(text for _, text in tick(office.office, at(2018, 1, 2)))
    assert seals and faults(office, seals) == []

    with reading(office.office.records) as conn:
        stream = conn.execute(select(L.c.stream).where(L.c.stream.startswith("case:")).limit(1)).scalar()
    compute_anew(office, str(stream))

    assert any("日封印不符" in f or "导出的封印" in f for f in faults(office, seals))


def test_days_are_sealed_once_and_in_a_chain(office: District) -> None:
    first = tick(office.office, at(2017, 11, 20))
    again = tick(office.office, at(2017, 11, 20))

    assert first and again == []
    assert faults(office, tuple(text for _, text in first)) == []


def write(district: District, stream: str, when: datetime) -> None:
    with writing(district.office.records) as conn:
        ledger.add_line(conn, stream, "noted", {"n": 1}, {"by": "林记录"}, when)


def uncovered(district: District, texts: list[str]) -> list[str]:
    """Streams of which no exported seal holds the last line."""
    sealed: dict[str, int] = {}
    for text in texts:
        for stream, (seq, _) in json.loads(text)["heads"].items():
            sealed[stream] = max(seq, sealed.get(stream, 0))
    with reading(district.office.records) as conn:
        grown = conn.execute(select(L.c.stream, func.max(L.c.seq)).group_by(L.c.stream)).all()
    return [stream for stream, seq in grown if sealed.get(stream, 0) < seq]


def test_a_line_written_after_the_clock_was_set_back_lies_in_the_next_seal(office: District) -> None:
    """2 January is sealed when a machine whose clock went wrong writes a line of 1 January."""
    before = dict(tick(office.office, at(2018, 1, 3)))
    write(office, "office:late", at(2018, 1, 1))
    assert tick(office.office, at(2018, 1, 3, 5)) == []  # a new day is about to be sealed: not twice a day
    after = dict(tick(office.office, at(2018, 1, 4)))
    assert list(after) == ["2018-01-03.json"] and "office:late" in json.loads(after["2018-01-03.json"])["heads"]

    texts = [*before.values(), *after.values()]
    assert faults(office, tuple(texts)) == [] and uncovered(office, texts) == []
    compute_anew(office, "office:late")
    assert faults(office) != [] and any("导出的封印" in f for f in faults(office, tuple(texts)))


def test_after_a_clock_stood_far_ahead_each_day_is_sealed_once_more(office: District) -> None:
    """The days up to 28 February are sealed by mistake; then the clock is right again."""
    sealed = dict(tick(office.office, at(2018, 3, 1)))
    for day in (5, 6, 7):
        write(office, f"office:{day}", at(2018, 1, day))
        assert tick(office.office, at(2018, 1, day, 5)) == []
        new = dict(tick(office.office, at(2018, 1, day + 1)))
        assert list(new) == [f"2018-01-{day:02}-2.json"] and tick(office.office, at(2018, 1, day + 1)) == []
        sealed |= new
    write(office, "office:right", at(2018, 3, 1))
    sealed |= dict(tick(office.office, at(2018, 3, 2)))

    assert "2018-03-01.json" in sealed and uncovered(office, list(sealed.values())) == []
    assert faults(office, tuple(sealed.values())) == []
    for stream in ("office:5", "office:right"):
        compute_anew(office, stream)
        assert any(stream in f and "导出的封印" in f for f in faults(office, tuple(sealed.values())))


@pytest.mark.postgres
def test_a_line_whose_transaction_ends_after_midnight_is_waited_for(postgres_engine: Engine, tmp_path: Path) -> None:
    """It took its place in the ledger before those that are there: a seal that overlooked it would never cover it."""
    district = make_district(postgres_engine, tmp_path / "files")
    with writing(postgres_engine) as slow:
        ledger.add_line(slow, "office:slow", "noted", {}, None, at(2018, 1, 2))
        write(district, "office:quick", at(2018, 1, 2, 5))
        assert tick(district.office, at(2018, 1, 3)) == []
    texts = [text for _, text in tick(district.office, at(2018, 1, 3, 1))]
    assert texts and uncovered(district, texts) == [] and faults(district, tuple(texts)) == []


def test_blanking_personal_text_leaves_the_chain_whole_and_wants_a_decision(office: District) -> None:
    with writing(office.office.records) as conn:
        blanked = conn.execute(update(L).values(personal=None)).rowcount

    found = faults(office)
    assert blanked and len(found) <= blanked
    assert all(says.endswith("被抹去，没有更正决定。") for says in found)
