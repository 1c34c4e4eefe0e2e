"""The portal's own facts as CSV files: units, catalogue, documents, targets, published results.

Files are UTF-8 with LF, a heading, and plain keys instead of numbers for whatever they refer to. NOTICE says where
each comes from. An empty cell means that the source does not say.
"""

import csv
from hashlib import sha256
from importlib.resources import files

FILES = (
    "units",
    "unit_versions",
    "unit_lineage",
    "unit_facts",
    "groups",
    "group_members",
    "documents",
    "programmes",
    "elements",
    "forms",
    "form_levels",
    "form_elements",
    "form_due_days",
    "indicators",
    "definitions",
    "definition_parts",
    "targets",
    "published",
)


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file, by column; every cell is text, empty where the source does not say."""
    return list(csv.DictReader(_text(name).splitlines()))


def digest() -> str:
    """A digest of all files that are seeded, so that a database knows which facts it holds."""
    sum_ = sha256()
    for name in FILES:
        sum_.update(name.encode() + b"\0" + _text(name).encode() + b"\0")
    return sum_.hexdigest()
