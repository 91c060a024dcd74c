"""What a line may not be broken in: marks at the wrong end, words, numbers and their units, dates, 文号, names."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import pairwise, starmap

MAY_NOT_START = frozenset("，。、；：！？）》〉”’】〕」』｝］％‰℃·…—～－/,.;:!?)]}%°")
MAY_NOT_END = frozenset("（《〈“‘【〔「『｛［￥№/([{#$")

LATIN = re.compile(r"[0-9A-Za-zÀ-ÿ]+(?:[.,:/_@&?=#%~'+-]+[0-9A-Za-zÀ-ÿ]+)*[%‰℃°]?")
LONG = 8  # characters of an address
JOINT = re.compile(r"[@_&:-]+|[.,](?=[A-Za-z])")
JOINT_OF_ADDRESS = re.compile(r"[@_&?=#:/-]+|[.,](?=[A-Za-z])")
ADDRESS = re.compile(r"@|://|^www[.]")
CLUSTER = re.compile(r"——|……|.[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
DASH = re.compile(r"——|……")

_UNIT = (
    "个?工作日|个月|小时|分钟|公里|公斤|平方米|立方米|个?百分点|"
    "[万亿]?[余多]?[元年月日时分秒号个条名件起人次项家户期岁天周届楼室米吨位处所类页章款份季倍]|[万亿]"
)
_POST = "书记|主任|委员|常委|主席|专员|经理|干事|科员|[镇区市县局组部处科所院队站校会乡察书政]长"
_NUMBER = "〔[0-9]{4}〕[0-9]+号"
_HAN = "㐀-䶿一-鿿\U00020000-\U000323af"


class Break(IntEnum):
    """How bad it is to end a line at a place: the greater, the later it is thought of."""

    LAWFUL = 0
    JOINT = 1  # of an address
    NUMBERED = 2  # between the organ and the year of a 文号
    TIED = 3  # between year and month
    INSIDE = 4  # a word, a number with its unit, a name
    UNLAWFUL = 5  # a mark at the wrong end of a line
    NEVER = 6  # a character and what is drawn over it


WHOLE = (
    (re.compile(rf"第?[0-9]+(?:[.,:][0-9]+)*(?:{_UNIT})"), Break.INSIDE),
    (re.compile(r"[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日"), Break.TIED),
    (re.compile(_NUMBER), Break.INSIDE),
    (re.compile(rf"(?:(?<=（)[{_HAN}]{{2,8}}|[{_HAN}]{{0,4}})(?={_NUMBER})"), Break.INSIDE),
    (re.compile(rf"[{_HAN}]?{_NUMBER}"), Break.NUMBERED),
    # A name is known by the post before it and by what follows.
    (re.compile(rf"(?<={_POST})(?!会|单位)[{_HAN}·]{{2,4}}?(?=同志|[、，。；：（和]|$)"), Break.INSIDE),
)


def breaks(text: str) -> list[Break]:
    """How bad it is to break a text, which is not empty, before each of its characters and at its end."""
    places = [Break.NEVER, *starmap(_between, pairwise(text)), Break.LAWFUL]
    for dash in DASH.finditer(text):
        if dash.start() and text[dash.start() - 1] not in MAY_NOT_END:
            places[dash.start()] = Break.LAWFUL
    for pattern, kind in ((LATIN, Break.INSIDE), *WHOLE):
        for match in pattern.finditer(text):
            _raise(places, match.start(), match.end(), kind)
    for match in LATIN.finditer(text):
        _open_joints(places, match)
    for match in CLUSTER.finditer(text):
        _raise(places, match.start(), match.end(), Break.NEVER)
    return places


def _between(before: str, after: str) -> Break:
    unlawful = after in MAY_NOT_START or before in MAY_NOT_END or after.isspace()
    return Break.UNLAWFUL if unlawful else Break.LAWFUL


def _raise(places: list[Break], start: int, end: int, least: Break) -> None:
    for place in range(start + 1, end):
        places[place] = max(places[place], least)


def _open_joints(places: list[Break], word: re.Match[str]) -> None:
    """An address may be divided behind its joints, a number nowhere."""
    if any(character.isalpha() for character in word.group()):
        joints = JOINT_OF_ADDRESS if ADDRESS.search(word.group()) else JOINT
        for joint in joints.finditer(word.group(), 0, len(word.group()) - 1):
            places[word.start() + joint.end()] = Break.JOINT


def rigid_places(text: str) -> frozenset[int]:
    """The characters of long Latin words behind which nothing is spread: an address keeps its shape."""
    long = (match for match in LATIN.finditer(text) if match.end() - match.start() >= LONG)
    words = (match for match in long if any(character.isalpha() for character in match.group()))
    return frozenset(place for match in words for place in range(match.start(), match.end() - 1))
