"""From what a browser names (a unit, a form, a period) to a report that the reader may touch, or to a clear refusal."""

from dataclasses import dataclass
from datetime import date

from data.catalogue.model import Catalogue, Form
from data.numbers import format_date
from data.periods import BadPeriod, Period
from data.refusals import Forbidden, Invalid, NotFound
from data.scope import Reach, Scope
from data.snapshot import Snapshot
from data.submissions.places import acts_as, has_closed, is_old_area, standing_unit, title_of
from data.submissions.schedule import can_be_reported, fits
from data.units.tree import Unit
from data.wording import _
from data.wording.periods import period_name


@dataclass(frozen=True, slots=True)
class Place:
    """One unit's form for one period. `entered_for`: whoever asks belongs to the reporter's parent."""

    unit: Unit
    reporter: Unit
    form: Form
    period: Period
    old_area: bool
    entered_for: bool


def find_place_to_write(
    known: Snapshot, scope: Scope, unit_key: object, form_key: object, period_code: object, today: date
) -> Place:
    """The report within the write scope. Raises NotFound, Forbidden (closed units write nothing) or Invalid."""
    form = find_form(known.catalogue, form_key)
    period = read_period(period_code)
    unit = scope.get(known.tree, _text(unit_key), period.last_day)
    reporter_id = standing_unit(known.tree, unit.id, today)
    reach = None if reporter_id is None else acts_as(scope, known.tree, reporter_id, today)
    if reach is None or reporter_id is None:
        raise _no_writer(known, scope, today)
    old_area = _check_period(known, unit, form, period, today)
    return Place(unit, known.tree.units[reporter_id], form, period, old_area, reach is Reach.CHILDREN)


def find_place_to_read(known: Snapshot, scope: Scope, unit_key: object, form_key: object, period_code: object) -> Place:
    """The report of a unit within reach that is not merely a neighbour. Raises NotFound or Invalid."""
    form = find_form(known.catalogue, form_key)
    period = read_period(period_code)
    unit = known.tree.find(_text(unit_key))
    on = period.last_day if unit is None else unit.within_life(period.last_day)
    if unit is None or unit.id not in scope.inside(known.tree, on):
        raise NotFound(_("There is no such unit within your reach."))
    return Place(unit, unit, form, period, is_old_area(known.targets, unit, period), entered_for=False)


def _text(key: object) -> str:
    """A browser may send anything; what is no text names nothing."""
    return key if isinstance(key, str) else ""


def find_form(catalogue: Catalogue, key: object) -> Form:
    """The form with that key; raises NotFound."""
    form_id = catalogue.form_ids.get(_text(key))
    if form_id is None:
        raise NotFound(_("There is no such form."))
    return catalogue.forms[form_id]


def read_period(code: object) -> Period:
    """The period of a code that may come from anywhere; raises Invalid."""
    try:
        return Period.parse(code)
    except BadPeriod:
        raise Invalid(_("There is no such period. Periods are written as 2025, 2025Q3, 202509 or 2025-11M.")) from None


def _no_writer(known: Snapshot, scope: Scope, today: date) -> NotFound | Forbidden:
    """Out of reach and nonexistent are one answer; only a role at a closed unit is told why it cannot write."""
    held = [known.tree.units[grant.unit_id] for grant in scope.grants]
    closed = next((one for one in held if has_closed(one, today)), None)
    if closed is None or closed.closed_on is None:
        return NotFound(_("There is no such unit within your reach."))
    sentence = _("{unit} closed on {date}: its history can be read, but nothing can be sent from it any more.")
    name = title_of(closed, closed.closed_on)
    return Forbidden(sentence.format(unit=name, date=format_date(closed.closed_on)))


def _check_period(known: Snapshot, unit: Unit, form: Form, period: Period, today: date) -> bool:
    """Whether the report counts an old area; raises Invalid where the unit has no such report."""
    name = title_of(unit, period.last_day)
    if unit.level not in form.levels:
        raise Invalid(_("{unit} does not report the form “{form}”.").format(unit=name, form=form.name))
    if not fits(form, period):
        sentence = _("The form “{form}” is not reported for the period {period}.")
        raise Invalid(sentence.format(form=form.name, period=period_name(period)))
    if not can_be_reported(period, today):
        sentence = _("{period} has not ended yet. It can be reported from {date}.")
        raise Invalid(sentence.format(period=period_name(period), date=format_date(period.last_day)))
    if form.on_old_areas:
        if not is_old_area(known.targets, unit, period):
            sentence = _("{unit} has no plan report on its old area for {year}.")
            raise Invalid(sentence.format(unit=name, year=period.year))
        return True
    if not unit.is_open(period.last_day):
        sentence = _("{unit} did not exist on {date}, the last day of the period.")
        raise Invalid(sentence.format(unit=name, date=format_date(period.last_day)))
    return False
