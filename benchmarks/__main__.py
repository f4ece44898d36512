"""`make bench`: every benchmark, one after the other."""

from __future__ import annotations

from benchmarks import agreements_bench, case_bench, engine_bench, filing_bench, import_bench, papers_bench, tick_bench

if __name__ == "__main__":
    case_bench.main()
    import_bench.main()
    papers_bench.main()
    filing_bench.main()
    agreements_bench.main()
    engine_bench.main()
    tick_bench.main()
