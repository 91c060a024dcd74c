"""公民身份号码 and mobile numbers: refused in every text that is kept, with words on what to write instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client

from tests import cast
from tests.factories import case_in, keywords, png, take
from tests.naughty import Pen, Read, fields_of, form_classes
from tests.random_people.attempts import posted
from tests.refusals import nothing_stored, refused
from tests.steps import STEPS
from tests.test_naughty_strings import STORY
from tests.web import BACKEND
from yuetan.actions.proposal.proposal import withdraw
from yuetan.actions.rectification.chase import chase
from yuetan.forms.frame.fields import NameField, SeenField, UsernameField, WordsField
from yuetan.forms.frame.units_field import UnitField, UnitsField
from yuetan.forms.people.contact import MailField, MobileField, TelephoneField
from yuetan.models import Case
from yuetan.views.case.available_steps import step_url
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import CaseState, Verb

MOBILE, IDENTITY = "13800138000", "11010519491231002X"
TELEPHONE = "0750-3272000"  # of an office
INSTEAD = "请只写姓名、职务，需要联系的写单位的办公电话（固定电话）。"
# What takes characters and keeps no free text: accounts, addresses of mail, and what is never kept.
EXEMPT = (UsernameField, MailField, MobileField, SeenField, UnitField, UnitsField)  # units are kept by their keys
NOT_KEPT = {"password", "username", "old_password", "new_password1", "new_password2"}
NOT_KEPT |= {"code", "answer", "seen", "title_break_automatic"}  # of a second factor, and what a page sends back


@pytest.mark.parametrize("form", form_classes(), ids=lambda form: form.__name__)
def test_every_field_of_text_refuses_both_and_takes_the_telephone_of_an_office(form, office):
    for name, field in fields_of(form).items():
        if not isinstance(field, forms.CharField) or isinstance(field, EXEMPT) or name in NOT_KEPT:
            continue
        if not isinstance(field, WordsField):
            assert form.__name__.endswith("Filter") or not form.__module__.startswith("yuetan."), name
            continue
        for number, covered in ((MOBILE, "138****8000"), (IDENTITY, "110105********002X")):
            with pytest.raises(ValidationError) as error:
                field.clean(number)
            if isinstance(field, TelephoneField) and number == MOBILE:
                assert "“手机”一栏" in error.value.messages[0]
                continue
            assert f"“{field.label}”中有" in error.value.messages[0]
            assert covered in error.value.messages[0]
            assert number not in error.value.messages[0]
        assert isinstance(field, NameField) or field.clean(TELEPHONE[: field.max_length]) or field.max_length is None


def test_no_step_of_a_case_keeps_one_whatever_field_it_stands_in(office):
    """The whole story: each form is sent with the number in every text first, and comes back; nothing is stored."""
    with time_machine.travel(cast.MONDAY) as clock:
        case, sent = case_in(CaseState.DRAFTED), 0
        for verb, days, changed in STORY:
            clock.shift(timedelta(days=days) or timedelta(hours=1))
            case = Case.objects.get(pk=case.pk)
            sent += refused_with_number(case, verb, changed)
            take(verb, case, **changed)
    assert sent > 30


def refused_with_number(case, verb, changed):
    """Whether the form of the step has any text; if so, it is refused and nothing is kept."""
    if verb == Verb.REVISE_DRAFT:
        return False
    _, whose, words = STEPS[verb]
    pen = Pen([MOBILE])
    data = pen.fill(STEP_PAGES[verb].form, posted(words(case) | changed)) | {"confirmed": "1"}
    if not pen.typed:
        return False
    client, url = Client(), step_url(case, verb)
    client.force_login(whose(case), backend=BACKEND)
    with nothing_stored():
        answer = client.post(url, data)
    assert answer.status_code == 422, verb
    page = Read(answer, url).words
    assert "138****8000" in page, verb
    assert INSTEAD in page, verb
    return True


def test_what_is_said_beside_a_step_is_looked_at_however_it_comes(officer):
    case = case_in(CaseState.DRAFTED)
    with refused(f"办公室设定：意见、原因中有手机号码（138****8000），不得留存：{INSTEAD}"):
        withdraw(case, by=officer, reason=f"见{MOBILE}")


def test_words_to_the_unit_hold_none(office):
    case = case_in(CaseState.RECTIFYING)
    with refused(f"办公室设定：意见、原因中有手机号码（138****8000），不得留存：{INSTEAD}"):
        chase(case, by=cast.person("supervisor"), **keywords(Verb.CHASE, case) | {"words": f"请速联系{MOBILE}"})


def test_the_name_of_a_file_holds_none(office):
    case = case_in(CaseState.NOTIFIED)
    sentence = "办公室设定：文件名中有公民身份号码（110105********002X），不得留存，请改名后再传。"
    with refused(sentence):
        take(Verb.PREPARE_SUBMISSION, case, files=[png(f"冯十{IDENTITY}.png")])
