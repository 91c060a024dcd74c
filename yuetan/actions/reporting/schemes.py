"""设立、修改报送事项: a version is never edited; what is changed holds from a period on that has not begun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from yuetan.actions.reporting.periods import due_of, open_scheme, period_across
from yuetan.actions.reporting.scheme_rows import KEEP, SCHEMES
from yuetan.actions.room_step import NO_ROW, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import ReportPeriod, ReportScheme, SchemeVersion, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import FieldRow, description_problems, fields_described
from yuetan.rules.reporting.periods import Span
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date, short_datetime
from yuetan.rules.text.written_text import needed_text_problems, personal_problems, reason_problems
from yuetan.vocabulary import ReportingRhythm


@dataclass(frozen=True)
class Asked:
    """What a version asks, as somebody enters it."""

    source: str
    receiver: str
    kinds: Sequence[str]
    area: Unit | None
    named_units: Iterable[Unit]
    rhythm: str
    weekday: str
    due_days: int
    day_count: str
    due_time: time | None
    open_days: int
    first_day: date | None
    last_day: date | None
    fields: Sequence[FieldRow]


def create_scheme(*, by: User, title: str, asked: Asked) -> ReportScheme:
    """设立报送事项. Raises NotYours without the right; Refused with what is missing, for a first period already due.

    Effect: the periods that have begun by now are opened, and their units owe a report.
    """
    with room_step(CREATING, None, by=by) as held:
        refuse_uncited(missing_of("scheme_incomplete", {"title": ("名称", title), **_needed(asked)}))
        refuse_uncited([*_title_problems(title), *_asked_problems(asked)])
        scheme = _new_scheme(title.strip(), by)
        version = _version(scheme, asked, by, number=1, reason="")
        refuse_uncited([*_of_units(version), *_first_period_problems(version)])
        version.save()
        held.facts["scheme"], held.made = scheme.title, scheme
        held.log()
        open_scheme(scheme, clock.today())
    return scheme


def _new_scheme(title: str, by: User) -> ReportScheme:
    """The row of the scheme. Raises Refused where somebody else set up one of the title at the same moment."""
    facts = {"created_by": by, "created_at": clock.now()}
    scheme, is_new = ReportScheme.objects.get_or_create(title=title, defaults=facts)
    if not is_new:
        refuse_uncited([finding("scheme_title_taken", "title", title=title)])
    return scheme


def revise_scheme(scheme: ReportScheme, *, by: User, asked: Asked, reason: str, after: int) -> SchemeVersion:
    """修改报送事项 from a period on that has not begun; `after` is the version that was before the eyes.

    Raises NotYours without the right; Refused for a period that has begun, without a reason, for no change.
    """
    with room_step(REVISING, scheme, by=by) as held:
        scheme = held.row
        former = SchemeVersion.objects.select_related("entered_by", "scheme").get(pk=scheme.newest_version().pk)
        if former.version != after:
            words = {"name": former.entered_by.name, "version": former.version}
            refuse_uncited([finding("scheme_changed_meanwhile", "", **words)])
        refuse_uncited(missing_of("scheme_incomplete", _needed(asked)))
        refuse_uncited([*_asked_problems(asked), *reason_problems(reason, "修改")])
        version = _version(scheme, asked, by, number=former.version + 1, reason=reason)
        refuse_uncited([*_of_units(version), *_change_problems(version, former)])
        version.save()
        held.facts |= {"version": version.version, "reason": reason}
    return version


def ended_before(what: str) -> Callable[..., Iterator[Finding]]:
    """That a scheme has been ended, so that nothing of it changes any more."""

    def problems(scheme: ReportScheme, *_by: User) -> Iterator[Finding]:
        end = scheme.ended()
        if end is not None:
            words = {"name": end.ended_by.name, "from_day": chinese_date(end.from_day), "what": what}
            yield finding("scheme_ended", "", **words)

    return problems


def _needed(asked: Asked) -> dict[str, tuple[str, object]]:
    needed: dict[str, tuple[str, object]] = {
        "source": ("依据", asked.source),
        "kinds": ("报送单位", asked.kinds or list(asked.named_units)),
        "rhythm": ("周期", asked.rhythm),
        "first_day": ("首期", asked.first_day),
        "due_time": ("截止时间", asked.due_time),
    }
    if asked.rhythm == ReportingRhythm.ONCE:
        needed["last_day"] = ("末期", asked.last_day)
    return needed


def _title_problems(title: str) -> Iterator[Finding]:
    yield from needed_text_problems("scheme_incomplete", "title", "名称", title)
    if ReportScheme.objects.filter(title=title.strip()).exists():
        yield finding("scheme_title_taken", "title", title=title.strip())


def _asked_problems(asked: Asked) -> Iterator[Finding]:
    yield from personal_problems(source=("依据", asked.source), receiver=("报送对象", asked.receiver))
    yield from description_problems(asked.fields, clock.today().year)
    for unit in asked.named_units:
        if not Unit.objects.interviewed().in_use().filter(pk=unit.pk).exists():
            yield finding("scheme_unit_unfit", "named_units", unit=unit.full_name)
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        yield finding("scheme_ends_first", "last_day", first=chinese_date(asked.first_day))


def _version(scheme: ReportScheme, asked: Asked, by: User, *, number: int, reason: str) -> SchemeVersion:
    """The version with its first day moved to the beginning of the period in which it lies."""
    former = [field for version in scheme.versions.order_by("-version") for field in version.form_fields]
    fields = fields_described([replace(row, of=row.of if row.check else "") for row in asked.fields], former)
    plain = {name: getattr(asked, name) for name in ("source", "area", "rhythm", "weekday", "due_days", "day_count")}
    plain |= {"receiver": asked.receiver.strip()}
    plain |= {name: getattr(asked, name) for name in ("due_time", "open_days", "first_day", "last_day")}
    version = SchemeVersion(
        scheme=scheme,
        version=number,
        kinds=list(asked.kinds),
        named_units=sorted(unit.pk for unit in asked.named_units),
        fields=[field.as_json() for field in fields],
        reason=reason,
        entered_by=by,
        entered_at=clock.now(),
        **plain,
    )
    version.first_day = version.span_around(version.first_day).first
    return version


def _of_units(version: SchemeVersion) -> Iterator[Finding]:
    if not version.units().exists():
        yield finding("scheme_of_nobody", "kinds")


def _first_period_problems(version: SchemeVersion) -> Iterator[Finding]:
    span = version.span_around(version.first_day)
    due = due_of(version, span)
    if due is not None and due <= clock.now():
        yield finding("scheme_begins_past", "first_day", label=span.label, due=short_datetime(due))


def _change_problems(version: SchemeVersion, former: SchemeVersion) -> Iterator[Finding]:
    """A period keeps the version it began under, and versions hold one after the other."""
    if former.first_day >= version.first_day and former.first_day > clock.today():
        yield finding("scheme_version_later", "first_day", version=former.version, first=chinese_date(former.first_day))
    else:
        yield from _first_day_problems(version)
    if _asks_the_same(version, former):
        yield finding("scheme_unchanged", "", version=former.version)


def _first_day_problems(version: SchemeVersion) -> Iterator[Finding]:
    """That its first period is to come, and will open: none before it lasts so long that it never would."""
    today = clock.today()
    last = ReportPeriod.objects.filter(scheme=version.scheme_id).select_related("version__scheme").first()
    if last is not None and version.first_day <= max(last.first, today):
        yield _of_running(last.version, last.span, today)
        return
    versions = list(SchemeVersion.objects.filter(scheme=version.scheme_id).order_by("first_day"))
    across = period_across(versions, version, (last.version, last.span) if last else None)
    if across is not None:
        yield _of_running(*across, today)


def _of_running(version: SchemeVersion, span: Span, today: date) -> Finding:
    words = {"label": span.label, "version": version.version, "next": chinese_date(max(span.last, today))}
    if span.first <= today:
        return finding("scheme_period_begun", "first_day", **words)
    return finding("scheme_period_across", "first_day", **words)


def _asks_the_same(version: SchemeVersion, former: SchemeVersion) -> bool:
    names = (
        "source",
        "receiver",
        "kinds",
        "area_id",
        "named_units",
        "rhythm",
        "weekday",
        "due_days",
        "day_count",
        "due_time",
    )
    return all(getattr(version, name) == getattr(former, name) for name in (*names, "open_days", "last_day", "fields"))


CREATING = RoomStep("create_scheme", NO_ROW, codename=KEEP)
REVISING = RoomStep("revise_scheme", SCHEMES, (ended_before("修改"),), codename=KEEP)
