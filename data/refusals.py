"""What the portal refuses, in the reader's words.

A refusal carries a sentence that says what happened, what was kept and what to do next. It knows nothing of HTTP;
the outermost room maps each kind to a status.
"""


class Refusal(Exception):
    """Something the portal will not do. `str(refusal)` is the sentence for the reader, already in their language.

    `details` are what else there is to say, a line each, such as every cell of a file that is wrong.
    """

    details: tuple[str, ...] = ()


class NotFound(Refusal):
    """It does not exist, or it lies outside the reader's reach: one answer for both."""


class Forbidden(Refusal):
    """The reader's roles lack the permission."""


class Invalid(Refusal):
    """What was asked or typed cannot be understood or accepted."""


class Conflict(Refusal):
    """Somebody else changed the thing in the meantime, or its state no longer allows this."""


class TooLarge(Refusal):
    """More was sent than the portal takes."""
