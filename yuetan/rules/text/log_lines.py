"""A line of the program's own log: when, how grave, what, by whom and from where, each on one line."""

import logging
from datetime import UTC, datetime

HEAD = "%(asctime)s %(levelname)s %(name)s %(message)s"


class LogLine(logging.Formatter):
    """Times in UTC, as ISO 8601; control characters are written as their escapes, so that nobody types a line of it.

    A line about a request ends with the key of the person and the address, as far as the request has shown them.
    """

    def __init__(self) -> None:
        super().__init__(HEAD)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - its name
        """When, to the second."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its name
        """One line, whatever stands in it."""
        line = super().formatMessage(record) + _who(getattr(record, "request", None))
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)


def _who(request: object) -> str:
    """Nothing is asked of the database for it: what the request has not looked up stays unknown."""
    person = getattr(getattr(request, "_cached_user", None), "pk", None)
    address = getattr(request, "source", "")
    return (f" person={person}" if person else "") + (f" address={address}" if address else "")
