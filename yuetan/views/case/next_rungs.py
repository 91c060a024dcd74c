"""The rungs of a 责任制 behind a case or a measure: which doors stand open, and what was laid because of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from yuetan import permissions
from yuetan.models import AccountabilityMeasure, Case, User
from yuetan.models.ladder.laid_rungs import NextDoor, standing_after
from yuetan.models.ladder.rungs import PAPER_OF_RUNG
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class OfferedRung:
    """A door that stands: to what, its words and facts, and where the person may begin a draft ("": nowhere)."""

    label: str
    words: str
    url: str


def offered_rungs(before: Case | AccountabilityMeasure, user: User) -> list[OfferedRung]:
    """What may follow, because its target was not met in time; for the inner side alone."""
    if not before.is_inner_to(user):
        return []
    may_draft = user.has_perm(permissions.name(Verb.DRAFT_MEASURE))
    return [_offered_rung(one, before, may_draft=may_draft) for one in standing_after(before)]


def _offered_rung(one: NextDoor, before: Case | AccountabilityMeasure, *, may_draft: bool) -> OfferedRung:
    words = f"{one.door.words}（{one.row.article.name}）：{one.facts}"
    is_here = may_draft and one.door.rung in PAPER_OF_RUNG
    url = f"{reverse('draft_measure')}?before={before.pk}" if is_here else ""
    return OfferedRung(one.door.rung.label, words, url)


def laid_because_of(case: Case, user: User) -> list[AccountabilityMeasure]:
    """The measures that were drafted about a case, those of them that the person may see, the newest first."""
    if not case.measures_laid.all():
        return []
    visible = AccountabilityMeasure.objects.visible_to(user).filter(case=case)
    return list(visible.select_related("rung", "paper").defer("paper__html", "paper__facts"))
