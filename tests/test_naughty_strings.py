"""461 naughty strings through every text field: kept as typed, shown as text, or refused in a sentence."""

from __future__ import annotations

import json
import re
import uuid
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from itertools import cycle
from unicodedata import normalize
from urllib.parse import unquote

import pytest
import time_machine
from django import forms
from django.conf import settings as installed
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import Resolver404, resolve
from django.urls.converters import UUIDConverter
from django_filters import FilterSet

from tests import cast
from tests.assessment import (
    RESULTS,
    assessment_of,
    correction_proposed,
    objected,
    presented,
    published_assessment,
    scored,
    sheet_of,
)
from tests.assignments import given, stated
from tests.assignments import put_right as put_right_assignment
from tests.destructions import AFTERWARDS, approved, done_with, drawn_up
from tests.dossiers import awarded, entered
from tests.factories import case_in, later, letter_in, pdf, png, take
from tests.ladder import checked, listed_in, measure_in, put_right
from tests.ladder import take as take_of_measure
from tests.meeting_corrections import drafted as drafted_correction
from tests.meetings import called, convened, held, with_item
from tests.meetings import concluded as concluded_item
from tests.naughty import SENDABLE, STRINGS, Pen, Read, fields_of, form_classes, is_sentence, printable, squeezed
from tests.naughty_walker import Walker
from tests.opinion_corrections import corrected_draft
from tests.pleas import ANSWER, answered, pleaded
from tests.random_people.attempts import posted
from tests.received import closed, received, replied
from tests.refusals import nothing_stored
from tests.reporting import FIELDS, analysed, filled, marked, report_of, scheme_of
from tests.restrictions import inquired, restricting
from tests.room_receipts import notice_on_paper, round_paper_on_paper
from tests.rounds import announced, concluded, covert_round, found, informed_visit, planned_round, visit, visit_of
from tests.steps import STEPS, proposal
from tests.vetoes import conclude, held_on, veto_in
from tests.web import BACKEND
from yuetan.actions import step as steps
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.messages import channels
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.papers.statistics_sheet import issue_statistics
from yuetan.actions.people.unit_change import end_unit
from yuetan.documents.typesetting.typesetting import MAX_NAMED, missing_characters
from yuetan.errors import Refused
from yuetan.forms.frame.fields import NameField, NamesField, RowsField, UsernameField, WordsField
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.sections import SectionsField
from yuetan.forms.people.contact import MailField, TelephoneField
from yuetan.forms.proposal.proposal import ProposalForm
from yuetan.models import Alert, Case, Delivery, Document, OfficeSetting, SettingChange, TotpDevice, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.files.file_kind import safe_name
from yuetan.rules.text.official_text import normalise_text, without_end
from yuetan.rules.text.person_names import joined_names, person_name
from yuetan.scenarios.earlier import begin, enter
from yuetan.urls import urlpatterns
from yuetan.views.case.available_steps import step_url
from yuetan.views.frame.ledger_page import PRINT
from yuetan.views.frame.pagination import PLACES
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import (
    AlertChannel,
    CaseState,
    DecisionKind,
    DocumentKind,
    InspectionConclusion,
    LetterState,
    MeasureState,
    MinutesAnswer,
    PostKind,
    ReportingRhythm,
    TaskState,
    UnitChangeKind,
    UnitKind,
    Verb,
)

