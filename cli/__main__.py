"""`python -m cli` is `bangfu`."""

from cli import main

main()
