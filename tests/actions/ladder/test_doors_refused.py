"""第二十八条、第三十条: each door that does not stand, and each rung that cannot be laid, refused in its own words."""

from datetime import timedelta

import pytest

from tests.cast import TOWN, unit
from tests.factories import case_in, later
from tests.ladder import carry_out, checked, listed_in, measure_in, put_right, take
from tests.refusals import refused
from yuetan.models import AccountabilityMeasure
from yuetan.scenarios.measure_drivers import after_interview, begin, listed_supervision, of_rung, veto
from yuetan.vocabulary import CaseState, DoorKind, MeasureState, RungKind, Verb

pytestmark = pytest.mark.usefixtures("office")
AFTER_LISTING = "受到挂牌督办（黄牌警告）后仍未按期完成整改目标"
OTHERWISE = "请核对单位和事由；确有其他条件的，改选其他条件并写明。"
LATE = 61  # a day after the limit of the listing
OTHER_MATTER = "校园周边治安乱点整治不力"


def drafted_veto(matter: str = "") -> AccountabilityMeasure:
    """A 一票否决 that is said to follow a 挂牌督办 not met in time."""
    changed = {"limit": None, "demands": "", **({"matter": matter} if matter else {})}
    return begin(unit(TOWN), text=lambda about, **more: of_rung(RungKind.VETO, DoorKind.NOT_IN_TIME, about, **changed))


def veto_refused(fault: str) -> str:
    return f"依据第三十条，一票否决的条件“{AFTER_LISTING}”现在不成立：{fault}，{OTHERWISE}"


def test_article_30_the_rung_before_was_never_laid() -> None:
    measure_in(MeasureState.SERVED)  # one rung lower
    veto_drafted = drafted_veto()
    with refused(veto_refused("该单位没有就该事项受到过挂牌督办（黄牌警告）"), field="door"):
        take(Verb.SUBMIT_MEASURE, veto_drafted)


def test_article_30_the_rung_before_is_of_another_matter() -> None:
    listed_in(MeasureState.SERVED)
    veto_drafted = drafted_veto(OTHER_MATTER)
    with later(days=LATE), refused(veto_refused("该单位没有就该事项受到过挂牌督办（黄牌警告）"), field="door"):
        take(Verb.SUBMIT_MEASURE, veto_drafted)


def test_article_30_the_rung_before_was_met_in_time() -> None:
    put_right(take(Verb.ACKNOWLEDGE_MEASURE, listed_in(MeasureState.SERVED)))
    veto_drafted = drafted_veto()
    with later(days=LATE), refused(veto_refused("挂牌督办（黄牌警告）的整改任务已经按期完成"), field="door"):
        take(Verb.SUBMIT_MEASURE, veto_drafted)


def test_article_30_the_limit_of_the_rung_before_still_runs_on_its_last_day() -> None:
    listed_in(MeasureState.SERVED)
    still = veto_refused("挂牌督办（黄牌警告）的整改时限还没有到，或者已经报告、等待验收")
    veto_drafted = drafted_veto()
    with later(days=LATE - 1), refused(still, field="door"):
        take(Verb.SUBMIT_MEASURE, veto_drafted)
    with later(days=LATE):
        assert take(Verb.SUBMIT_MEASURE, veto_drafted).state == MeasureState.IN_REVIEW


def test_article_30_what_was_delisted_opens_no_door() -> None:
    measure = take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED)))
    take(Verb.GRANT_DELISTING, measure)
    veto_drafted = drafted_veto()
    with later(days=LATE), refused(veto_refused("挂牌督办（黄牌警告）的整改目标已经认定完成"), field="door"):
        take(Verb.SUBMIT_MEASURE, veto_drafted)


def test_article_28_an_interview_that_runs_opens_no_listing() -> None:
    case = case_in(CaseState.RECTIFYING)
    carry_out()
    again = begin(case.unit, text=lambda about, **changed: after_interview(case, **changed))
    sentence = (
        "依据第二十八条，挂牌督办（黄牌警告）的条件“受到约谈后仍未按期完成整改目标”现在不成立："
        f"约谈的整改时限还没有到，或者已经报告、等待验收，{OTHERWISE}"
    )
    with refused(sentence, field="door"):
        take(Verb.SUBMIT_MEASURE, again)


@pytest.mark.parametrize(
    ("text", "words", "article"),
    [
        (
            listed_supervision,
            "具有本办法第二十六条所列情形且危害特别严重或者影响特别重大但尚不够实施一票否决权制",
            "第二十八条",
        ),
        (veto, "具有本办法第二十六条所列情形且危害特别严重或者影响特别重大", "第三十条"),
    ],
)
def test_articles_28_and_30_gravity_is_reasoned_in_words(text, words, article) -> None:
    carry_out()
    drafted = begin(unit(TOWN), text=text, door_words=" ")
    with refused(f"依据{article}，以“{words}”为条件的，须写明危害、影响的具体情况，不能只选条件。", field="door_words"):
        take(Verb.SUBMIT_MEASURE, drafted)


def test_article_28_gravity_lays_no_second_listing_for_one_matter() -> None:
    listed_in(MeasureState.SERVED)
    again = begin(unit(TOWN), text=listed_supervision)
    fault = "该事项已经实施挂牌督办（黄牌警告）"
    with refused(
        f"依据第二十八条，挂牌督办（黄牌警告）的条件“{again.door.words}”现在不成立：{fault}，{OTHERWISE}", field="door"
    ):
        take(Verb.SUBMIT_MEASURE, again)


def test_of_two_decided_side_by_side_for_one_matter_one_is_served_and_the_other_withdrawn() -> None:
    first, second = (begin(unit(TOWN)) if number else measure_in(MeasureState.DRAFTED) for number in (0, 1))
    for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE):
        first, second = take(verb, first), take(verb, second)
    take(Verb.SERVE_MEASURE, first)
    sentence = "审定以后，该事项已经另行实施通报，同一档次不能再印发送达或者提出书面建议；请由市扫黑办主任撤回。"
    with refused(f"办公室设定：{sentence}"):
        take(Verb.SERVE_MEASURE, second)
    assert take(Verb.WITHDRAW_MEASURE, second).state == MeasureState.WITHDRAWN


@pytest.mark.parametrize("days", [0, 30])
def test_article_28_a_limit_is_ahead(days) -> None:
    carry_out()
    drafted = begin(unit(TOWN), text=listed_supervision)
    passed = drafted.limit - timedelta(days=60 + days)
    revised = take(Verb.REVISE_MEASURE, drafted, limit=passed)
    with refused(f"依据第二十八条，整改期限{passed.year}年{passed.month}月{passed.day}日不在今天以后，请另定期限。"):
        take(Verb.SUBMIT_MEASURE, revised)
