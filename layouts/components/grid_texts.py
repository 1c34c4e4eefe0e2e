"""What the grid itself says: to the eye in its filters, and to a screen reader in its headers."""

from data.wording import N_, _

_TEXTS = {
    "filterOoo": N_("Filter…"),
    "equals": N_("equals"),
    "notEqual": N_("does not equal"),
    "lessThan": N_("less than"),
    "lessThanOrEqual": N_("at most"),
    "greaterThan": N_("greater than"),
    "greaterThanOrEqual": N_("at least"),
    "inRange": N_("between"),
    "inRangeStart": N_("from"),
    "inRangeEnd": N_("to"),
    "contains": N_("contains"),
    "notContains": N_("does not contain"),
    "startsWith": N_("begins with"),
    "endsWith": N_("ends with"),
    "blank": N_("is empty"),
    "notBlank": N_("is not empty"),
    "empty": N_("choose one"),
    "resetFilter": N_("Reset"),
    "textFilter": N_("Text filter"),
    "numberFilter": N_("Number filter"),
    "loadingOoo": N_("Loading…"),
    "noRowsToShow": N_("There is nothing to show."),
    "noMatchingRows": N_("No row passes the filters."),
    "ariaColumnFiltered": N_("Filtered column"),
    "ariaFilterColumn": N_("Press Ctrl Enter to filter"),
    "ariaFilterFromValue": N_("Filter from value"),
    "ariaFilterToValue": N_("Filter to value"),
    "ariaFilterInput": N_("Filter value"),
    "ariaFilterValue": N_("Filter value"),
    "ariaFilterMenuOpen": N_("Open the filter"),
    "ariaFilteringOperator": N_("Filter condition"),
    "ariaInputEditor": N_("Input"),
    "ariaLabelColumnFilter": N_("Column filter"),
    "ariaLabelColumnMenu": N_("Column menu"),
    "ariaLabelSelectField": N_("Choose a condition"),
    "ariaLabelTooltip": N_("Explanation"),
    "ariaMenuColumn": N_("Press Alt Down to open the column's menu"),
    "ariaSortableColumn": N_("Press Enter to sort"),
    "ariaColumnGroupExpansion": N_("Press Enter to open or close this group of columns"),
    "ariaChecked": N_("chosen"),
    "ariaUnchecked": N_("not chosen"),
}


def grid_texts() -> dict[str, str]:
    """The grid's own sentences in the reader's language, as its option `localeText` takes them."""
    return {key: _(sentence) for key, sentence in _TEXTS.items()}
