"""Ids of the page of the ways to goals of later years."""

from enum import StrEnum


class PathsId(StrEnum):
    """The picture of one way."""

    FIGURE = "paths-figure"