# What a list offers for several at once, before the step that takes one.
IN_PASSING = {
    Verb.APPROVE: ("group_leader", "/approvals/"),
    Verb.CHASE: ("supervisor", "/tasks/"),
    Verb.ACCEPT_TASK: ("supervisor", f"/tasks/?state={TaskState.REPORTED}"),
    Verb.ISSUE_SUPERVISION_LETTER: ("director", "/tasks/"),
}
PEOPLE = (
    *("officer", "director", "group_leader", "supervisor", "sysadmin", "guardian", "auditor"),
    f"head_{cast.TOWN}",
)
# Verb, days before it, and what is chosen otherwise than in the usual history.
STORY = (
    (Verb.SUBMIT, 0, {}),
    (Verb.RETURN_FOR_CHANGES, 0, {}),
    (Verb.REVISE_DRAFT, 0, {}),
    (Verb.SUBMIT, 0, {}),
    (Verb.TAKE_BACK, 0, {}),
    (Verb.SUBMIT, 0, {}),
    (Verb.ENDORSE, 0, {}),
    (Verb.REGISTER_DECISION, 0, {}),
    (Verb.RETURN_REGISTRATION, 0, {}),
    (Verb.APPROVE, 0, {}),
    (Verb.SERVE_NOTICE, 1, {}),
    (Verb.RESCHEDULE, 0, {}),
    (Verb.REGISTER_RECEIPT, 0, {}),
    (Verb.ASK_LEAVE, 0, {}),
    (Verb.DECIDE_LEAVE, 0, {"granted": False}),
    (Verb.REGISTER_LEAVE, 0, {}),
    (Verb.DECIDE_LEAVE, 0, {"granted": False}),
    (Verb.PREPARE_SUBMISSION, 1, {}),
    (Verb.HAND_IN_SUBMISSION, 0, {}),
    (Verb.REGISTER_SUBMISSION, 0, {}),
    (Verb.HOLD_INTERVIEW, 7, {}),
    (Verb.RETURN_MINUTES, 0, {}),
    (Verb.REVISE_MINUTES, 0, {}),
    (Verb.CONFIRM_MINUTES, 0, {}),
    (Verb.SEND_MINUTES, 0, {}),
    (Verb.REGISTER_MINUTES_ANSWER, 1, {"answer": MinutesAnswer.OBJECTED, "objection": "时限过短。"}),
    (Verb.REVISE_MINUTES, 0, {}),
    (Verb.CONFIRM_MINUTES, 0, {}),
    (Verb.SEND_MINUTES, 0, {}),
    (Verb.ANSWER_MINUTES, 1, {"answer": MinutesAnswer.OBJECTED, "objection": "时限过短。"}),
    (Verb.ISSUE_MINUTES, 0, {}),
    (Verb.CORRECT_MINUTES, 0, {}),
    (Verb.DROP_CORRECTION, 0, {}),
    (Verb.CORRECT_MINUTES, 0, {}),
    (Verb.CONFIRM_CORRECTION, 0, {}),
    (Verb.ASSIGN, 0, {}),
    (Verb.CHASE, 0, {}),
    (Verb.ANSWER_CHASE, 0, {}),
    (Verb.ASK_EXTENSION, 0, {}),
    (Verb.DECIDE_EXTENSION, 0, {}),
    (Verb.REGISTER_EXTENSION, 0, {}),
    (Verb.DECIDE_EXTENSION, 0, {}),
    (Verb.PAUSE_TASK, 0, {}),
    (Verb.RESUME_TASK, 0, {}),
    (Verb.PREPARE_PROGRESS, 0, {}),
    (Verb.HAND_IN_PROGRESS, 0, {}),
    (Verb.NOTE_PROGRESS, 0, {}),
    (Verb.REGISTER_PROGRESS, 0, {}),
    (Verb.NOTE_PROGRESS, 0, {}),
    (Verb.RECORD_SITE_CHECK, 0, {"scan": None}),
    (Verb.SIGN_INSPECTION, 0, {}),
    (Verb.PREPARE_REPORT, 1, {}),
    (Verb.HAND_IN_REPORT, 0, {}),
    (Verb.RETURN_TASK, 0, {}),
    (Verb.REGISTER_REPORT, 0, {}),
    (Verb.RETURN_TASK, 0, {}),
    (Verb.ISSUE_SUPERVISION_LETTER, 60, {}),
    (Verb.ACKNOWLEDGE_SUPERVISION, 0, {}),
    (Verb.ANSWER_SUPERVISION, 0, {}),
    (Verb.BEGIN_INSPECTION, 0, {}),
    (Verb.CONCLUDE_INSPECTION, 0, {"conclusion": InspectionConclusion.NOT_RECTIFIED}),
    (Verb.REQUEST_SEND_BACK, 0, {}),
    (Verb.REFUSE_REWORK, 0, {}),
    (Verb.REQUEST_SEND_BACK, 0, {}),
    (Verb.SEND_BACK, 0, {}),
    (Verb.RECORD_CONSEQUENCE, 0, {}),
    (Verb.CONFIRM_CONSEQUENCE, 0, {}),
    *((verb, 0, {}) for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT)),
    *((verb, 0, {}) for verb in (Verb.ACCEPT_TASK, Verb.ACCEPT_TASK, Verb.BEGIN_INSPECTION)),
    *((verb, 0, {}) for verb in (Verb.CONCLUDE_INSPECTION, Verb.CLOSE, Verb.RECORD_REVISIT)),
    *((verb, 0, {}) for verb in (Verb.SET_RETENTION, Verb.PLACE_HOLD, Verb.LIFT_HOLD, Verb.SET_READERS)),
)


FOR_THE_EYE = {"label", "help_text", "initial", "label_suffix", "empty_label", "template_name"}


def kinds_of_fields():
    """One of the fields that clean alike, by its form and name; those of files and of rows have forms of their own."""
    alike = {}
    for form in form_classes():
        for name, field in fields_of(form).items():
            if not isinstance(field, forms.FileField | RowsField | SectionsField):
                alike.setdefault(_cleans_by(field), (f"{form.__name__}.{name}", field))
    return alike.values()


def _cleans_by(field):
    """What decides how it cleans, and in which words it refuses: all but how it is shown, and its choices."""
    plain = {name: value for name, value in vars(field).items() if isinstance(value, str | int | None)}
    validators = [(type(each).__name__, getattr(each, "limit_value", "")) for each in field.validators]
    words = sorted((code, str(message)) for code, message in field.error_messages.items())
    model = getattr(getattr(field, "queryset", None), "model", None)
    plain = sorted((name, value) for name, value in plain.items() if name not in FOR_THE_EYE)
    return str([type(field), type(field.widget), model, validators, words, plain])


