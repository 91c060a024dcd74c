"""Keys of what later versions name again: a name keeps the key it has or had, and no key comes to mean another."""

from __future__ import annotations

from collections.abc import Iterable


def kept_keys(known: Iterable[tuple[str, str]], names: Iterable[str], letter: str) -> dict[str, str]:
    """The key of each name: that which it has or had in any version, else the letter with a number that none ever had.

    `known` are the names and keys of all versions, the newest first: a key that was once given twice stays with the
    later name.
    """
    known = list(known)
    keys: dict[str, str] = {}
    for name, key in known:
        if name not in keys and key not in keys.values():
            keys[name] = key
    last = max((int(key[1:]) for _, key in known), default=0)
    for name in names:
        if name not in keys:
            last += 1
            keys[name] = f"{letter}{last}"
    return keys
