"""Passwords are hashed by few threads at a time: each hash takes 100 MB of memory for a quarter of a second."""

from __future__ import annotations

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher, make_password

AT_ONCE = 2
_turn = threading.BoundedSemaphore(AT_ONCE)


class FewAtATime(Argon2PasswordHasher):
    """Argon2 as Django sets it, at most :data:`AT_ONCE` of them in this process; the others wait their turn."""

    def encode(self, password: str, salt: str) -> str:
        """Return the hash to keep."""
        with _turn:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether ``password`` is the one."""
        with _turn:
            return super().verify(password, encoded)


class OfDrawn(Argon2PasswordHasher):
    """For first passwords that the office drew itself: what nobody can guess among 2^79 needs no slow hash."""

    time_cost = 1
    memory_cost = 8 * 1024  # KiB
    parallelism = 1


def hash_of_drawn(password: str) -> str:
    """Return the hash to keep of a password that the office drew: hundreds of accounts take seconds, not minutes.

    Whoever signs in with it has it hashed as every other from then on.
    """
    preferred = get_hasher()
    if not isinstance(preferred, FewAtATime):
        return make_password(password)
    hasher = OfDrawn()
    return str(hasher.encode(password, hasher.salt()))
