"""Importing 638 and 100,000 households beside python-calamine only reading the same sheet; time and peak memory.

python -m benchmarks.import_bench [--quick]
"""

from __future__ import annotations

import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import xlsxwriter

from rules.identity import check_digit
from rules.register import PEOPLE_COLUMNS, PEOPLE_SHEET

DIGITS = str.maketrans("0123456789", "安康福乐明光华强志文")
AT = datetime(2016, 5, 3, 2, 0, tzinfo=UTC)


def generate(path: Path, households: int) -> int:
    """A workbook of made-up households, 2.5 people each, in the registration form; returns how many people."""
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet(PEOPLE_SHEET)
        sheet.write_string(0, 0, "合成数据")
        for place, column in enumerate(PEOPLE_COLUMNS):
            sheet.write_string(1, place, column.title)
        for number in range(households):
            for serial in range(2 + number % 2):
                _person(sheet, count + 2, number, serial)
                count += 1
    return count


def _person(sheet: xlsxwriter.worksheet.Worksheet, row: int, number: int, serial: int) -> None:
    home = f"440512001001{number:04d}"
    person = number * 3 + serial
    born = date((1960, 1962, 1990)[serial], 1 + person % 12, 1 + person % 28)
    # 17 digits that differ for everybody; the sex digit fits the relation
    first = f"{11 + person % 5}{person // 5 % 10_000:04d}{born:%Y%m%d}{person // 50_000:02d}{(1, 2, 3)[serial]}"
    id_no = first + check_digit(first)
    values: dict[str, object] = {
        "province": "广东省", "city": "汕头市", "district": "濠江区", "street": "达濠街道", "community": "东兴社区",
        "household_no": home, "person_no": f"{home}{serial:02d}", "name": "陈" + f"{number}{serial}".translate(DIGITS),
        "sex": "男" if int(first[16]) % 2 else "女", "id_kind": "居民身份证", "id_no": id_no,
        "relation": ("户主", "配偶", "之子")[serial], "nation": "汉族", "born_on": born.isoformat(),
        "education": "初中", "schooling": "非在校生", "health": "健康", "labour": "普通劳动力", "work_place": "市内",
        "work_months": 8, "medical_insured": "是", "pension_insured": "是", "on_dibao": "否", "on_wubao": "否",
        "attribute": "一般贫困户", "main_cause": "缺技术", "standard": "省定标准", "house_area": 80, "house_grade": "A",
        "water_hard": "否", "water_safe": "是", "electricity": "是", "tv_signal": "是", "network_signal": "是",
        "farmland": 0.9, "phone": "19900000000" if not serial else "", "bank": "汕头农商银行" if not serial else "",
        "bank_card": f"62{number:017d}" if not serial else "", "planned_year": 2016, "identified_year": 2016,
    }  # fmt: skip
    for place, column in enumerate(PEOPLE_COLUMNS):
        value = values.get(column.key, "")
        if isinstance(value, str):
            if value:
                sheet.write_string(row, place, value)
        else:
            sheet.write_number(row, place, value)  # type: ignore[arg-type]


def only_read(path: Path) -> None:
    """What the peer does: python-calamine reads the sheet."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(PEOPLE_SHEET).to_python()
    assert rows


def whole_import(path: Path, folder: Path) -> None:
    """Upload, report, approve: the register holds every household afterwards."""
    from demo.world import make_world
    from flows.decide import decide
    from flows.import_register import Options, upload
    from records import register
    from records.engine import reading
    from states.decision import Decision
    from states.procedure import Verdict

    world = make_world(f"sqlite:///{folder / 'bench.sqlite3'}", folder / "files", AT, ("haojiang-2017",))
    begun = time.perf_counter()
    case, report = upload(world.office, path.read_bytes(), path.name, world.district_clerk, AT, Options())
    decide(world.office, Decision(case.id, "report", Verdict.APPROVE, world.district_clerk, AT, "核对",
                                  {"effective_on": "2016-05-01"}))  # fmt: skip
    decide(world.office, Decision(case.id, "approve", Verdict.APPROVE, world.director, AT, "同意"))
    spent = time.perf_counter() - begun
    with reading(world.office.records) as conn:
        there = register.register_on(conn, date(2016, 6, 1)).households
    assert there == report.added > 0, (there, report.added, report.refused[:3])
    print(json.dumps({"seconds": spent, "peak": _peak(), "households": there}))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _child(what: str, path: Path, folder: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.import_bench", what, str(path), str(folder)],
                          check=True, capture_output=True, text=True)  # fmt: skip
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main(quick: bool = "--quick" in sys.argv) -> None:
    """Alternate the two in child processes and print the ratios."""
    names = ("python-calamine", "sqlalchemy", "openpyxl")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    for households, rounds in ((638, 5), (5_000 if quick else 100_000, 1 if quick else 2)):
        with tempfile.TemporaryDirectory() as base:
            path = Path(base) / "register.xlsx"
            people = generate(path, households)
            reads, imports = [], []
            for number in range(rounds):
                folder = Path(base) / str(number)
                folder.mkdir()
                reads.append(_child("read", path, folder))
                imports.append(_child("import", path, folder))
            ratio = min(i["seconds"] for i in imports) / min(r["seconds"] for r in reads)
            above = (max(i["peak"] for i in imports) - max(r["peak"] for r in reads)) / 1e6
            print(f"\nimport of {households:,} households, {people:,} people (SQLite)")
            print(f"  only reading {min(r['seconds'] for r in reads):7.2f} s   whole import "
                  f"{min(i['seconds'] for i in imports):7.2f} s   {ratio:.1f} x   wanted <= 5: {'yes' if ratio <= 5 else 'NO'}")  # fmt: skip
            print(f"  peak memory above reading {above:6.0f} MB   wanted <= 300: {'yes' if above <= 300 else 'NO'}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["read", path, _]:
            begun = time.perf_counter()
            only_read(Path(path))
            print(json.dumps({"seconds": time.perf_counter() - begun, "peak": _peak()}))
        case ["import", path, folder]:
            whole_import(Path(path), Path(folder))
        case _:
            main()