def test_every_field_takes_every_string_or_refuses_it_in_a_sentence(office):
    for name, field in kinds_of_fields():
        for string in STRINGS:
            value, problems = _cleaned(field, string)
            assert all(is_sentence(words, sent=string) for words in problems), f"{name}: {problems}"
            kept = normalise_text(string).strip()
            kept = normalize("NFKC", kept) if isinstance(field, UsernameField | TelephoneField | MailField) else kept
            kept = joined_names(kept) if isinstance(field, NamesField) else kept
            kept = person_name(kept) if isinstance(field, NameField) else kept
            kept = without_end(kept) if isinstance(field, MatterField) else kept
            assert problems or not isinstance(field, WordsField) or value == kept, name


def _cleaned(field, string):
    sent = [string] if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField) else string
    try:
        return field.clean(sent), []
    except ValidationError as refused:
        return None, refused.messages


@pytest.fixture
def bound(monkeypatch):
    """The names of the forms that were sent anything."""
    names, judge = set(), forms.BaseForm.full_clean

    def noted(form):
        names.update(one.__name__ for one in type(form).__mro__)
        judge(form)

    monkeypatch.setattr(forms.BaseForm, "full_clean", noted)
    return names


def test_whatever_is_typed_is_kept_and_shown_as_text_or_refused(office, bound):
    """A case whose every text is naughty, sent off by browsers; on the way and afterwards everybody looks round."""
    pen, walkers = Pen(printable()), {}
    done: set[object] = set()
    with time_machine.travel(cast.MONDAY) as traveller:
        case = _drafted(pen)
        for verb, days, changed in STORY:
            traveller.shift(timedelta(days=days) or timedelta(hours=1))
            if verb in IN_PASSING:
                username, url = IN_PASSING[verb]
                _walker(username, walkers, done).open(url)
            _try_what_is_open(case, walkers, done)
            _take(verb, Case.objects.get(pk=case.pk), pen, changed)
        _try_what_is_open(case, walkers, done)
        other = take(Verb.REGISTER_DECISION, case_in(CaseState.PROPOSED))
        _take(Verb.CONFIRM_APPROVAL, Case.objects.get(pk=other.pk), pen, {})
        _open_what_no_list_leads_to(walkers, done)
        _open_pages_of_a_matter_of_before(walkers, done)
        _open_pages_of_listings(walkers, done)
        _open_pages_of_pleas(walkers, done)
        _open_pages_of_assignments(walkers, done)
        _open_pages_of_measures(walkers, done, traveller)
        acknowledge_letter(letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN)), by=cast.head(cast.TOWN))
        reserve_number(by=cast.person("officer"), kind=DocumentKind.MINUTES, case=None, purpose="印发专题纪要")
        for username in PEOPLE:
            _walker(username, walkers, done).walk()
        _walker(None, walkers, done).walk("/login/")
        _try_the_second_step(walkers, done)
    assert [problem for walker in walkers.values() for problem in walker.problems] == []
    shown = "".join(page.all_words for walker in walkers.values() for page in walker.pages)
    assert len(pen.typed) > pen.many
    assert [line for line in pen.typed if squeezed(line) not in shown] == []
    asking = {one.__name__ for one in form_classes() if fields_of(one)}
    asking -= {"TitleBreakForm"}  # what is typed there goes to the form that is checked
    assert asking - bound - {name.removesuffix("Form") for name in bound} == set()


def _try_the_second_step(walkers, done):
    """The page between a right password and the code that follows it."""
    person = cast.person("second_officer")
    person.set_password("quiet-lantern-47")
    person.save()
    TotpDevice.objects.create(person=person, encrypted_secret="of no app")
    walker = _walker(None, walkers, done)
    walker.client.post("/login/", {"username": "second_officer", "password": "quiet-lantern-47"})
    walker.open("/login/second/")


