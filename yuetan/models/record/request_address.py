"""From which address the person works who is doing something: known while a request is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str | None] = ContextVar("request_address", default=None)


def current_address() -> str | None:
    """The source address of the request that is being answered; none outside of requests and for a local socket."""
    return _address.get()


@contextmanager
def from_address(address: str) -> Iterator[None]:
    """Inside, what is done is done from this address."""
    before = _address.set(address or None)
    try:
        yield
    finally:
        _address.reset(before)
