"""The ledger only grows (truth 2): whatever is altered behind its back is found, and a seal outside finds a recomputed chain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from district import District, at
from sqlalchemy import delete, select, update

from flows.tick import tick
from records import ledger, schema
from records.engine import reading, writing
from records.ledger import Head, chain, personal_digest

L = schema.ledger


@pytest.fixture
def office(small: District) -> District:
    small.exit_until("end", small.household())
    return small


def faults(district: District, seals: tuple[str, ...] = ()) -> list[str]:
    with reading(district.office.records) as conn:
        return [f.says for f in ledger.verify(conn, seals) if f.where != "register_events:case 0"]


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

    with writing(office.office.records) as conn:
        stream = conn.execute(select(L.c.stream).where(L.c.stream.startswith("case:")).limit(1)).scalar()
        last = Head(0, ledger.GENESIS)
        for row in conn.execute(select(L).where(L.c.stream == stream).order_by(L.c.seq)).mappings().all():
            personal = row["personal"].replace("林记录", "别的人") if row["personal"] else None
            digest = personal_digest(row["salt"], personal)
            value = chain(last.hash, row["stream"], row["seq"], row["act"], row["body"], digest, row["at"])
            conn.execute(update(L).where(L.c.id == row["id"]).values(personal=personal, personal_sha256=digest,
                                                                     prev=last.hash, hash=value))  # fmt: skip
            last = Head(row["seq"], value)

    assert any("日封印不符" in f or "导出的封印" in f for f in faults(office, seals))


def test_days_are_sealed_once_and_in_a_chain(office: District) -> None:
    first = tick(office.office, at(2017, 11, 20))
    again = tick(office.office, at(2017, 11, 20))

    assert first and again == []
    assert faults(office, tuple(text for _, text in first)) == []


def test_blanking_personal_text_leaves_the_chain_whole_and_wants_a_decision(office: District) -> None:
    with writing(office.office.records) as conn:
        blanked = conn.execute(update(L).values(personal=None)).rowcount

    found = faults(office)
    assert blanked and len(found) <= blanked
    assert all(says.endswith("被抹去，没有更正决定。") for says in found)
