"""办法: the text, and what carries each article out."""

import pytest
from django.test import Client
from django.urls import reverse

from yuetan import permissions
from yuetan.models import Citation, OfficeSetting, Regulation, User
from yuetan.rules.refusals import SENTENCES
from yuetan.rules.uncited import UNCITED
from yuetan.views.law.regulation import without_words

EVERYBODY = ("officer", "director", "group_leader", "deputy", "supervisor", "sysadmin", "auditor", "head", "liaison")


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reads_the_law(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("regulation")).status_code == 200


def test_page_holds_every_line_of_the_law(client: Client, officer: User, office: Regulation) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    assert office.version in words
    assert office.note in words
    for article in office.articles.all():
        assert article.name in words
        for line in article.text.splitlines():
            assert line in words


def test_every_citation_is_on_the_page_at_its_article(client: Client, officer: User, office: Regulation) -> None:
    client.force_login(officer)
    articles = {a["name"]: a for a in client.get(reverse("regulation")).context["articles"]}
    for row in Citation.objects.filter(regulation=office).select_related("article"):
        shown, item = articles[row.article.name], row.name.removeprefix(row.article.name)
        if row.kind == Citation.Kind.STEP:
            expected = [line for line in shown["steps"] if item in line["cited"]]
            labels = {transition.label for line in expected for transition in line["transitions"]}
            assert labels & {permissions.BY_CODENAME[p].label for p in permissions_of(row.code)}
        else:
            sentences = [line["sentence"] for line in shown["refusals"] if item in line["cited"]]
            assert without_words(row.code) in sentences


def permissions_of(verb: str) -> list[str]:
    named = {"return_for_changes": ["return_review", "return_proposal"]}
    return named.get(verb, [verb])


def test_every_refusal_is_shown_once_with_its_article_or_as_the_offices_own(
    client: Client, officer: User, office: Regulation
) -> None:
    client.force_login(officer)
    context = client.get(reverse("regulation")).context
    cited = set(office.citations.filter(kind=Citation.Kind.REFUSAL).values_list("code", flat=True))
    assert not UNCITED & cited
    assert len(context["own_refusals"]) == len(SENTENCES) - len(cited) - len(UNCITED)
    assert without_words("notice_time_too_soon") in context["own_refusals"]
    assert without_words("notice_incomplete") not in context["own_refusals"]


def test_places_to_be_filled_in_are_shown_as_dots() -> None:
    assert without_words("receipt_already_signed") == "本通知已由……于……签收，不必再次签收。"
    assert all("{" not in without_words(code) for code in SENTENCES)


