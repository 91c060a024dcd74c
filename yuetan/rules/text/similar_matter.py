"""Whether two 约谈事由 are perhaps one and the same; a person decides, this only warns."""

import unicodedata
from difflib import SequenceMatcher

SIMILARITY_THRESHOLD = 0.6  # of the characters in common, in order
MIN_PART_LENGTH = 4  # a shorter wording inside a longer one says too little


def similar(one: str, other: str) -> bool:
    """Whether two differ in punctuation alone, one holds the other, or most characters are in common."""
    one, other = sorted((bare(one), bare(other)), key=len)
    if not one:
        return False
    if one == other or (len(one) >= MIN_PART_LENGTH and one in other):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SIMILARITY_THRESHOLD


def bare(words: str) -> str:
    """Letters, digits and characters alone."""
    plain = unicodedata.normalize("NFKC", words).lower()
    return "".join(character for character in plain if character.isalnum())
