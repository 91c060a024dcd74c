"""`manage.py load`: everything once, nothing twice, and never a change of the law in place."""

import ast
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.past_triggers import past_triggers
from tests.rules.conftest import written_out
from yuetan.errors import Refused
from yuetan.loading import calendar
from yuetan.loading.fixtures import load_fixtures
from yuetan.models import (
    Accountability,
    Article,
    ArticleNote,
    CalendarDay,
    Circumstance,
    Citation,
    Door,
    Effect,
    Ground,
    OfficeSetting,
    Regulation,
    Rung,
    Unit,
)
from yuetan.rules.dates.working_days import is_working_day
from yuetan.vocabulary import Party, UnitKind

ZHUZHOU = json.loads((site.FIXTURES / "regulations/zhuzhou.json").read_text(encoding="utf-8"))["accountability"]
OTHERWISE = {**ZHUZHOU, "circumstances": {"heavier": 35, "lighter": 34}}


@pytest.fixture
def fixtures(office, settings, tmp_path):
    """A copy of the fixtures that a test may spoil."""
    settings.FIXTURES = settings.PACK = shutil.copytree(site.FIXTURES, tmp_path / "fixtures")
    return settings.FIXTURES


def change(path: Path, **facts: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


def recite(path: Path, section: str, **citations: object) -> None:
    facts = json.loads(path.read_text())
    facts["citations"][section] |= citations
    path.write_text(json.dumps(facts))


def test_a_second_run_writes_nothing(office):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        loaded = load_fixtures()
    assert loaded.written == {}
    assert not [query["sql"] for query in queries if re.match("INSERT|UPDATE|DELETE", query["sql"])]


def test_a_changed_text_is_refused_and_stays_as_it_was(fixtures):
    text = fixtures / "regulations/jiangmen.md"
    text.write_text(text.read_text().replace("书面通知被约谈方", "通知被约谈方"))
    with pytest.raises(Refused, match="《江门市扫黑除恶专项斗争约谈办法》（校对稿）：已载入，文字不得就地修改"):
        load_fixtures()
    assert "书面通知被约谈方" in Article.objects.get(regulation__key="jiangmen", number=7).text


@pytest.mark.parametrize(
    "facts", [{"in_force_from": "2020-01-01"}, {"grounds": {"5": ["county", "town"]}}, {"note": "另注"}]
)
def test_changed_facts_of_a_loaded_version_are_refused(fixtures, facts):
    change(fixtures / "regulations/jiangmen.json", **facts)
    with pytest.raises(Refused, match="不得就地修改"):
        load_fixtures()


def test_the_command_says_why_it_refuses(fixtures):
    change(fixtures / "regulations/jiangmen.json", note="另注")
    with pytest.raises(CommandError, match="请以新的版本名称另行载入"):
        call_command("load")


def test_a_new_version_stands_beside_the_old_one(fixtures):
    path = fixtures / "regulations/jiangmen.json"
    change(path, version="修订稿", in_force_from="2026-06-01")
    text = path.with_suffix(".md")
    text.write_text(text.read_text().replace("书面通知被约谈方", "书面通知被约谈单位"))
    load_fixtures()
    assert Regulation.objects.in_force(date(2026, 5, 31)).version == "校对稿"
    new = Regulation.objects.in_force(date(2026, 6, 1))
    assert new.version == "修订稿"
    assert "被约谈单位" in new.articles.get(number=7).text
    assert new.citations.count() == Citation.objects.filter(regulation__version="校对稿").count()


@pytest.mark.parametrize("section", ["steps", "refusals"])
def test_an_unknown_code_is_refused_by_name(fixtures, section):
    recite(fixtures / "regulations/jiangmen.json", section, nonsense=None)
    with pytest.raises(Refused, match=f"jiangmen.json：citations · {section}：本系统没有：nonsense"):
        load_fixtures()


@pytest.mark.parametrize(("section", "code"), [("steps", "endorse"), ("refusals", "recusal")])
def test_of_what_a_text_says_nothing_it_is_silent_when_it_is_loaded_anew(fixtures, section, code):
    path = fixtures / "regulations/jiangmen.json"
    facts = json.loads(path.read_text())
    del facts["citations"][section][code]
    path.write_text(json.dumps(facts | {"version": "修订稿"}))
    load_fixtures()
    new = Regulation.objects.get(version="修订稿")
    assert new.cited_by(code) == ""
    assert new.citations.exists()


@pytest.mark.parametrize("reference", ["12", "7(1)", "9(5)", "第七条", ""])
def test_a_reference_to_no_article_is_refused(fixtures, reference):
    recite(fixtures / "regulations/jiangmen.json", "steps", endorse=[reference])
    with pytest.raises(Refused, match=re.escape(f"没有所引的条款“{reference}”")):
        load_fixtures()


@pytest.mark.parametrize("value", [None, ["7"], ["6", "7"]])
def test_what_was_cited_once_is_not_changed(fixtures, value):
    recite(fixtures / "regulations/jiangmen.json", "steps", endorse=value)
    with pytest.raises(Refused, match="已载入的依据不得修改：endorse"):
        load_fixtures()


def test_what_the_product_learns_to_cite_is_added(fixtures):
    recite(fixtures / "regulations/jiangmen.json", "steps", withdraw=["6"])
    assert load_fixtures().written == {"办法": 1}
    assert Regulation.objects.get(key="jiangmen").cited_by("withdraw") == "第六条"


def test_what_the_product_learns_to_read_of_a_loaded_text_is_added(office, fixtures):
    """As an installation of before meets it: the text is there, its rungs and notes are not."""
    with past_triggers():
        for model in (Effect, Door, Rung, Circumstance, Accountability, ArticleNote):
            model.objects.all().delete()
        Ground.objects.filter(unit_kinds=[]).delete()
    assert load_fixtures().written == {"办法": 1 + 6 + 7 + 5 + 8 + 14 + 6}
    assert load_fixtures().written == {}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"accountability": OTHERWISE}, "责任制的情形、档次和情节已载入，不得就地修改"),
        ({"notes": {"27": {"kind": "other_bodies", "words": "另注"}}}, "已载入的条文说明不得修改：第二十七条"),
        ({"notes": {}}, "已载入的条文说明不得修改：第二十七条"),
    ],
)
def test_what_was_read_of_a_text_once_is_not_changed(fixtures, facts, words):
    change(fixtures / "regulations/zhuzhou.json", **facts)
    with pytest.raises(Refused, match=words):
        load_fixtures()


