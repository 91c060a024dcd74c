"""报送事项: set up and changed; a period keeps the version it began under."""

from datetime import date, time

import pytest
import time_machine

from tests import cast
from tests.refusals import not_theirs, nothing_stored, refused
from tests.reporting import FIELDS, SUMMED, TITLE, accepted, asked, at, report_of, scheme_of
from yuetan.actions.reporting import schemes
from yuetan.actions.reporting.periods import open_periods, open_scheme
from yuetan.actions.reporting.schemes import create_scheme, revise_scheme
from yuetan.errors import Refused
from yuetan.models import Unit
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind, ReportingRhythm, UnitKind

COUNT, TEXT = ReportFieldKind.COUNT, ReportFieldKind.TEXT
WHY = "增加一项。"
LATER = date(2026, 12, 1)


def revised(scheme, *, by="director", reason=WHY, after=1, **changed):
    facts = asked(**{"first_day": LATER, "open_days": 5, **changed})
    return revise_scheme(scheme, by=cast.person(by), asked=facts, reason=reason, after=after)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"source": "", "kinds": []}, "报送事项还缺：依据、报送单位。"),
        ({"rhythm": "once"}, "报送事项还缺：末期。"),
        ({"fields": ()}, "报表还没有填报项，请至少列一项。"),
        ({"fields": (FieldRow("", COUNT),)}, "第1项还缺名称或者类型。"),
        ({"fields": (FieldRow("甲类", COUNT), FieldRow("甲类", TEXT))}, "填报项“甲类”重复，请改用不同的名称。"),
        (
            {"fields": (FieldRow("甲类", TEXT, "", True, ReportFieldCheck.SUM, "乙类"),)},
            "“甲类”不是数字，不能设核对关系；请改为数字，或者去掉核对关系。",
        ),
        (
            {"fields": (FieldRow("甲类", COUNT, "", True, ReportFieldCheck.SUM, "乙类"),)},
            "“甲类”的核对关系所列的乙类，不是本表的其他数字项；请照填报项的名称填写。",
        ),
        (
            {"fields": (FieldRow("甲类", COUNT, "", True, ReportFieldCheck.AT_LEAST),)},
            "“甲类”的核对关系（不小于所列一项）须列出一项填报项的名称。",
        ),
        ({"last_day": date(2026, 11, 1)}, "末期不得早于首期：首期是2026年11月26日，请核对末期。"),
        (
            {"first_day": date(2026, 11, 19)},
            (
                "办公室设定：首期（2026年11月13日至11月19日）的报送时限2026年11月19日 12:00已过，"
                "设立即已逾期；请从下一期起报送。"
            ),
        ),
        (
            {"kinds": [], "named_units": ["office"]},
            "领导小组办公室不是可以报送的单位（成员单位、市（区）、镇（街）中未停用的），请另选。",
        ),
    ],
)
def test_what_is_missing_or_unfit_is_refused(office, changed, sentence):
    if changed.get("named_units"):
        unit = cast.unit(cast.OFFICE)
        changed, sentence = {**changed, "named_units": [unit]}, sentence.replace("领导小组办公室", unit.full_name)
    with nothing_stored(), pytest.raises(Refused) as error:
        scheme_of(**changed)
    assert sentence in [reason.text for reason in error.value.reasons]


def test_a_title_is_borne_once(office):
    scheme_of()
    with refused(f"已有名称为“{TITLE}”的报送事项，请换一个名称，或者修改原来的报送事项。"):
        scheme_of()


def test_nobody_but_officers_and_the_director_keeps_schemes(office):
    scheme = scheme_of()
    for who in ("supervisor", "group_leader", "sysadmin", f"head_{cast.TOWN}"):
        with not_theirs():
            create_scheme(by=cast.person(who), title="另一项", asked=asked())
        with not_theirs():
            revised(scheme, by=who)


def test_who_reports_is_said_by_kind_place_and_name(office):
    county = cast.unit(cast.COUNTY)
    scheme = scheme_of(area=county, named_units=[cast.unit(cast.MEMBER_UNIT)])
    units = scheme.newest_version().units()
    assert set(units) == {cast.unit(cast.MEMBER_UNIT), *Unit.objects.filter(parent=county, kind=UnitKind.TOWN)}


