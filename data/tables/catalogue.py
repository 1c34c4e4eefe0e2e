"""What is counted (elements, forms) and what is compared (programmes, indicators, definitions)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.kinds import Aggregation, Confidence, Side, UnitLevel
from data.measures import Measure
from data.periods import Frequency
from data.tables.base import Base, word


class Programme(Base):
    """A national programme; it groups definitions for reading."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name_vi: Mapped[str]
    name_en: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class DataElement(Base):
    """One number that a unit counts. `at_most_id` names the element that it can never exceed (a screened count)."""

    __tablename__ = "data_element"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    aggregation: Mapped[Aggregation] = mapped_column(word(Aggregation, "aggregation"))
    measure: Mapped[Measure] = mapped_column(word(Measure, "measure"))
    name_vi: Mapped[str]
    name_en: Mapped[str]
    help_vi: Mapped[str | None]
    help_en: Mapped[str | None]
    at_most_id: Mapped[int | None] = mapped_column(ForeignKey("data_element.id"))


class Form(Base):
    """Elements reported together at one frequency ("biểu")."""

    __tablename__ = "form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    frequency: Mapped[Frequency] = mapped_column(word(Frequency, "frequency"))
    name_vi: Mapped[str]
    name_en: Mapped[str]
    # Working days after the period's end; empty where each plan prints its own day (see FormDueDay).
    due_working_days: Mapped[int | None]
    # A plan report counts closed units on their old area, and holds a window to date beside the year's estimate.
    on_old_areas: Mapped[bool]
    window_months: Mapped[int | None]


class FormLevel(Base):
    """Which units report a form; where `required` is false they may, in place of their children."""

    __tablename__ = "form_level"

    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), primary_key=True)
    level: Mapped[UnitLevel] = mapped_column(word(UnitLevel, "level"), primary_key=True)
    required: Mapped[bool]


class FormDueDay(Base):
    """The last day printed in one unit's own plan for one period ("trước ngày 05/12/2025" is 04/12/2025)."""

    __tablename__ = "form_due_day"

    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_unit.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))


class FormElement(Base):
    """A row of a form, in its section and order."""

    __tablename__ = "form_element"

    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"), primary_key=True)
    element_id: Mapped[int] = mapped_column(ForeignKey("data_element.id"), primary_key=True)
    position: Mapped[int]
    section_vi: Mapped[str]
    section_en: Mapped[str]


class Indicator(Base):
    """A group of definitions that people call by one name."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]


class Definition(Base):
    """A column: what is compared. Counted ones have parts; surveyed ones are only published, never computed here.

    `factor` multiplies numerator ÷ denominator (100 for percent, 1000 for per mille); it is 1 for counts.
    `chance` marks birth statistics, which are judged by intervals. `headline` orders the default columns.
    """

    __tablename__ = "definition"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    measure: Mapped[Measure] = mapped_column(word(Measure, "measure"))
    factor: Mapped[int]
    surveyed: Mapped[bool]
    chance: Mapped[bool]
    headline: Mapped[int | None]
    series: Mapped[str | None]
    name_vi: Mapped[str]
    name_en: Mapped[str]
    short_vi: Mapped[str]
    short_en: Mapped[str]
    formula_vi: Mapped[str]
    formula_en: Mapped[str]
    denominator_vi: Mapped[str | None]
    denominator_en: Mapped[str | None]
    from_on: Mapped[date | None]
    # The last day on which it is policy; results stay readable after it but are judged no more.
    to_on: Mapped[date | None]
    plausible_min: Mapped[float | None]
    plausible_max: Mapped[float | None]
    source: Mapped[str | None]
    confidence: Mapped[Confidence | None] = mapped_column(word(Confidence, "confidence"))
    note: Mapped[str | None]

    __table_args__ = (CheckConstraint("factor IN (1, 100, 1000)", name="factor"),)


class DefinitionPart(Base):
    """An element in a definition's numerator or denominator, with its sign (births minus deaths)."""

    __tablename__ = "definition_part"

    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(word(Side, "side"), primary_key=True)
    element_id: Mapped[int] = mapped_column(ForeignKey("data_element.id"), primary_key=True)
    sign: Mapped[int]

    __table_args__ = (CheckConstraint("sign IN (-1, 1)", name="sign"),)
