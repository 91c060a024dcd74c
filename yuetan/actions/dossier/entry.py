"""实绩档案: what a leader enters for a year, confirmed by a head of the unit, read by the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from yuetan import permissions
from yuetan.actions.dossier.dossier_rows import CONFIRM_VERSION, ENTER, ENTRIES, POSTS, READ, entry_facts
from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import DossierEntry, DossierPaper, Post, User
from yuetan.models.dossier.entry import posts_of_year
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import needed_text_problems, personal_problems, reason_problems, text_problems


def enter_dossier(
    post: Post, *, by: User, year: int, main_work: str, difficulties: str, reason: str, report: Sequence[Offer]
) -> DossierEntry:
    """填写实绩材料 of who holds or held `post`, for a year: by themself, or by a head or liaison of the unit for them.

    A version that stands is never changed: what is entered again is the next version, with its reason. Raises NotYours
    for anybody else; Refused for a year ahead or in which the post was not held, and with what is missing. Effects: a
    head of the unit is asked to confirm it; a head who is the only one has confirmed it by entering it.
    """
    with room_step(ENTERING, post, by=by, report=report) as held:
        post, files, former = held.row, held.files["report"], _versions(post, year).first()
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
        held.keep("report", DossierPaper, entry=entry)
        held.facts |= entry_facts(entry)
        held.made = entry
        held.log()
        return _confirmed_or_asked(entry, by)


def confirm_dossier(entry: DossierEntry, *, by: User) -> DossierEntry:
    """确认 by a head of the unit, another than the leader where it has two.

    Raises NotYours, or Refused with the reason. Effect: the office sees it from now on, and is asked to read it.
    """
    with room_step(CONFIRMING, entry, by=by) as held:
        entry = held.row
        entry.confirmed_by, entry.confirmed_at = by, clock.now()
        entry.save()
        words = f"{entry.unit.full_name}确认了{entry}，请查阅。"
        send_alert(_office_readers(entry), key=f"dossier:{entry.pk}:confirmed", words=words)
    return entry


def return_dossier(entry: DossierEntry, *, by: User, reason: str) -> DossierEntry:
    """退回修改 by a head of the unit, with the reason. Raises NotYours, or Refused with what is missing.

    Effect: the leader, and who entered it, are asked for a new version.
    """
    with room_step(RETURNING, entry, by=by) as held:
        entry = held.row
        refuse_uncited(reason_problems(reason, "退回"))
        entry.returned_by, entry.returned_at, entry.return_reason = by, clock.now(), reason
        entry.save()
        held.facts["reason"] = reason
        people = {entry.person_id: entry.person, entry.entered_by_id: entry.entered_by}
        words = f"{by.name}退回了{entry}：{reason}请修改后提交新的版本。"
        send_alert([one for one in people.values() if one.pk != by.pk], key=f"dossier:{entry.pk}:returned", words=words)
    return entry


def read_dossier(entry: DossierEntry, *, by: User, note: str) -> DossierEntry:
    """查阅 by the office, once, with a remark if there is one.

    Raises NotYours (also 回避), Refused before it is confirmed. Effect: the leader learns of it.
    """
    with room_step(READING, entry, by=by) as held:
        entry = held.row
        entry.read_by, entry.read_at, entry.read_note = by, clock.now(), note
        entry.save()
        held.facts |= {"note": note} if note else {}
        words = f"办公室已查阅您的{entry.year}年度实绩材料{f'：{note}' if note else '。'}"
        send_alert([entry.person], key=f"dossier:{entry.pk}:read", words=words)
    return entry


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
        yield from needed_text_problems("dossier_incomplete", "main_work", needed["main_work"][0], main_work)
    yield from personal_problems(difficulties=("协调解决困难和问题情况", difficulties))
    if former is None:
        return
    if (former.main_work, former.difficulties) == (main_work, difficulties) and not files:
        yield finding("dossier_unchanged", "main_work", version=former.version)
    wanted = finding("dossier_correction_without_reason", "reason", version=former.version)
    yield from text_problems("reason", "更正说明", reason, wanted)


def _confirmed_or_asked(entry: DossierEntry, by: User) -> DossierEntry:
    """A head who is the only one has confirmed it by entering it; else the heads are asked to."""
    heads = list(_heads_who_confirm(entry))
    if entry.person_id == by.pk and [head.pk for head in heads] == [by.pk]:
        return confirm_dossier(entry, by=by)
    send_alert(heads, key=f"dossier:{entry.pk}", words=f"{by.name}提交了{entry}，请确认或者退回。")
    return entry


def _heads_who_confirm(entry: DossierEntry) -> list[User]:
    """The heads of the unit today who may log in; the leader themself only where there is no other."""
    heads = [post.holder for post in entry.unit.heads() if post.holder.username and post.holder.is_active]
    return [head for head in heads if head.pk != entry.person_id] or heads


def _office_readers(entry: DossierEntry) -> list[User]:
    """Who reads it for the office, without those whose own unit it is (回避)."""
    readers = User.objects.in_roles(*permissions.roles_with(READ))
    return [reader for reader in readers if not reader.is_recused_from(entry.unit_id)]


def _own_confirmation(entry: DossierEntry, by: User) -> Iterator[Finding]:
    if by.pk == entry.person_id and all(head.pk != by.pk for head in _heads_who_confirm(entry)):
        yield finding("dossier_own_confirmation", "", name=by.name)


def _confirmed_or_returned(entry: DossierEntry, *_by: User) -> Iterator[Finding]:
    if entry.confirmed_at is not None or entry.returned_at is not None:
        yield finding("dossier_decided", "", state="确认" if entry.confirmed_at else "退回")


def _superseded(entry: DossierEntry, *_by: User) -> Iterator[Finding]:
    last = entry.versions.first()
    if last is not None and last.version > entry.version:
        yield finding("dossier_superseded", "", name=entry.person.name, version=last.version)


def _not_to_read(entry: DossierEntry, *_by: User) -> Iterator[Finding]:
    if entry.confirmed_at is None:
        yield finding("dossier_not_confirmed")
    elif entry.read_by is not None and entry.read_at is not None:
        yield finding("dossier_read_already", "", name=entry.read_by.name, day=chinese_date(entry.read_at))


ENTERING = RoomStep(ENTER, POSTS)
CONFIRMING = RoomStep(CONFIRM_VERSION, ENTRIES, (_superseded, _confirmed_or_returned), (_own_confirmation,))
RETURNING = RoomStep("return_dossier", ENTRIES, (_superseded, _confirmed_or_returned), codename=CONFIRM_VERSION)
READING = RoomStep(READ, ENTRIES, (_superseded, _not_to_read))
