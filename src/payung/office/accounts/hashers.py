"""Passwords are hashed by few threads at a time: each hash takes 100 MB of memory for a quarter of a second."""

from __future__ import annotations

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

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
