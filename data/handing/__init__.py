"""Handing down: a unit sets the targets of the units directly below it for a year."""