def _open_what_no_list_leads_to(walkers, done):
    """Pages of the administrator for one unit, of who decides what was entered for it or set, and of the auditor."""
    ended, today = Unit.objects.filter(kind=UnitKind.TOWN).exclude(code=cast.TOWN).last(), clock.today()
    paper = {"effective_on": today, "paper_number": "江府〔2026〕9号", "paper": pdf()}
    kept = {"kind": UnitChangeKind.MERGED, "successor": cast.unit(cast.TOWN)}
    change = end_unit(ended, by=cast.person("sysadmin"), **kept, **paper)
    setting = OfficeSetting.objects.get(key="extension_most_days")
    change_office_setting(setting, by=cast.person("director"), value=20)
    issue_statistics(by=cast.person("director"), period=Period.around(PeriodKind.YEAR, today), count=list)
    signed = Document.objects.filter(receipt__registered_by__isnull=False)[0]
    unit, letter, unsigned = (
        cast.unit(cast.TOWN).pk,
        letter_in(LetterState.DRAFTED).pk,
        letter_in(LetterState.ISSUED).pk,
    )
    town = cast.unit(cast.TOWN)
    leader = cast.engage("曹廿三", None, town, PostKind.LEADER_IN_CHARGE, "党委副书记")
    waiting, confirmed = entered(leader, by=cast.liaison(cast.TOWN)), entered(cast.head(cast.DIVISION_TOWN))
    first, second = (done_with(cast.unit(code)) for code in (cast.DIVISION_TOWN, cast.COUNTY))
    with later(days=AFTERWARDS):
        undecided, undone = drawn_up(first), approved(second)
    for username, url in (
        ("group_leader", f"/archive/destructions/{undecided.pk}/"),
        *((username, f"/archive/destructions/{undone.pk}/") for username in ("supervisor", "director")),
        (f"head_{cast.TOWN}", f"/dossiers/entries/{waiting.pk}/"),
        ("director", f"/dossiers/entries/{confirmed.pk}/"),
        ("director", f"/dossiers/commendations/{awarded(town).pk}/withdraw/"),
        *_pages_of_reports(),
        *_pages_of_meetings(),
        *_pages_of_received_letters(),
        *_pages_of_assessment(),
        *_pages_of_rounds(),
        *(("sysadmin", f"/units/{unit}/{page}/") for page in ("rename", "end")),
        ("director", f"/units/changes/{change.pk}/carry-over/"),
        ("auditor", "/log/sights/?of=printed"),
        ("supervisor", f"/letters/{letter}/take-back/"),
        ("supervisor", f"/letters/{letter}/cancel/"),
        ("supervisor", f"/letters/{unsigned}/receipt/"),
        ("officer", f"/documents/{signed.pk}/receipt/"),
        ("group_leader", f"/settings/changes/{SettingChange.objects.get().pk}/"),
        ("director", "/statistics/sheet/?kind=year"),
    ):
        assert _walker(username, walkers, done).open(url).status == 200


def _pages_of_reports():
    """信息报送: a scheme, a report to be confirmed, one that the office decides on, and a mark."""
    this_month = {"rhythm": "monthly", "first_day": clock.today(), "due_days": 20, "open_days": 40}
    scheme = scheme_of(**this_month)
    report, other = report_of(scheme), report_of(scheme, cast.DIVISION_TOWN)
    filled(report), filled(other, by="head")
    mark = marked(report_of(scheme_of("每月摸排场所", fields=FIELDS, **this_month)))
    yield "director", "/reporting/schemes/new/"
    yield "director", f"/reporting/schemes/{scheme.pk}/revise/"
    yield "officer", "/reporting/board/"
    yield f"head_{cast.TOWN}", f"/reporting/reports/{report.public_id}/"
    yield f"head_{cast.TOWN}", f"/reporting/reports/{report.public_id}/fill/"
    yield "officer", f"/reporting/reports/{other.public_id}/"
    yield "officer", f"/reporting/reports/{other.public_id}/mark/"
    yield "director", f"/reporting/marks/{mark.pk}/withdraw/"
    incidents = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    for page in ("paper/", f"paper/?unit={cast.TOWN}", "concealed/"):
        yield "officer", f"/reporting/schemes/{incidents.pk}/{page}"
    past = scheme_of("每周排查情况", first_day=clock.today())
    with later(days=9):
        period = past.periods.get()
        drafted = analysed(period)
        yield "officer", f"/reporting/periods/{period.pk}/chase/"
        yield "officer", f"/reporting/periods/{period.pk}/analyse/"
        yield "officer", f"/reporting/analyses/{drafted.pk}/revise/"
        yield "supervisor", f"/reporting/analyses/{drafted.pk}/return/"
        yield "officer", f"/reporting/analyses/{drafted.pk}/withdraw/"


def _pages_of_meetings():
    """会议: planned, convened, and held with an item of its own."""
    day = clock.now() + timedelta(days=2)
    planned, ahead, over = called(begins_at=day), convened(begins_at=day), held(begins_at=day)
    yield "officer", "/meetings/new/"
    for page in ("revise", "items/new", "convene"):
        yield "officer", f"/meetings/{planned.pk}/{page}/"
    item = with_item(planned)
    with_item(planned, title="研究督导方案")
    yield "officer", f"/meetings/items/{item.pk}/revise/"
    yield "officer", f"/meetings/{planned.pk}/items/order/"
    yield "officer", f"/meetings/{ahead.pk}/cancel/"
    yield "officer", f"/meetings/{over.pk}/attendance/"
    receipt = notice_on_paper(convened(begins_at=day, topic="纸质回执"), f"head_{cast.TOWN}", by=cast.person("officer"))
    yield "officer", f"/meetings/notices/{receipt.invitation.public_id}/receipt/correct/"
    yield "officer", f"/meetings/items/{over.items.get().pk}/conclusion/"
    yield "officer", f"/meetings/{over.pk}/resolutions/"
    yield "director", f"/meetings/{over.pk}/minutes/"
    with_minutes = held(begins_at=day)
    with later(days=3):
        concluded_item(with_minutes.items.get())
        issue_meeting_minutes(with_minutes, by=cast.person("director"), seen=digest_of_meeting(with_minutes))
        drafted_correction(with_minutes)
        yield "officer", f"/meetings/{with_minutes.pk}/correction/"
        yield "officer", f"/meetings/{with_minutes.pk}/correction/withdraw/"
        yield "director", f"/meetings/{with_minutes.pk}/correction/issue/"


