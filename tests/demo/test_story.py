"""The main job: three years of the district through the product's own doors, and figures that follow from the rules."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from demo.story import tell
from integrations import pdf
from integrations.filing import FilingStore
from records import papers, register, schema, verification
from records.engine import open_engine, reading
from states.not_allowed import FolderInUse
from templates.master import text_of
from templates.papers import paper_from

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("demo") / "out"
    return out, tell(out, None, False, lambda text: None)


def test_the_summary_holds_what_was_promised(told: tuple[Path, dict[str, Any]]) -> None:
    """R1.2-02, R4.1-01, R1.3-07, R1.3-08, R1.3-09: the policy's totals and targets, shown beside what came of them."""
    out, summary = told
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == json.loads(json.dumps(summary))
    assert (summary["households"], summary["persons"], summary["communities"], summary["helper_units"]) == (
        638,
        1593,
        42,
        47,
    )
    assert {y: v["target_persons"] for y, v in summary["years"].items()} == {"2016": 848, "2017": 500, "2018": 245}
    assert summary["ledger_ok"] is True
    assert summary["decisions"] > 5_000 and summary["relapsed"] == 2


def test_no_year_is_forced_to_its_target(told: tuple[Path, dict[str, Any]]) -> None:
    """R1.3-06, truth 11: who misses, misses, and the reason is there."""
    _, summary = told
    for year, result in summary["years"].items():
        missed = summary["missed"][year]
        assert len(missed) == result["failed_gate"] + result["refused_by_household"]
        assert all(reason for reason in missed.values())
        assert result["candidates"] == result["exited_households"] + len(missed)
    assert summary["refused_exits"] == sum(len(m) for m in summary["missed"].values())


def test_what_real_years_bring_happened(told: tuple[Path, dict[str, Any]]) -> None:
    incidents = told[1]["incidents"]
    for name in ("objections_upheld", "objections_dismissed", "sent_back", "births", "deaths", "registered",
                 "application_refused", "risk_cleared", "revisits_done", "revisits_missed", "consolidated"):  # fmt: skip
        assert incidents[name] > 0, name


def test_people_are_told_once_a_day_of_what_is_late_and_of_nothing_that_was_done(
    told: tuple[Path, dict[str, Any]],
) -> None:
    M, U = schema.messages, schema.dues
    with reading(open_engine(f"sqlite:///{told[0] / 'bangfu.sqlite3'}")) as conn:
        digests = conn.execute(
            select(M.c.person_id, M.c.office_code, M.c.at, M.c.body).where(M.c.title.like("期限提醒%"))
        ).all()
        late = set(
            conn.execute(select(U.c.title).where(U.c.closed_at.is_(None), U.c.due_on < date(2019, 1, 2))).scalars()
        )
    days = Counter((row.person_id, row.office_code, row.at.date()) for row in digests)
    assert set(days.values()) == {1}
    last = max(row.at for row in digests)
    named = {line.split("】")[1].split("，")[0] for row in digests if row.at == last
             for line in row.body.splitlines() if "已逾期" in line}  # fmt: skip
    assert late and {name.split("：", name.count("：") - 1)[-1] for name in named} == late


def test_what_streets_communities_and_units_agreed_is_signed_by_all(told: tuple[Path, dict[str, Any]]) -> None:
    """R4.2-05: both first responsible persons of every street; the three of every household's; no signature is overdue."""
    agreed = told[1]["agreements"]
    for year in ("2016", "2017", "2018"):
        assert {code: sum(agreed[year][code].values()) for code in ("D-20", "D-21", "D-22")} == {
            "D-20": 7, "D-21": 42, "D-22": 47}  # fmt: skip
        assert not {"draft", "split", "signed_one"} & {state for of in agreed[year].values() for state in of}
    assert sum(agreed["2017"]["D-19"].values()) == 638  # the one year in which every household and helper gets one


def test_every_paper_of_the_catalogue_came_out_and_is_whole(told: tuple[Path, dict[str, Any]]) -> None:
    out, summary = told
    wanted = {"D-03", "D-05", "D-07", "D-08", "D-09", "D-10", "D-11", "D-12", "D-13", "D-14", "D-15", "D-16", "D-17", "D-18", "D-24", "D-31", "D-32", "D-33",
              "D-34", "D-35", "D-36", "D-38", "D-39", "D-40", "D-41", "D-43", "D-44", "D-7B", "D-7C"}  # fmt: skip
    assert wanted <= set(summary["papers"]), wanted - set(summary["papers"])
    files = FilingStore(out / "files")
    engine = open_engine(f"sqlite:///{out / 'bangfu.sqlite3'}")
    with reading(engine) as conn:
        issued = papers.issued_files(conn)
        assert issued and all(files.holds(p.file_key, p.sha256) for p in issued)
        numbers = [p.number for p in issued if p.number]
        assert len(numbers) == len(set(numbers))
        seals = [p.read_text(encoding="utf-8") for p in sorted((out / "seals").glob("*.json"))]
        assert len(seals) > 500 and verification.verify(conn, seals) == []
    engine.dispose()


