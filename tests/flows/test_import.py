"""The workbook goes in as one case (truth 1, R1.2-02): a report first, another person's approval, all rows or none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from district import District, at
from openpyxl.worksheet.worksheet import Worksheet

import demo
from flows.export_register import write_ledger_book
from flows.import_kept import SoundRows, sound_rows
from flows.import_register import ImportReport, Options, examine, upload
from records import facts, help, imports, register, schema, verification
from records.engine import reading
from rules.jurisdiction import EVERYTHING, Scope
from rules.register import HouseholdRows, PersonRow
from states.not_allowed import FileRefused, ImportHasErrors, NotAllowed, ReportIsStale, SamePerson
from states.procedure import Verdict

DATA = Path(demo.__file__).parent / "data" / "haojiang-2016.xlsx"
MAY = date(2016, 5, 3)


@pytest.fixture(scope="session")
def original() -> bytes:
    return DATA.read_bytes()


@lru_cache
def short(original: bytes) -> bytes:
    """The first households with their incomes, findings and pairings: a small file says as much and is quicker."""
    book = openpyxl.load_workbook(io.BytesIO(original))
    for name, last in (("人员", 20), ("收入", 30), ("达标情况", 60), ("结对", 10)):
        book[name].delete_rows(last + 1, book[name].max_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(original: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(short(original)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def keep_rows(book: openpyxl.Workbook, last: int) -> Worksheet:
    sheet = book["人员"]
    sheet.delete_rows(last + 1, sheet.max_row)
    return sheet


def small(original: bytes, change: Callable[[Worksheet], None] = lambda s: None) -> bytes:
    return changed(original, lambda book: change(keep_rows(book, 8)))


def column(sheet: Worksheet, title: str) -> int:
    return next(c.column for c in sheet[2] if c.value == title)


def put(sheet: Worksheet, row: int, title: str, value: object) -> None:
    sheet.cell(row, column(sheet, title)).value = value  # type: ignore[assignment]


def seen(district: District, data: bytes, options: Options | None = None) -> ImportReport:
    return examine(district.office, data, "登记表.xlsx", MAY, options or Options())


def go_in(
    district: District, data: bytes, day: int = 3, options: Options | None = None, effective: str = "2016-05-01"
) -> ImportReport:
    when = at(2016, 5, day)
    case, report = upload(
        district.office, data, "登记表.xlsx", district.who["district_clerk"], when, options or Options()
    )
    district.say(case.id, "report", "district_clerk", when, fields={"effective_on": effective})
    district.say(case.id, "approve", "director", when)
    return report


def test_the_whole_register_goes_in_and_again_changes_nothing(district: District, original: bytes) -> None:
    """R1.2-02, R4.1-01: 638 households, 1,593 persons, 42 communities."""
    report = go_in(district, original)
    assert (report.households, report.persons, report.added, report.refused) == (638, 1593, 638, [])

    with reading(district.office.records) as conn:
        there = register.register_on(conn, date(2017, 6, 30))
        assert (there.households, there.persons, there.communities) == (638, 1593, 42)
        assert register.register_on(conn, date(2016, 4, 30)).households == 0
        assert verification.verify(conn) == []
        before = conn.execute(schema.register_events.select()).rowcount
    again = go_in(district, original, day=4)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 638)
    with reading(district.office.records) as conn:
        assert conn.execute(schema.register_events.select()).rowcount == before


def test_the_uploader_cannot_approve(small_office: District, original: bytes) -> None:
    data = small(original)
    case, _ = upload(small_office.office, data, "a.xlsx", small_office.who["district_clerk"], at(2016, 5, 3), Options())
    small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), fields={"effective_on": "2016-05-01"})

    from records import offices
    from records.engine import writing
    from states.decision import Actor

    clerk = small_office.who["district_clerk"]
    with writing(small_office.office.records) as conn:
        offices.appoint(conn, clerk.person_id, clerk.office_code, "district_director", date(2016, 1, 1))
    small_office.who["both"] = Actor(clerk.person_id, clerk.office_code, "district_director")
    with pytest.raises(SamePerson):
        small_office.say(case.id, "approve", "both", at(2016, 5, 3))
    with reading(small_office.office.records) as conn:
        assert register.register_on(conn, MAY).households == 0


@pytest.fixture
def small_office(small: District) -> District:
    return small


def test_a_changed_file_yields_changes_as_events(district: District, original: bytes) -> None:
    go_in(district, small(original))

    def edit(sheet: Worksheet) -> None:
        put(sheet, 3, "劳动能力", "丧失劳动能力")
        put(sheet, 3, "住房面积(㎡)", 70)
        put(sheet, 4, "住房面积(㎡)", 70)

    report = go_in(district, small(original, edit), day=10)

    assert (report.added, report.changed) == (0, 1)
    with reading(district.office.records) as conn:
        home = register.id_of(conn, "4405120010010001")
        assert home is not None
        events = {(e.field, str(e.old), str(e.new)) for e in register.events_of(conn, home) if e.kind == "changed"}
        assert events == {("labour", "无劳动力", "丧失劳动能力"), ("house_area", "65", "70")}
        assert verification.verify(conn) == []


@pytest.mark.parametrize(
    ("title", "value", "rule", "says"),
    [
        ("证件号码", "440510193507239990", "DQ-10", "校验码不符"),
        ("证件号码", 440510193507239990, "DQ-02", "数值格式"),
        ("证件号码", None, "DQ-01", "没有填写"),
        ("性别", "女", "DQ-12", "与证件号码中的性别不一致"),
        ("出生日期", "去年", "DQ-02", "不是日期"),
        ("与户主关系", "邻居", "DQ-15", "不在规定的选项中"),
        ("与户主关系", "配偶", "DQ-50", "没有户主"),
        ("社区", "天上社区", "DQ-03", "不在本区社区名单中"),
        ("危房等级", "D级", "DQ-76", "“D级”不在规定的选项中（A、B、C、D）"),
        ("健康状况", "还行", "DQ-17", "“还行”不在规定的选项中（健康、"),
        ("住房面积(㎡)", "=60+5", "DQ-02", "是公式，但没有算出结果"),
        ("住房面积(㎡)", "#VALUE!", "DQ-02", "是公式错误值#VALUE!"),
        ("证件号码", "#N/A", "DQ-02", "是公式错误值#N/A"),
        ("姓名", "张\x07三", "DQ-02", "不能显示的字符"),
        ("姓名", "王" * 300, "DQ-02", "超过255个字"),
        ("是否享受低保", "有", "DQ-02", "只能填“是”或“否”"),
        ("务工时间(月)", "半年", "DQ-02", "应填整数"),
    ],
)
def test_a_wrong_cell_refuses_its_household_and_names_the_place(
    small_office: District, original: bytes, title: str, value: object, rule: str, says: str
) -> None:
    def edit(sheet: Worksheet) -> None:
        if isinstance(value, str) and "\x07" in value:
            put(sheet, 3, title, value.replace("\x07", "\u2029"))
        else:
            put(sheet, 3, title, value)

    report = seen(small_office, small(original, edit))

    hits = [h for h in report.refused if h.rule == rule]
    assert hits and says in hits[0].message and hits[0].row == 3 and hits[0].remedy
    assert report.refused_households == 1
    assert report.added == report.households - 1


def test_what_people_type_is_read(small_office: District, original: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, 3, "证件号码", " ４４０５１０１９３５０７２３９９９x ")
        put(sheet, 3, "姓名", "\u00a0邱荣强\u200b")
        put(sheet, 3, "户编号", 4405120010010001 if False else "4405120010010001 ")
        put(sheet, 3, "出生日期", "1935年7月23日")
        put(sheet, 2, column(sheet, "住房面积(㎡)") and "住房面积(㎡)", " 住房面积（㎡） ")

    report = seen(small_office, small(original, edit))

    assert report.refused == []


def test_a_formula_is_read_by_its_value_and_an_empty_one_is_refused(small_office: District, original: bytes) -> None:
    report = seen(small_office, small(original, lambda s: put(s, 3, "姓名", "=A1&B1")))  # openpyxl keeps no value

    assert [(h.rule, h.column) for h in report.refused] == [("DQ-02", "姓名")]


def test_a_row_that_is_no_record_is_told_in_one_sentence(small_office: District, original: bytes) -> None:
    """A sum or a note under the table: its row is named once, not once for every column."""
    report = seen(small_office, small(original, lambda s: s.append(["合计", *[None] * 6, "10人"])))

    assert ["请删去该行" in h.remedy for h in report.refused] == [True]
    assert report.refused_households == 1


def test_cells_that_were_merged_are_told_so(small_office: District, original: bytes) -> None:
    def merge(sheet: Worksheet) -> None:
        for title in ("户编号", "社区"):
            at = column(sheet, title)
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)

    hits = seen(small_office, small(original, merge)).refused

    assert {(h.row, h.column) for h in hits} == {(4, "户编号"), (4, "社区")}
    assert all("合并" in h.message and "取消合并" in h.remedy for h in hits)


def test_a_community_that_is_nearly_right_is_proposed(small_office: District, original: bytes) -> None:
    report = seen(
        small_office, small(original, lambda s: put(s, 3, "社区", f"{s.cell(3, column(s, '社区')).value}居委会"))
    )

    assert any("名单中的名称是“" in h.remedy for h in report.refused)


def test_every_renamed_column_is_asked_about(small_office: District, original: bytes) -> None:
    def rename(sheet: Worksheet) -> None:
        put(sheet, 2, "证件号码", "身份证号码")
        put(sheet, 2, "出生日期", "出生年月")

    with pytest.raises(FileRefused, match="“身份证号码”是否就是“证件号码”；“出生年月”是否就是“出生日期”？"):
        seen(small_office, small(original, rename))


def test_one_person_in_two_households_is_refused(small_office: District, original: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        put(sheet, 5, "证件号码", sheet.cell(3, column(sheet, "证件号码")).value)

    whole, report = seen(small_office, small(original)), seen(small_office, small(original, edit))

    twice = [h for h in report.refused if h.rule == "DQ-90"]
    assert sorted(h.row for h in twice) == [3, 5] and all("一人只能在一户" in h.message for h in twice)
    numbers = {"4405120010010001", "4405120010010002"}  # nobody knows which of them is right
    assert numbers <= set(report.refused_numbers) and report.added == whole.added - 2
    go_in(small_office, small(original, edit))
    with reading(small_office.office.records) as conn:
        assert all(register.id_of(conn, number) is None for number in numbers)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda b: b.remove(b["人员"]), "没有名为“人员”的工作表"),
        (lambda b: put(b["人员"], 2, "证件号码", "身份证号码"), "缺少列：证件号码"),
        (lambda b: b["人员"].delete_rows(1, 2), "没有表头"),
        (lambda b: put(b["人员"], 2, "姓名", "户编号"), "有两列都叫“户编号”"),
    ],
)
def test_a_workbook_of_another_shape_is_refused(
    small_office: District, original: bytes, change: Callable[[openpyxl.Workbook], None], says: str
) -> None:
    with pytest.raises(FileRefused, match=says):
        seen(small_office, changed(original, change))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "是空的"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "加了密码"),
        ("户编号,姓名".encode(), "不是Excel工作簿"),
        (b"PK\x03\x04 broken", "已损坏"),
        (bomb(), "异常庞大"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(small_office: District, data: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        seen(small_office, data)


def test_a_stale_report_is_not_approved(small_office: District, original: bytes) -> None:
    data = small(original)
    clerk = small_office.who["district_clerk"]
    case, _ = upload(small_office.office, data, "a.xlsx", clerk, at(2016, 5, 3), Options())
    small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), fields={"effective_on": "2016-05-01"})
    go_in(small_office, changed(original, lambda b: keep_rows(b, 20)), day=4)

    with pytest.raises(ReportIsStale):
        small_office.say(case.id, "approve", "director", at(2016, 5, 5))
    with reading(small_office.office.records) as conn:
        assert imports.batch(conn, case.subject_id).committed_at is None


def test_a_kept_file_that_was_touched_is_not_put_in(small_office: District, original: bytes) -> None:
    case, _ = upload(small_office.office, small(original), "a.xlsx", small_office.who["district_clerk"],
                     at(2016, 5, 3), Options())  # fmt: skip
    small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), fields={"effective_on": "2016-05-01"})
    with reading(small_office.office.records) as conn:
        key = imports.batch(conn, case.subject_id).sound_key
    small_office.office.files.put(key, small_office.office.files.get(key) + b" ")

    with pytest.raises(ReportIsStale):
        small_office.say(case.id, "approve", "director", at(2016, 5, 5))


def test_a_file_with_nothing_sound_is_not_vouched_for(small_office: District, original: bytes) -> None:
    def spoil(sheet: Worksheet) -> None:
        for row in range(3, 9):
            put(sheet, row, "证件号码", "1")

    case, report = upload(small_office.office, small(original, spoil), "a.xlsx", small_office.who["district_clerk"],
                          at(2016, 5, 3), Options())  # fmt: skip
    assert report.added == 0
    with pytest.raises(ImportHasErrors):
        small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), fields={"effective_on": "2016-05-01"})
    small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), Verdict.REFUSE, "全部有误")


def test_the_report_is_json_as_promised(small_office: District, original: bytes) -> None:
    plain = json.loads(json.dumps(seen(small_office, small(original)).as_json()))

    assert {"households", "persons", "refused", "remarks", "added", "changed"} <= set(plain)
    assert plain["remarks"] and set(plain["remarks"][0]) == {
        "rule",
        "sheet",
        "row",
        "column",
        "value",
        "message",
        "remedy",
    }


def test_incomes_findings_and_pairings_follow_by_year_and_once(district: District, original: bytes) -> None:
    go_in(district, original)
    go_in(district, original, 5, Options("pairings"))
    for day in (6, 7):
        go_in(district, original, day, Options("facts", 2016))

    with reading(district.office.records) as conn:
        home = register.id_of(conn, "4405120010010001")
        assert home is not None
        assert [s.year for s in facts.income_sheets(conn, home)] == [2016]
        sheet = facts.income_sheet(conn, home, 2016)
        assert sheet is not None and sheet._mapping["items"]["assistance"] == 875_468
        pairing = help.pairing_on(conn, home, date(2016, 6, 1))
        assert pairing is not None and (pairing.unit, pairing.helper) == ("区委办公室", "吴木煜")
        found = facts.findings_until(conn, home, date(2018, 12, 31))
        assert all(f.found_on.year == 2016 for f in found)
        assert conn.execute(schema.income_sheets.select()).fetchall().__len__() == 638
        assert verification.verify(conn) == []


def test_the_exported_ledger_goes_in_again_and_changes_nothing(
    district: District, original: bytes, tmp_path: Path
) -> None:
    go_in(district, original)
    target = tmp_path / "台账.xlsx"

    write_ledger_book(district.office, target, date(2016, 6, 1), EVERYTHING)

    report = seen(district, target.read_bytes())
    assert (report.added, report.changed, report.unchanged, report.refused) == (0, 0, 638, [])


def test_another_planned_year_is_an_event_and_the_day_before_still_says_the_old_one(
    small_office: District, original: bytes, tmp_path: Path
) -> None:
    go_in(small_office, small(original))
    there = planned(small_office, date(2016, 5, 4), tmp_path)
    other = there + 1 if there < 2018 else 2017

    later = small(original, lambda s: [put(s, row, "计划脱贫年度", other) for row in (3, 4)])
    report = go_in(small_office, later, day=10, effective="2016-05-10")

    assert report.changed == 1
    assert {"household": "4405120010010001", "field": "planned_year", "new": other} in report.changes
    assert planned(small_office, date(2016, 5, 9), tmp_path) == there
    assert planned(small_office, date(2016, 5, 10), tmp_path) == other
    with reading(small_office.office.records) as conn:
        home = register.id_of(conn, "4405120010010001")
        assert home is not None
        [event] = [e for e in register.events_of(conn, home) if e.field == "planned_year"]
        assert (event.kind, event.old, event.new) == ("changed", there, other)
        assert not verification.verify(conn)
    again = seen(small_office, later)
    assert (again.changed, again.refused) == (0, [])


def planned(district: District, day: date, folder: Path) -> int:
    """The planned year that the ledger of a day says of the first household."""
    target = folder / f"{day}.xlsx"
    write_ledger_book(district.office, target, day, EVERYTHING)
    sheet = openpyxl.load_workbook(target)["人员"]
    row = next(r for r in sheet.iter_rows(min_row=3) if r[column(sheet, "户编号") - 1].value == "4405120010010001")
    return int(str(row[column(sheet, "计划脱贫年度") - 1].value))


def test_the_ledger_of_a_day_says_what_was_known_then(small_office: District, original: bytes, tmp_path: Path) -> None:
    """The planned year and the heads are there as they came in, the region is the pack's, a later income is not."""
    go_in(small_office, small(original))
    report = seen(small_office, original, Options("facts", 2016))
    assert report.added
    go_in(small_office, original, day=6, options=Options("facts", 2016))
    there, then = tmp_path / "台账.xlsx", tmp_path / "五月五日.xlsx"

    write_ledger_book(small_office.office, there, date(2016, 5, 6), EVERYTHING)
    write_ledger_book(small_office.office, then, date(2016, 5, 5), EVERYTHING)

    source = list(openpyxl.load_workbook(io.BytesIO(original), read_only=True)["人员"].iter_rows(values_only=True))
    book = openpyxl.load_workbook(there)
    assert book["人员"].auto_filter.ref.startswith("A2:") and book["人员"].print_title_rows == "$1:$2"
    people = list(book["人员"].iter_rows(min_row=2, values_only=True))
    for title in ("省", "市", "县(区)", "计划脱贫年度"):
        at_ = people[0].index(title)
        assert [row[at_] for row in people[1:]] == [row[at_] for row in source[2 : len(people) + 1]], title
    heads = {row[5]: row[7] for row in people[1:] if row[11] == "户主"}
    incomes = list(book["收入"].iter_rows(min_row=3, values_only=True))
    assert incomes and all(row[1] == heads[row[0]] for row in incomes)
    assert openpyxl.load_workbook(then)["收入"].max_row == 2


