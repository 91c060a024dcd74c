"""Each refusal read aloud: one Chinese sentence that says what is wrong, by what rule, and what to do."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest
from django.template.loader import render_to_string

from tests.naughty import is_sentence
from tests.refusals import LEFT_OUT
from tests.source_trees import modules
from yuetan.errors import Reason
from yuetan.models import Article, Citation
from yuetan.rules.refusals import OFFICE_SETTING, SENTENCES, Finding
from yuetan.rules.uncited import UNCITED
from yuetan.vocabulary import UnitKind

# What stands in the places of a sentence, so that it can be read; anything else is 某某.
WORDS = {
    **dict.fromkeys(("number", "days", "hours", "most", "times", "limit"), 2),
    **dict.fromkeys(("earliest", "issued", "due", "latest", "until", "began", "ended", "day"), "2026年11月27日"),
    "time": "2026年11月30日（星期一）上午9:00",
    "ground": "第五条第二项",
    "missing": "地点、需提交的材料",
    "problem": "文件“台账.exe”的类型不允许",
    "state": "已销号",
    "what": "撤回",
    "taken": "PDF、JPG、PNG",
    "allowed": "{单位}、{事由}",
    "name": "冯十",
    "healing": "；请退回修改，由拟稿人改选后重新报核",
    "unit": "棠下镇",
    "title": "党委书记",
    "post": "党委书记",
    "posts": "组长、第一副组长",
    "year": 2027,
}
# A sentence says what to do by one of these: what is missing, what must be, what is not needed or not possible yet.
SAYS_WHAT = re.compile(
    "请|须|还缺|尚未|尚无|不能|不得|不必|无需|应|才能|至少|一次最|没有|不是|只写|只收|不允许|不设|不适用|暂缺|另有|已延期|现为|可以使用"
)
# Numbers that only the office can have set: the 办法 has none.
OF_THE_OFFICE = re.compile(r"\d+ (?:个工作日|天|小时|次|日)")


@pytest.mark.parametrize("code", SENTENCES)
def test_a_refusal_is_one_sentence_with_its_basis(code, office):
    articles = {article.name for article in Article.objects.filter(regulation=office)}
    places = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    finding = Finding(code, words={name: WORDS.get(name, "某某") for name in places})
    spoken = {office.reason(finding, kind).text for kind in UnitKind.values} if code != "password_weak" else set()
    for sentence in spoken:
        assert is_sentence(sentence.replace("{单位}", "单位").replace("{事由}", "事由"), sent="exe"), sentence
        assert not re.search("[。，；：、]{2}|[!?;]|  | 。|某某某某", sentence), sentence
        assert SAYS_WHAT.search(sentence), sentence
        basis = re.match(rf"{OFFICE_SETTING}：|依据(第.{{1,3}}条)(?:第.项)?(?:、第.+?)?，", sentence)
        assert bool(basis) is (code not in UNCITED), sentence
        assert not basis or not basis[1] or basis[1] in articles, sentence
        assert not OF_THE_OFFICE.search(sentence) or sentence.startswith(OFFICE_SETTING), sentence
    assert spoken or code == "password_weak"


def test_what_rests_on_no_rule_is_a_refusal():
    assert SENTENCES.keys() >= UNCITED


def test_no_rule_of_the_office_is_named_for_what_is_only_left_out(office):
    cited = set(Citation.objects.filter(kind=Citation.Kind.REFUSAL).values_list("code", flat=True))
    settings = SENTENCES.keys() - UNCITED - cited
    assert len(settings) > 100
    assert [code for code in settings if LEFT_OUT.search(SENTENCES[code])] == []


def _spoken_in_code():
    """Sentences that forms and views say themselves, each with its place; what is filled in is 某某."""
    return [
        (f"{name}:{words.lineno}", _text(words))
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in SAYING
        for words in node.args
        if re.search("[一-鿿]", _text(words))
    ]


SAYING = ("add_error", "ValidationError", "error", "warning", "success")


def _name(called):
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _text(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "某某"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_what_forms_and_views_say_is_made_of_sentences():
    spoken = _spoken_in_code()
    assert len(spoken) > 50
    assert [(place, words) for place, words in spoken if not _is_made_of_sentences(words)] == []


def _is_made_of_sentences(words):
    return words.endswith(("。", "某某")) and all(
        is_sentence(f"{one}。") for one in words.removesuffix("。").split("。")
    )


PAGES = {
    "400.html": {},
    "403.html": {},
    "403_csrf.html": {},
    "404.html": {},
    "409.html": {
        "who": "王三（主任）",
        "when": "2026年11月23日 10:00",
        "what": "审定同意",
        "back_url": "",
        "draft_values": (),
    },
    "429.html": {"minutes": 10},
    "500.html": {},
    "refused.html": {"reasons": [Reason("尚未填写意见。")], "back_url": ""},
    "papers/damaged.html": {"number": "江扫黑办〔2026〕1号"},
}


@pytest.mark.parametrize("template", PAGES)
def test_a_page_of_error_says_what_happened_and_what_to_do(template, rf, officer):
    request = rf.get("/")
    request.user = officer
    text = render_to_string(template, PAGES[template], request)
    paragraphs = [" ".join(re.sub("<[^>]+>", "", one).split()) for one in re.findall(r"(?s)<p>(.*?)</p>", text)]
    sentences = [one.replace("> <", "><") for one in paragraphs if one.endswith("。")]
    assert len(sentences) >= 2
    for paragraph in sentences:
        assert all(is_sentence(f"{one}。".replace(" ", "")) for one in paragraph.removesuffix("。").split("。")), (
            paragraph
        )
    assert "请" in "".join(sentences)
    assert re.search("没有|不能|不存在|不见", sentences[0])
