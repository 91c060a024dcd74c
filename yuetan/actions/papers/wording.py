"""Keeping the standard paragraphs: every change is a new version, an old one comes back as a new one."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.hold_row import hold_whole
from yuetan.actions.room_step import RoomRows, RoomStep, may_by_role, room_step
from yuetan.documents.typesetting.typesetting import missing_characters, some_of
from yuetan.errors import Refused
from yuetan.models import Regulation, StandardParagraph, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text, variables
from yuetan.vocabulary import StandardSlot


def change_wording(slot: StandardSlot, *, by: User, text: str) -> StandardParagraph:
    """修改标准段落: papers issued from now on have it; those issued before keep their own.

    Raises NotYours for anybody but the director, Refused for a text that lacks or misspells a variable, that has a
    character the type cannot print, or that is the one in force. Effects: a new version of the paragraph; one line of
    the log.
    """
    return _write_version(slot, official_text.normalise_text(text).strip(), KEEPING, by)


def restore_wording(old: StandardParagraph, *, by: User) -> StandardParagraph:
    """恢复标准段落: an earlier text holds again, as a new version.

    Raises NotYours for anybody but the director, Refused where that text is the one in force or could not be kept
    today. Effects as those of a change.
    """
    return _write_version(old.slot, old.text, RESTORING, by)


def _write_version(slot: StandardSlot, text: str, step: RoomStep[StandardSlot], by: User) -> StandardParagraph:
    with room_step(step, slot, by=by) as held:
        _refuse([*variables.problems(text, allowed=slot.variables, needed=slot.needed), *_missing_glyphs(text)])
        holding = StandardParagraph.objects.of(slot)[:1].get()
        if holding.text == text:
            _refuse([finding("wording_unchanged", "text")])
        kept = StandardParagraph.objects.create(
            kind=slot.kind,
            key=slot.key,
            version=holding.version + 1,
            text=text,
            kept_by=by,
            kept_by_title=by.title,
            kept_at=clock.now(),
        )
        held.facts["title"] = str(kept)
    return kept


def _missing_glyphs(text: str) -> Iterator[Finding]:
    missing = missing_characters(text)
    if missing:
        yield finding("character_without_glyph", "text", characters=some_of(missing))


def _refuse(findings: list[Finding]) -> None:
    if findings:
        law = Regulation.objects.in_force(clock.today())
        raise Refused(*(law.reason(finding) for finding in findings))


def _held_slot(slot: StandardSlot) -> StandardSlot:
    """Two at once would give two versions one number."""
    hold_whole(f"{slot.kind}/{slot.key}")
    return slot


SLOTS = RoomRows[StandardSlot](_held_slot, may_by_role, lambda slot: {})
KEEPING = RoomStep("keep_wording", SLOTS)
RESTORING = RoomStep("restore_wording", SLOTS, codename="keep_wording")