def test_an_export_holds_the_askers_area_only(district: District, original: bytes, tmp_path: Path) -> None:
    go_in(district, original)
    target = tmp_path / "台账.xlsx"

    write_ledger_book(district.office, target, date(2016, 6, 1), Scope(paths=frozenset(("/440512/440512001/",))))

    rows = list(openpyxl.load_workbook(target, read_only=True)["人员"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 235 and {r[3] for r in rows} == {"达濠街道"}


def test_no_exported_cell_is_a_formula(small_office: District, original: bytes, tmp_path: Path) -> None:
    go_in(small_office, small(original, lambda s: put(s, 3, "务工地点", '\'=HYPERLINK("x")')))
    go_in(small_office, small(original, lambda s: put(s, 3, "民族", "@SUM(1)")), day=4)
    target = tmp_path / "台账.xlsx"

    write_ledger_book(small_office.office, target, date(2016, 6, 1), EVERYTHING)

    cells = [c for row in openpyxl.load_workbook(target)["人员"].iter_rows() for c in row]
    assert not any(c.data_type == "f" for c in cells)
    assert any(c.value == "'@SUM(1)" for c in cells)


def test_a_rule_that_refuses_also_refuses_facts(small_office: District, original: bytes) -> None:
    go_in(small_office, small(original))

    def spoil(book: openpyxl.Workbook) -> None:
        sheet = book["收入"]
        sheet.delete_rows(11, sheet.max_row)
        put(sheet, 4, "转移性收入", 1)
        book["达标情况"].delete_rows(5, book["达标情况"].max_row)
        put(book["达标情况"], 3, "项目", "不愁玩")

    report = seen(small_office, changed(original, spoil), Options("facts", 2016))
    assert {"DQ-81"} <= {h.rule for h in report.refused}
    later = seen(small_office, changed(original, spoil), Options("facts", 2017))
    assert {"DQ-08"} <= {h.rule for h in later.refused}


def test_nothing_goes_in_for_a_household_nobody_registered(small_office: District, original: bytes) -> None:
    report = seen(small_office, original, Options("pairings"))
    assert report.added == 0 and {h.rule for h in report.refused} == {"DQ-07"}


def test_a_refused_approval_leaves_the_register_empty(small_office: District, original: bytes) -> None:
    clerk = small_office.who["district_clerk"]
    case, _ = upload(small_office.office, small(original), "a.xlsx", clerk, at(2016, 5, 3), Options())
    small_office.say(case.id, "report", "district_clerk", at(2016, 5, 3), fields={"effective_on": "2016-05-01"})
    small_office.say(case.id, "approve", "director", at(2016, 5, 3), Verdict.REFUSE, "年份不对")
    with reading(small_office.office.records) as conn:
        assert register.register_on(conn, MAY).households == 0
    with pytest.raises(NotAllowed):
        small_office.say(case.id, "approve", "director", at(2016, 5, 4))


def test_what_is_kept_beside_the_upload_is_what_was_read() -> None:
    """R4.3-01: the approval puts in the very households that the report was made of."""
    home = HouseholdRows("1", "街道", "社区", 2016, {"attribute": "一般贫困户", "house_area": 80.5, "water_safe": True}, [
        PersonRow(3, "101", "1", "陈𠮷", "男", "居民身份证", "x", "户主", date(1960, 2, 29), {"labour": None}),
        PersonRow(4, "102", "1", "林<&>", "女", "居民身份证", "y", "配偶", None, {"labour": "无"}),
    ])  # fmt: skip
    kept = SoundRows()
    kept.add([home])
    kept.add([])

    assert list(sound_rows(kept.done())) == [[home]]
