"""What is typed to find a Chinese name."""

from __future__ import annotations

# Surnames that are read otherwise than the same sign elsewhere; the first letter of each sign.
SURNAMES = {
    "单": "s",
    "仇": "q",
    "解": "x",
    "曾": "z",
    "查": "z",
    "区": "o",
    "翟": "z",
    "种": "c",
    "乐": "y",
    "员": "y",
    "缪": "m",
    "冼": "x",
    "洗": "x",
    "盖": "g",
    "朴": "p",
    "任": "r",
    "覃": "q",
    "祭": "z",
    "重": "c",
    "折": "s",
    "尉迟": "yc",
    "万俟": "mq",
    "单于": "cy",
    "长孙": "zs",
    "澹台": "tt",
}
LONGEST_SURNAME = 2


def initials(name: str) -> str:
    """The first letters of a name's pinyin, for search."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def person_initials(name: str) -> str:
    """The same of a person's name, whose surname has its own reading: 单三 is ss, 尉迟四 ycs."""
    for length in range(LONGEST_SURNAME, 0, -1):
        if name[:length] in SURNAMES:
            return SURNAMES[name[:length]] + initials(name[length:])
    return initials(name)