def _pages_of_received_letters():
    """三书一函: registering, and each step on letters that stand differently."""
    first, second, third = (received(number=f"江检建〔2026〕{number}号") for number in (1, 2, 3))
    reply, closing = replied(second), closed(replied(third))
    alone = received(unit=Unit.objects.interviewed().in_use().filter(posts=None)[0])  # to whom nobody succeeds
    Unit.objects.filter(pk=alone.unit_id).update(retired_on=date(2026, 11, 20))
    yield "officer", f"/received/letters/{alone.pk}/close/"
    yield "officer", "/received/new/"
    yield "officer", f"/received/letters/{first.pk}/withdraw/"
    yield "officer", f"/received/letters/{first.pk}/recall/"
    yield "officer", f"/received/letters/{first.pk}/due/"
    yield f"liaison_{cast.TOWN}", f"/received/letters/{first.pk}/reply/"
    yield "supervisor", f"/received/replies/{reply.pk}/return/"
    yield "supervisor", f"/received/replies/{reply.pk}/close/"
    yield "director", f"/received/closings/{closing.pk}/withdraw/"


def _pages_of_rounds():
    """督导: the plan, and each step on rounds and units that stand differently."""
    days = {"begins_on": clock.today(), "ends_on": clock.today() + timedelta(days=9)}
    ahead = planned_round(**days, visits=[visit(day=clock.today() + timedelta(days=3))])
    today = visit_of(covert_round(**days, visits=[visit(day=clock.today())]))
    looked_at = visit_of(announced(**days, visits=[visit(day=clock.today())]))
    finding = found(looked_at, seen_on=clock.today())
    agreed = visit_of(announced(**days, visits=[visit(day=clock.today())]))
    found(agreed, seen_on=clock.today())
    agreed = concluded(visit_of(agreed.round))
    informed = informed_visit(of_round=announced(**days, visits=[visit(day=clock.today())]))
    yield "officer", "/rounds/new/"
    for page in ("revise", "cancel"):
        yield "officer", f"/rounds/{ahead.pk}/{page}/"
    for page in ("move", "drop"):
        yield "officer", f"/rounds/visits/{visit_of(ahead).pk}/{page}/"
    yield "officer", f"/rounds/visits/{today.pk}/record/"
    yield "officer", f"/rounds/visits/{looked_at.pk}/register/"
    yield "officer", f"/rounds/visits/{looked_at.pk}/conclude/"
    signed = visit_of(announced(**days, visits=[visit(day=clock.today())]))
    yield "officer", f"/rounds/papers/{round_paper_on_paper(signed, by=cast.person('officer')).document_id}/receipt/"
    yield "director", f"/rounds/visits/{agreed.pk}/issue/"
    yield "officer", f"/rounds/findings/{finding.pk}/withdraw/"
    yield "officer", f"/rounds/visits/{informed.pk}/hand/"
    corrected = informed_visit(of_round=announced(**days, visits=[visit(day=clock.today())]))
    yield "officer", f"/rounds/visits/{corrected.pk}/correct/"
    corrected_draft(corrected)
    yield "officer", f"/rounds/visits/{corrected.pk}/withdraw/"


def _pages_of_assessment():
    """考核: the scheme, a score, the sheets sent, an objection decided, and taking all back."""
    year = clock.today().year
    running = assessment_of(year + 1, first_day=date(year + 1, 1, 1), last_day=date(year + 1, 12, 31))
    over = assessment_of(year, first_day=date(year, 1, 1), last_day=clock.today() - timedelta(days=1))
    score, sent = scored(running), presented(over)
    sheet = sheet_of(sent)
    objection = objected(sheet)
    yield "officer", "/assessment/new/"
    yield "officer", f"/assessment/{running.pk}/scheme/"
    yield "supervisor", f"/assessment/{running.pk}/score/"
    yield "supervisor", f"/assessment/scores/{score.pk}/withdraw/"
    yield f"liaison_{cast.TOWN}", f"/assessment/sheets/{sheet.pk}/object/"
    yield "director", f"/assessment/objections/{objection.pk}/decide/"
    yield "director", f"/assessment/{sent.pk}/withdraw/"
    yield from _pages_of_corrections()


def _pages_of_corrections():
    """Of a published year a result is to be put right, and of another it is proposed."""
    year = clock.today().year - 1
    sent = presented(assessment_of(year, first_day=date(year, 1, 1), last_day=date(year, 12, 31)))
    with later(days=10):
        published = published_assessment(close_assessment(sent, by=cast.person("director")))
    with later(days=30):
        lines = [CorrectedLine(RESULTS, Decimal(1))]
        waiting = correction_proposed(sheet_of(published, cast.DIVISION_TOWN), lines=lines)
    yield "officer", f"/assessment/sheets/{sheet_of(published).pk}/correct/"
    yield "director", f"/assessment/corrections/{waiting.pk}/decide/"


