"""What somebody had before them, as one short string that is compared when they save."""

from __future__ import annotations

import hashlib
import json


def digest_of_words(words: object) -> str:
    """The SHA-256 of words, numbers and lists of them; the order of keys does not count."""
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
