"""SM3 (GB/T 32905), by the OpenSSL of Python: Debian 12 and Ubuntu 24.04 have it."""

import hashlib


def sm3(text: str) -> str:
    """The digest of a text in UTF-8, as 64 hexadecimal digits; raises ValueError where OpenSSL is without SM3."""
    return hashlib.new("sm3", text.encode()).hexdigest()
