"""设立考核、修改方案: a version is never edited, and none is added once the sheets were sent to the units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from yuetan.actions.assessment.assessment_rows import ASSESSMENTS, KEEP, presented_words
from yuetan.actions.room_step import NO_ROW, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Assessment, AssessmentScheme, AssessmentScore, User
from yuetan.rules.assessment.scheme import Group, Indicator, scheme_problems
from yuetan.rules.dates import clock
from yuetan.rules.kept_keys import kept_keys
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.written_text import personal_problems, reason_problems

PLAIN = ("first_day", "last_day", "excellent_from", "qualified_from")


@dataclass(frozen=True)
class Planned:
    """A scheme as somebody enters it; the keys of groups and indicators are given here."""

    source: str
    first_day: date | None
    last_day: date | None
    groups: Sequence[Group]
    indicators: Sequence[Indicator]
    excellent_from: Decimal | None
    qualified_from: Decimal | None


def create_assessment(*, by: User, year: int | None, planned: Planned) -> Assessment:
    """设立年度考核 with the first version of its scheme.

    Raises NotYours without the right; Refused with what is missing, for a year that has its assessment, for an
    indicator without source, points that do not add up to 100, a group without units.
    """
    with room_step(SETTING_UP, None, by=by) as held:
        missing = missing_of("assessment_scheme_incomplete", {"year": ("年度", year), **_needed(planned)})
        refuse_uncited([*missing, *(_year_problems(year) if year is not None else ())])
        assert year is not None
        assessment = _new_assessment(year, by)
        _add_version(assessment, planned, by, number=1, reason="")
        held.facts["assessment"], held.made = str(assessment), assessment
    return assessment


def _new_assessment(year: int, by: User) -> Assessment:
    """The row of the year. Raises Refused where somebody else set it up at the same moment."""
    facts = {"created_by": by, "created_at": clock.now()}
    assessment, is_new = Assessment.objects.get_or_create(year=year, defaults=facts)
    if not is_new:
        refuse_uncited([finding("assessment_year_known", "year", year=year)])
    return assessment


def revise_assessment_scheme(
    assessment: Assessment, *, by: User, planned: Planned, reason: str, after: int
) -> AssessmentScheme:
    """修改考核方案 as a new version with its reason; `after` is the version that was before the eyes.

    Raises NotYours; Refused once the sheets were sent to the units, without a reason, for no change, for an indicator
    that has been scored, and for all that a first version is refused for.
    """
    with room_step(REVISING, assessment, by=by) as held:
        assessment, former = held.row, held.row.newest_scheme()
        if former.version != after:
            words = {"name": former.entered_by.name, "version": former.version}
            refuse_uncited([finding("assessment_changed_meanwhile", "", **words)])
        refuse_uncited(missing_of("assessment_scheme_incomplete", _needed(planned)))
        refuse_uncited(reason_problems(reason, "修改"))
        version = _add_version(assessment, planned, by, number=former.version + 1, reason=reason, former=former)
        held.facts |= {"version": version.version, "reason": reason}
    return version


def _scheme_settled(assessment: Assessment, *_by: User) -> Iterator[Finding]:
    if sent := presented_words(assessment):
        yield finding("assessment_scheme_settled", "", **sent)


def _needed(planned: Planned) -> dict[str, tuple[str, object]]:
    return {
        "source": ("依据", planned.source),
        "first_day": ("统计起始日", planned.first_day),
        "last_day": ("统计截止日", planned.last_day),
        "groups": ("组别", planned.groups),
        "indicators": ("指标", planned.indicators),
        "excellent_from": ("优秀的最低得分", planned.excellent_from),
        "qualified_from": ("合格的最低得分", planned.qualified_from),
    }


def _year_problems(year: int) -> Iterator[Finding]:
    this = clock.today().year
    if not this - 1 <= year <= this + 1:
        yield finding("assessment_year_unfit", "year", first=this - 1, last=this + 1)
    if Assessment.objects.filter(year=year).exists():
        yield finding("assessment_year_known", "year", year=year)


def _add_version(
    assessment: Assessment,
    planned: Planned,
    by: User,
    *,
    number: int,
    reason: str,
    former: AssessmentScheme | None = None,
) -> AssessmentScheme:
    """Check and keep a version. Raises Refused with what is amiss."""
    plain: dict[str, Any] = {name: getattr(planned, name) for name in PLAIN}
    version = AssessmentScheme(
        assessment=assessment,
        version=number,
        source=planned.source.strip(),
        groups=[replace(one, key=f"g{place}").as_json() for place, one in enumerate(planned.groups, start=1)],
        indicators=[one.as_json() for one in _with_keys(planned.indicators, assessment)],
        reason=reason,
        entered_by=by,
        entered_at=clock.now(),
        **plain,
    )
    refuse_uncited([*_version_problems(version), *(_change_problems(version, former) if former else [])])
    version.save()
    return version


def _with_keys(indicators: Sequence[Indicator], assessment: Assessment) -> list[Indicator]:
    """Each with the key that an indicator of its name has or had in any version, or with one that none ever had."""
    known = [one for version in assessment.schemes.order_by("-version") for one in version.indicator_list]
    keys = kept_keys([(one.name, one.key) for one in known], [one.name for one in indicators], "i")
    return [replace(one, key=keys[one.name]) for one in indicators]


def _version_problems(version: AssessmentScheme) -> Iterator[Finding]:
    year = version.assessment.year
    if version.first_day.year != year or version.last_day.year != year or version.last_day < version.first_day:
        yield finding("assessment_days", "last_day")
    if version.excellent_from <= version.qualified_from:
        yield finding("assessment_grades", "excellent_from")
    yield from personal_problems(source=("依据", version.source))
    yield from scheme_problems(version.group_list, version.indicator_list, clock.today().year)
    for group in version.group_list:
        if (group.kind or group.units) and not version.units_of(group).exists():
            yield finding("assessment_group_empty", "groups", group=group.name)


def _change_problems(version: AssessmentScheme, former: AssessmentScheme) -> Iterator[Finding]:
    scored = set(
        AssessmentScore.objects.in_force().filter(assessment=version.assessment).values_list("indicator", flat=True)
    )
    now = {one.key: one for one in version.indicator_list}
    for one in former.indicator_list:
        kept = now.get(one.key)
        if one.key in scored and (kept is None or kept.is_counted or kept.most != one.most or kept.group != one.group):
            yield finding("assessment_scheme_scored", "indicators", name=one.name)
    names = ("source", "groups", "indicators", *PLAIN)
    if all(getattr(version, name) == getattr(former, name) for name in names):
        yield finding("assessment_unchanged", "", version=former.version)


SETTING_UP = RoomStep("create_assessment", NO_ROW, codename=KEEP)
REVISING = RoomStep("revise_assessment_scheme", ASSESSMENTS, (_scheme_settled,), codename=KEEP)
