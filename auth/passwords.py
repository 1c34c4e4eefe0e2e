"""Passwords: kept as argon2id, compared in the same time whether or not the account exists."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from data.refusals import Invalid
from data.wording import _

SHORTEST = 10
LONGEST = 200

# The package's defaults: argon2id, 64 MiB, three passes.
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """What the database keeps of a password."""
    return _hasher.hash(_composed(password))


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed. Without a hash the same work is done, and the answer is no."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(password_hash or _hash_of_nobody(), _composed(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other costs than today's, so that a sign-in should renew it."""
    return _hasher.check_needs_rehash(password_hash)


def check_new_password(password: str, username: str) -> None:
    """Raises Invalid, with a sentence for the reader, where a new password is too easy to guess or too long."""
    if len(password) < SHORTEST:
        raise Invalid(_("A password has at least {count} characters.").format(count=SHORTEST))
    if len(password) > LONGEST:
        raise Invalid(_("A password has at most {count} characters.").format(count=LONGEST))
    if username.lower() in password.lower():
        raise Invalid(_("The username must not stand in the password."))
    if len(set(password)) < 4:
        raise Invalid(_("The password repeats the same few characters: mix more of them."))


def _composed(password: str) -> str:
    # One keyboard sends "ố" as one character, another as a letter with two marks.
    return unicodedata.normalize("NFC", password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("a password that no account has")
