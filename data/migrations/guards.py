"""Triggers: what must not happen is refused by the database itself, whoever asks.

Each guard is written once per dialect. A guard says which event of which table it watches and the condition under
which it refuses; `NEW` and `OLD` are the rows.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guard:
    """One refusal: `moment` such as "BEFORE UPDATE", the table, and the SQL condition that is forbidden."""

    name: str
    moment: str
    table: str
    forbidden: str
    message: str


def _revision_is_sealed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM revision r WHERE r.id = {row}.revision_id AND r.status <> 'DRAFT')"


GUARDS = (
    Guard(
        "revision_starts_as_draft", "BEFORE INSERT", "revision",
        "NEW.status <> 'DRAFT'", "a revision starts as a draft",
    ),
    Guard(
        "revision_status_step", "BEFORE UPDATE", "revision",
        "NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM status_transition s"
        " WHERE s.from_status = OLD.status AND s.to_status = NEW.status)",
        "this change of status is not allowed",
    ),
    Guard(
        "revision_two_people", "BEFORE UPDATE", "revision",
        "NEW.decided_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM revision_editor e"
        " WHERE e.revision_id = NEW.id AND e.account_id = NEW.decided_by_id)",
        "nobody decides on what they edited",
    ),
    Guard("result_sealed_insert", "BEFORE INSERT", "result", _revision_is_sealed("NEW"), "a sent revision is sealed"),
    Guard("result_sealed_update", "BEFORE UPDATE", "result", _revision_is_sealed("NEW"), "a sent revision is sealed"),
    Guard("result_sealed_delete", "BEFORE DELETE", "result", _revision_is_sealed("OLD"), "a sent revision is sealed"),
    Guard(
        "revision_sealed", "BEFORE UPDATE", "revision",
        "OLD.status <> 'DRAFT' AND (coalesce(NEW.digest, '') <> coalesce(OLD.digest, '')"
        " OR coalesce(NEW.sent_by_id, 0) <> coalesce(OLD.sent_by_id, 0) OR NEW.sent_at <> OLD.sent_at"
        " OR NEW.number <> OLD.number OR NEW.submission_id <> OLD.submission_id)",
        "a sent revision is sealed",
    ),
    Guard("revision_kept", "BEFORE DELETE", "revision", "OLD.status <> 'DRAFT'", "a sent revision is kept"),
    Guard(
        "revision_editor_kept", "BEFORE DELETE", "revision_editor", _revision_is_sealed("OLD"),
        "the list of editors of a sent revision is sealed",
    ),
    Guard("audit_line_kept", "BEFORE UPDATE", "audit_line", "1 = 1", "the audit trail is never changed"),
    Guard("audit_line_not_deleted", "BEFORE DELETE", "audit_line", "1 = 1", "the audit trail is never deleted"),
)  # fmt: skip

CHANGE_GUARDS = (
    Guard("unit_change_set_kept", "BEFORE UPDATE", "unit_change_set", "1 = 1", "a change of units is never altered"),
    Guard("unit_change_set_not_deleted", "BEFORE DELETE", "unit_change_set", "1 = 1", "a change of units is kept"),
)


def statements(guard: Guard, dialect: str) -> list[str]:
    """The SQL that puts the guard in place."""
    if dialect == "sqlite":
        refusal = f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        return [f"CREATE TRIGGER {guard.name} {guard.moment} ON {guard.table} WHEN {guard.forbidden} {refusal}"]
    back = "OLD" if "DELETE" in guard.moment else "NEW"
    refusal = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'"
    body = f"BEGIN IF {guard.forbidden} THEN {refusal}; END IF; RETURN {back}; END"
    return [
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {guard.name} {guard.moment} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
