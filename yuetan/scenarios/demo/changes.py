"""People and units of the demonstration: a leader barred from a town, a member unit that bears another name now."""

from __future__ import annotations

from datetime import timedelta

from yuetan.actions.office.office import change_office_setting
from yuetan.actions.people.account import change_contact
from yuetan.actions.people.second_factor import REQUIRED_POSTS
from yuetan.actions.people.unit import begin_post
from yuetan.actions.people.unit_change import rename_unit
from yuetan.models import OfficeSetting, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios.demo.people import IN_OFFICE_SINCE
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import PostKind

BARRED_FROM, RENAMED, NEW_NAME = "440705104", "440700-120", "市住房城乡建设和水务局"
RENAMED_DAYS_AGO = 5


def bar_the_deputy() -> None:
    """The deputy leader is posted to a town too (回避): another leader interviews its heads in their stead."""
    begin_post(
        by=User.objects.get(username="sysadmin"),
        unit=Unit.objects.get(code=BARRED_FROM),
        kind=PostKind.LIAISON,
        title="挂点联系领导",
        rank="",
        began_on=IN_OFFICE_SINCE,
        holder=User.objects.get(username="deputy"),
        name="",
        username="",
        password="",
    )


def name_the_contact() -> None:
    """The office says whom its papers name for questions, and who drafts has a telephone for the 呈批表."""
    officer = User.objects.get(username="officer")
    change_contact(officer, by=officer, telephone="0750-3270001", mobile="", email="")
    for key, value in {"contact_person": "综合组", "contact_telephone": "0750-3270000"}.items():
        change_office_setting(OfficeSetting.objects.get(key=key), by=User.objects.get(username="director"), value=value)


def rename_a_unit() -> None:
    """A unit whose interview was held and printed bears another name now: its papers keep the one of their day."""
    rename_unit(
        Unit.objects.get(code=RENAMED),
        by=User.objects.get(username="sysadmin"),
        name=NEW_NAME,
        effective_on=clock.today() - timedelta(days=RENAMED_DAYS_AGO),
        paper_number="江机编〔2026〕18号",
        paper=blank_scan("更名的批复"),
    )


def require_no_second_factor() -> None:
    """Nobody who looks at the demonstration has an app with its codes; 账号安全 says that the setting is why."""
    setting = OfficeSetting.objects.get(key=REQUIRED_POSTS)
    change_office_setting(setting, by=User.objects.get(username="director"), value=[])