def _measures_before_meetings(traveller):
    """Departments asked about one; three others that a meeting decided, of which two are registered."""
    asked = take_of_measure(Verb.ENDORSE_MEASURE, veto_in("in_review", matter="第六处乱点整治推进缓慢"))
    keys = {"veto": take_of_measure(Verb.ASK_CONSULTATION, asked).pk}
    ends = ("decided_there", {}), ("registered", {}), ("declined_there", {"decision": DecisionKind.DECLINED})
    for place, (name, decided) in enumerate(ends, start=7):
        measure = measure_in("proposed", matter=f"第{place}处乱点整治推进缓慢")
        conclude(held_on(measure, begins_at=clock.now() + timedelta(hours=1)), **decided)
        traveller.shift(timedelta(hours=4))
        keys[name] = measure.pk
        if place > 7:
            take_of_measure(Verb.REGISTER_MEASURE_DECISION, measure)
    return keys | _measures_with_others(traveller)


def _measures_with_others(traveller):
    """One that can only be put to the superior of its unit, one that was referred, one that was received too."""
    keys = {}
    for place, name in enumerate(("stationed", "referred", "received"), start=10):
        measure = veto_in("proposed", on=cast.unit(cast.COUNTY), matter=f"第{place}处乱点整治推进缓慢")
        conclude(held_on(measure, begins_at=clock.now() + timedelta(hours=1)))
        traveller.shift(timedelta(hours=4))
        for verb in OF_OTHERS[name]:
            measure = take_of_measure(verb, measure)
        keys[name] = measure.pk
    Unit.objects.filter(pk=cast.unit(cast.COUNTY).pk).update(superior="省某某局")
    return keys


DECIDED_THERE = (Verb.REGISTER_MEASURE_DECISION, Verb.CONFIRM_MEASURE_DECISION)
REFERRED = (*DECIDED_THERE, Verb.SERVE_MEASURE, Verb.REFER_MEASURE)
OF_OTHERS = {
    "stationed": DECIDED_THERE,
    "referred": REFERRED,
    "received": (*REFERRED, Verb.RECORD_REFERRAL_RECEIPT),
}


def _open_pages_of_measures(walkers, done, traveller):
    """责任措施: the draft, and each step that asks for something."""
    measures = {
        state: measure_in(state, matter=f"第{place}处乱点整治推进缓慢").pk
        for place, state in enumerate(("drafted", "in_review", "decided", "served"), start=1)
    }
    signed = measure_in(MeasureState.SERVED, matter="第五处乱点整治推进缓慢")
    measures["signed"] = put_right(take_of_measure(Verb.ACKNOWLEDGE_MEASURE, signed)).pk
    measures["proposed"] = listed_in(MeasureState.PROPOSED, matter="第七处乱点整治推进缓慢").pk
    measures |= _measures_before_meetings(traveller)
    for username, state, verbs in (
        ("officer", "drafted", ("withdraw_measure",)),
        ("director", "in_review", ("endorse_measure", "decide_measure", "decline_measure", "return_measure")),
        ("officer", "proposed", ("register_measure_paper",)),
        ("officer", "decided", ("serve_measure",)),
        ("officer", "served", ("register_measure_receipt",)),
        ("director", "signed", ("conclude_measure",)),
        ("officer", "veto", ("ask_consultation", "record_consultation")),
        ("group_leader", "veto", ("excuse_consultation",)),
        ("officer", "decided_there", ("register_measure_decision",)),
        ("director", "registered", ("confirm_measure_decision", "return_measure_registration")),
        ("director", "declined_there", ("confirm_measure_declined",)),
        ("officer", "stationed", ("propose_veto",)),
        ("director", "signed", ("refer_measure",)),
        ("officer", "referred", ("record_referral_receipt",)),
        ("officer", "received", ("record_referral_outcome",)),
    ):
        for verb in verbs:
            assert _walker(username, walkers, done).open(f"/measures/{measures[state]}/steps/{verb}/").status == 200
    restricts = restricting(matter="第六处乱点整治推进缓慢")
    ending = f"/restrictions/{restricts.restrictions.all()[0].pk}/end/"
    assert _walker("officer", walkers, done).open(f"/measures/{restricts.pk}/leaders/new/").status == 200
    assert _walker("director", walkers, done).open(ending).status == 200
    reply = f"/restrictions/inquiries/{inquired(restricts).pk}/reply/"
    answered = _walker("director", walkers, done).client.post(reply, {"seen": "阅\u0000", "confirmed": "1"})
    assert answered.status_code == 422
    for url in (
        "/measures/",
        "/measures/new/",
        "/restrictions/",
        "/restrictions/inquiries/",
        "/restrictions/inquiries/new/",
    ):
        assert _walker("officer", walkers, done).open(url).status == 200