def test_who_carries_a_step_out_is_shown_by_the_table(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    assert "书面通知：由承办人、代行承办人职责的人员办理" in words
    assert "报送整改报告：由被约谈单位主要领导办理" in words
    assert "撤回建议：由拟稿人办理" in words
    assert "撤回已审定的约谈：由审定领导办理" in words


def test_settings_and_rules_stand_apart(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    for setting in OfficeSetting.objects.all():
        assert setting.label in words
    assert words.index('id="own"') > words.index("第十一条")
    assert "第一副组长" in words[words.index('id="rules"') : words.index('id="own"')]


def test_reference_text_is_marked_as_such(client: Client, officer: User) -> None:
    reference = Regulation.objects.get(key="zhuzhou")
    client.force_login(officer)
    words = client.get(reverse("regulation"), {"text": reference.pk}).content.decode()
    assert "参考文本：不是本市约谈程序的依据" in words
    assert reference.articles.first().text.splitlines()[0] in words
    assert 'id="own"' not in words


def page_of(client: Client, key: str) -> str:
    text = Regulation.objects.get(key=key)
    return client.get(reverse("regulation"), {"text": text.pk}).content.decode()


def test_each_article_says_what_carries_it_out_or_that_nothing_does(client: Client, officer: User) -> None:
    client.force_login(officer)
    nothing = "本系统没有执行本条的步骤"
    assert nothing not in page_of(client, "jiangmen")
    assert "不产生步骤：目的和依据。" in page_of(client, "jiangmen")
    articles = page_of(client, "zhuzhou").split('<article class="article"')[1:]
    assert len(articles) == 13
    shown = {article.partition('aria-label="')[2].partition('"')[0]: article for article in articles}
    elsewhere = [name for name, article in shown.items() if "由其他机关决定：" in article]
    assert elsewhere == ["第二十七条", "第三十三条"]
    assert [name for name, article in shown.items() if nothing in article] == []
    for name, step in (
        ("第十六条", "填报本单位的报表：由"),
        ("第十七条", "登记督导的集体结论：由"),
        ("第十九条", "查阅实绩材料：由"),
        ("第二十九条", "补列受资格限制的领导：由"),
        ("第三十条", "商有关部门：由"),
    ):
        assert step in shown[name]


def test_the_ladder_is_shown_with_its_doors_periods_and_circumstances(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = page_of(client, "zhuzhou")
    ladder = words[words.index('id="rungs"') :]
    assert "受到通报后仍未按期完成整改目标" in ladder
    assert "具有本办法第二十六条所列情形且危害严重或者影响重大" in ladder
    assert "半年内（6个月）取消地区、单位的综合性评选资格" in ladder
    leaders = "主要领导干部、主管领导干部、分管领导干部"
    assert f"一年内（12个月）取消{leaders}的评先受奖、晋职晋级资格" in ladder
    assert ladder.count("条文未写明") == 1
    assert "从轻情节（第三十五条）" in ladder
    assert "本办公室没有选定执行这一责任制" in ladder
    assert 'id="rungs"' not in page_of(client, "jiangmen")


def test_the_text_that_the_office_has_chosen_is_no_longer_for_reference(client: Client, officer: User) -> None:
    OfficeSetting.objects.filter(key="accountability_text").update(value=Regulation.objects.get(key="zhuzhou").title)
    client.force_login(officer)
    words = page_of(client, "zhuzhou")
    assert "本办公室选定执行的责任制（办公室设定）" in words
    assert "通报、挂牌督办、一票否决在“责任措施”中办理" in words
    assert "没有选定执行" not in words
    assert "参考文本：" not in words


@pytest.mark.parametrize("text", ["999999", "abc", "", "９", "99999999999999999999"])
def test_text_that_is_not_there_is_not_found(client: Client, officer: User, text: str) -> None:
    client.force_login(officer)
    assert client.get(reverse("regulation"), {"text": text}).status_code == 404


# Of each article that lays a rung or says what follows it: steps and refusals that must stand under it.
CARRIED_OUT = {
    26: (["起草责任措施"], ["measure_without_ground"]),
    28: (["起草责任措施", "印发送达责任措施", "据逾期未完成整改的通报提出约谈建议"], ["work_team_missing"]),
    29: (["印发送达责任措施（挂牌督办（黄牌警告））"], ["restriction_not_of_rung"]),
    30: (["实施一票否决前商有关部门", "印发送达责任措施（一票否决）"], ["measure_for_a_meeting"]),
    31: (["印发送达责任措施（一票否决）", "移送有权机关"], ["joint_rung_in_force"]),
    32: (["就驻本地单位的一票否决提出书面建议"], ["veto_of_stationed_unit", "commission_above_missing"]),
    33: (["移送有权机关"], []),
    34: (["审定报领导的责任措施"], ["circumstances_unanswered"]),
    35: (["审定报领导的责任措施"], ["circumstances_unanswered"]),
}


def test_every_article_from_26_to_35_has_the_steps_and_refusals_that_carry_it_out(
    client: Client, officer: User, office: Regulation
) -> None:
    client.force_login(officer)
    text = Regulation.objects.get(key="zhuzhou")
    page = client.get(reverse("regulation"), {"text": text.pk})
    articles = {each["name"]: each for each in page.context["articles"]}
    for row in text.articles.filter(number__gte=26):
        shown = articles[row.name]
        steps = {line.label for step in shown["steps"] for line in step["transitions"]}
        refusals = {line["sentence"] for line in shown["refusals"]}
        wanted, refused = CARRIED_OUT.get(row.number, ([], []))
        assert set(wanted) <= steps, row.name
        assert {without_words(code) for code in refused} <= refusals, row.name
        assert steps or shown["note"], row.name  # 第二十七条 is for other bodies, and a note says so
    for name in ("第三十条", "第三十二条"):
        assert name in page.content.decode()
