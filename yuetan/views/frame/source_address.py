"""From which address a request came: the peer, or what the last trusted proxy says of it."""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yuetan.models.record.request_address import from_address


def source_address(request: HttpRequest) -> str:
    """The address that counts in the record and in limits, as text; empty where the peer has none (a local socket).

    The chain of addresses is read from our end: each proxy that is trusted (`YUETAN_TRUSTED_PROXIES`) is believed
    what it added last to X-Forwarded-For, and the first address that is not trusted counts. What a stranger wrote
    into the header beyond it is never looked at. An entry that is no address ends the chain before it.
    """
    source = _address(request.META.get("REMOTE_ADDR", ""))
    for hop in _forwarded(request):
        if not _is_trusted(source):
            break
        before = _address(hop)
        if before is None:
            break
        source = before
    return str(source) if source else ""


def _forwarded(request: HttpRequest) -> Iterator[str]:
    """What was forwarded, the nearest hop first."""
    return reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """An address; an IPv4 one that came over an IPv6 socket is the same as without."""
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_trusted(address: IPv4Address | IPv6Address | None) -> bool:
    """A peer without an address speaks through a socket of this machine, which `unix` in the setting trusts."""
    if address is None:
        return settings.TRUST_LOCAL_SOCKET
    return any(address in network for network in settings.TRUSTED_PROXIES)


class SourceAddressMiddleware:
    """Whatever a request does is recorded with the address it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        source = source_address(request)
        request.source = source  # type: ignore[attr-defined] # for the lines of the log
        with from_address(source):
            return self.get_response(request)
