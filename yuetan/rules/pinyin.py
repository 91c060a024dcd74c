"""What is typed to find a Chinese name: its pinyin, or the first letters of that."""

from __future__ import annotations

# Surnames that are read otherwise than the same sign elsewhere.
SURNAMES = {
    "单": ("shan",),
    "仇": ("qiu",),
    "解": ("xie",),
    "曾": ("zeng",),
    "查": ("zha",),
    "区": ("ou",),
    "翟": ("zhai",),
    "种": ("chong",),
    "乐": ("yue",),
    "员": ("yun",),
    "缪": ("miao",),
    "冼": ("xian",),
    "洗": ("xian",),
    "盖": ("ge",),
    "朴": ("piao",),
    "任": ("ren",),
    "覃": ("qin",),
    "祭": ("zhai",),
    "重": ("chong",),
    "折": ("she",),
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
}
MAX_SURNAME_LENGTH = 2


def initials(name: str) -> str:
    """The first letters of a name's pinyin, for search."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def person_initials(name: str) -> str:
    """The first letters of a person's name, whose surname has its own reading: 单三 is ss, 尉迟四 ycs."""
    surname = _surname(name)
    return "".join(syllable[0] for syllable in SURNAMES.get(surname, ())) + initials(name.removeprefix(surname))


def pinyin_from_each_sign(name: str) -> str:
    """The pinyin of a name from each of its signs on, each behind a blank: 司前镇 is “ siqianzhen qianzhen zhen”.

    So whoever types it may begin with any sign, and finds no syllable by its end.
    """
    syllables = _syllables(name)
    return "".join(f" {''.join(syllables[place:])}" for place in range(len(syllables)))


def person_pinyin(name: str) -> str:
    """The pinyin of a person's name, whose surname has its own reading: 单三 is shansan."""
    surname = _surname(name)
    return "".join([*SURNAMES.get(surname, ()), *_syllables(name.removeprefix(surname))])


def _surname(name: str) -> str:
    """The surname with a reading of its own; empty where it has none."""
    lengths = range(MAX_SURNAME_LENGTH, 0, -1)
    return next((name[:length] for length in lengths if name[:length] in SURNAMES), "")


def _syllables(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return [syllable.lower() for syllable in lazy_pinyin(name)]