def test_a_paper_of_2016_cites_no_document_of_2017(told: tuple[Path, dict[str, Any]]) -> None:
    """R0-04: the legal basis is chosen by the day of the paper."""
    out, _ = told
    before = next((out / "papers" / "2016" / "D-39").glob("*.docx"))
    after = next((out / "papers" / "2017" / "D-39").glob("*.docx"))
    assert "汕濠〔2017〕7号" not in text_of(before.read_bytes())
    assert "汕濠〔2017〕7号" in text_of(after.read_bytes())


def test_the_register_of_any_day_can_be_asked(told: tuple[Path, dict[str, Any]]) -> None:
    """R4.3-01."""
    engine = open_engine(f"sqlite:///{told[0] / 'bangfu.sqlite3'}")
    from datetime import date

    with reading(engine) as conn:
        first = register.register_on(conn, date(2017, 3, 1))
        later = register.register_on(conn, date(2017, 6, 30))
    engine.dispose()
    assert (first.households, first.persons) == (638, 1593)
    assert later.persons == 1593 + 3 - 3 + 2 * (later.households - 638)


def test_the_ledger_book_lists_everybody(told: tuple[Path, dict[str, Any]]) -> None:
    book = openpyxl.load_workbook(told[0] / "台账.xlsx", read_only=True)
    rows = list(book["人员"].iter_rows(min_row=3, values_only=True))
    assert Counter(r[11] for r in rows)["户主"] >= 638


def test_a_folder_with_other_files_is_never_cleared(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")

    with pytest.raises(FolderInUse, match="请另选一个文件夹"):
        tell(tmp_path, None, False, lambda text: None)
    assert (tmp_path / "letter.txt").exists()


@pytest.mark.office
@pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")
def test_the_pdf_of_a_sample_of_the_years_papers_says_what_the_record_says(told: tuple[Path, dict[str, Any]]) -> None:
    """One issued paper of each kind: every value of its kept blanks that its Word file prints stands in its PDF."""
    out, _ = told
    files = FilingStore(out / "files")
    with reading(open_engine(f"sqlite:///{out / 'bangfu.sqlite3'}")) as conn:
        rows = {row.code: papers.paper(conn, row.id) for row in papers.listing(conn) if row.sha256}
    docs = {code: files.get(row.file_key) for code, row in rows.items() if row is not None}
    printed = pdf.to_pdf(docs)

    assert len(printed) >= 10
    for code, row in rows.items():
        assert row is not None
        said = bare("".join(page.text for page in printed[code].pages))
        word = bare(text_of(docs[code]))
        wanted = [v for v in leaves(paper_from(code, row.snapshot).texts()) if v and v in word]
        assert len(wanted) > 3, code
        # a long value is broken over lines beside other cells: its characters are there; a short one stands whole
        assert [v for v in wanted if len(v) <= 4 and v not in said] == [], code
        assert [v for v in wanted if Counter(v) - Counter(said)] == [], code


def bare(text: str) -> str:
    return "".join(text.split())


def leaves(value: object) -> list[str]:
    if isinstance(value, str):
        return [bare(value)]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [leaf for one in inside for leaf in leaves(one)]


def test_the_papers_of_a_case_bear_days_in_the_order_of_its_steps(told: tuple[Path, dict[str, Any]]) -> None:
    """Receipt, notice, letter, opinions, reply, announcement, letter to the household (domain 3.1, 3.3); an objection is
    answered in time."""
    orders = (
        ("D-03", "D-08", "D-09", "D-10", "D-11", "D-12", "D-15", "D-17"),
        ("D-35", "D-36", "D-38", "D-39", "D-40"),
    )
    P, A = schema.papers, schema.act_cases
    with reading(open_engine(f"sqlite:///{told[0] / 'bangfu.sqlite3'}")) as conn:
        of_act: dict[int, list[int]] = {}
        for row in conn.execute(select(A.c.act_id, A.c.case_id).where(A.c.outcome.in_(["approve", "listed"]))):
            of_act.setdefault(row.act_id, []).append(row.case_id)
        days: dict[int, dict[str, Any]] = {}
        for p in conn.execute(
            select(P.c.code, P.c.case_id, P.c.act_id, P.c.issued_on, P.c.snapshot).where(P.c.issued_on.is_not(None))
        ):
            for case in of_act.get(p.act_id, []) if p.act_id is not None else [p.case_id]:
                days.setdefault(case, {})[p.code] = p.issued_on
            assert p.code != "D-7C" or p.issued_on.isoformat() <= p.snapshot["answer_by"]
    for order in orders:
        rows = [[seen[code] for code in order if code in seen] for seen in days.values()]
        assert max(map(len, rows)) == len(order)
        assert all(row == sorted(row) for row in rows)
