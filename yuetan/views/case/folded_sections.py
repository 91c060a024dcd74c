"""The cards of the case page in the order a reader needs them: what is being done now, then what is over, folded."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from yuetan.models import Case, User
from yuetan.views.case.case_sections import SectionKey, sections_by_key
from yuetan.views.frame.section import Section
from yuetan.vocabulary import CaseState, EarlierState

_BEFORE_NOTICE = (CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.PROPOSED, CaseState.DECLINED, CaseState.WITHDRAWN)
_AFTER_INTERVIEW = (CaseState.INTERVIEWED, CaseState.MINUTED)
# In which states a card is what the work is about; one that is not listed is open in all.
OPEN_IN: dict[SectionKey, tuple[CaseState, ...]] = {
    SectionKey.PROPOSAL: (*_BEFORE_NOTICE, CaseState.APPROVED),
    SectionKey.APPROVAL: (*_BEFORE_NOTICE, CaseState.APPROVED),
    SectionKey.NOTICE: (CaseState.NOTIFIED,),
    SectionKey.RECEIPT: (CaseState.NOTIFIED,),
    SectionKey.LEAVES: (CaseState.NOTIFIED,),
    SectionKey.ABSENCES: (CaseState.NOTIFIED,),
    SectionKey.SUBMISSION: (CaseState.NOTIFIED, CaseState.INTERVIEWED),
    SectionKey.INTERVIEW: _AFTER_INTERVIEW,
    SectionKey.MINUTES: _AFTER_INTERVIEW,
    SectionKey.REWORK: (CaseState.RECTIFYING, CaseState.INSPECTING),
}


class PageSections(NamedTuple):
    """The cards that are read now, and those that are over."""

    current: list[Section]
    past: list[Section]


def _is_current(key: SectionKey, case: Case) -> bool:
    if key == SectionKey.ORIGINALS:  # once a second person has checked what was entered, nobody works on it
        return case.earlier != EarlierState.CONFIRMED
    return key not in OPEN_IN or case.state in OPEN_IN[key]


def page_sections(case: Case, user: User) -> PageSections:
    """Every card that this person may see, each with the anchor that the contents of the page lead to."""
    current: list[Section] = []
    past: list[Section] = []
    for key, section in sections_by_key(case, user).items():
        (current if _is_current(key, case) else past).append(replace(section, anchor=key.name.lower()))
    return PageSections(current, past)
