"""Names of persons: what is one, how it is kept, and when two are the same; asked wherever a name is typed."""

from __future__ import annotations

import re
import unicodedata

from yuetan.rules.text.official_text import joined, normalise_text

DOT = "·"
# What keyboards and typewriters offer for the dot inside a name.
DOTS = re.compile("[·•‧・･．∙⋅●⸱᛫]")
HAN = "[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BLANK_NEXT_TO_HAN = re.compile(rf"(?<={HAN}|{DOT})\s+|\s+(?={HAN}|{DOT})")
_STOP_BETWEEN_HAN = re.compile(rf"(?<={HAN})\.(?={HAN})")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # choose the drawing of a character, not another one
SEPARATORS = re.compile("[、，,;；/\n]+")
MIN_LENGTH, MAX_LENGTH = 2, 40
_SIGNS = frozenset(f"{DOT} -'.")


def person_name(text: str) -> str:
    """A name as it is kept: one kind of dot, no blanks beside Han characters, nothing that cannot be seen."""
    written = unicodedata.normalize("NFKC", DOTS.sub(DOT, normalise_text(text)))
    written = _STOP_BETWEEN_HAN.sub(DOT, DOTS.sub(DOT, written))
    return _BLANK_NEXT_TO_HAN.sub("", " ".join(written.split()))


def is_person_name(text: str) -> bool:
    """Whether it is the name of one person: letters of any script, a dot between parts, a sane length."""
    name = person_name(text)
    return MIN_LENGTH <= len(name) <= MAX_LENGTH and name.strip("".join(_SIGNS)) == name and all(map(_fits, name))


def same_person_name(one: str, other: str) -> bool:
    """Whether two are written of one person, however the blanks, the dot or the case of letters were typed."""
    return _key(one) == _key(other)


def persons_in(text: str) -> list[str]:
    """The names of an enumeration, each once, however they were parted; a name with a blank in it stays one name.

    Blanks part names only where no other sign does and every part is a name by itself: 孙六 周七.
    """
    parts = SEPARATORS.split(normalise_text(text))
    names = [name for part in parts for name in _apart(part)]
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(_key(name), name)
    return list(once.values())


def joined_names(text: str) -> str:
    """An enumeration as it is kept: 孙六、周七."""
    return joined(persons_in(text))


def _apart(part: str) -> list[str]:
    words = part.strip().rstrip("。").split()
    if len(words) < 2 or not all(re.search(HAN, word) for word in words):
        return [person_name(" ".join(words))] if words else []
    return [person_name(word) for word in _rejoined(words)]


def _rejoined(words: list[str]) -> list[str]:
    """张　伟 and 朱　十八 are one name: a character that stands alone belongs to what follows it."""
    names: list[str] = []
    alone = ""
    for word in words:
        if len(word) == 1:
            alone += word
        elif len(alone) == 1:
            names, alone = [*names, alone + word], ""
        else:
            names, alone = [*names, *filter(None, [alone]), word], ""
    return [*names, *filter(None, [alone])]


def _key(name: str) -> str:
    return _SELECTORS.sub("", person_name(name)).casefold().replace(" ", "")


def _fits(character: str) -> bool:
    # Unassigned code points stay: rare name characters may be younger than this Python's Unicode tables.
    return character in _SIGNS or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Cn"
