"""株洲's 责任制 as rows: each article's grounds, doors, effects and circumstances, word for word."""

from datetime import date

import pytest

from yuetan.models import Accountability, ArticleNote, OfficeSetting
from yuetan.rules.dates.month_periods import months_in
from yuetan.vocabulary import CircumstanceKind, DoorKind, RungKind

LADDER = ["circular", "interview", "listed_supervision", "veto", "referral"]
DOORS = {
    "circular": [(28, "ground", None)],
    "interview": [(28, "not_in_time", "circular"), (28, "gravity", None)],
    "listed_supervision": [(28, "not_in_time", "interview"), (28, "gravity", None)],
    "veto": [(30, "not_in_time", "listed_supervision"), (30, "gravity", None)],
    "referral": [(31, "responsibility", None)],
}


@pytest.fixture
def zhuzhou(office):
    return Accountability.objects.get(regulation__key="zhuzhou")


def test_article_26_lists_six_grounds(zhuzhou):
    grounds = list(zhuzhou.grounds_article.grounds.all())
    assert [ground.citation for ground in grounds] == [f"第二十六条第{number}项" for number in "一二三四五六"]
    assert grounds[3].text == "本地区本系统本单位社会治安综合治理工作考核评价不合格、不达标的"
    assert not any(ground.unit_kinds or ground.is_other for ground in grounds)  # nobody is interviewed on them


def test_articles_28_and_30_have_two_doors_to_each_rung(zhuzhou):
    rungs = list(zhuzhou.rungs.all())
    assert [rung.kind for rung in rungs] == LADDER
    for rung in rungs:
        doors = [(door.article.number, door.kind, door.after.kind if door.after else None) for door in rung.doors.all()]
        assert doors == DOORS[rung.kind]
        assert all(door.words in door.article.text for door in rung.doors.all())
        assert rung.words in rung.article.text
    gravity = {rung.kind: rung.doors.get(kind=DoorKind.GRAVITY).words for rung in rungs[1:4]}
    assert gravity[RungKind.INTERVIEW].endswith("危害严重或者影响重大")
    assert gravity[RungKind.LISTED_SUPERVISION].endswith("危害特别严重或者影响特别重大但尚不够实施一票否决权制")
    assert gravity[RungKind.VETO].endswith("危害特别严重或者影响特别重大")


def test_who_decides_and_whether_a_limit_is_required(zhuzhou):
    assert [(rung.decided_by, rung.has_time_limit) for rung in zhuzhou.rungs.all()] == [
        *[("office", True)] * 3,
        ("leading_group", False),
        ("", False),
    ]


@pytest.mark.parametrize(
    ("rung", "article", "period", "months"), [("listed_supervision", 29, "半年", 6), ("veto", 31, "一年", 12)]
)
def test_articles_29_and_31_close_the_same_to_the_same(zhuzhou, rung, article, period, months):
    effects = list(zhuzhou.rungs.get(kind=rung).effects.all())
    leaders = ("main_leader", "supervising_leader", "leader_in_charge")
    assert [(effect.subject, effect.closed) for effect in effects] == [
        ("unit", "selection"),
        *((leader, closed) for leader in leaders for closed in ("commendation", "promotion")),
    ]
    assert {(effect.article.number, effect.period, effect.months) for effect in effects} == {(article, period, months)}


def test_articles_34_and_35_list_what_is_heavier_and_lighter(zhuzhou):
    listed = [(row.article.number, row.kind) for row in zhuzhou.circumstances.all()]
    assert listed == [(34, CircumstanceKind.HEAVIER)] * 4 + [(35, CircumstanceKind.LIGHTER)] * 3


def test_articles_27_and_33_are_decided_by_others(zhuzhou):
    notes = ArticleNote.objects.filter(article__regulation=zhuzhou.regulation, kind="other_bodies")
    assert [note.article.number for note in notes] == [27, 33]


def test_the_office_carries_out_none_before_it_has_chosen(zhuzhou):
    assert Accountability.objects.carried_out(date(2026, 11, 23)) is None
    OfficeSetting.objects.filter(key="accountability_text").update(value=zhuzhou.regulation.title)
    assert Accountability.objects.carried_out(date(2026, 11, 23)) == zhuzhou
    assert Accountability.objects.carried_out(date(2018, 12, 31)) is None  # not in force yet


@pytest.mark.parametrize(
    ("period", "months"),
    [("半年", 6), ("一年", 12), ("两年", 24), ("三个月", 3), ("十八个月", 18), ("十年", 120), ("十一年", None)],
)
def test_periods_are_read_as_the_law_writes_them(period, months):
    assert months_in(period) == months


@pytest.mark.parametrize("period", ["", "年", "6个月", "半年内", "二日", "一个季度"])
def test_what_is_no_such_period_is_none(period):
    assert months_in(period) is None