def _open_pages_of_listings(walkers, done):
    """挂牌督办: its work team, and 摘牌 from the request to the decision."""
    plain, sent, ready, other, asked = (
        listed_in(MeasureState.SERVED, matter=f"第{place}处村霸问题整治不力") for place in "一二三四五"
    )
    sent = take_of_measure(Verb.SET_WORK_TEAM, sent)
    asked = take_of_measure(Verb.ASK_DELISTING, checked(asked))
    for username, measure, verb in (
        ("director", plain, "set_work_team"),
        ("officer", sent, "record_team_report"),
        (f"head_{cast.TOWN}", checked(ready), "ask_delisting"),
        ("supervisor", checked(other), "propose_delisting"),
        ("director", asked, "refuse_delisting"),
        ("director", asked, "grant_delisting"),
    ):
        url = f"/measures/{measure.pk}/steps/{verb}/"
        assert _walker(username, walkers, done).open(url).status == 200, verb


def _open_pages_of_pleas(walkers, done):
    """申述: the unit's draft, its plea, the paper of one; the answer, its return, and both decisions."""
    plain, stated, upheld, undone = (
        listed_in(MeasureState.SERVED, matter=f"第{place}处市场秩序整治不力") for place in "一二三四"
    )
    stated, upheld, undone = pleaded(stated), answered(upheld), answered(undone, **ANSWER)
    for username, measure, verb in (
        (f"liaison_{cast.TOWN}", plain, "prepare_plea"),
        (f"head_{cast.TOWN}", plain, "state_plea"),
        ("officer", plain, "register_plea"),
        (f"head_{cast.TOWN}", stated, "withdraw_plea"),
        ("officer", stated, "draft_plea_answer"),
        ("director", upheld, "return_plea_answer"),
        ("director", upheld, "uphold_measure"),
        ("director", undone, "revoke_measure"),
    ):
        url = f"/measures/{measure.pk}/steps/{verb}/"
        assert _walker(username, walkers, done).open(url).status == 200, verb


def _open_pages_of_assignments(walkers, done):
    """交办事项: the list, and each step that asks for something."""
    letter = received(number="江检建〔2026〕31号")
    url = f"/received/letters/{letter.pk}/hand-out/"
    assert _walker("supervisor", walkers, done).open(url).status == 200
    tasks = [stated(due_on=clock.today() + timedelta(days=30))]
    running = given(letter, tasks=tasks)
    done_with = put_right_assignment(given(received(number="江检建〔2026〕32号"), tasks=tasks))
    for username, assignment, verb in (
        ("director", running, "revoke_assignment"),
        ("supervisor", done_with, "conclude_assignment"),
    ):
        url = f"/assignments/{assignment.pk}/steps/{verb}/"
        assert _walker(username, walkers, done).open(url).status == 200
    assert _walker("officer", walkers, done).open("/assignments/").status == 200


def _open_pages_of_a_matter_of_before(walkers, done):
    """补录: a step of then, and what is done with the whole while it is entered and once it is handed in."""
    case = begin(cast.unit(cast.MEMBER_UNIT), date(2026, 9, 1))
    officer = _walker("officer", walkers, done)
    officer.open(f"/cases/{case.pk}/earlier/{Verb.REVISE_DRAFT}/")
    officer.open(f"/cases/{case.pk}/earlier/{Verb.REVISE_DRAFT}/?day=2026-09-01")
    officer.open(step_url(case, Verb.DISCARD_EARLIER_CASE))
    for verb, day in ((Verb.REVISE_DRAFT, 1), (Verb.SUBMIT, 1), (Verb.ENDORSE, 2), (Verb.REGISTER_DECISION, 3)):
        case = enter(verb, case, date(2026, 9, day))
    case = enter(Verb.CONFIRM_APPROVAL, case, date(2026, 9, 3), by=cast.person("second_officer"))
    case = enter(Verb.SERVE_NOTICE, case, date(2026, 9, 4), number="江扫黑办〔2026〕912号")
    case = take(Verb.HAND_IN_EARLIER_CASE, case)
    for verb in (Verb.CONFIRM_EARLIER_CASE, Verb.RETURN_EARLIER_CASE):
        assert _walker("director", walkers, done).open(step_url(case, verb)).status == 200


def _walker(username, walkers, done):
    user = cast.person(username) if username else None
    return walkers.setdefault(username, Walker(user, done)).come_in()


def _drafted(pen):
    sent = pen.fill(ProposalForm, posted(proposal(cast.unit(cast.TOWN))))
    answer = _browser(cast.person("officer")).post("/cases/new/", sent)
    assert answer.status_code == 302, Read(answer, "").words
    return Case.objects.get()


def _try_what_is_open(case, walkers, done):
    """Every step that stands open for the first time, by whose it is."""
    case = Case.objects.get(pk=case.pk)
    for step in (step for step in case.steps_now() if not step.has_own_page):
        whose = STEPS[step.verb][1](case)
        if step.verb not in done and steps.is_allowed(case, step, whose):
            done.add(step.verb)
            _walker(whose.username, walkers, done).open(step_url(case, step.verb))


def _take(verb, case, pen, changed):
    _, whose, keywords = STEPS[verb]
    form = ProposalForm if verb == Verb.REVISE_DRAFT else STEP_PAGES[verb].form
    sent = pen.fill(form, posted(keywords(case) | changed)) | {"confirmed": "1"}
    url = step_url(case, verb)
    answer = _browser(whose(case)).post(url, sent)
    assert answer.status_code == 302, f"{verb}: {Read(answer, url).words}"


