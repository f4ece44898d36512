"""`python -m cli` is `bangfu`."""

from cli import run

run()
