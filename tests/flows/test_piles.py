"""Papers filed together: one stored zip for each community, read one by one; a fault stops only its own paper."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from pathlib import Path

import pytest
from district import COMMUNITY, MEETING, District, at, proof
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.drain import drain
from flows.rounds import Act, Say, act
from flows.sign import sign_list
from flows.verify import verify_file
from integrations.filing import FilingStore
from integrations.unreachable import Unreachable
from records import alerts, duties, papers, schema, verification
from records.engine import reading, writing
from states.decision import MadeBy


def test_a_pile_is_one_stored_zip_and_each_file_is_read_by_itself(tmp_path: Path) -> None:
    store = FilingStore(tmp_path)
    kept = store.put_pile("drafts/1.zip", {"一.docx": b"one" * 500, "二.docx": b"two"})

    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["1.zip"]
    with zipfile.ZipFile(tmp_path / "drafts" / "1.zip") as pile:
        assert {i.compress_type for i in pile.infolist()} == {zipfile.ZIP_STORED}
    for name, data in (("一.docx", b"one" * 500), ("二.docx", b"two")):
        assert store.get(kept[name].key) == data and store.exists(kept[name].key)
        assert store.holds(kept[name].key, kept[name].sha256)
    assert not store.exists("drafts/1.zip#三.docx") and not store.exists("drafts/2.zip#一.docx")
    assert not store.holds(kept["一.docx"].key, kept["二.docx"].sha256)
    with pytest.raises(Unreachable, match="文件库中没有"):
        store.get("drafts/1.zip#三.docx")


ONE = b"one" * 50


@settings(max_examples=300, deadline=None)
@given(where=st.integers(0, 600), to=st.integers(0, 255), cut=st.booleans())
def test_a_pile_that_was_altered_anywhere_proves_only_what_is_unchanged(where: int, to: int, cut: bool) -> None:
    """Any byte of a file or of the directory, or the rest cut off: an answer, never a fault."""
    with tempfile.TemporaryDirectory() as folder:
        store = FilingStore(Path(folder), durable=False)
        kept = store.put_pile("a.zip", {"1.docx": ONE, "2.docx": b"two"})["1.docx"]
        path = Path(folder, "a.zip")
        data = bytearray(path.read_bytes())
        where %= len(data)
        changed = data[where] != to or cut
        data[where] = to
        path.write_bytes(data[:where] if cut else data)

        store.exists(kept.key)
        if store.holds(kept.key, kept.sha256):
            assert store.get(kept.key) == ONE
        else:
            assert changed


@pytest.mark.parametrize("key", ["../x.zip", "/x.zip", "x.docx", "x#y.zip"])
def test_a_pile_goes_nowhere_else(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError):
        FilingStore(tmp_path / "in").put_pile(key, {"1.docx": b"one"})
    with pytest.raises(ValueError):
        FilingStore(tmp_path / "in").put_pile("x.zip", {"a#b": b"one"})


def candidates(district: District, count: int) -> list[int]:
    """Candidates whose signed answer is next: each owes forms of its own."""
    homes = [district.household(f"陈家{n}") for n in "甲乙丙丁戊己庚辛"[:count]]
    begun = [district.begin("exit", home, at(2017, 10, 10)).id for home in homes]
    act(district.office, Act("candidate", {c: Say() for c in begun}, district.who["clerk"], at(2017, 10, 10, 5),
                             COMMUNITY))  # fmt: skip
    for case in begun:
        district.say(case, "review", "clerk", at(2017, 10, 16), fields=MEETING, evidence=proof("D-07"),
                     made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip
    return begun


def test_papers_of_one_drain_are_filed_together_and_stay_what_they_are(district: District) -> None:
    begun = candidates(district, 4)

    done = drain(district.office, at(2017, 10, 17))

    with reading(district.office.records) as conn:
        forms = [papers.paper_of_case(conn, case, code) for case in begun for code in ("D-32", "D-33")]
    assert done.put_back == 0 and len({form.file_key for form in forms}) == 8
    assert len({form.file_key.partition("#")[0] for form in forms}) == 1
    for form in forms:
        assert b"word/document.xml" in district.office.files.get(form.file_key)
    assert drain(district.office, at(2017, 10, 17, 5)).done == 0


def test_two_drains_at_once_draw_up_each_paper_once(district: District) -> None:
    begun = candidates(district, 8)
    threads = [threading.Thread(target=drain, args=(district.office, at(2017, 10, 17))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(district.office.records) as conn:
        assert duties.count_open(conn) == {}
        for case in begun:
            codes = [p.code for p in papers.papers_of_case(conn, case)]
            assert sorted(codes) == ["D-07", "D-31", "D-32", "D-33"]
            assert all(district.office.files.exists(p.file_key) for p in papers.papers_of_case(conn, case))


def test_a_paper_that_cannot_be_drawn_up_stops_only_itself(district: District) -> None:
    begun = candidates(district, 3)
    with writing(district.office.records) as conn:
        sheet = schema.income_sheets
        second = schema.cases.select().where(schema.cases.c.id == begun[1])
        home = conn.execute(second).one().subject_id
        conn.execute(sheet.delete().where(sheet.c.household_id == home))

    done = drain(district.office, at(2017, 10, 17))

    with reading(district.office.records) as conn:
        there = [papers.paper_of_case(conn, case, "D-32") is not None for case in begun]
        assert there == [True, False, True]
        assert sum(duties.count_open(conn).values()) == done.put_back == 2  # its D-32 and D-33


def test_a_pile_that_cannot_be_filed_is_taken_apart(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = candidates(district, 3)

    def full(self: FilingStore, key: str, files: object) -> None:
        raise Unreachable("文件库不能写入：磁盘已满")

    monkeypatch.setattr(FilingStore, "put_pile", full)
    done = drain(district.office, at(2017, 10, 17))

    with reading(district.office.records) as conn:
        forms = [papers.paper_of_case(conn, case, "D-32") for case in begun]
    assert done.put_back == 0 and all("#" not in form.file_key for form in forms)
    assert all(district.office.files.exists(form.file_key) for form in forms)


def test_a_signed_list_is_numbered_without_a_gap_and_a_refusal_stops_only_itself(district: District) -> None:
    """Of three letters one was signed before: the others are signed, and every file proves itself."""
    begun = [district.exit_until("announce", district.household(f"陈家{n}")) for n in "甲乙丙"]
    for case in begun:
        district.post([case], "announce", "district_clerk", "director", at(2017, 11, 10))
    drain(district.office, at(2017, 11, 13))
    leader, office = district.who["leader"], district.office
    with reading(office.records) as conn:
        waiting = [papers.paper_of_case(conn, case, "D-40").id for case in begun]
    sign_list(office, waiting[:1], leader, at(2017, 11, 13, 5))

    signed, stays = sign_list(office, waiting, leader, at(2017, 11, 13, 10))

    assert [s.paper_id for s in signed] == waiting[1:] and list(stays) == waiting[:1]
    with reading(office.records) as conn:
        issued = papers.issued_files(conn)
        assert all(office.files.holds(p.file_key, p.sha256) for p in issued)
        assert sum("#" in p.file_key for p in issued) >= 2
        assert [f for f in verification.verify(conn) if f.where != "register_events:case 0"] == []
        assert alerts.open_alerts(conn) == []
        one = papers.paper(conn, waiting[2])
    assert verify_file(office, office.files.get(one.file_key)).finding == "issued"


def test_a_list_whose_files_cannot_be_kept_is_not_signed_at_all(
    small: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = small.exit_until("announce", small.household())
    other = small.exit_until("announce", small.household("林木生"))
    for each in (case, other):
        small.post([each], "announce", "district_clerk", "director", at(2017, 11, 10))
    drain(small.office, at(2017, 11, 13))
    with reading(small.office.records) as conn:
        waiting = [papers.paper_of_case(conn, c, "D-40").id for c in (case, other)]

    def full(self: FilingStore, key: str, files: object) -> None:
        raise Unreachable("文件库不能写入：磁盘已满")

    monkeypatch.setattr(FilingStore, "put_pile", full)
    with pytest.raises(Unreachable):
        sign_list(small.office, waiting, small.who["leader"], at(2017, 11, 13, 10))

    with reading(small.office.records) as conn:
        assert {papers.paper(conn, p).status for p in waiting} == {"draft"}
    monkeypatch.undo()
    signed, stays = sign_list(small.office, waiting, small.who["leader"], at(2017, 11, 13, 20))
    assert len(signed) == 2 and not stays
