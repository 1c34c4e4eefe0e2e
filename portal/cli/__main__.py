"""Lets `python -m portal.cli` do what `portal` does."""

from portal.cli import main

main(prog_name="portal")
