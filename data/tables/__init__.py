"""Every table, and nothing else: what the database holds and what its schema refuses."""

from data.tables.base import Base
from data.tables.catalogue import (
    DataElement,
    Definition,
    DefinitionPart,
    Form,
    FormDueDay,
    FormElement,
    FormLevel,
    Indicator,
    Programme,
)
from data.tables.people import (
    Account,
    AccountRole,
    AuditLine,
    RoleProposal,
    SignIn,
    SignInAttempt,
    StatusTransition,
)
from data.tables.submissions import Fact, Result, Revision, RevisionEditor, Rollup, Submission
from data.tables.targets import Document, DocumentText, PublishedResult, Target
from data.tables.units import (
    AdminUnit,
    UnitChangeSet,
    UnitClosure,
    UnitFact,
    UnitGroup,
    UnitGroupMember,
    UnitLineage,
    UnitLineageClosure,
    UnitVersion,
)

__all__ = [
    "Account", "AccountRole", "AdminUnit", "AuditLine", "Base", "DataElement", "Definition", "DefinitionPart",
    "Document", "DocumentText", "Fact", "Form", "FormDueDay", "FormElement", "FormLevel", "Indicator", "Programme",
    "PublishedResult", "Result", "Revision", "RevisionEditor", "RoleProposal", "Rollup", "SignIn", "SignInAttempt",
    "StatusTransition", "Submission", "Target", "UnitChangeSet", "UnitClosure", "UnitFact", "UnitGroup",
    "UnitGroupMember", "UnitLineage", "UnitLineageClosure", "UnitVersion",
]  # fmt: skip
