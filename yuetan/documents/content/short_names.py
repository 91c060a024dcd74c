"""One name for one organ: in full where a paper first names it, with what it is called from there on (以下简称)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.content.phrases import body_name
from yuetan.models import OfficeSetting, Regulation
from yuetan.vocabulary import UnitKind

KINDS_OF_TEXT = ("办法", "条例", "规定", "细则", "规则", "意见", "方案")


def names_in_short(regulation: Regulation) -> dict[str, str]:
    """The names that papers shorten, each with its short one: the leading group, its office, the regulation."""
    short = OfficeSetting.objects.words
    bodies = {UnitKind.LEADING_GROUP: short("group_short_name"), UnitKind.OFFICE: short("office_short_name")}
    names = {body_name(kind): name.strip() for kind, name in bodies.items()}
    names[f"《{regulation.title}》"] = f"《{_kind_of_text(regulation)}》"
    return {name: shorter for name, shorter in names.items() if shorter}


def _kind_of_text(regulation: Regulation) -> str:
    return next((kind for kind in KINDS_OF_TEXT if regulation.title.endswith(kind)), regulation.short_title)


def shortened(paragraphs: Sequence[Paragraph], names: Mapping[str, str]) -> list[Paragraph]:
    """The paragraphs with each name in full once, if it is named again, and short ever after.

    Only the wording of the paper itself changes; what somebody typed stays as typed. A short name that is typed before
    the full one would come is taken for known.
    """
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    seen = {name for name, short in names.items() if short in _before_first(name, names, whole)}
    again = {name for name in names if _is_named_again(name, names, whole)}

    def shorten(match: re.Match[str]) -> str:
        name = match[0]
        if name in seen:
            return names[name]
        seen.add(name)
        return f"{name}（以下简称{names[name]}）" if name in again else name

    return [
        replace(one, text=pattern.sub(shorten, one.text)) if names and one.is_standard else one for one in paragraphs
    ]


def _before_first(name: str, names: Mapping[str, str], whole: str) -> str:
    """What stands before a name, without the full names that hold the short one in them."""
    before, _, _ = whole.partition(name)
    return _without(before, names)


def _is_named_again(name: str, names: Mapping[str, str], whole: str) -> bool:
    longer = [other for other in names if name in other and other != name]
    rest = _without(whole, dict.fromkeys(longer, ""))
    return rest.count(name) > 1 or names[name] in _without(whole, names)


def _without(text: str, names: Mapping[str, str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text
