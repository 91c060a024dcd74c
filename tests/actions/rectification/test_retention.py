"""保管期限 of a closed case: by the setting, changed with a reason, and 冻结 that another lifts."""

from datetime import date

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Alert, Case, OfficeSetting
from yuetan.rules.dates.retention import kept_until
from yuetan.vocabulary import CaseState, Retention, Verb


@pytest.fixture
def closed(office: object) -> Case:
    return case_in(CaseState.CLOSED)


@pytest.mark.parametrize(
    ("closed_on", "retention", "last"),
    [
        (date(2026, 1, 1), Retention.TEN, date(2036, 12, 31)),
        (date(2026, 12, 31), Retention.TEN, date(2036, 12, 31)),  # the years begin on the first of January after
        (date(2028, 2, 29), Retention.THIRTY, date(2058, 12, 31)),
        (date(2026, 6, 1), Retention.PERMANENT, None),
    ],
)
def test_years_are_counted_from_the_january_after_the_end(
    closed_on: date, retention: Retention, last: date | None
) -> None:
    assert kept_until(closed_on, retention) == last


def test_a_case_is_kept_as_the_office_says_on_the_day_it_is_closed(closed: Case) -> None:
    assert (closed.retention, closed.keep_until) == (Retention.THIRTY, date(2056, 12, 31))
    setting = OfficeSetting.objects.get(key="archive_retention")
    change_office_setting(setting, by=cast.person("director"), value="10年")
    assert Case.objects.get(pk=closed.pk).retention == Retention.THIRTY
    later_one = case_in(CaseState.CLOSED, unit=cast.unit(cast.COUNTY))
    assert (later_one.retention, later_one.keep_until) == (Retention.TEN, date(2036, 12, 31))


def test_the_setting_takes_one_of_the_three(office: object) -> None:
    setting = OfficeSetting.objects.get(key="archive_retention")
    with refused("“卷宗的保管期限”须填永久、30年、10年中的一个。"):
        change_office_setting(setting, by=cast.person("director"), value="15年")


def test_it_is_changed_for_one_case_with_a_reason_and_both_values_stay(closed: Case) -> None:
    with refused("保管期限本来就是“30年”，没有改动；请选另一个期限，或者不作调整。"):
        take(Verb.SET_RETENTION, closed, retention="thirty")
    with refused("尚未选择保管期限，请选永久、30年或者10年。", field="retention"):
        take(Verb.SET_RETENTION, closed, retention="")
    with refused("尚未写明调整保管期限的原因。"):
        take(Verb.SET_RETENTION, closed, reason=" ")
    case = take(Verb.SET_RETENTION, closed, retention="ten", reason="影响限于一镇。")
    assert (case.retention, case.keep_until) == (Retention.TEN, date(2036, 12, 31))
    event = case.events.latest("created_at")
    assert (event.opinion, event.data) == ("影响限于一镇。", {"retention_before": "30年", "retention": "10年"})
    assert not event.is_outer


def test_only_the_director_changes_it(closed: Case) -> None:
    for who in ("officer", "group_leader", "supervisor"):
        with not_theirs():
            take(Verb.SET_RETENTION, closed, by=cast.person(who))


def test_a_case_that_goes_on_has_no_period_until_it_is_closed_again(closed: Case) -> None:
    take(Verb.PLACE_HOLD, closed)
    with later(days=80):
        case = take(Verb.REOPEN, take(Verb.REQUEST_REOPENING, take(Verb.RECORD_REVISIT, closed)))
    assert (case.retention, case.keep_until) == ("", None)
    assert len(case.holds_in_force) == 1


def test_who_places_a_hold_does_not_lift_it_and_another_does(closed: Case) -> None:
    with refused("卷宗没有冻结，不用解除。"):
        take(Verb.LIFT_HOLD, closed)
    take(Verb.PLACE_HOLD, closed, by=cast.person("director"), reason="巡察调卷。")
    with refused("办公室设定：王三是冻结人，不能自己解除；请办公室主任或者领导小组领导中的另一人解除。"):
        take(Verb.LIFT_HOLD, closed)
    case = take(Verb.LIFT_HOLD, closed, by=cast.person("group_leader"), reason="巡察已结束。")
    assert case.holds_in_force == []
    hold = case.legal_holds.get()
    assert (hold.reason, hold.placed_by.name, hold.lifted_by.name) == ("巡察调卷。", "王三", "赵四")
    assert hold.lift_reason == "巡察已结束。"


def test_of_several_holds_one_is_lifted_and_the_others_stay(closed: Case) -> None:
    take(Verb.PLACE_HOLD, closed, reason="行政复议。")
    case = take(Verb.PLACE_HOLD, closed, by=cast.person("director"), reason="巡察调卷。")
    own, others = case.legal_holds.get(placed_by=cast.person("director")), case.legal_holds.get(reason="行政复议。")
    with refused("办公室设定：王三是冻结人，不能自己解除；请办公室主任或者领导小组领导中的另一人解除。", field="hold"):
        take(Verb.LIFT_HOLD, closed, hold=own)
    case = take(Verb.LIFT_HOLD, closed, hold=others)
    assert [hold.reason for hold in case.holds_in_force] == ["巡察调卷。"]
    with refused("所选的冻结已经解除或者不是本卷的，请在列出的冻结中选择。", field="hold"):
        take(Verb.LIFT_HOLD, closed, by=cast.person("group_leader"), hold=others)


def test_the_unit_hears_and_reads_nothing_of_it(closed: Case) -> None:
    before = Alert.objects.visible_to(cast.head(cast.TOWN)).count()
    for verb in (Verb.SET_RETENTION, Verb.PLACE_HOLD, Verb.LIFT_HOLD):
        take(verb, closed)
        with not_theirs():
            take(Verb.PLACE_HOLD, closed, by=cast.head(cast.TOWN))
    assert Alert.objects.visible_to(cast.head(cast.TOWN)).count() == before
    assert not closed.events.shown_outside().filter(verb__in=("set_retention", "place_hold", "lift_hold")).exists()
