"""How a paper is handled: 份号, 密级, 紧急程度, 附注, 抄送 and the lines of its title, as they were chosen for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import names_in
from yuetan.vocabulary import Secrecy, Urgency

COPY_NUMBER = re.compile(r"[0-9]{6}")
ABOVE_INTERNAL = re.compile("绝密|机密|秘密")
PUBLIC = re.compile("(?<!不)(?<!不予)(?:主动|依申请)?公开")
BETWEEN_COPIED = "，"  # a name may be of several organs, 新会区委、区政府
LABELS = {
    "copy_number": "份号",
    "secrecy": "密级",
    "urgency": "紧急程度",
    "note": "附注",
    "annex": "附件",
    "copied_to": "抄送",
}
BRACKETS = "（）() 　"


class HandlingInput(TypedDict, total=False):
    """What is chosen for any paper: keywords of every action that issues one."""

    secrecy: str
    urgency: str
    copy_number: str
    note: str
    title_break: str


class LetterHandlingInput(HandlingInput, total=False):
    """What is chosen for a letter, which bears its 抄送 at the foot: organs ticked, and others typed."""

    copied_lists: Sequence[str]
    copied_to: str


@dataclass(frozen=True)
class Handling:
    """What was chosen for one paper; each is empty where the paper bears none."""

    secrecy: str = ""
    urgency: str = ""
    copy_number: str = ""
    note: str = ""
    title_break: str = ""
    copied_lists: Sequence[str] = ()
    copied_to: str = ""

    @property
    def copied_units(self) -> list[str]:
        """Everybody who gets a copy, once, those ticked before those typed."""
        return list(dict.fromkeys([*self.copied_lists, *names_in(self.copied_to)]))

    def problems(self) -> Iterator[Finding]:
        """What cannot stand on a paper; whether the lines of the title are the title is asked when there is one."""
        if self.copy_number and (not COPY_NUMBER.fullmatch(self.copy_number) or not int(self.copy_number)):
            yield finding("copy_number_unfit", "copy_number")
        above = ABOVE_INTERNAL.search(self.note)
        if above:
            yield finding("secrecy_above_internal", "note", word=above.group())
        if self.secrecy and PUBLIC.search(self.note):
            yield finding("internal_yet_public", "note")

    def facts(self) -> dict[str, str]:
        """What is printed of it, by the names of the facts of a paper."""
        note = self.note.strip(BRACKETS)
        printed = {
            "copy_number": self.copy_number,
            "secrecy": Secrecy(self.secrecy).label if self.secrecy else "",
            "urgency": Urgency(self.urgency).label if self.urgency else "",
            "note": f"（{note}）" if note else "",
            "title_break": self.title_break,
            "copied_to": BETWEEN_COPIED.join(self.copied_units),
        }
        return {name: words for name, words in printed.items() if words}


def words_of_handling(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """What an issued paper bears, by its printed words, each with its label; nothing where it bears none."""
    return [(label, str(facts[name])) for name, label in LABELS.items() if facts.get(name)]


def handling_of(facts: Mapping[str, object]) -> Handling:
    """How an issued paper was handled, by the facts kept with it; its 份号 and the lines of its title are its own."""
    words = {name: str(facts.get(name, "")) for name in ("secrecy", "urgency", "note", "copied_to")}
    copied = words["copied_to"]
    return Handling(
        secrecy=_code(Secrecy.choices, words["secrecy"]),
        urgency=_code(Urgency.choices, words["urgency"]),
        note=words["note"].strip(BRACKETS),
        copied_lists=copied.split(BETWEEN_COPIED) if copied else (),
    )


def _code(choices: Sequence[tuple[str, str]], words: str) -> str:
    return next((code for code, label in choices if label == words), "")
