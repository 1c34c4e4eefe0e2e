"""The signed-in account as the policy sees it."""

from dataclasses import dataclass
from datetime import date

from data.kinds import Role, UnitLevel


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role, the unit it is held at, that unit's level, and the days on which it is held (inclusive)."""

    role: Role
    unit_id: int
    level: UnitLevel
    from_on: date
    to_on: date | None

    def holds_on(self, on: date) -> bool:
        """Whether the role is held on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: the account, what it is called, its language, and its roles."""

    account_id: int
    username: str
    display_name: str
    language: str
    roles: tuple[HeldRole, ...]

    @property
    def home_unit_id(self) -> int | None:
        """The unit that the person works for: that of the first role, or None without any."""
        return self.roles[0].unit_id if self.roles else None
