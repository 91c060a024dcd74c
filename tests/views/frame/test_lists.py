"""A list of three costs the database what a list of one costs."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from tests.assessment import objected, presented
from tests.assignments import given
from tests.destructions import AFTERWARDS, done_with, drawn_up
from tests.dossiers import entered
from tests.factories import case_after, later, letter_in, take
from tests.ladder import measure_in
from tests.meetings import convened
from tests.received import received
from tests.reporting import analysed, scheme_of
from tests.restrictions import inquired, restricting
from tests.rounds import announced, informed_visit, visit
from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.actions.dossier.entry import confirm_dossier
from yuetan.actions.people.unit import add_unit
from yuetan.actions.record.destruction import withdraw_destruction
from yuetan.models import (
    AccountabilityMeasure,
    AssessmentSheet,
    Assignment,
    ReceivedLetter,
    ReportScheme,
    Unit,
    User,
)
from yuetan.rules.text.official_text import chinese_number
from yuetan.vocabulary import LetterState, MeasureState, PostKind, UnitKind, Verb

TOWN_HEAD = f"head_{cast.TOWN}"
READERS = ["officer", TOWN_HEAD]


def _after(verb: str) -> Callable[[], object]:
    return lambda: case_after(verb)


def _letter() -> object:
    return letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))


def _measure() -> object:
    return measure_in(MeasureState.SERVED, matter=f"第{AccountabilityMeasure.objects.count()}处乱点整治推进缓慢")


def _unit() -> object:
    code = f"4407039{Unit.objects.filter(code__startswith='4407039').count():02}"
    return add_unit(
        by=cast.person("sysadmin"), code=code, name=f"试验{code}镇", kind=UnitKind.TOWN, parent=cast.unit(cast.COUNTY)
    )


def _leader() -> None:
    """Another leader of the town, with a version that the head has confirmed."""
    number = chinese_number(User.objects.count())
    leader = cast.engage(f"曹{number}", None, cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "党委副书记")
    head = cast.head(cast.TOWN)
    confirm_dossier(entered(leader, by=head), by=head)


def _visit() -> None:
    """One more unit told, of a round of its own."""
    informed_visit(of_round=announced(visits=[visit()]))


def _received_letter() -> None:
    """Another letter of another organ that the town got about the same."""
    received(number=f"江检建〔2026〕{ReceivedLetter.objects.count() + 1}号")


def _assignment() -> None:
    """What another letter to the town asks for, handed out."""
    given(received(number=f"江检建〔2026〕{Assignment.objects.count() + 100}号"))


def _restricted() -> None:
    """One more paper that restricts the town and its leaders."""
    count = AccountabilityMeasure.objects.count()
    restricting(matter=f"第{chinese_number(count + 1)}处乱点整治推进缓慢")


def _inquired() -> None:
    """One more asking about the town."""
    count = AccountabilityMeasure.objects.count()
    inquired(restricting(matter=f"第{chinese_number(count + 1)}处乱点整治推进缓慢"))


def _sheet() -> None:
    """The sheets of every unit, once; or another objection to that of the town."""
    if not AssessmentSheet.objects.exists():
        presented()
    sheet = AssessmentSheet.objects.get(unit=cast.unit(cast.TOWN))
    objected(sheet, indicator=f"i{sheet.objections.count() + 1}")


def _scheme() -> None:
    """Another report that every 镇（街） owes."""
    scheme_of(f"第{chinese_number(ReportScheme.objects.count() + 1)}项")


def _analysis() -> None:
    """One more analysis, of one more scheme."""
    scheme = scheme_of(f"第{chinese_number(ReportScheme.objects.count() + 1)}项")
    with later(days=9):
        analysed(scheme.periods.get())


def _destruction() -> None:
    """Another list that was withdrawn, of one more case."""
    case = done_with()
    with later(days=AFTERWARDS):
        withdraw_destruction(drawn_up(case), by=cast.person("director"), reason="暂缓。")


AWAITED = {
    "officer": Verb.APPROVE,
    "director": Verb.SUBMIT,
    "group_leader": Verb.ENDORSE,
    "supervisor": Verb.HAND_IN_REPORT,
    TOWN_HEAD: Verb.SERVE_NOTICE,
}
LISTS = [
    *(("/", _after(verb), who) for who, verb in AWAITED.items()),
    ("/", _letter, TOWN_HEAD),
    ("/", lambda: letter_in(LetterState.DRAFTED), "group_leader"),
    *(("/cases/", _after(Verb.SERVE_NOTICE), who) for who in READERS),
    *(("/documents/", _after(Verb.SERVE_NOTICE), who) for who in READERS),
    ("/documents/unsigned-notices/", _after(Verb.SERVE_NOTICE), "officer"),
    ("/measures/unsigned/", _measure, "officer"),
    *(("/tasks/", _after(Verb.ASSIGN), who) for who in READERS),
    *(("/letters/", _letter, who) for who in READERS),
    ("/", _measure, TOWN_HEAD),
    *(("/measures/", _measure, who) for who in READERS),
    ("/", _assignment, TOWN_HEAD),
    *(("/assignments/", _assignment, who) for who in READERS),
    *(("/restrictions/", _restricted, who) for who in READERS),
    ("/restrictions/inquiries/", _inquired, "officer"),
    ("/statistics/", _after(Verb.CLOSE), "officer"),
    ("/archive/", lambda: take(Verb.PLACE_HOLD, case_after(Verb.CLOSE)), "officer"),
    ("/archive/destructions/", _destruction, "officer"),
    ("/dossiers/", _leader, "officer"),
    ("/reporting/", _scheme, TOWN_HEAD),
    ("/reporting/analyses/", _analysis, "officer"),
    ("/", _analysis, "director"),
    *(("/assessment/", _sheet, who) for who in ("director", TOWN_HEAD)),
    *(("/assessment/ranking/", _sheet, who) for who in ("director", TOWN_HEAD)),
    ("/", _sheet, "director"),
    *(("/meetings/", convened, who) for who in ("officer", TOWN_HEAD)),
    ("/", convened, TOWN_HEAD),
    *(("/rounds/", _visit, who) for who in ("officer", TOWN_HEAD)),
    *(("/", _visit, who) for who in ("officer", TOWN_HEAD)),
    ("/search/?q=督导", _visit, "officer"),
    *(("/received/", _received_letter, who) for who in ("officer", TOWN_HEAD)),
    ("/received/statistics/", _received_letter, "officer"),
    ("/", _received_letter, TOWN_HEAD),
    ("/search/?q=货运", _received_letter, "officer"),
    ("/units/", _unit, "officer"),
    ("/units/?q=试验", _unit, "sysadmin"),
]


@pytest.mark.parametrize(("address", "one_more", "who"), LISTS)
def test_three_cost_what_one_costs(office, address, one_more, who):
    client = Client()
    client.force_login(cast.person(who), backend=BACKEND)
    one_more()
    client.get(address)
    one = queries_of(client, address)
    one_more()
    one_more()
    assert queries_of(client, address) == one
