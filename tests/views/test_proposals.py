"""提出约谈建议: kept as a draft or handed in at once; the form back as typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.factories import case_in, pdf, png
from tests.refusals import nothing_stored
from tests.web import Visitor
from yuetan.models import Case, Ground, Post
from yuetan.vocabulary import CaseState, PostKind

KEEP, HAND_IN = "保存草稿", "保存并报核"


@pytest.fixture
def proposing(officer, town):
    """The form for the town, open."""
    visitor = Visitor(officer)
    visitor.open(f"/cases/new/?unit={town.pk}")
    return visitor


def whole(visitor, **changed):
    """A proposal that lacks nothing."""
    chosen = {"interviewees": visitor.pick("interviewees", "冯十"), "grounds": visitor.pick("grounds", "第五条第2项")}
    return {"matter": "线索摸排不深入", "facts": "甲\n乙", **chosen} | changed


def test_a_draft_may_lack_anything(proposing):
    page = proposing.press(KEEP)
    assert "草稿已保存。" in page
    assert Case.objects.get().state == CaseState.DRAFTED
    assert "尚未写明存在问题的事实。" in page


def test_handed_in_at_once(proposing):
    page = proposing.press(HAND_IN, **whole(proposing), evidence=[png(), pdf()])
    assert "已报核，等待办公室主任核稿。" in page
    case = Case.objects.get()
    assert (case.state, case.attachments.count()) == (CaseState.IN_REVIEW, 2)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"matter": ""}, "办公室设定：尚未写明约谈事由。"),
        ({"facts": " "}, "办公室设定：尚未写明存在问题的事实。"),
        ({"grounds": []}, "依据第五条，尚未选择约谈情形，至少选择一项。"),
        ({"interviewees": []}, "依据第五条，尚未选定约谈对象（党政主要领导）。"),
    ],
)
def test_what_lacks_is_told_the_form_comes_back_and_no_file_stays(proposing, changed, sentence):
    typed = whole(proposing, **changed)
    with nothing_stored():
        page = proposing.press(HAND_IN, expect=422, **typed, evidence=[png()])
    assert sentence in page
    form = page.forms[-1]
    assert {name: form.values[name] for name in ("grounds", "interviewees")} == {
        name: typed[name] for name in ("grounds", "interviewees")
    }
    assert form.values["matter"] == [typed["matter"]]


def test_other_without_words(proposing):
    other = proposing.pick("grounds", "其他需要约谈的情形")
    with nothing_stored():
        page = proposing.press(HAND_IN, expect=422, **whole(proposing, grounds=other))
    assert "依据第五条，选择“其他需要约谈的情形”的，须写明具体情形。" in page
    proposing.press(HAND_IN, **whole(proposing, grounds=other), other_words="考核末位。")
    assert Case.objects.get().other_words == "考核末位。"


def test_choices_that_were_not_offered_are_judged_by_the_law(proposing, member_unit):
    wrong = Ground.objects.filter(number=1).exclude(unit_kinds__contains="town").first()
    liaison = Post.objects.get(unit__code=cast.TOWN, kind=PostKind.LIAISON)
    leader = Post.objects.get(kind=PostKind.GROUP_LEADER)
    with nothing_stored():
        assert "不适用于镇（街）。" in proposing.press(KEEP, expect=422, **whole(proposing, grounds=[wrong.pk]))
        page = proposing.press(KEEP, expect=422, **whole(proposing, interviewees=[liaison.pk]))
        assert "褚十二不是棠下镇现任党政主要领导，不能作为约谈对象。" in page
        page = proposing.press(KEEP, expect=422, **whole(proposing, interviewer=leader.pk))
        assert "依据第五条，约谈人应为副组长，赵四现不任此职。" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.pdf", b"", "文件“空.pdf”是空文件。"),
        ("照片.exe", b"MZ", "文件“照片.exe”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG。"),
        ("照片.jpg", b"<html>", "文件“照片.jpg”的内容不是 JPG，与扩展名不符。"),
    ],
)
def test_a_bad_file_takes_nothing_with_it(proposing, name, content, sentence):
    with nothing_stored():
        page = proposing.press(
            KEEP, expect=422, **whole(proposing), evidence=[png(), SimpleUploadedFile(name, content)]
        )
    assert sentence in page


@pytest.mark.parametrize("unit", ["999999", "abc", "-1", "", "1e3"])
def test_a_unit_that_is_none(officer, unit):
    expect = 404 if unit == "999999" else 200
    page = Visitor(officer).open(f"/cases/new/?unit={unit}", expect=expect)
    assert expect == 404 or "选择被约谈单位" in page.heading


def test_the_leading_group_is_never_proposed(officer):
    Visitor(officer).open(f"/cases/new/?unit={cast.unit(cast.GROUP).pk}", expect=404)


def test_earlier_cases_of_the_unit_are_shown(officer, town):
    earlier = case_in(CaseState.CLOSED)
    page = Visitor(officer).open(f"/cases/new/?unit={town.pk}")
    assert page.link(earlier.title) == f"/cases/{earlier.pk}/"


def test_a_draft_is_opened_as_it_was_kept(officer):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png("走访.png")]})
    visitor = Visitor(officer)
    form = visitor.open(f"/cases/{case.pk}/edit/").forms[-1]
    assert form.values["facts"] == [case.facts]
    assert form.values["grounds"] == [str(ground.pk) for ground in case.grounds.all()]
    assert visitor.fetch("走访.png").startswith(b"\x89PNG")
    visitor.press(HAND_IN, facts="改过的事实。")
    case = Case.objects.get()
    assert (case.facts, case.state) == ("改过的事实。", CaseState.IN_REVIEW)
