"""`bangfu papers check`: one line for each departure, with place and remedy; 2 where something departs."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from cli import main
from templates.refusal_letter import RefusalLetter


def letter(folder: Path, size: str = "11906") -> Path:
    made = RefusalLetter(
        office="达濠街道办事处", head="吴吉祥", matter="认定为贫困户", label="贫困户", applied_on=date(2017, 7, 12),
        facts="家庭人均收入高于认定标准。", basis="汕濠〔2017〕7号", decided_by="区扶贫开发领导小组", review_within="60日",
        review_office="区扶贫开发领导小组办公室", phone="0754-00000002", complaint_line="12317",
    ).issued(on=date(2017, 9, 4)).render()  # fmt: skip
    path = folder / f"letter-{size}.docx"
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'w:w="11906"', f'w:w="{size}"'.encode()))
    return path


def test_a_good_file_passes_and_a_wrong_one_is_named_with_its_remedy(tmp_path: Path) -> None:
    good, wrong = letter(tmp_path), letter(tmp_path, "12240")

    fine = CliRunner().invoke(main, ["papers", "check", "--no-pages", str(good)])
    both = CliRunner().invoke(main, ["papers", "check", "--no-pages", str(good), str(wrong)])

    assert (fine.exit_code, "：符合" in fine.output) == (0, True)
    assert both.exit_code == 2
    assert "不符 G-01 第1节：纸张为215.9×297毫米；请改为A4（210×297毫米）（5.1）" in both.output


def test_the_same_as_json(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["papers", "check", "--no-pages", "--json", str(letter(tmp_path, "12240"))])

    [one] = json.loads(done.output)
    assert [d["rule"] for d in one["departures"] if not d["note"]] == ["G-01"]
    assert (one["passes"], one["pages"]) == (False, None)


def test_a_file_that_is_no_word_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    path.write_text("只是文字", encoding="utf-8")

    done = CliRunner().invoke(main, ["papers", "check", str(path)])

    assert done.exit_code == 1
    assert "另存为.docx" in done.output
