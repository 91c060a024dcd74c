"""The demonstration: fictitious people and cases in every state, brought there by real actions."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.people.demo_accounts import MARK
from yuetan.errors import Reason, Refused
from yuetan.models import Case, Event, User
from yuetan.scenarios.demo.assessment import play_assessment, play_corrections
from yuetan.scenarios.demo.changes import bar_the_deputy, name_the_contact, rename_a_unit, require_no_second_factor
from yuetan.scenarios.demo.dossiers import fill_dossiers
from yuetan.scenarios.demo.earlier import confirm_earlier_case, enter_earlier_case
from yuetan.scenarios.demo.interview_record import fill_records
from yuetan.scenarios.demo.ladder import choose_the_text, play_ladder
from yuetan.scenarios.demo.meetings import play_meetings
from yuetan.scenarios.demo.people import Account, engage
from yuetan.scenarios.demo.received import play_received_letters
from yuetan.scenarios.demo.reports import play_reports
from yuetan.scenarios.demo.rounds import play_rounds
from yuetan.scenarios.demo.stories import play_cases, play_delegation, play_letters
from yuetan.scenarios.demo.vetoes import play_vetoes
from yuetan.scenarios.demo.waiting_rungs import play_waiting_rungs


@transaction.atomic
def load_demo(password: str) -> list[Account]:
    """Fill an empty database with the demonstration; raises Refused if anybody has begun to work in it."""
    refuse_if_in_use()
    folder = settings.FIXTURES / "demo"
    accounts = engage(folder / "people.csv", password)
    require_no_second_factor()
    bar_the_deputy()
    name_the_contact()
    matters = json.loads((folder / "matters.json").read_text())
    entered = enter_earlier_case()  # before all that happened here
    choose_the_text()
    play_vetoes()
    play_ladder()
    play_delegation()
    cases = play_cases(matters["cases"])
    play_letters(matters["letters"], cases)
    fill_records(matters["cases"], cases)
    confirm_earlier_case(entered)
    fill_dossiers()
    _play_other_rooms()
    rename_a_unit()
    log_event(MARK, User.objects.get(username="sysadmin"))
    return accounts


def _play_other_rooms() -> None:
    """What stands beside the cases; the measures that wait come last: their papers are the newest."""
    play_reports()
    play_meetings()
    play_rounds()
    play_received_letters()
    play_assessment()
    play_corrections()
    play_waiting_rungs()


def refuse_if_in_use() -> None:
    """Raise Refused on a database that holds cases or people, of its own or of an earlier demonstration."""
    refuse_other_office()
    if Event.objects.filter(verb=MARK).exists():
        raise Refused(Reason("演示数据已经装入，不再重复装入。"))
    if Case.objects.exists():
        raise Refused(Reason("本库已有约谈事项，不能装入演示数据。"))
    if User.objects.exists():
        raise Refused(Reason("本库已有人员和账号，不能装入演示数据。"))


def refuse_other_office() -> None:
    """Raise Refused where a pack names another office: the people of the demonstration have posts in units of 江门."""
    if settings.PACK != settings.OWN_PACK:
        raise Refused(
            Reason("演示数据只有随系统的单位的，设了 YUETAN_PACK 的不能装入；要看演示的请另装一套，不设 YUETAN_PACK。")
        )
