"""Whole histories of cases: whatever a case is brought to, it is brought to by real actions of the right people.

case_in(CaseState.NOTIFIED)              a case in a state; its last step is taken now
case_after(Verb.SEND_MINUTES)            … after a step of the usual history (its last occurrence)
take(Verb.ENDORSE, case, opinion="……")   one more step, as the right person, keywords changed at will
keywords(Verb.SERVE_NOTICE, case)        what that step would be called with, to be bent by a test
with later(days=4): …                    go on in time
letter_in(LetterState.ISSUED)            a 提醒函

Histories take `unit=` (one whose head and liaison are of the cast) and, by verb, changed keywords:
`case_in(CaseState.NOTIFIED, serve_notice={"place": "一号楼"})`, `case_in(CaseState.DRAFTED, draft={"facts": ""})`. With
`register_decision={…}` the approval was given on paper, registered by the director and checked by the officer.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image
from pypdf import PdfWriter

from tests.cast import MEMBER_UNIT, TOWN, person, unit
from tests.nothing_sent_twice import run_or_copy
from tests.refusals import appoint
from tests.steps import STEPS, proposal
from yuetan.actions.letter.letter import approve_letter, cancel_letter, draft_letter, return_letter
from yuetan.actions.office.office import change_office_setting, decide_setting_change
from yuetan.actions.people.unit import end_post
from yuetan.actions.proposal.proposal import draft
from yuetan.models import Case, Event, Letter, OfficeSetting, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios import drivers, earlier
from yuetan.vocabulary import CaseState, LetterCapacity, LetterState, Rank, Verb

A_WHILE = timedelta(hours=1)

# The usual history: each step with the days since the one before it.
HISTORY: tuple[tuple[Verb, int], ...] = (
    (Verb.DRAFT, 0),
    (Verb.SUBMIT, 0),
    (Verb.ENDORSE, 1),
    (Verb.APPROVE, 1),
    (Verb.SERVE_NOTICE, 1),
    (Verb.ACKNOWLEDGE_RECEIPT, 1),
    (Verb.PREPARE_SUBMISSION, 2),
    (Verb.HAND_IN_SUBMISSION, 1),
    (Verb.HOLD_INTERVIEW, 3),
    (Verb.CONFIRM_MINUTES, 1),
    (Verb.SEND_MINUTES, 0),
    (Verb.ANSWER_MINUTES, 1),
    (Verb.ISSUE_MINUTES, 1),
    (Verb.ASSIGN, 1),
    (Verb.PREPARE_REPORT, 3),
    (Verb.HAND_IN_REPORT, 0),
    (Verb.PREPARE_REPORT, 1),
    (Verb.HAND_IN_REPORT, 0),
    (Verb.ACCEPT_TASK, 1),
    (Verb.ACCEPT_TASK, 0),
    (Verb.BEGIN_INSPECTION, 1),
    (Verb.CONCLUDE_INSPECTION, 1),
    (Verb.CLOSE, 1),
)
ON_PAPER = [(Verb.REGISTER_DECISION, 1), (Verb.CONFIRM_APPROVAL, 0)]  # instead of the leader's own approval
LAST_STEP = {
    CaseState.DRAFTED: Verb.DRAFT,
    CaseState.IN_REVIEW: Verb.SUBMIT,
    CaseState.PROPOSED: Verb.ENDORSE,
    CaseState.APPROVED: Verb.APPROVE,
    CaseState.NOTIFIED: Verb.SERVE_NOTICE,
    CaseState.INTERVIEWED: Verb.HOLD_INTERVIEW,
    CaseState.MINUTED: Verb.ISSUE_MINUTES,
    CaseState.RECTIFYING: Verb.ASSIGN,
    CaseState.INSPECTING: Verb.BEGIN_INSPECTION,
    CaseState.CLOSED: Verb.CLOSE,
}


def case_in(state: str, *, unit: Unit | None = None, **changed: dict[str, Any]) -> Case:
    """A case brought to a state by its usual history, the last step of which is taken now."""
    if state == CaseState.DECLINED:
        return _run_history([*_until(Verb.ENDORSE), (Verb.DECLINE, 1)], unit, changed)
    if state == CaseState.WITHDRAWN:
        return _run_history([*_until(Verb.DRAFT), (Verb.WITHDRAW, 1)], unit, changed)
    return case_after(LAST_STEP[CaseState(state)], unit=unit, **changed)


def case_after(verb: str, *, unit: Unit | None = None, **changed: dict[str, Any]) -> Case:
    """A case after a step of the usual history: after both tasks for a step that each task takes."""
    return _run_history(_until(verb), unit, changed)


def take(verb: str, case: Case, *, by: User | None = None, **changed: Any) -> Case:
    """A step now, as `drivers.take` takes it; copied where two tests have taken it after the same."""
    return run_or_copy(lambda: drivers.take(verb, case, by=by, **changed), "take", verb, case, by, changed, keep_at=2)


def begin(unit: Unit, drafted_on: date) -> Case:
    """A matter of before (补录), as `earlier.begin` begins it."""
    return run_or_copy(lambda: earlier.begin(unit, drafted_on), "begin", unit, drafted_on)


def enter(verb: Verb, case: Case, day: date, *, by: User | None = None, **changed: Any) -> Case:
    """A step of then, as `earlier.enter` enters it."""
    return run_or_copy(lambda: earlier.enter(verb, case, day, by=by, **changed), "enter", verb, case, day, by, changed)


def keywords(verb: str, case: Case) -> dict[str, Any]:
    """The lawful keywords a step is called with now."""
    return STEPS[Verb(verb)].keywords(case)


def set_setting(key: str, value: object) -> None:
    """A setting of the office by what the database asks for, an event of its change; for values that no page takes."""
    with transaction.atomic():
        OfficeSetting.objects.filter(key=key).update(value=value)
        director = person("director")
        facts = {"verb": "change_office_setting", "actor": director, "actor_title": director.title}
        Event.objects.create(**facts, created_at=clock.now())


def letter_in(state: str, *, to: Unit | None = None, **changed: Any) -> Letter:
    """A 提醒函 to the member unit, or to any other unit as the lead unit of a problem."""
    addressee = to or unit(MEMBER_UNIT)
    capacity = LetterCapacity.MEMBER_UNIT if addressee.kind == "member_unit" else LetterCapacity.LEAD_UNIT
    facts = {
        "unit": addressee,
        "capacity": capacity,
        "lead_matter": "" if capacity == LetterCapacity.MEMBER_UNIT else "砂石行业乱象",
        "case": None,
        "matter": "行业乱象整治进展缓慢",
        "problems": "三项整治任务均未按期启动。",
        "requirements": "请于收到本函后抓紧部署，并书面反馈。",
    }
    return run_or_copy(lambda: _letter_in(state, facts | changed), "letter", state, facts | changed)


def _letter_in(state: str, facts: dict[str, Any]) -> Letter:
    letter = draft_letter(by=person("supervisor"), **facts)
    if state == LetterState.RETURNED:
        return return_letter(letter, by=person("group_leader"), reason="问题写得不实，请核实后修改。")
    if state == LetterState.CANCELLED:
        return cancel_letter(letter, by=person("supervisor"), reason="与另一份重复。")
    if state == LetterState.ISSUED:
        return approve_letter(letter, by=person("group_leader"), seen=letter.digest)
    return letter


def later(**delta: float) -> time_machine.travel:
    """Go on in time by this much, for the length of a `with`: `with later(days=3):`."""
    return time_machine.travel(clock.now() + timedelta(**delta))


def succeed(leaving: User, name: str, *, rank: str = Rank.BELOW_DIVISION, account: str | None = None) -> User:
    """Somebody new takes over the post of who leaves it today, and its account if one is named."""
    post = leaving.posts.current().select_related("unit").get()
    end_post(post, by=person("sysadmin"), ended_on=clock.today())
    successor = User.objects.create_person(name, username=account)
    appoint(successor, post.unit, post.kind, post.title, rank)
    return successor


def png(name: str = "现场照片.png") -> SimpleUploadedFile:
    """A real picture, as large as a scan must be."""
    return picture(name, 600, 800)


def picture(name: str, width: int, height: int) -> SimpleUploadedFile:
    """A blank picture of a size."""
    return SimpleUploadedFile(name, _blank_picture(width, height), "image/png")


@cache
def _blank_picture(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(content, "PNG")
    return content.getvalue()


def pdf(name: str = "扫描件.pdf", *, width: int = 595, height: int = 842) -> SimpleUploadedFile:
    """A small real PDF, of an A4 page unless another size is named."""
    return SimpleUploadedFile(name, _blank_page(width, height), "application/pdf")


@cache
def _blank_page(width: int, height: int) -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width, height)
    writer.write(content)
    return content.getvalue()


def _until(verb: str) -> list[tuple[Verb, int]]:
    last = max(index for index, (each, _) in enumerate(HISTORY) if each == verb)
    return list(HISTORY[: last + 1])


def _run_history(history: Sequence[tuple[Verb, int]], where: Unit | None, changed: dict[str, dict[str, Any]]) -> Case:
    if Verb.REGISTER_DECISION in changed:
        history = [row for each in history for row in (ON_PAPER if each[0] == Verb.APPROVE else [each])]
    unknown = changed.keys() - {verb.value for verb, _ in history}
    assert not unknown, f"not in this history: {unknown}"
    return run_or_copy(lambda: _run_anew(history, where, changed), history, where, changed)


def _run_anew(history: Sequence[tuple[Verb, int]], where: Unit | None, changed: dict[str, dict[str, Any]]) -> Case:
    moment = clock.now() - sum((_gap(days) for _, days in history), timedelta())
    case = _draft(where or unit(TOWN), moment, changed.get(Verb.DRAFT, {}))
    moment += _gap(history[0][1])
    for verb, days in history[1:]:
        moment += _gap(days)
        with time_machine.travel(moment, tick=False):
            case = drivers.take(verb, case, **changed.get(verb, {}))
    return case


def _draft(where: Unit, moment: datetime, changed: dict[str, Any]) -> Case:
    with time_machine.travel(moment, tick=False):
        return draft(by=person("officer"), **proposal(where, **changed))


def _gap(days: int) -> timedelta:
    return timedelta(days=days) or A_WHILE


def set_office(key: str, value: object) -> None:
    """The director changes a setting, and a leader confirms it where that is needed."""
    setting = change_office_setting(OfficeSetting.objects.get(key=key), by=person("director"), value=value)
    for change in setting.changes.pending():
        decide_setting_change(change, by=person("group_leader"), agreed=True)
