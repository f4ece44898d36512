"""Papers beside docxtpl, docxtemplater, carbone and the mere zipping of finished parts: same papers, one alternating run.

python -m benchmarks.papers_bench [--quick]
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from benchmarks.bench_papers import CARBONE, DOCXTPL, TEMPLATER, Engine, agreement, notice, values
from integrations.bundle import Bundle
from integrations.filing import FilingStore
from rules.privacy import PublicRow
from templates.batch.sandbox import Row
from templates.batch.zipped import contents, deflate, head, packed, whole_file
from templates.master import Master, fill, master_path, read_master
from templates.papers import paper_class
from templates.trial import example_of

LEVEL = 3  # of zlib, ours and the plain zip alike
PAPERS = 24  # different ones, made in turn
Run = Callable[[int], None]


def main() -> None:
    quick = "--quick" in sys.argv
    print("\n户级协议（3页）与500户公示 / a 3-page agreement and a 500-row notice")
    with tempfile.TemporaryDirectory() as folder:
        node = _npm(Path(folder))
        for name, make, rows in (("agreement", agreement, 4), ("notice", notice, 500)):
            given = [values(n, rows) for n in range(PAPERS)]
            peers = _peers(name, make, given[0], node, Path(folder))
            _compare(name, read_master(make(DOCXTPL), name), make(DOCXTPL), [_ours(one) for one in given], peers, quick)
            _compare(*_of_the_catalogue(name), {}, quick)
        _files(Path(folder), 300 if quick else 3000)
    _processes(1000 if quick else 8000)
    _memory(1000 if quick else 10_000)


# --- time -----------------------------------------------------------------------------------------------------------


def _of_the_catalogue(name: str) -> tuple[str, Master, bytes, list[dict[str, Any]]]:
    """The catalogue's own master, with papers that differ as a district's do: D-19, and D-35 with a list of 500."""
    code = {"agreement": "D-19", "notice": "D-35"}[name]
    kind = paper_class(code)
    papers = [dataclasses.replace(example_of(kind, "ordinary"), office=f"濠江区第{n}单位") for n in range(PAPERS)]
    if name == "notice":
        papers = [dataclasses.replace(p, rows=_listed(n)) for n, p in enumerate(papers)]
    docx = master_path(kind.folder).read_bytes()
    return f"{name} of the catalogue ({code})", read_master(docx, code), docx, [p.texts() for p in papers]


def _listed(n: int) -> tuple[PublicRow, ...]:
    return tuple(
        PublicRow(serial=k, place=f"第{k % 9 + 1}居民小组", head=f"陈家{k + n}", size=k % 6 + 1) for k in range(1, 501)
    )


def _compare(
    name: str, master: Master, docx: bytes, ours: list[dict[str, Any]], peers: Mapping[str, Callable[[int], float]],
    quick: bool,
) -> None:  # fmt: skip
    parts = [contents(fill(master, one, title="t", office="o")) for one in ours]
    runs: dict[str, tuple[Run, int]] = {
        "docxtpl": (lambda n: _docxtpl(docx, ours[n % PAPERS]), 1),
        "ours, zlib": (lambda n: _fill(master, ours[n % PAPERS], "zlib"), 20),
        "ours, isal": (lambda n: _fill(master, ours[n % PAPERS], "isal"), 20),
        "only zipping, zlib": (lambda n: _zip(parts[n % PAPERS]), 20),
        "only zipping, isal": (lambda n: _zip_isal(parts[n % PAPERS]), 20),
        "changed part, zlib": (lambda n: _zip_changed(master, parts[n % PAPERS], "zlib"), 20),
        "changed part, isal": (lambda n: _zip_changed(master, parts[n % PAPERS], "isal"), 20),
    }
    times: dict[str, list[float]] = {key: [] for key in (*runs, *peers)}
    for turn in range(5 if quick else 15):
        for key, (run, count) in runs.items():
            begin = time.perf_counter()
            for n in range(count):
                run(turn * 7 + n)
            times[key].append((time.perf_counter() - begin) / count)
        for key, peer in peers.items():
            times[key].append(peer(3))
    for peer in peers.values():
        peer(0)
    _show(name, {key: statistics.median(t) for key, t in times.items()}, master)


WANTED = {"agreement": (40, 120, 1.5), "notice": (20, 80, 3)}


def _show(name: str, t: Mapping[str, float], master: Master) -> None:
    zlib_times, isal_times, over = WANTED[name.split()[0]]
    base = t["docxtpl"]
    print(f"\n{name} (way: {master.way}); docxtpl {base * 1000:.1f} ms")
    for key, wanted in (("ours, zlib", zlib_times), ("ours, isal", isal_times)):
        print(f"  {key:<20} {t[key] * 1000:8.3f} ms  {base / t[key]:6.0f} × docxtpl (wanted {wanted})")
    for engine in ("zlib", "isal"):
        only = t[f"only zipping, {engine}"]
        ratio = t[f"ours, {engine}"] / only
        print(f"  only zipping, {engine}   {only * 1000:8.3f} ms  ours takes {ratio:.2f} × that (wanted {over})")
        print(f"     of that the changed part {t[f'changed part, {engine}'] * 1000:.3f} ms")
    for key in sorted(set(t) - {"docxtpl"} - {k for k in t if k.startswith(("ours", "only", "changed"))}):
        print(
            f"  {key:<20} {t[key] * 1000:8.2f} ms  {base / t[key]:6.1f} × docxtpl; ours {t[key] / t['ours, zlib']:.0f} × faster"
        )


def _ours(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "rows": [Row(row) for row in one["rows"]]}


def _fill(master: Master, one: Mapping[str, Any], engine: Any) -> bytes:
    return fill(master, one, title="户级帮扶协议书", office=str(one.get("unit") or one["office"]), engine=engine)


def _docxtpl(docx: bytes, one: Mapping[str, Any]) -> bytes:
    word, out = DocxTemplate(io.BytesIO(docx)), io.BytesIO()
    word.render(dict(one), autoescape=True)
    word.save(out)
    return out.getvalue()


def _zip(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def _zip_isal(parts: Mapping[str, bytes]) -> bytes:
    with_ = deflate("isal")
    return whole_file(head(()), [packed(name, data, with_) for name, data in parts.items()])


def _zip_changed(master: Master, parts: Mapping[str, bytes], engine: Any) -> bytes:
    """The least that can be done: what never changes is compressed already."""
    return whole_file(master.fixed, [packed("word/document.xml", parts["word/document.xml"], deflate(engine))])


# --- peers ----------------------------------------------------------------------------------------------------------

SCRIPT = """
const fs = require('fs'), [kind, file, data] = process.argv.slice(2), values = JSON.parse(fs.readFileSync(data));
const bytes = fs.readFileSync(file);
let one;
if (kind === 'docxtemplater') {
  const Zip = require('pizzip'), Docx = require('docxtemplater');
  one = async () => { const d = new Docx(new Zip(bytes), {paragraphLoop: true, linebreaks: true}); d.render(values);
    return d.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'}); };
} else {
  const carbone = require('carbone');
  one = () => new Promise((yes, no) => carbone.render(file, values, {}, (e, r) => e ? no(e) : yes(r)));
}
require('readline').createInterface({input: process.stdin}).on('line', async (line) => {
  const count = Number(line); if (!count) process.exit(0);
  const begin = process.hrtime.bigint(); let last;
  for (let n = 0; n < count; n++) last = await one();
  const took = Number(process.hrtime.bigint() - begin) / count / 1e9;
  fs.writeFileSync(file + '.out.docx', last); console.log(took);
});
"""


def _npm(folder: Path) -> Path | None:
    """docxtemplater and carbone in a folder of their own; None where npm is missing or cannot fetch them."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("npm is not here: docxtemplater and carbone are left out")
        return None
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "docxtemplater", "pizzip", "carbone"]
    if subprocess.run(command, cwd=folder, capture_output=True, timeout=300).returncode:
        print("npm could not fetch docxtemplater and carbone: they are left out")
        return None
    (folder / "peer.js").write_text(SCRIPT)
    return folder / "peer.js"


