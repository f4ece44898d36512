"""Write the masters a first time: `python -m templates.make_masters [folder …]` (without names: only missing ones).

A master that stands is a clerk's: it is written over only when its folder is named. What they say is in `masters/`.
"""

from __future__ import annotations

import sys

from templates.master import master_path
from templates.masters import MASTERS
from templates.page import write


def main(names: list[str]) -> None:
    for folder, content in MASTERS.items():
        path = master_path(folder)
        if folder in names or (not names and not path.exists()):
            write(path, content())


if __name__ == "__main__":
    main(list(MASTERS) if sys.argv[1:] == ["--all"] else sys.argv[1:])
