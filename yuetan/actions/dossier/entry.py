"""实绩档案: what a leader enters for a year, confirmed by a head of the unit, read by the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from yuetan import permissions
from yuetan.actions.files.attachment import ExaminedFile, Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import DossierEntry, DossierPaper, Post, User
from yuetan.models.dossier.entry import posts_of_year
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Party

READ = "read_dossier"


def enter_dossier(
    post: Post, *, by: User, year: int, main_work: str, difficulties: str, reason: str, report: Sequence[Offer]
) -> DossierEntry:
    """填写实绩材料 of who holds or held `post`, for a year: by themself, or by a head or liaison of the unit for them.

    A version that stands is never changed: what is entered again is the next version, with its reason. Raises NotYours
    for anybody else; Refused for a year ahead or in which the post was not held, and with what is missing. Effects: a
    head of the unit is asked to confirm it; a head who is the only one has confirmed it by entering it.
    """
    if not may_enter(post, by):
        raise NotYours("enter_dossier")
    files = examine_loose(report, "report")
    with kept_whole() as stored:
        User.objects.select_for_update(no_key=True).get(pk=post.holder_id)  # two at a time come one by one
        former = _versions(post, year).first()
        refuse_uncited([*_year_problems(post, year)])
        refuse_uncited([*_text_problems(former, main_work, difficulties, reason, files)])
        entry = DossierEntry.objects.create(
            person=post.holder,
            unit=post.unit,
            title=post.full_title,
            year=year,
            version=former.version + 1 if former else 1,
            main_work=main_work,
            difficulties=difficulties,
            reason=reason if former else "",
            entered_by=by,
            entered_at=clock.now(),
        )
        for file in files:
            file.store(DossierPaper(entry=entry, uploaded_by=by, uploaded_at=clock.now()), stored)
        log_event("enter_dossier", by, **_entry_facts(entry))
        _ask_for_confirmation(entry, by)
    return entry


@transaction.atomic
def confirm_dossier(entry: DossierEntry, *, by: User) -> DossierEntry:
    """确认 by a head of the unit, another than the leader where it has two.

    Raises NotYours, or Refused with the reason. Effect: the office sees it from now on, and is asked to read it.
    """
    entry = _to_confirm(entry, by)
    refuse_uncited(_confirmation_problems(entry, by))
    _confirm(entry, by)
    return entry


@transaction.atomic
def return_dossier(entry: DossierEntry, *, by: User, reason: str) -> DossierEntry:
    """退回修改 by a head of the unit, with the reason. Raises NotYours, or Refused with what is missing.

    Effect: the leader, and who entered it, are asked for a new version.
    """
    entry = _to_confirm(entry, by)
    refuse_uncited([*_open_problems(entry)])
    refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="退回")))
    entry.returned_by, entry.returned_at, entry.return_reason = by, clock.now(), reason
    entry.save()
    log_event("return_dossier", by, **_entry_facts(entry), reason=reason)
    people = {entry.person_id: entry.person, entry.entered_by_id: entry.entered_by}
    words = f"{by.name}退回了{entry}：{reason}请修改后提交新的版本。"
    send_alert([one for one in people.values() if one.pk != by.pk], key=f"dossier:{entry.pk}:returned", words=words)
    return entry


@transaction.atomic
def read_dossier(entry: DossierEntry, *, by: User, note: str) -> DossierEntry:
    """查阅 by the office, once, with a remark if there is one.

    Raises NotYours (also 回避), Refused before it is confirmed. Effect: the leader learns of it.
    """
    require_right(by, READ)
    if by.is_recused_from(entry.unit_id):
        raise NotYours(READ)
    entry = _refetched(entry)
    refuse_uncited([*_superseded(entry), *_reading_problems(entry)])
    entry.read_by, entry.read_at, entry.read_note = by, clock.now(), note
    entry.save()
    log_event("read_dossier", by, **_entry_facts(entry), **({"note": note} if note else {}))
    words = f"办公室已查阅您的{entry.year}年度实绩材料{f'：{note}' if note else '。'}"
    send_alert([entry.person], key=f"dossier:{entry.pk}:read", words=words)
    return entry


def may_enter(post: Post, by: User) -> bool:
    """The leader, though they hold the post no longer, and who answers for the unit or is its liaison today."""
    return post.holder_id == by.pk or any(own.party for own in by.posts_in(post.unit_id))


def may_confirm(entry: DossierEntry, by: User) -> bool:
    """Whether the person heads the unit, so that confirming and sending back are theirs."""
    return by.is_active and any(own.party == Party.UNIT_HEAD for own in by.posts_in(entry.unit_id))


def reasons_against_confirming(entry: DossierEntry, by: User) -> list[str]:
    """Why this head cannot confirm it now, for a page."""
    return [each.sentence_with_article() for each in _confirmation_problems(entry, by)]


def _versions(post: Post, year: int) -> QuerySet[DossierEntry]:
    return DossierEntry.objects.filter(person=post.holder_id, unit=post.unit_id, year=year).order_by("-version")


def _year_problems(post: Post, year: int) -> Iterator[Finding]:
    this_year = clock.today().year
    if year > this_year:
        yield finding("dossier_year_ahead", "", year=year, this_year=this_year)
    elif not posts_of_year(year).filter(holder=post.holder_id, unit=post.unit_id).exists():
        words = {"name": post.holder.name, "unit": post.unit.full_name}
        yield finding("dossier_post_not_held", "", year=year, **words)


def _text_problems(
    former: DossierEntry | None, main_work: str, difficulties: str, reason: str, files: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    has_report = bool(files) or (former is not None and DossierPaper.objects.reports_of(former).exists())
    needed = {
        "main_work": ("主要工作情况及成效", main_work),
        "difficulties": ("协调解决困难和问题情况", difficulties),
        "report": ("述职报告", has_report),
    }
    yield from missing_of("dossier_incomplete", needed)
    if main_work.strip():
        yield from require_words(main_work, finding("dossier_incomplete", "main_work", missing="主要工作情况及成效"))
    if former is None:
        return
    if (former.main_work, former.difficulties) == (main_work, difficulties) and not files:
        yield finding("dossier_unchanged", "main_work", version=former.version)
    wanted = finding("dossier_correction_without_reason", "reason", version=former.version)
    yield from require_words(reason, wanted)


def _entry_facts(entry: DossierEntry) -> dict[str, object]:
    return {"name": entry.person.name, "unit": entry.unit.name, "year": entry.year, "version": entry.version}


def _ask_for_confirmation(entry: DossierEntry, by: User) -> None:
    heads = list(_heads_who_confirm(entry))
    if entry.person_id == by.pk and [head.pk for head in heads] == [by.pk]:
        _confirm(entry, by)
        return
    send_alert(heads, key=f"dossier:{entry.pk}", words=f"{by.name}提交了{entry}，请确认或者退回。")


def _heads_who_confirm(entry: DossierEntry) -> list[User]:
    """The heads of the unit today who may log in; the leader themself only where there is no other."""
    heads = [post.holder for post in entry.unit.heads() if post.holder.username and post.holder.is_active]
    return [head for head in heads if head.pk != entry.person_id] or heads


def _confirm(entry: DossierEntry, by: User) -> None:
    entry.confirmed_by, entry.confirmed_at = by, clock.now()
    entry.save()
    log_event("confirm_dossier", by, **_entry_facts(entry))
    words = f"{entry.unit.full_name}确认了{entry}，请查阅。"
    send_alert(_office_readers(entry), key=f"dossier:{entry.pk}:confirmed", words=words)


def _office_readers(entry: DossierEntry) -> list[User]:
    """Who reads it for the office, without those whose own unit it is (回避)."""
    readers = User.objects.in_roles(*permissions.roles_with(READ))
    return [reader for reader in readers if not reader.is_recused_from(entry.unit_id)]


def _refetched(entry: DossierEntry) -> DossierEntry:
    related = DossierEntry.objects.select_related("person", "unit__parent", "entered_by", "read_by")
    return related.select_for_update(of=("self",)).get(pk=entry.pk)


def _to_confirm(entry: DossierEntry, by: User) -> DossierEntry:
    if not may_confirm(entry, by):
        raise NotYours("confirm_dossier")
    return _refetched(entry)


def _confirmation_problems(entry: DossierEntry, by: User) -> list[Finding]:
    own = by.pk == entry.person_id and all(head.pk != by.pk for head in _heads_who_confirm(entry))
    words = finding("dossier_own_confirmation", "", name=by.name)
    return [*_open_problems(entry), *([words] if own else [])]


def _open_problems(entry: DossierEntry) -> Iterator[Finding]:
    yield from _superseded(entry)
    if entry.confirmed_at is not None or entry.returned_at is not None:
        yield finding("dossier_decided", "", state="确认" if entry.confirmed_at else "退回")


def _superseded(entry: DossierEntry) -> Iterator[Finding]:
    last = entry.versions.first()
    if last is not None and last.version > entry.version:
        yield finding("dossier_superseded", "", name=entry.person.name, version=last.version)


def _reading_problems(entry: DossierEntry) -> Iterator[Finding]:
    if entry.confirmed_at is None:
        yield finding("dossier_not_confirmed")
    elif entry.read_by is not None and entry.read_at is not None:
        yield finding("dossier_read_already", "", name=entry.read_by.name, day=chinese_date(entry.read_at))
