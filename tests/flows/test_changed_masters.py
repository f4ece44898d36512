"""A clerk changes a master: it is tried, put into force with its history, and what is issued stays as it was. And a single file
can be proved."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from district import District, at

from flows.bundles import write_bundles
from flows.drain import drain
from flows.masters import master_of, replace_master, restore_master
from flows.paper_acts import bring_back
from flows.print import print_form
from flows.rosters import public_sheet
from flows.verify import verify_file
from records import masters, papers, verification
from records.engine import reading
from rules.jurisdiction import Scope
from states.decision import Evidence
from states.not_allowed import FieldMissing, MasterKeeperOnly, MasterNotAccepted, NoPublicList, NoSuch
from templates.batch.account import text_of
from templates.batch.zipped import contents
from templates.master import load
from templates.papers import PAPERS

WHEN = at(2017, 9, 4)
OLD, NEW = "以书面或口头方式如实反映", "以信函、电话或者来访方式如实反映"


def changed(code: str, old: str, new: str, docx: bytes | None = None) -> bytes:
    parts, out = contents(docx or load(PAPERS[code].folder).docx), io.BytesIO()
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new).encode()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def put(district: District, docx: bytes, by: str = "district_clerk", reason: str = "改了措辞") -> None:
    replace_master(district.office, "D-35", docx, "拟退出公示.docx", district.who[by], WHEN, reason)


def notice(district: District) -> int:
    """An issued D-35."""
    case = district.exit_until("pub_close", district.household())
    with reading(district.office.records) as conn:
        found = papers.notice_for(conn, case, "D-35")
    assert found is not None and found.sha256
    return int(found.id)


def test_a_changed_master_is_tried_and_drafts_use_it_from_then_on(district: District) -> None:
    put(district, changed("D-35", OLD, NEW))
    paper = notice(district)

    assert NEW in text_of(print_form(district.office, paper))
    with reading(district.office.records) as conn:
        row = papers.paper(conn, paper)
        [entry] = masters.history(conn, "D-35")
        assert row is not None and row.master_sha256 == entry.sha256 == master_of(conn, district.office, "D-35").sha256
        assert (entry.person, entry.filename, entry.reason) == ("蔡晓", "拟退出公示.docx", "改了措辞")
        assert [f for f in verification.verify(conn) if "case 0" not in f.where] == []


def test_what_is_issued_stays_fixed_when_its_master_changes(district: District) -> None:
    paper = notice(district)
    before = print_form(district.office, paper)
    put(district, changed("D-35", OLD, NEW))

    assert print_form(district.office, paper) == before
    assert verify_file(district.office, before).genuine


def test_the_programs_own_master_can_be_put_back_and_the_history_keeps_all(small: District) -> None:
    put(small, changed("D-35", OLD, NEW))
    restore_master(small.office, "D-35", small.who["district_clerk"], WHEN, "恢复原措辞")

    with reading(small.office.records) as conn:
        assert master_of(conn, small.office, "D-35") is load(PAPERS["D-35"].folder)
        assert [entry.reason for entry in masters.history(conn, "D-35")] == ["恢复原措辞", "改了措辞"]


def test_a_master_with_faults_is_not_put_into_force_and_the_clerk_reads_why(small: District) -> None:
    with pytest.raises(MasterNotAccepted, match=r"正文第\d+段.*没有名为“plaec”的填空") as no:
        put(small, changed("D-35", "{{ place }}", "{{ plaec }}"))

    assert "缺少填空“受理地点”" in str(no.value)
    with reading(small.office.records) as conn:
        assert masters.history(conn) == []


def test_only_who_keeps_the_masters_may_replace_one_and_with_a_reason(small: District) -> None:
    good = changed("D-35", OLD, NEW)
    with pytest.raises(MasterKeeperOnly):
        put(small, good, by="clerk")
    with pytest.raises(FieldMissing):
        put(small, good, reason=" ")


def test_an_issued_file_is_proved_and_an_altered_one_is_named_with_what_differs(district: District) -> None:
    paper = notice(district)
    data = print_form(district.office, paper)
    good = verify_file(district.office, data)
    bad = verify_file(district.office, changed("D-35", "陈家强", "陈家弱", data))

    assert good.genuine and good.paper_id == paper
    assert "内容未变" in good.says and "陈主任" in good.says
    assert (bad.finding, bad.paper_id) == ("altered", paper)
    assert any("陈家强" in line and "陈家弱" in line for line in bad.differences)


def test_a_change_that_no_reader_sees_is_told_too(small: District) -> None:
    paper = notice(small)
    data = print_form(small.office, paper)
    bold = changed("D-35", "</w:pPr>", "<w:keepLines/></w:pPr>", data)

    assert verify_file(small.office, bold).differences == ("文字相同，格式、属性或隐藏部分不同",)


@pytest.mark.parametrize("data", [b"", b"nothing", load("help_card").docx])
def test_a_file_of_somebody_elses_is_unknown(small: District, data: bytes) -> None:
    notice(small)

    assert verify_file(small.office, data).finding == "unknown"


def test_a_signed_copy_that_came_back_is_known_by_its_scan(district: District) -> None:
    scan = b"a scan"
    _, sha256 = district.office.files.keep(scan, ".jpg")
    form = acceptance_form(district)
    bring_back(district.office, form, Evidence("D-34", "认可书.jpg", sha256), district.who["clerk"], at(2017, 10, 22))
    found = verify_file(district.office, scan)

    assert (found.finding, found.paper_id, found.genuine) == ("signed_copy", form, True)
    assert "签名件" in found.says


def acceptance_form(district: District) -> int:
    """A printed D-34."""
    case = district.exit_until("accept", district.household())
    drain(district.office, at(2017, 10, 21))
    with reading(district.office.records) as conn:
        form = papers.paper_of_case(conn, case, "D-34")
    assert form is not None
    return int(form.id)


def test_the_list_of_a_notice_goes_out_as_a_sheet_with_masked_names_for_the_web(district: District) -> None:
    paper = notice(district)
    board, web = public_sheet(district.office, paper, "board"), public_sheet(district.office, paper, "web")

    assert "陈家强" in contents(board)["xl/sharedStrings.xml"].decode()
    assert "陈*" in contents(web)["xl/sharedStrings.xml"].decode()
    assert "陈家强" not in contents(web)["xl/sharedStrings.xml"].decode()


def test_what_is_no_public_list_has_no_sheet(small: District) -> None:
    with pytest.raises(NoSuch):
        public_sheet(small.office, 10**6, "web")
    with pytest.raises(NoPublicList):
        public_sheet(small.office, acceptance_form(small), "web")


def test_a_communitys_papers_come_as_one_stored_zip_and_nobody_elses(district: District, tmp_path: Path) -> None:
    form, paper = acceptance_form(district), notice(district)
    made = write_bundles(district.office, tmp_path)
    outside = write_bundles(district.office, tmp_path / "other", scope=Scope(paths=frozenset({"/440512/440512002/"})))

    assert outside == {} and len(made) == 1
    [community] = made
    with zipfile.ZipFile(tmp_path / f"{community}.zip") as file:
        names = file.namelist()
        assert made[community] == len(names) > 1
        assert all(info.compress_type == zipfile.ZIP_STORED for info in file.infolist())
        [mine] = [name for name in names if name.endswith(f"-{form}.docx")]
        assert mine.startswith("D-34/") and file.read(mine) == print_form(district.office, form)
    assert paper != form
