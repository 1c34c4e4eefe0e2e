"""Fills an empty, migrated database with the portal's own facts, and holds none of anybody's results."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import clock
from data.kinds import SubmissionStatus
from data.reference import digest
from data.seeding.bulk import add
from data.seeding.catalogue import seed_definitions, seed_elements, seed_forms, seed_programmes
from data.seeding.targets import seed_documents, seed_issuers, seed_published, seed_targets
from data.seeding.units import seed_facts, seed_groups, seed_tree, seed_units
from data.tables import Fact, StatusTransition

CATALOGUE_VERSION = "catalogue_version"
REFERENCE_DIGEST = "reference_digest"

_TRANSITIONS = (
    (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED),
    (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED),
    (SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED),
)


class ReferenceMismatch(RuntimeError):
    """The database was seeded from other reference files than these; only a migration may change its facts."""


def seed(session: Session) -> None:
    """Load every reference fact into an empty, migrated database; do nothing where they are there already.

    Raises `ReferenceMismatch` where other facts are there.
    """
    ours = digest()
    theirs = session.scalar(select(Fact.value).where(Fact.name == REFERENCE_DIGEST))
    if theirs is not None:
        if theirs != ours:
            raise ReferenceMismatch(
                "this database holds reference facts of another version; run the version of the portal that made it, "
                "or migrate it to this one"
            )
        return
    _fill(session)
    add(session, Fact, ({"name": REFERENCE_DIGEST, "value": ours}, {"name": CATALOGUE_VERSION, "value": "1"}))


def _fill(session: Session) -> None:
    units = seed_units(session)
    documents = seed_documents(session)
    units = seed_tree(session, units, documents, clock.now())
    seed_issuers(session, units, documents)
    groups = seed_groups(session, units, documents)
    seed_facts(session, units)
    programmes = seed_programmes(session, documents)
    elements = seed_elements(session)
    seed_forms(session, elements, units, documents)
    definitions = seed_definitions(session, programmes, elements)
    seed_targets(session, definitions, units, documents)
    seed_published(session, definitions, units, groups)
    add(session, StatusTransition, ({"from_status": before, "to_status": after} for before, after in _TRANSITIONS))
