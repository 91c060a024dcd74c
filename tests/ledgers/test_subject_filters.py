"""The ledgers of cases and tasks by unit and below, ground, interviewer and days: never more than a person may see."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_in
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, Ground, Task, Unit
from yuetan.vocabulary import CaseState, PostKind

ADDRESS = {"cases": "/cases/", "tasks": "/tasks/"}
VIEWERS = ["officer", f"head_{cast.TOWN}", f"head_{cast.COUNTY}", "second_officer"]


@pytest.fixture
def full(office):
    def history():
        for code in (cast.TOWN, cast.DIVISION_TOWN, cast.COUNTY, cast.MEMBER_UNIT):
            case_in(CaseState.RECTIFYING, unit=cast.unit(code))
        case_in(CaseState.DRAFTED, unit=cast.unit(cast.TOWN))
        case_in(CaseState.CLOSED, unit=cast.unit(cast.TOWN))
        return list(Case.objects.all())

    cases = run_or_copy(history, __name__)
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    return cases


def _asked(**values):
    return QueryDict(urlencode({"state": "", **values}))


def _hits(key, username, **values):
    """What page and file of the ledger hold for this person; that the page shows it is one test below."""
    return set(LEDGERS[key].filtered(cast.person(username), _asked(**values)).qs)


def _shown(key, username, **values):
    page = browser(username).get(ADDRESS[key], _asked(**values))
    assert page.status_code == 200
    return {row[key[:-1]] for row in page.context["rows"]}


def _may_see(key, username):
    model = {"cases": Case, "tasks": Task}[key]
    return set(model.objects.visible_to(cast.person(username)))


def _case(row):
    return row if isinstance(row, Case) else row.case


def _lies_in(unit, above):
    return unit == above or (unit.parent is not None and _lies_in(unit.parent, above))


@pytest.mark.parametrize("key", ADDRESS)
def test_a_unit_is_listed_with_all_below_it(full, key):
    asked_for = (cast.TOWN, cast.TOWN[:6], cast.COUNTY, cast.MEMBER_UNIT, cast.DIVISION_TOWN[:6])
    for username in VIEWERS:
        may_see, person = _may_see(key, username), cast.person(username)
        for code in asked_for:
            above = Unit.objects.get(code=code)
            asked = LEDGERS[key].filtered(person, _asked(area=code))
            assert asked.is_valid() == (person.has_perm("yuetan.see_units") or above.pk in person.interviewed_units)
            wanted = {row for row in may_see if _lies_in(_case(row).unit, above)}
            assert not asked.is_valid() or set(asked.qs) == wanted, username
    assert _hits(key, "officer", area=cast.TOWN[:6])


@pytest.mark.parametrize("key", ADDRESS)
def test_a_ground_is_asked_of_what_the_person_reads_the_inner_half_of(full, key):
    for username in VIEWERS:
        viewer, may_see = cast.person(username), _may_see(key, username)
        for ground in Ground.objects.for_interviews():
            wanted = {
                row
                for row in may_see
                if not viewer.has_perm("yuetan.see_inner_case")
                or (_case(row).is_inner_to(viewer) and ground in _case(row).grounds.all())
            }
            assert _hits(key, username, ground=ground.pk) == wanted, username
    assert any(_hits(key, "officer", ground=ground.pk) for ground in Ground.objects.for_interviews())


@pytest.mark.parametrize("key", ADDRESS)
def test_the_interviewed_side_is_not_offered_the_grounds(full, key):
    assert "约谈情形" in browser("officer").get(ADDRESS[key]).content.decode()
    assert "约谈情形" not in browser(f"head_{cast.TOWN}").get(ADDRESS[key]).content.decode()


@pytest.mark.parametrize("key", ADDRESS)
def test_an_interviewer_is_found_by_name(full, key):
    for username in VIEWERS:
        may_see = _may_see(key, username)
        for name in ("孙六", "钱五", "赵四", "无此人"):
            wanted = {
                row for row in may_see if (post := _case(row).interviewer) is not None and name in post.holder.name
            }
            assert _hits(key, username, interviewer=name) == wanted, username
    assert any(_hits(key, "officer", interviewer=name) for name in ("孙六", "钱五", "赵四"))


def test_cases_are_listed_by_the_days_of_their_interview(full):
    days = sorted({timezone.localdate(case.scheduled_at) for case in full if case.scheduled_at})
    for username in VIEWERS:
        for first, last in ((days[0], days[0]), (days[0], days[-1]), (days[-1] + timedelta(days=1), None)):
            wanted = {
                case
                for case in _may_see("cases", username)
                if case.scheduled_at and first <= timezone.localdate(case.scheduled_at) <= (last or first)
            }
            assert _hits("cases", username, begin=first, end=last or "") == wanted, username


@pytest.mark.parametrize("key", ADDRESS)
def test_the_file_holds_what_the_page_is_filtered_by(full, key):
    ground = Ground.objects.filter(cases__unit__code=cast.TOWN).first()
    _, *rows = exported_rows("officer", key, f"state=&area={cast.TOWN[:6]}&ground={ground.pk}")
    assert len(rows) == len(_shown(key, "officer", area=cast.TOWN[:6], ground=ground.pk)) > 0


@pytest.mark.parametrize("key", ADDRESS)
def test_the_page_shows_what_the_ledger_holds(full, key):
    ground = Ground.objects.filter(cases__unit__code=cast.TOWN).first()
    asked = {"area": cast.TOWN[:6], "ground": ground.pk, "interviewer": "孙六", "begin": "2026-11-23"}
    for username in VIEWERS:
        assert _shown(key, username) == _hits(key, username) == _may_see(key, username), username
        for name, value in asked.items():
            assert _shown(key, username, **{name: value}) == _hits(key, username, **{name: value}), (username, name)


@pytest.mark.parametrize("key", ADDRESS)
def test_more_rows_cost_no_more_queries(office, key):
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    client, ground = browser("officer"), Ground.objects.filter(cases__isnull=False).first()
    address = f"{ADDRESS[key]}?area={cast.TOWN[:6]}&ground={ground.pk}&interviewer=孙"
    client.get(address)
    one = queries_of(client, address)
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    assert queries_of(client, address) == one
