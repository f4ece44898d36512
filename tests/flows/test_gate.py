"""How long a finding of an exit condition holds is the pack's to say; a pack that says nothing lets it hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from config.pack import read_pack
from flows.gate import oldest_finding

DAY, KEY = date(2018, 11, 1), "verification.finding_valid"


def test_findings_hold_for_as_long_as_the_pack_says() -> None:
    """R1.3-02: each condition has a dated finding."""
    pack = read_pack("haojiang-2017")
    open_entry = pack.entries[KEY]
    assert open_entry.status == "UNSET" and oldest_finding(pack, DAY) is None

    set_entry = replace(open_entry, value=365, status="CONFIRMED")
    assert oldest_finding(replace(pack, entries={**pack.entries, KEY: set_entry}), DAY) == date(2017, 11, 1)


def test_a_case_that_is_frozen_on_an_older_pack_goes_on() -> None:
    pack = read_pack("haojiang-2017")
    older = replace(pack, entries={key: entry for key, entry in pack.entries.items() if key != KEY})
    assert oldest_finding(older, DAY) is None
