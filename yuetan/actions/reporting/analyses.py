"""分析报告 of a period: drafted from 汇总, endorsed by another, issued as a numbered paper, or withdrawn before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypedDict, Unpack

from django.utils import timezone

from yuetan.actions.reporting.analysis_rows import (
    ANALYSES,
    DRAFT,
    ENDORSE,
    ISSUED_ANALYSES,
    NEW_ANALYSES,
    who_issues,
)
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.documents.content.report_analysis import figures_of
from yuetan.documents.issue import issue_of_analysis
from yuetan.models import Document, OfficeSetting, ReportAnalysis, ReportPeriod, Unit, User
from yuetan.models.ladder.referral_requirements import UPPER
from yuetan.models.reporting.analysis import ISSUE
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.analysis_figures import AnalysisFigures
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.handling import Handling
from yuetan.rules.text.official_text import joined, names_in, short_datetime
from yuetan.rules.text.written_text import personal_problems, reason_problems
from yuetan.vocabulary import AnalysisState

REVISE, RETURN = "revise_report_analysis", "return_report_analysis"
LABELS = {"situation": "总体情况", "problems": "存在的问题", "proposals": "下一步工作", "reason": "更正说明"}
ADDRESSEE, COPIED_TO = "half_year_addressee", "half_year_copied_to"
RECIPIENTS = {"addressee": "主送", "copied_to": "抄送"}


class Recipients(TypedDict, total=False):
    """Whom it is sent to, the leading group where nobody is named; organs that are ticked get a copy, and others."""

    addressee: str
    copied_lists: Sequence[str]
    copied_to: str


class AnalysisText(Recipients):
    """What the office writes of a period; `reason` says why there is a further edition."""

    situation: str
    problems: str
    proposals: str
    reason: str


def draft_analysis(
    period: ReportPeriod, *, by: User, under: Unit | None = None, **text: Unpack[AnalysisText]
) -> ReportAnalysis:
    """起草分析报告 of a period, of all units or of those below one; it may be drafted before all is known.

    Raises NotYours (also 回避); Refused for a period without a limit or before it, while another one is under way, and
    for a further edition without a reason.
    """
    with room_step(DRAFTING, ReportAnalysis(period=period, under=under), by=by) as held:
        analysis = held.row
        _set_texts(analysis, text)
        analysis.drafted_by, analysis.drafted_at = by, clock.now()
        former = analysis.former()
        analysis.edition = former.edition + 1 if former else 1
        refuse_uncited(_unexplained(analysis, former))
        refuse_uncited(_wording_problems(analysis))
        analysis.save()
    return analysis


def revise_analysis(analysis: ReportAnalysis, *, by: User, seen: str, **text: Unpack[AnalysisText]) -> ReportAnalysis:
    """修改分析报告 while it is a draft; `seen` is what it was written over.

    Raises NotYours (also 回避), Refused once it is no draft, and for what another wrote meanwhile.
    """
    with room_step(REVISING, analysis, by=by) as held:
        analysis = held.row
        verbs = (DRAFT, REVISE, RETURN)
        require_as_seen(seen, wording_shown(analysis), "分析报告的拟稿", verbs, analysis=analysis.title)
        _set_texts(analysis, text)
        refuse_uncited(_wording_problems(analysis))
        analysis.save()
    return analysis


def _set_texts(analysis: ReportAnalysis, text: AnalysisText) -> None:
    for name, words in _row_of(text).items():
        setattr(analysis, name, words)


def _row_of(text: AnalysisText) -> dict[str, str]:
    """The text as the row keeps it: whom it is copied to in one line, one after the other."""
    copied = Handling(copied_lists=text.get("copied_lists", ()), copied_to=text.get("copied_to", "")).copied_units
    texts = {name: text[name] for name in LABELS}  # type: ignore[literal-required] # keys of what is handed in
    return texts | {"addressee": text.get("addressee", "").strip(), "copied_to": joined(copied)}


def begun_analysis(period: ReportPeriod, under: Unit | None) -> ReportAnalysis:
    """An analysis before anybody wrote: 半年报告 of all units goes to whom the office has set (办公室设定), with a copy
    to the office of the upper leading group; another of all units to whom its scheme names (报送对象)."""
    analysis = ReportAnalysis(period=period, under=under)
    if under is not None:
        return analysis
    analysis.addressee = period.version.receiver
    if analysis.is_half_yearly:
        analysis.addressee, copied, upper = map(OfficeSetting.objects.words, (ADDRESSEE, COPIED_TO, UPPER))
        analysis.copied_to = joined([*names_in(copied), *([f"{upper}办公室"] if upper else [])])
    return analysis


def wording_shown(analysis: ReportAnalysis) -> str:
    """The digest of what the office wrote, as it stands."""
    return digest_of_words([getattr(analysis, name) for name in (*LABELS, *RECIPIENTS)])


def endorse_analysis(analysis: ReportAnalysis, *, by: User, seen: str) -> ReportAnalysis:
    """核稿 by another than who drafted it; `seen` is the digest of what was looked at.

    Raises NotYours (also 回避); Refused for the drafter, where a part is missing, when it changed meanwhile. Effect:
    who may issue it is alerted.
    """
    with room_step(ENDORSING, analysis, by=by) as held:
        analysis = held.row
        _require_seen(analysis, figures_of(analysis), seen)
        analysis.endorsed_by, analysis.endorsed_at = by, clock.now()
        analysis.save()
        key = f"analysis:{analysis.pk}:endorsed:{analysis.endorsed_at:%s}"
        people = [one for one in who_issues(analysis) if one.pk != by.pk]
        send_alert(people, key=key, words=f"{analysis}已核稿，请印发。")
    return analysis


def return_analysis(analysis: ReportAnalysis, *, by: User, reason: str) -> ReportAnalysis:
    """退回分析报告 to its drafter, also after it was endorsed. Raises NotYours (also 回避), Refused without a reason.

    Effect: the drafter is alerted.
    """
    with room_step(RETURNING, analysis, by=by) as held:
        analysis = held.row
        refuse_uncited(reason_problems(reason, "退回"))
        analysis.endorsed_by, analysis.endorsed_at = None, None
        analysis.returned_by, analysis.returned_at, analysis.return_reason = by, clock.now(), reason
        analysis.save()
        held.facts["reason"] = reason
        words = f"{by.name}退回了{analysis}：{reason}请修改。"
        people = [] if analysis.drafted_by_id == by.pk else [analysis.drafted_by]
        send_alert(people, key=f"analysis:{analysis.pk}:returned:{analysis.returned_at:%s}", words=words)
    return analysis


def issue_analysis(analysis: ReportAnalysis, *, by: User, seen: str) -> Document:
    """印发分析报告 with the figures of this moment, which are frozen; `seen` is the digest of what was looked at.

    Of a unit in which each director holds a post the leading group issues it (办公室设定). Raises NotYours (also 回避);
    Refused before it was endorsed, and for figures that changed meanwhile. Effects: a numbered paper, which replaces
    that of the former edition.
    """
    with room_step(ISSUING, analysis, by=by) as held:
        analysis = held.row
        figures, former = figures_of(analysis), analysis.former()
        _require_seen(analysis, figures, seen)
        analysis.issued_by, analysis.issued_at, analysis.figures = by, clock.now(), figures.as_json()
        analysis.save()
        document = issue_of_analysis(analysis, figures, by=by, replaces=former.document if former else None)
        held.facts["document"] = document.number
    return document


def withdraw_analysis(analysis: ReportAnalysis, *, by: User, reason: str) -> ReportAnalysis:
    """撤销分析报告 that is not issued; it stays to be read. Raises NotYours (also 回避), Refused without a reason."""
    with room_step(WITHDRAWING, analysis, by=by) as held:
        analysis = held.row
        refuse_uncited(reason_problems(reason, "撤销"))
        analysis.withdrawn_by, analysis.withdrawn_at, analysis.withdrawal_reason = by, clock.now(), reason
        analysis.save()
        held.facts["reason"] = reason
    return analysis


def digest_of_analysis(analysis: ReportAnalysis, figures: AnalysisFigures) -> str:
    """The SHA-256 of what the paper will be made of."""
    words = [analysis.title, *(getattr(analysis, name) for name in (*LABELS, *RECIPIENTS)), figures.as_json()]
    return digest_of_words(words)


def _not_past(analysis: ReportAnalysis, *_by: User) -> Iterator[Finding]:
    """That its period has no limit, or that this has not passed yet."""
    period = analysis.period
    if period.due_at is None:
        yield finding("analysis_of_no_period", "", title=period.scheme.title)
    elif not period.is_past:
        due = short_datetime(timezone.localtime(period.due_at))
        yield finding("analysis_early", "", label=period.label, due=due, what="起草")


def _another_open(analysis: ReportAnalysis, *_by: User) -> Iterator[Finding]:
    """That another one is neither issued nor withdrawn."""
    same = ReportAnalysis.objects.filter(period=analysis.period_id, under=analysis.under_id)
    for other in same.filter(issued_at=None, withdrawn_at=None).with_relations():
        words = {"title": other.title, "name": other.drafted_by.name, "state": other.state.label}
        yield finding("analysis_known", "", **words)


def _unexplained(analysis: ReportAnalysis, former: ReportAnalysis | None) -> Iterator[Finding]:
    if former is not None and not analysis.reason.strip():
        number = former.document.number
        yield finding("analysis_issued_before", "reason", title=analysis.title, number=number)


def _wording_problems(analysis: ReportAnalysis) -> Iterator[Finding]:
    if analysis.edition == 1:
        analysis.reason = ""
    elif not analysis.reason.strip():
        yield finding("reason_missing", "reason", what="更正")
    for name, label in LABELS.items():
        words = getattr(analysis, name)
        if words.strip():
            yield from require_words(words, finding("analysis_incomplete", name, missing=label))
        yield from personal_problems(**{name: (label, words)})
    yield from personal_problems(**{name: (label, getattr(analysis, name)) for name, label in RECIPIENTS.items()})


def _no_draft(what: str) -> Callable[..., Iterator[Finding]]:
    """That it is no draft any more."""

    def problems(analysis: ReportAnalysis, *_by: User) -> Iterator[Finding]:
        if analysis.state != AnalysisState.DRAFTED:
            yield finding("analysis_not_drafted", "", state=analysis.state.label, what=what)

    return problems


def _over(what: str) -> Callable[..., Iterator[Finding]]:
    """That it was issued or withdrawn."""

    def problems(analysis: ReportAnalysis, *_by: User) -> Iterator[Finding]:
        if analysis.state in (AnalysisState.ISSUED, AnalysisState.WITHDRAWN):
            yield finding("analysis_settled", "", state=analysis.state.label, what=what)

    return problems


def _drafted_by_oneself(analysis: ReportAnalysis, by: User) -> Iterator[Finding]:
    if by.pk == analysis.drafted_by_id:
        yield finding("analysis_by_drafter", "", name=by.name)


def _parts_missing(analysis: ReportAnalysis, *_by: User) -> list[Finding]:
    texts = {name: (LABELS[name], getattr(analysis, name)) for name in ("situation", "problems", "proposals")}
    return missing_of("analysis_incomplete", texts)


def _not_endorsed(analysis: ReportAnalysis, *_by: User) -> Iterator[Finding]:
    if analysis.state != AnalysisState.ENDORSED:
        yield finding("analysis_not_endorsed", "", state=analysis.state.label)


def _require_seen(analysis: ReportAnalysis, figures: AnalysisFigures, seen: str) -> None:
    if seen != digest_of_analysis(analysis, figures):
        refuse_uncited([finding("analysis_not_as_shown")])


DRAFTING = RoomStep(DRAFT, NEW_ANALYSES, (_not_past,), (_another_open,))
REVISING = RoomStep(REVISE, ANALYSES, (_no_draft("修改"),), codename=DRAFT)
ENDORSING = RoomStep(ENDORSE, ANALYSES, (_no_draft("核稿"), _drafted_by_oneself), (_parts_missing,))
RETURNING = RoomStep(RETURN, ANALYSES, (_over("退回"),), codename=ENDORSE)
ISSUING = RoomStep(ISSUE, ISSUED_ANALYSES, (_not_endorsed,))
WITHDRAWING = RoomStep("withdraw_report_analysis", ANALYSES, (_over("撤销"),), codename=DRAFT)
