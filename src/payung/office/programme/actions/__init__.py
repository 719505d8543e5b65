"""The writes of this app: keyword only, by whom, one transaction, with history."""

from payung.office.programme.actions.money import Booking, OverspentError, book, book_all, shift

__all__ = ["Booking", "OverspentError", "book", "book_all", "shift"]
