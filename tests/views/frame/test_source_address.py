"""The address that counts is the one the last trusted proxy saw; what a stranger writes into a header never counts."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from yuetan.views.frame.source_address import source_address


@pytest.fixture
def _one_proxy(settings: object) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24"), ip_network("fd00::/64")]


def _from(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return source_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


def test_without_a_trusted_proxy_the_peer_counts() -> None:
    assert _from("192.0.2.7", "203.0.113.9") == "192.0.2.7"


@pytest.mark.usefixtures("_one_proxy")
@pytest.mark.parametrize(
    ("peer", "forwarded", "source"),
    [
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first was written by the client itself
        ("10.0.0.2", "203.0.113.9, 10.0.0.5", "203.0.113.9"),  # two trusted proxies in a row
        ("10.0.0.2", "10.0.0.9, 203.0.113.9", "203.0.113.9"),  # pretends to be a proxy
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),  # no proxy of ours
        ("::ffff:10.0.0.2", "2001:db8::1", "2001:db8::1"),
        ("fd00::1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", None, "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "203.0.113.9, <script>", "10.0.0.2"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_last_trusted_hop_counts(peer: str, forwarded: str | None, source: str) -> None:
    assert _from(peer, forwarded) == source


def test_a_socket_of_this_machine_is_a_proxy_where_the_setting_says_so(settings: object) -> None:
    settings.TRUST_LOCAL_SOCKET = True
    assert _from("", "203.0.113.9") == "203.0.113.9"
