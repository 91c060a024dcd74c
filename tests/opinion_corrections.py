"""What tests of a corrected 督导意见书 begin with: what stands, something said otherwise; a draft, and it issued."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from tests import cast
from tests.factories import pdf
from tests.rounds import there
from yuetan.actions.rounds.conclusion import Concluded
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    digest_of_correction,
    digest_to_correct,
    reissue_round_opinion,
)
from yuetan.actions.rounds.opinion_correction_problems import CorrectedOpinion, ForgottenFinding
from yuetan.models import Document, OpinionCorrection, RoundFinding, RoundVisit

REASON = "漏列一项问题"
BETTER = "农贸市场整治责任没有落实，三处占道经营没有清理。"
FORGOTTEN = "农贸市场三处占道经营没有清理"
AGREED = ("conclusion", "demands", "discussion", "concluded_on", "people")


def forgotten(**changed: Any) -> ForgottenFinding:
    """A problem that is missing."""
    usual: dict[str, Any] = {"seen_on": there().date(), "place": "", "words": FORGOTTEN, "is_problem": True}
    return ForgottenFinding(**usual | changed)


def standing(visit: RoundVisit, **changed: Any) -> CorrectedOpinion:
    """Everything as it stands; by keyword what is said otherwise."""
    usual: dict[str, Any] = {
        "conclusion": visit.conclusion,
        "demands": visit.demands,
        "discussion": visit.discussion,
        "concluded_on": visit.concluded_on,
        "people": [cast.person(name) for name in ("officer", "director", "supervisor")],
    }
    agreed = Concluded(**usual | {name: changed.pop(name) for name in AGREED if name in changed})
    worded = {one.number: one.words for one in RoundFinding.objects.standing_of(visit)} | changed.pop("worded", {})
    return CorrectedOpinion(
        worded=worded, forgotten=changed.pop("forgotten", []), agreed=agreed, **witnesses(**changed)
    )


def witnesses(**changed: Any) -> dict[str, Any]:
    """Who was there."""
    return {"witnesses": [cast.person(name) for name in ("officer", "supervisor")]} | changed


def afterwards() -> datetime:
    """A minute later with each correction: in life no two are issued at one moment."""
    return there() + timedelta(minutes=1 + OpinionCorrection.objects.count())


def corrected_draft(visit: RoundVisit, *, by: str = "officer", **changed: Any) -> OpinionCorrection:
    """A correction that the officer drafted, of the conclusion unless something else is said otherwise."""
    with time_machine.travel(afterwards(), tick=False):
        visit = RoundVisit.objects.with_relations().get(pk=visit.pk)
        keywords = {
            "reason": changed.pop("reason", REASON),
            "scan": changed.pop("scan", [pdf("更正签名页.pdf")]),
            "seen": changed.pop("seen", None) or digest_to_correct(visit),
        }
        corrected = standing(visit, **changed or {"conclusion": BETTER})
        return correct_round_opinion(visit, by=cast.person(by), corrected=corrected, **keywords)


def reissued(visit: RoundVisit, *, by: str = "director", seen: str = "") -> Document:
    """The draft under way, issued by the director."""
    with time_machine.travel(afterwards(), tick=False):
        visit = RoundVisit.objects.with_relations().get(pk=visit.pk)
        return reissue_round_opinion(visit, by=cast.person(by), seen=seen or digest_of_correction(visit))
