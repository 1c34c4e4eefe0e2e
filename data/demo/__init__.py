"""Illustrative results for the demo, made up around published facts from a fixed seed and marked as such."""

from data.demo.filling import HoldsResultsError, fill
from data.demo.reports import DEMO_COMMUNE_NAME

__all__ = ["DEMO_COMMUNE_NAME", "HoldsResultsError", "fill"]
