"""What has ended of a unit that ends goes over all together: as by steps, in as many statements for one as for many."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.destructions import done_with
from tests.factories import case_in, later, letter_in
from tests.ladder import measure_in
from tests.mergers import OPINION, merge
from tests.refusals import appoint, refused
from yuetan.actions.people.ended_matters import VERBS
from yuetan.actions.people.people_rows import ended_of
from yuetan.actions.people.succession import carry_over, matters_of
from yuetan.actions.record.check_records import disagreements
from yuetan.errors import NotYours
from yuetan.models import AccountabilityMeasure, Alert, Case, Event, Letter, Task, Unit
from yuetan.models.case.requirements.unit import unit_has_successor
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PostKind, Rank, Verb

AFTERWARDS = 100
PERSONAL = (
    "办公室设定：意见、原因中有公民身份号码（110105********002X），不得留存：请只写姓名、职务或者“某某”，"
    "证件号码不写入系统。"
)


@pytest.fixture
def neighbour(office):
    """Another town of the same county, with its own secretary."""
    unit = Unit.objects.filter(parent__code="440703").exclude(code=cast.TOWN).select_related("parent").first()
    cast.engage("许廿一", "head_neighbour", unit, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION)
    return unit


def decided(town, neighbour):
    change = merge(town, neighbour)
    return carry_over(change, by=cast.person("director"), opinion=OPINION)


def test_they_go_over_with_all_that_is_kept_of_them(town, neighbour):
    done, declined = done_with(town), case_in(CaseState.DECLINED, draft={"matter": "另一件事"})
    letter, measure = letter_in(LetterState.ISSUED, to=town), measure_in(MeasureState.ENDED)
    assert list(ended_of(Case, town)) == sorted([done, declined], key=lambda case: case.pk)
    assert list(ended_of(AccountabilityMeasure, town)) == [measure]
    assert not ended_of(Letter, town).exists()  # its answer is awaited
    number = matters_of(town).count
    with later(days=AFTERWARDS):
        decided(town, neighbour)
        assert list(disagreements()) == []
        assert Case.objects.visible_to(cast.person("head_neighbour")).get() == done  # the other it never knew of
        texts = list(Alert.objects.filter(recipient__username="head_neighbour").values_list("text", flat=True))
    assert f"{town.full_name}已办结的 2 件事项因单位撤并，一并转由本单位承接，可供查阅。" in texts
    assert not [text for text in texts if done.matter in text]
    assert matters_of(town).count == 0
    assert matters_of(neighbour).count == number
    for each in (Case.objects.get(pk=done.pk), Case.objects.get(pk=declined.pk), Letter.objects.get(pk=letter.pk)):
        assert (each.unit, each.first_unit) == (neighbour, town)
        event = Event.objects.filter(verb__in=(Verb.CARRY_OVER, Verb.CARRY_OVER_LETTER), **{each.ABOUT: each}).get()
        assert (event.opinion, event.data["successor"]) == (OPINION, neighbour.full_name)
        assert (event.from_state, event.to_state) == (each.state, each.state)
        assert event.is_outer is (each.pk != declined.pk)
    assert set(Task.objects.filter(case=done).values_list("unit", "first_unit", "open_to")) == {
        (neighbour.pk, town.pk, neighbour.pk)
    }


def test_of_what_was_never_open_to_the_unit_nobody_there_is_alerted(town, neighbour):
    case_in(CaseState.DECLINED)
    decided(town, neighbour)
    assert matters_of(neighbour).count == 1
    assert not Alert.objects.filter(recipient__username="head_neighbour").exists()


def test_personal_data_is_refused_where_all_has_ended(town, neighbour):
    case_in(CaseState.DECLINED)
    change = merge(town, neighbour)
    with refused(PERSONAL, field="opinion"):
        carry_over(change, by=cast.person("director"), opinion="转由新单位，经办人身份证号11010519491231002X。")
    assert matters_of(neighbour).count == 0


def test_each_of_these_steps_asks_of_the_unit_alone():
    """Else what is asked of the first of many is not asked of the others (`_require`)."""
    for model, verb in VERBS.items():
        steps = [step for step in model.STEPS if step.verb == verb]
        assert [(step.requirements, step.personal) for step in steps] == [((unit_has_successor,), ())]


def test_very_many_cost_as_many_statements_as_one(town, neighbour):
    def statements_for(first, last):
        for serial in range(first, last + 1):
            case_in(CaseState.DECLINED, draft={"matter": f"第 {serial} 件事"})
        with transaction.atomic():
            change = merge(town, neighbour)
            with CaptureQueriesContext(connection) as queries:
                carry_over(change, by=cast.person("director"), opinion=OPINION)
            assert Event.objects.filter(verb=Verb.CARRY_OVER).count() == last
            transaction.set_rollback(True)
        return len(queries)

    statements_for(1, 1)  # what a process keeps is kept
    assert statements_for(2, 2) == statements_for(3, 6)


def test_who_is_recused_from_one_that_has_ended_decides_on_nothing(town, neighbour):
    """回避: the director holds a post in another unit that the text of an ended 通报 is laid on."""
    named = cast.unit(cast.MEMBER_UNIT)
    measure = measure_in(MeasureState.ENDED, further_units=[named])
    case = case_in(CaseState.DECLINED)
    change = merge(town, neighbour)
    director = cast.person("director")
    appoint(director, named, PostKind.LIAISON, "联络员", Rank.BELOW_DIVISION)
    with later(days=AFTERWARDS), pytest.raises(NotYours):
        carry_over(change, by=cast.person("director"), opinion=OPINION)
    for each in (Case.objects.get(pk=case.pk), AccountabilityMeasure.objects.get(pk=measure.pk)):
        assert (each.unit, each.first_unit) == (town, None)
