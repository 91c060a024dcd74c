"""Sentences that name the office, its leading body and their posts in braces: {the_office}, {the_group}.

So no word of one office stands in the code.
"""

from __future__ import annotations

from yuetan.vocabulary.names import OWN_NAMES, own_name
from yuetan.vocabulary.people import PostKind, Role, UnitKind

LABELLED = {
    "the_group": UnitKind.LEADING_GROUP,
    "the_leaders": Role.LEADING_GROUP,
    "group_leader": PostKind.GROUP_LEADER,
    "first_deputy_leader": PostKind.FIRST_DEPUTY_LEADER,
    "deputy_leader": PostKind.DEPUTY_LEADER,
    "member_units": UnitKind.MEMBER_UNIT,
}


NAMES = {key: own_name(key) for key in OWN_NAMES} | {key: choice.label for key, choice in LABELLED.items()}
SITE_NAME = own_name("site")


def in_names(words: str, /, **others: object) -> str:
    """A sentence with the names, and whatever else it has in braces, filled in; raises KeyError for another."""
    return words.format_map({**NAMES, **others})
