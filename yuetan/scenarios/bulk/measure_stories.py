"""Measures of a 责任制 told by the real actions."""

from __future__ import annotations

from collections.abc import Callable

from yuetan.actions.office.office import change_office_setting, decide_setting_change
from yuetan.models import AccountabilityMeasure, OfficeSetting, Regulation, SettingChange, User
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_text import canonical
from yuetan.scenarios import keywords, measure_drivers
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.measure_plans import is_listing
from yuetan.scenarios.bulk.people import UNIT_KEY
from yuetan.scenarios.bulk.story import Story
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import PleaOutcome, Verb

TEXT = "zhuzhou"
# None that a measure could be about.
DEPARTMENTS = "市公务员主管部门\n市表彰奖励主管部门"
BODY = "市纪检监察机关"


def carry_out_a_text() -> None:
    """The office carries out a 责任制, if it has chosen none: proposed by its director, confirmed by the leader."""
    setting, title = OfficeSetting.objects.get(key=CARRIED_OUT), Regulation.objects.get(key=TEXT).title
    if OfficeSetting.objects.words(CARRIED_OUT):
        return
    change_office_setting(setting, by=in_office("director"), value=title)
    change = SettingChange.objects.get(setting=setting, decided_at=None)
    decide_setting_change(change, by=in_office("group_leader"), agreed=True)


class MeasureStory(Story):
    """One 通报 or 挂牌督办."""

    root = AccountabilityMeasure

    def play(self) -> AccountabilityMeasure:
        """Take every step of a measure; raises Refused or NotYours where the plan is not lawful."""
        moments = self.moments()
        with clock.at(next(moments)[0]):
            words_of_it, author = self._words_of_measure(), self._drafter()
            measure = measure_drivers.begin(self.side.unit, by=author, text=self._kind(), **words_of_it)
        for moment, verb, _ in moments:
            with clock.at(moment):
                measure = self._take(verb, measure)
        return measure

    def _take(self, verb: str, measure: AccountabilityMeasure) -> AccountabilityMeasure:
        changed = CHANGED.get(verb, _nothing_changed)(self, measure)
        return measure_drivers.take(verb, measure, by=None, **changed)

    def _drafter(self) -> User:
        return in_office(self.lots.choice(("officer", "second_officer")))

    def _kind(self) -> Callable[..., dict[str, object]]:
        return measure_drivers.listed_supervision if is_listing(self.plan) else measure_drivers.circular

    def _words_of_measure(self) -> Keywords:
        demands = self.lots.sample(words.MEASURES, self.plan.measures)
        return {
            "matter": words.MATTER,
            "facts": words.facts(self.lots, words.MATTER),
            "demands": "\n".join(f"{each}。" for each in demands),
            "limit": self.day_in(self.plan.due_days),
        }


def _nothing_changed(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    return {}


def _report(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    return keywords.task_report(measure, text=story.lots.choice(words.REPORTS))


def _revoking(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    revoked = any(verb == Verb.REVOKE_MEASURE for verb, _ in story.plan.steps)
    return {"outcome": PleaOutcome.REVOKED, "grounds": "经核对台账，整治已按期启动。"} if revoked else {}


def _departments(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    return {"departments": DEPARTMENTS}


def _body(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    return {"organ": BODY}


def _body_decided(story: MeasureStory, measure: AccountabilityMeasure) -> Keywords:
    return {"outcome_organ": BODY}


CHANGED: dict[str, Callable[[MeasureStory, AccountabilityMeasure], Keywords]] = {
    Verb.ASK_CONSULTATION: _departments,
    Verb.PREPARE_REPORT: _report,
    Verb.RECORD_REFERRAL_OUTCOME: _body_decided,
    Verb.REFER_MEASURE: _body,
    Verb.DRAFT_PLEA_ANSWER: _revoking,
}


def decided_text(measure: AccountabilityMeasure) -> list[tuple[str, str]]:
    """The text that was decided on, after its digest; none before."""
    return [(measure.decided_sha256, bound_text(measure))] if measure.decided_sha256 else []


def bound_text(measure: AccountabilityMeasure) -> str:
    """What a digest of the measure is of, its unit still open."""
    texts, *others = measure.bound_content
    assert isinstance(texts, list)
    return canonical([[UNIT_KEY, *texts[1:]], *others])
