"""The people of the small office serve here too."""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "flows"), str(TESTS / "running"), str(TESTS.parent / "deploy")]
