"""办公室设定: changed by the director, in the log, and never out of bounds."""

import pytest

from tests.refusals import not_theirs, refused
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Event, OfficeSetting


@pytest.fixture
def lead_days(office):
    """How many working days a notice goes ahead."""
    return OfficeSetting.objects.get(key="notice_lead_days")


def test_a_change_is_in_the_log_with_both_values(lead_days, director):
    change_office_setting(lead_days, by=director, value=5)
    event = Event.objects.get()
    assert event.data == {"setting": "约谈通知提前工作日数", "before": "3", "after": "5"}
    assert event.actor == director


@pytest.mark.parametrize("value", [-1, 91, "5", None, 2.5])
def test_a_number_is_a_small_whole_one(lead_days, director, value):
    with refused("“约谈通知提前工作日数”须为 0 至 90 的整数。", field="value"):
        change_office_setting(lead_days, by=director, value=value)


def test_some_post_approves(office, director):
    posts = OfficeSetting.objects.get(key="approving_posts")
    with refused("“可以审定的职务”至少选择一个职务。", field="value"):
        change_office_setting(posts, by=director, value=[])


@pytest.mark.parametrize("who", ["officer", "group_leader", "supervisor", "sysadmin", "auditor", "head"])
def test_nobody_but_the_director_changes_them(lead_days, request, who):
    with not_theirs():
        change_office_setting(lead_days, by=request.getfixturevalue(who), value=5)
