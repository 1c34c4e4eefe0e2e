"""The workbook by which targets are handed down: written, filled in by officers, read back cell by cell."""

from data.handing.workbook_model import CellProblem, RefusedWorkbook, SheetColumn, SheetUnit, Template
from data.handing.workbook_reading import read_workbook
from data.handing.workbook_writing import write_workbook

__all__ = [
    "CellProblem",
    "RefusedWorkbook",
    "SheetColumn",
    "SheetUnit",
    "Template",
    "read_workbook",
    "write_workbook",
]