def _browser(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


VIEWS, TEMPLATES = (
    "".join(path.read_text(encoding="utf-8") for path in installed.BASE_DIR.glob(files))
    for files in ("yuetan/views/**/*.py", "templates/**/*.html")
)
# What views read of an address, wherever they do it, and what links ask for; and by names that stand in tables.
READ_BY_VIEWS = re.findall(r'GET(?:\.get(?:list)?\(|\[)"(\w+)"', VIEWS) + re.findall(r'"(\w+)" in request\.GET', VIEWS)
IN_TABLES = {*PLACES, PRINT, "row", "to", "number", "assessed", "round", "missed", "received", "reported"}
ASKED_FOR = sorted({*READ_BY_VIEWS, *IN_TABLES, *re.findall(r"[?&](\w+)=", TEMPLATES)})
FILTERED = sorted({name for form in form_classes() if issubclass(form, FilterSet) for name in form.base_filters})
ODD = ("0", "9" * 30, "9" * 5000, "²", "٣", "null", "-1", "%00")


def test_no_address_fails_whatever_stands_in_it(office):
    """Every parameter of every address, and every part of a path, with strings of the list in turn."""
    case_in(CaseState.RECTIFYING)
    assert len(READ_BY_VIEWS) > 20
    names = [*FILTERED, *ASKED_FOR]
    clients, strings = (
        [_browser(cast.person(username)) for username in ("officer", "director", "sysadmin")],
        cycle(SENDABLE),
    )
    for pattern in urlpatterns:
        paths = [f"/{pattern.pattern}"]
        for name, converter in pattern.pattern.converters.items():
            odd = [str(uuid.uuid4())] if isinstance(converter, UUIDConverter) else ODD
            found = re.compile(rf"<\w+:{name}>")
            paths = [found.sub(lambda _, one=one: one, path) for path in paths for one in odd]
        for path, client in zip(filter(_is_address, paths), cycle(clients)):
            answer = client.get(path, {name: next(strings) for name in names})
            assert answer.status_code < 500, path


def _is_address(path):
    """Whether it leads to a view at all; the page that says otherwise is always the same."""
    try:
        return bool(resolve(unquote(path)))
    except Resolver404:
        return False


def test_a_character_that_no_font_draws_is_named_and_nothing_is_issued(office):
    """Of the list, those that the fonts do not draw: refused in the notice and in the paper of the inner side."""
    undrawn = [string for string in SENDABLE if missing_characters(normalise_text(string).replace("\n", ""))]
    assert len(undrawn) > 10
    case = case_in(CaseState.APPROVED)
    characters = {one for string in undrawn for one in missing_characters(normalise_text(string).replace("\n", ""))}
    lawful = STEPS[Verb.SERVE_NOTICE].keywords(case)["procedure"]
    with pytest.raises(Refused) as error, nothing_stored():
        take(Verb.SERVE_NOTICE, case, procedure="\n".join([lawful, *(normalise_text(string) for string in undrawn)]))
    (reason,) = error.value.reasons
    assert is_sentence(reason.text, sent="".join(undrawn)), reason.text
    assert f"等 {len(characters)} 个字" in reason.text
    assert sum(one in reason.text for one in characters) == MAX_NAMED


def test_the_name_of_a_file_is_text_wherever_it_is_shown(office):
    """An upload under a naughty name: kept without path and invisible signs, listed as text, served under it."""
    case = case_in(CaseState.NOTIFIED)
    names = [f"{string[:40]}.png" for string in STRINGS if normalise_text(string).strip(". /\\")]
    for name in names:
        assert safe_name(name) == safe_name(safe_name(name)), name
        assert not re.search(r'[\x00-\x1f\x7f/\\:*?"<>|]', safe_name(name)), name
    names = names[::5]
    take(Verb.PREPARE_SUBMISSION, case, files=[png(name) for name in names])
    page = Read(_browser(cast.liaison(cast.TOWN)).get(f"/cases/{case.pk}/"), "")
    assert page.alien == []
    files = list(case.attachments.all())
    assert len(files) == len(names)
    assert [file.name for file in files if file.name not in page] == []


def test_what_leaves_the_house_is_one_message(office, settings):
    """Mail and the call of a gateway: nothing that was typed becomes a header, another address or another field."""
    settings.ALERT_MAIL, settings.ALERT_WEBHOOK = True, "http://127.0.0.1:9/in"
    User.objects.update(email="someone@office.invalid")
    officer = cast.person("officer")
    for string in SENDABLE[::3]:
        alert = Alert(recipient=officer, text=normalise_text(string))
        delivery = Delivery(alert=alert, channel=AlertChannel.MAIL)
        channels.send(delivery)
        sent = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)
        assert sent["To"] == "someone@office.invalid"
        assert sent["Bcc"] is sent["Cc"] is None
        assert not sent.is_multipart()
        assert squeezed(alert.text) in squeezed(sent.get_content())
        assert json.loads(channels._body(delivery))["text"] == alert.text
