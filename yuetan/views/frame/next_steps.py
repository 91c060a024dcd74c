"""What may follow about a unit whose facts stand on a page: 催报, 提醒函, 通报, 约谈建议, each one click away."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from yuetan import permissions
from yuetan.models import Unit, User
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.reporting.pressed import CHASE
from yuetan.views.frame.navigation import openable_pages
from yuetan.vocabulary import UnitKind, Verb


@dataclass(frozen=True)
class NextSteps:
    """Where each of them is begun; empty for what is not this person's, or not for this unit."""

    unit: Unit
    chase_url: str = ""
    letter_url: str = ""
    circular_url: str = ""
    proposal_url: str = ""

    def __bool__(self) -> bool:
        return bool(self.chase_url or self.links)

    @property
    def links(self) -> list[tuple[str, str]]:
        """All but 催报, which is a button: the words of each, and where it is begun."""
        each = (("起草提醒函", self.letter_url), ("起草通报", self.circular_url), ("提出约谈建议", self.proposal_url))
        return [(words, url) for words, url in each if url]


class NextStepsOf:
    """What one person may begin, asked once for many units; a 提醒函 to a 成员单位, and where the facts may be of a
    named problem to the unit that leads on it, of whatever kind."""

    def __init__(self, user: User, *, may_lead: bool = False) -> None:
        self.may_lead = may_lead
        self.own = set(user.interviewed_units)
        self.may_chase, self.may_remind, self.may_propose, drafts = (
            user.has_perm(permissions.name(each)) for each in (CHASE, Verb.DRAFT_LETTER, Verb.DRAFT, Verb.DRAFT_MEASURE)
        )
        self.may_circulate = drafts and openable_pages(user)["measure_list"]  # while the office carries out a 责任制

    def about(self, unit: Unit, asked: str, chase_url: str = "") -> NextSteps:
        """What may follow about a unit, none of one from which they keep away (回避) or that has ended; `asked` is what
        of the address asks for the facts."""
        if unit.pk in self.own or unit.retired_on is not None:
            return NextSteps(unit)
        query = f"?unit={unit.pk}&{asked}"
        return NextSteps(
            unit,
            chase_url=chase_url if self.may_chase else "",
            letter_url=reverse("draft_letter") + query if self._may_write_to(unit) else "",
            circular_url=reverse("draft_measure") + query if self.may_circulate else "",
            proposal_url=reverse("propose") + query if self.may_propose else "",
        )

    def _may_write_to(self, unit: Unit) -> bool:
        return self.may_remind and (self.may_lead or unit.kind == UnitKind.MEMBER_UNIT)


def offered_next(offer: OfferedFacts | None, steps: NextSteps) -> dict[str, object]:
    """For components/offer.html: the facts with what may be begun on them; nothing where nothing may."""
    return {"offer": offer, "next_steps": steps} if offer and steps else {}
