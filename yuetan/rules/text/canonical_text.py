"""One spelling for what is bound by its digest, so that equal content always has an equal SHA-256."""

import hashlib
import json


def canonical(content: object) -> str:
    """JSON with sorted names, without blanks, every character as itself."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(content: object) -> str:
    """The SHA-256 of that spelling."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
