"""The check code on an issued paper: random, easily read aloud, and one that notices a slip of the pen."""

import secrets
import unicodedata

# 31 signs, none of which is easily taken for another (no 0 O, 1 I L); 31 is prime, so that the check sign
# notices every single wrong sign and every two that changed places.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 16
GROUP = 4
PUNCTUATION = frozenset(" -－—–·.")


def new() -> str:
    """Fifteen random signs (74 bits) and the check sign."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return signs + check_sign(signs)


def check_sign(signs: str) -> str:
    """The sign that makes the weighted sum vanish."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def normalise(code: str) -> str:
    """What was typed, in the one form that is kept; empty if it can be no code."""
    written = unicodedata.normalize("NFKC", code).upper()
    signs = "".join(sign for sign in written if sign not in PUNCTUATION and not sign.isspace())
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return ""
    return signs if check_sign(signs[:-1]) == signs[-1] else ""


def shortened(sha256: str) -> str:
    """The first signs of a digest, to be compared by eye: 3F2A-9C01-77BD-E04A; nothing for none."""
    return grouped(sha256[:LENGTH].upper())


def grouped(code: str) -> str:
    """ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
