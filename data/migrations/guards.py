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


def _altered(*columns: tuple[str, str | float]) -> str:
    """Whether any of the columns changes; each with what stands for nothing in it."""
    return " OR ".join(
        f"coalesce(NEW.{column}, {nothing}) <> coalesce(OLD.{column}, {nothing})" for column, nothing in columns
    )


TARGET_GUARDS = (
    Guard(
        "target_stays", "BEFORE UPDATE", "target",
        "NEW.ambiguous <> OLD.ambiguous OR " + _altered(
            ("key", "''"), ("definition_id", 0), ("unit_id", 0), ("year", 0), ("operator", "''"), ("direction", "''"),
            ("low", -1e300), ("high", -1e300), ("baseline_year", 0), ("baseline_value", -1e300), ("plan_kind", "''"),
            ("horizon", "''"), ("document_id", 0), ("corrects_id", 0), ("zone_key", "''"),
        ),
        "a target is corrected by another, never altered",
    ),
    Guard(
        "target_withdrawn_once", "BEFORE UPDATE", "target",
        "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at)",
        "what was withdrawn stays withdrawn",
    ),
    Guard("target_kept", "BEFORE DELETE", "target", "1 = 1", "a target is withdrawn, never deleted"),
)  # fmt: skip

PUBLISHED_GUARDS = (
    Guard(
        "published_result_stays", "BEFORE UPDATE", "published_result",
        "NEW.preliminary <> OLD.preliminary OR " + _altered(
            ("definition_id", 0), ("unit_id", 0), ("group_id", 0), ("period", "''"), ("value", -1e300),
            ("geographic_basis", "''"), ("source", "''"), ("confidence", "''"), ("note", "''"), ("corrects_id", 0),
        ),
        "a published value is corrected by another, never altered",
    ),
    Guard(
        "published_result_withdrawn_once", "BEFORE UPDATE", "published_result",
        "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at)",
        "what was withdrawn stays withdrawn",
    ),
    Guard(
        "published_result_kept", "BEFORE DELETE", "published_result", "1 = 1",
        "a published value is withdrawn, never deleted",
    ),
)  # fmt: skip


def _membership_overlaps(but: str = "1 = 1") -> str:
    """Whether the unit is on a common day in the same group, or in another one of the same keeper, by another row."""
    return (
        "EXISTS (SELECT 1 FROM unit_group_member m WHERE m.unit_id = NEW.unit_id"
        " AND (m.group_id = NEW.group_id OR m.keeper_id = NEW.keeper_id)"
        " AND (m.to_on IS NULL OR m.to_on >= NEW.from_on) AND (NEW.to_on IS NULL OR NEW.to_on >= m.from_on)"
        f" AND {but})"
    )


GROUP_GUARDS = (
    Guard(
        "membership_apart_insert", "BEFORE INSERT", "unit_group_member",
        _membership_overlaps(), "a unit is in one group of a keeper at a time",
    ),
    Guard(
        "membership_apart_update", "BEFORE UPDATE", "unit_group_member",
        _membership_overlaps("NOT (m.group_id = OLD.group_id AND m.from_on = OLD.from_on)"),
        "a unit is in one group of a keeper at a time",
    ),
    Guard(
        "membership_stays", "BEFORE UPDATE", "unit_group_member",
        "NEW.group_id <> OLD.group_id OR NEW.unit_id <> OLD.unit_id OR NEW.from_on <> OLD.from_on",
        "a membership is ended, never moved",
    ),
    Guard(
        "kept_group_stays", "BEFORE DELETE", "unit_group",
        "OLD.keeper_id IS NOT NULL", "a kept group is closed, never deleted",
    ),
    Guard(
        "kept_group_keeper", "BEFORE UPDATE", "unit_group",
        "coalesce(NEW.keeper_id, 0) <> coalesce(OLD.keeper_id, 0) OR NEW.key <> OLD.key OR NEW.kind <> OLD.kind",
        "a group keeps its keeper, its key and its kind",
    ),
)  # fmt: skip


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