def test_a_text_of_the_offices_own_is_loaded_beside_those_of_the_product(office, settings, tmp_path):
    settings.OWN_REGULATIONS = tmp_path
    for kind in ("json", "md"):
        shutil.copy(site.FIXTURES / f"regulations/zhuzhou.{kind}", tmp_path / f"own.{kind}")
    change(tmp_path / "own.json", key="own", title="株洲县健全落实社会治安综合治理领导责任制实施办法", version="本地")
    load_fixtures()
    assert Accountability.objects.count() == 2
    assert Regulation.objects.get(key="own").accountability.rungs.count() == 5


def test_a_citation_of_what_the_product_has_unlearnt_may_stay(office):
    article = office.articles.get(number=7)
    Citation.objects.create(regulation=office, article=article, kind="refusal", code="refusal_of_an_older_edition")
    assert load_fixtures().written == {}


def test_an_unreadable_paragraph_is_not_passed_over(fixtures):
    text = fixtures / "regulations/zhuzhou.md"
    text.write_text(text.read_text().replace("第十七条　", "第十七条 ", 1))
    with pytest.raises(Refused, match=re.escape("zhuzhou.md：正文：认不出条文：第十七条")):
        load_fixtures()


def test_settings_the_office_changed_stay(office):
    OfficeSetting.objects.filter(key="notice_lead_days").update(value=5)
    load_fixtures()
    assert OfficeSetting.objects.number("notice_lead_days") == 5


def test_a_setting_is_worded_as_the_product_words_it_now(office):
    OfficeSetting.objects.filter(key="yellow_within_days").update(label="黄灯提前工作日数")
    load_fixtures()
    assert OfficeSetting.objects.get(key="yellow_within_days").label == "时限状态“将到期”的工作日数"


READERS = ("number", "numbers", "words", "posts", "post_lists", "flag")


def test_every_setting_the_code_asks_for_is_loaded(office):
    trees = [ast.parse(path.read_text()) for path in Path(site.BASE_DIR, "yuetan").rglob("*.py")]
    keys = {key for tree in trees for key in _settings_asked_for(tree)}
    assert len(keys) > 50
    assert keys <= set(OfficeSetting.objects.values_list("key", flat=True))


def _settings_asked_for(tree):
    """The keys in calls that read a setting, written there or bound to a name of the same module."""
    bound = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in READERS:
            is_setting = "OfficeSetting" in ast.unparse(node.func)
            for each in node.args if is_setting else ():
                yield from [each.value] if isinstance(each, ast.Constant) else []
                yield from [bound[each.id]] if isinstance(each, ast.Name) and each.id in bound else []


def test_no_setting_passes_for_law(office):
    assert all("办公室设定" in setting.note for setting in OfficeSetting.objects.all())


def test_units_the_office_renamed_stay_and_none_comes_back(office):
    Unit.objects.filter(code="440700-101").update(code="440700-901", name="改名后的单位")
    load_fixtures()
    assert not Unit.objects.filter(code="440700-101").exists()


def test_the_units_of_the_city(office):
    counts = {kind: Unit.objects.filter(kind=kind).count() for kind in UnitKind}
    assert counts.pop(UnitKind.MEMBER_UNIT) >= 30
    assert counts == {UnitKind.LEADING_GROUP: 1, UnitKind.OFFICE: 1, UnitKind.COUNTY: 7, UnitKind.TOWN: 73}
    towns = Unit.objects.filter(kind=UnitKind.TOWN).select_related("parent")
    assert {town.parent.kind for town in towns} == {UnitKind.COUNTY}
    assert all(town.code.startswith(town.parent.code) for town in towns)
    assert not Unit.objects.filter(name__in=("圭峰区", "江门监狱", "四堡林场", "新会经济开发区")).exists()
    assert Unit.objects.get(code="440703101").initials == "txz"


def test_each_unit_has_its_groups(office):
    names = {unit.group_name(party) for unit in Unit.objects.all() for party in (Party.UNIT_HEAD, Party.UNIT_LIAISON)}
    assert names <= set(Group.objects.values_list("name", flat=True))


def test_the_calendar_is_the_published_one(office):
    loaded, published = CalendarDay.objects.calendar(), written_out()
    for number in range((date(2027, 1, 1) - date(2019, 1, 1)).days):
        day = date(2019, 1, 1) + timedelta(days=number)
        assert is_working_day(day, loaded) == is_working_day(day, published), day
        assert (day in published.holidays) <= (day in loaded.holidays), day


def test_a_year_without_an_arrangement_is_not_invented(office):
    assert CalendarDay.objects.latest("day").day.year == 2026


def test_days_the_sources_dispute_are_named():
    wrong = [CalendarDay(day=date(2026, 11, 24), is_working=False, name="")]
    agreed = list(calendar.arranged(2026))
    assert calendar.disagreement(2026, agreed) == ""
    warning = calendar.disagreement(2026, agreed + wrong)
    assert "2026年11月24日" in warning
    assert "核对" in warning
