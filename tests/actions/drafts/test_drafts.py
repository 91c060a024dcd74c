"""What is being typed is kept field by field; nobody overwrites another unseen; no side reads the other's."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.refusals import not_theirs, nothing_stored, too_late
from yuetan.actions.drafts.drafts import DraftCell, discard_draft, purge_stale, save_draft
from yuetan.actions.messages.daily import daily
from yuetan.models import DraftField, DraftKey, Event
from yuetan.rules.dates import clock
from yuetan.rules.three_way_merge import MergeOutcome, digest
from yuetan.vocabulary import CaseState, Verb

HOLD_INTERVIEW = Verb.HOLD_INTERVIEW


@pytest.fixture
def notified(office):
    """An interview is ahead."""
    return case_in(CaseState.NOTIFIED)


def keep(draft_key, by, shown="", untouched=None, **fields):
    """Type into fields that showed this (in rows: `__` for the hyphen)."""
    cells = {name.replace("__", "-"): DraftCell([value], digest([shown])) for name, value in fields.items()}
    return set(save_draft(draft_key, by=by, cells=cells, untouched=lambda: untouched or {}).met.values())


def record_form(case, by):
    """The form of the interview."""
    return DraftKey.of_step(case, HOLD_INTERVIEW, by=by)


def says(draft_key):
    """What stands on a form."""
    return {name: "".join(value) for name, value in DraftField.objects.on(draft_key).cells().items()}


def test_two_recorders_fill_in_one_form(notified, officer, second_officer):
    draft_key, events = record_form(notified, officer), Event.objects.count()
    assert keep(draft_key, officer, problems="甲", measures__0__content="一") == {MergeOutcome.OWN}
    assert keep(
        record_form(notified, second_officer), second_officer, statement="乙", measures__0__due_on="2026-12-30"
    ) == {MergeOutcome.OWN}
    assert says(draft_key) == {
        "problems": "甲",
        "measures-0-content": "一",
        "statement": "乙",
        "measures-0-due_on": "2026-12-30",
    }
    assert Event.objects.count() == events
    assert {text.written_by for text in DraftField.objects.filter(name="statement")} == {second_officer}


def test_in_the_same_field_neither_is_overwritten_until_the_second_has_seen_the_first(
    notified, officer, second_officer
):
    draft_key = record_form(notified, officer)
    keep(draft_key, officer, problems="甲")
    with nothing_stored():
        assert keep(draft_key, second_officer, problems="乙") == {MergeOutcome.BOTH}
    assert keep(draft_key, second_officer, shown="甲", problems="乙") == {MergeOutcome.OWN}
    assert says(draft_key) == {"problems": "乙"}
    with nothing_stored():
        assert keep(draft_key, officer, shown="甲", problems="乙") == {MergeOutcome.SAME}


def test_what_others_changed_in_the_case_itself_counts_as_theirs(notified, officer):
    draft_key = record_form(notified, officer)
    with nothing_stored():
        assert keep(draft_key, officer, shown="原文", problems="甲", untouched={"problems": ["新文"]}) == {
            MergeOutcome.BOTH
        }


def test_what_is_typed_back_to_what_was_there_is_no_longer_kept(notified, officer):
    draft_key, there = record_form(notified, officer), {"problems": ["原文"]}
    keep(draft_key, officer, shown="原文", problems="甲", untouched=there)
    assert says(draft_key) == {"problems": "甲"}
    keep(draft_key, officer, shown="甲", problems="原文", untouched=there)
    assert says(draft_key) == {}


def test_an_emptied_field_is_kept_as_empty(notified, officer):
    draft_key, there = record_form(notified, officer), {"problems": ["原文"]}
    keep(draft_key, officer, shown="原文", problems="", untouched=there)
    assert DraftField.objects.on(draft_key).cells() == {"problems": []}


def test_every_other_form_is_its_typists_own(notified, officer, second_officer):
    for person in (officer, second_officer):
        keep(DraftKey.of_step(notified, Verb.RESCHEDULE, by=person), person, reason=person.name)
    assert says(DraftKey.of_step(notified, Verb.RESCHEDULE, by=officer)) == {"reason": officer.name}
    with not_theirs():
        keep(DraftKey.of_step(notified, Verb.RESCHEDULE, by=officer), second_officer, reason="丙")


def test_the_unit_fills_in_its_own_forms_together(notified, head, liaison):
    draft_key = DraftKey.of_step(notified, Verb.PREPARE_SUBMISSION, by=liaison)
    keep(draft_key, liaison, situation="甲")
    assert keep(DraftKey.of_step(notified, Verb.PREPARE_SUBMISSION, by=head), head, causes="乙") == {MergeOutcome.OWN}
    assert says(draft_key) == {"situation": "甲", "causes": "乙"}


@pytest.mark.parametrize(
    ("verb", "whose"),
    [
        (HOLD_INTERVIEW, ("head", "liaison", "director", "supervisor", "group_leader", "sysadmin", "other_head")),
        (Verb.PREPARE_SUBMISSION, ("officer", "director", "supervisor", "group_leader", "other_head", "other_liaison")),
    ],
)
def test_neither_side_types_into_the_others_forms(notified, request, verb, whose):
    for name in whose:
        person = request.getfixturevalue(name)
        with not_theirs():
            keep(DraftKey.of_step(notified, verb, by=person), person, problems="甲")


def test_when_the_case_has_moved_on_nothing_more_is_kept_and_nothing_is_dropped(notified, officer, second_officer):
    draft_key = DraftKey.of_step(notified, Verb.RESCHEDULE, by=second_officer)
    keep(draft_key, second_officer, reason="会议冲突")
    take(Verb.WITHDRAW, notified)
    with too_late() as error:
        keep(draft_key, second_officer, shown="会议冲突", reason="会议冲突，改下周")
    assert "赵四" in error.value.who
    assert says(draft_key) == {"reason": "会议冲突"}


def test_a_new_proposal_is_kept_for_who_may_draft(officer, second_officer, head, town):
    draft_key = DraftKey.of_proposal(town, by=officer)
    keep(draft_key, officer, facts="事实")
    with not_theirs():
        keep(draft_key, second_officer, facts="别人的")
    with not_theirs():
        keep(DraftKey.of_proposal(town, by=head), head, facts="单位的")
    assert says(DraftKey.of_proposal(town, by=second_officer)) == {}


def test_who_drops_drops_their_own_words(notified, officer, second_officer):
    draft_key = record_form(notified, officer)
    keep(draft_key, officer, problems="甲")
    keep(draft_key, second_officer, statement="乙")
    discard_draft(draft_key, by=officer)
    assert says(draft_key) == {"statement": "乙"}


def test_one_text_a_field_whatever_is_empty_in_its_key(notified, officer):
    draft_key = record_form(notified, officer)
    for facts in (draft_key.keys, DraftKey.of_proposal(notified.unit, by=officer).keys):
        DraftField.objects.create(name="problems", written_by=officer, **facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            DraftField.objects.create(name="problems", written_by=officer, **facts)


def test_what_can_no_longer_be_handed_in_goes_after_the_offices_days(notified, officer, second_officer, head):
    left, open_one = DraftKey.of_step(notified, Verb.RESCHEDULE, by=officer), case_in(CaseState.NOTIFIED)
    keep(left, officer, reason="甲")
    keep(record_form(open_one, officer), officer, problems="乙")
    keep(DraftKey.of_proposal(notified.unit, by=officer), officer, facts="丙")
    take(Verb.WITHDRAW, notified)
    with later(days=30), nothing_stored():
        assert purge_stale(clock.today()) == {"删除": 0}
    with later(days=32):
        assert daily()["清理自动保存内容"] == {"删除": 1}
    assert sorted("".join(text.value) for text in DraftField.objects.all()) == ["丙", "乙"]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_in_one_field_one_is_kept_and_all_others_are_notified(office):
    case, people = case_after(Verb.SERVE_NOTICE), [cast.person("officer"), cast.person("second_officer")]

    def type_in(number):
        person = people[number % 2]
        try:
            return keep(record_form(case, person), person, problems=f"第{number}人")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        met = sorted(how.value for saved in pool.map(type_in, range(6)) for how in saved)
    assert met == ["both"] * 5 + ["own"]
    assert DraftField.objects.count() == 1


def test_numbers_of_persons_are_not_kept_of_a_proposal_and_the_rest_is(office, officer, town, head):
    draft_key, number = DraftKey.of_proposal(town, by=officer), "13800138000"
    facts = DraftCell([f"举报人电话{number}"], digest([]), "第五条第二项：存在问题的事实")
    cells = {"grounds-5_2-facts": facts, "matter": DraftCell(["整改不力"], digest([]), "约谈事由")}
    kept = save_draft(draft_key, by=officer, cells=cells, untouched=dict)
    assert kept.met == {"matter": MergeOutcome.OWN}
    assert kept.refused == {
        "grounds-5_2-facts": "办公室设定：第五条第二项：存在问题的事实中有手机号码（138****8000），不得留存："
        "请只写姓名、职务，需要联系的写单位的办公电话（固定电话）。"
    }
    assert says(draft_key) == {"matter": "整改不力"}
    draft = DraftKey.of_step(case_in(CaseState.DRAFTED), Verb.REVISE_DRAFT, by=officer)
    with nothing_stored():
        assert keep(draft, officer, matter=f"电话{number}") == set()
    material = DraftKey.of_step(case_in(CaseState.NOTIFIED), Verb.PREPARE_SUBMISSION, by=head)
    with nothing_stored():
        assert keep(material, head, situation=f"值班电话{number}") == set()
    assert keep(material, head, situation="值班电话0750-3272000") == {MergeOutcome.OWN}