def _peers(
    name: str, make: Callable[[Engine], bytes], one: Mapping[str, Any], node: Path | None, folder: Path
) -> dict[str, Callable[[int], float]]:
    if node is None:
        return {}
    found = {}
    for kind, engine in (("docxtemplater", TEMPLATER), ("carbone", CARBONE)):
        file, data = folder / f"{name}-{kind}.docx", folder / f"{name}.json"
        file.write_bytes(make(engine))
        data.write_text(json.dumps(one))
        process = subprocess.Popen(["node", str(node), kind, str(file), str(data)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True, cwd=folder)  # fmt: skip
        ask = _asked(process)
        ask(2)  # warm, and look at what it made
        text = "".join(contents(Path(f"{file}.out.docx").read_bytes())["word/document.xml"].decode().split())
        if one["helper"] not in text or one["rows"][-1]["head"] not in text:
            print(f"{kind} did not fill the paper: left out")
            ask(0)
            continue
        found[kind] = ask
    return found


def _asked(process: subprocess.Popen[str]) -> Callable[[int], float]:
    def ask(count: int) -> float:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(f"{count}\n")
        process.stdin.flush()
        if count == 0:
            process.wait(10)
            return 0
        return float(process.stdout.readline())

    return ask


# --- files, processes, memory ---------------------------------------------------------------------------------------


def _files(folder: Path, count: int) -> None:
    master = read_master(agreement(DOCXTPL), "agreement")
    papers = [_fill(master, _ours(values(n, 4)), "isal") for n in range(100)]
    store = FilingStore(folder / "store")
    begin = time.perf_counter()
    for n in range(count):
        store.put(f"issued/{n}.docx", papers[n % 100])
    single = count / (time.perf_counter() - begin)
    begin = time.perf_counter()
    with Bundle(folder / "community.zip") as bundle:
        for n in range(count):
            bundle.add(f"{n}.docx", papers[n % 100])
    stored = count / (time.perf_counter() - begin)
    print(f"\nfiles: {single:,.0f} a second singly, {stored:,.0f} into one stored zip ({stored / single:.0f} ×)")


def _many(count: int) -> float:
    master = read_master(agreement(DOCXTPL), "agreement")
    ours = [_ours(values(n, 4)) for n in range(100)]
    _fill(master, ours[0], "isal")
    begin = time.perf_counter()
    for n in range(count):
        _fill(master, ours[n % 100], "isal")
    return count / (time.perf_counter() - begin)


def _processes(count: int) -> None:
    cores = min(os.cpu_count() or 1, 4)
    with ProcessPoolExecutor(cores) as pool:
        [alone] = pool.map(_many, [count])
        together = sum(pool.map(_many, [count] * cores))
    print(
        f"processes: {alone:,.0f} agreements a second in one, {together:,.0f} in {cores} ({together / alone / cores:.0%} of linear)"
    )


def _memory(count: int) -> None:
    for what, wanted in (("papers", 32), ("rows", 150)):
        child = subprocess.run([sys.executable, "-m", "benchmarks.papers_bench", what, str(count)], capture_output=True,
                               text=True, check=True)  # fmt: skip
        about = f"{count:,} agreements" if what == "papers" else "a table of 20,000 rows"
        print(
            f"memory above the process before its first paper: {child.stdout.strip()} MB for {about} (wanted {wanted})"
        )


def _measured(what: str, count: int) -> None:
    paper = agreement if what == "papers" else notice
    master = read_master(paper(DOCXTPL), what)
    if what == "rows":  # rows as they come from the records, one by one
        one: dict[str, Any] = {**_ours(values(0, 0)), "rows": (Row(r) for r in _stream(20_000))}
    else:
        one = {}
    before = _memory_now("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    if what == "rows":
        assert len(_fill(master, one, "isal")) > 100_000
    for n in range(count if what == "papers" else 0):
        _fill(master, _ours(values(n, 4)), "isal")
    print(round(_memory_now("VmHWM") - before, 1))


def _stream(count: int) -> Any:
    for n in range(count):
        yield values(n, 1)["rows"][0]


def _memory_now(kind: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1024
    raise OSError(f"no {kind} here")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _measured(sys.argv[1], int(sys.argv[2]))
    else:
        main()