def test_a_period_keeps_the_version_it_began_under(office):
    scheme = scheme_of()
    sentence = (
        "办公室设定：2026年11月20日至11月26日已经开始，按第1版报送，不能中途改变；"
        "请从2026年11月26日以后开始的一期起修改。"
    )
    with refused(sentence):
        revised(scheme, first_day=date(2026, 11, 26))
    revised(scheme, fields=FIELDS)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        assert [period.version.version for period in scheme.periods.all()] == [2, 1]
        assert report_of(scheme).period.version.form_fields[0].check == ""
    assert scheme.periods.last().version.form_fields[0].check == ReportFieldCheck.SUM


def test_a_change_needs_a_reason_a_change_and_the_newest_version(office):
    scheme = scheme_of()
    with refused("尚未写明修改的原因。"):
        revised(scheme, reason="")
    with refused("与第1版相同，没有改动。"):
        revised(scheme, open_days=6)
    revised(scheme)
    with refused("这一报送事项已由王三修改为第2版，请在第2版上修改。"):
        revised(scheme, first_day=date(2026, 12, 10))
    with refused("第2版自2026年11月27日起施行，还没有开始；请从更晚的一期起修改。"):
        revised(scheme, after=2, open_days=4)


def test_a_field_keeps_its_key_while_it_keeps_its_label(office):
    scheme = scheme_of()
    version = revised(scheme, fields=(FieldRow("新增一项", COUNT), SUMMED[4], SUMMED[3]))
    assert [(field.key, field.label) for field in version.form_fields] == [
        ("f6", "新增一项"),
        ("f5", "情况说明"),
        ("f4", "累计移交线索"),
    ]


def test_a_key_never_comes_to_mean_another_field(office):
    """What was dropped and comes back has its key again; what is new has none that was ever given."""
    scheme = scheme_of(fields=FIELDS[:3])
    revised(scheme, fields=FIELDS[:2])
    third = revised(scheme, fields=(*FIELDS[:2], FieldRow("查处人数", COUNT)), after=2, first_day=date(2026, 12, 10))
    assert [(field.key, field.label) for field in third.form_fields][2] == ("f4", "查处人数")
    fourth = revised(scheme, fields=FIELDS[:3], after=3, first_day=date(2026, 12, 17))
    assert [(field.key, field.label) for field in fourth.form_fields][2] == ("f3", FIELDS[2].label)


def test_of_two_who_set_up_one_title_at_once_the_second_is_refused(office, monkeypatch):
    """Nothing stood against it when the second looked: the first was not committed yet."""
    scheme_of()
    monkeypatch.setattr(schemes, "_title_problems", lambda title: ())
    with refused(f"已有名称为“{TITLE}”的报送事项，请换一个名称，或者修改原来的报送事项。", field="title"):
        create_scheme(by=cast.person("director"), title=TITLE, asked=asked(open_days=5))


def test_what_is_reported_once_or_ends_has_no_further_period(office):
    once = scheme_of("一次性", rhythm=ReportingRhythm.ONCE, first_day=date(2026, 11, 23), last_day=date(2026, 11, 27))
    ending = scheme_of("到期即止", last_day=date(2026, 11, 26))
    with time_machine.travel(at(20, 9, month=12)):
        open_periods(clock.today())
    assert [period.label for period in once.periods.all()] == ["2026年11月23日至11月27日"]
    assert ending.periods.count() == 1


def test_another_rhythm_begins_with_its_own_period(office):
    scheme = scheme_of()
    revised(scheme, rhythm=ReportingRhythm.MONTHLY, first_day=date(2026, 12, 31), due_time=time(17))
    with time_machine.travel(at(28, 9, month=12)):
        open_periods(clock.today())
    labels = [period.label for period in scheme.periods.all()]
    assert labels == ["2026年12月", "2026年11月27日至12月3日", "2026年11月20日至11月26日"]
    assert scheme.periods.first().due_at == at(31, 17, month=12)


def test_a_unit_that_ends_is_not_asked_any_more(office):
    scheme = scheme_of()
    count = scheme.periods.get().unit_count
    accepted(report_of(scheme))
    Unit.objects.filter(code=cast.TOWN).update(retired_on=date(2026, 11, 25))
    with time_machine.travel(at(30, 9)):
        open_periods(clock.today())
    assert scheme.periods.first().unit_count == count - 1
