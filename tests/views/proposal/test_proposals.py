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


def row(ground="5_2", **changed):
    """One ground as it is filled in: ticked, with facts and a reference."""
    filled = {"ticked": "on", "facts": "甲\n乙", "reference_number": "XS-18", "reference_summary": "逾期未答复。"}
    return {f"grounds-{ground}-{name}": value for name, value in (filled | changed).items()}


def whole(visitor, **changed):
    """A proposal that lacks nothing."""
    return {"matter": "线索摸排不深入", "interviewees": visitor.pick("interviewees", "冯十"), **row()} | changed


def test_a_draft_may_lack_anything(proposing):
    page = proposing.press(KEEP)
    assert "草稿已保存。" in page
    assert Case.objects.get().state == CaseState.DRAFTED
    assert "尚未选择约谈情形" in page


def test_every_lawful_ground_is_offered_with_its_law_in_full(proposing, town):
    for ground in Ground.objects.select_related("article"):
        assert (f"{ground.citation} {ground.text}" in proposing.page) == ground.fits(town.kind)


def test_a_head_is_offered_with_the_interviewer_and_the_article(proposing):
    assert "冯十（蓬江区棠下镇党委书记，处级以下）：由副组长约谈（第五条）" in proposing.page


def test_handed_in_at_once(proposing):
    files = {"grounds-5_2-files": [png(), pdf()], "grounds-5_3-files": [png("打击.png")]}
    page = proposing.press(HAND_IN, **whole(proposing, **row("5_3", facts="丙事"), **files))
    assert "已报核，等待办公室主任核稿。" in page
    case = Case.objects.get()
    assert [(str(one), one.facts, one.evidence.count()) for one in case.case_grounds.all()] == [
        ("第五条第二项", "甲\n乙", 2),
        ("第五条第三项", "丙事", 1),
    ]
    assert case.state == CaseState.IN_REVIEW


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"matter": ""}, "尚未写明约谈事由。"),
        (row(facts=" "), "第五条第二项尚未写明存在问题的事实。"),
        (row(reference_summary=""), "第五条第二项的依据还缺：摘要。"),
        (row(ticked=[]), "依据第五条，尚未选择约谈情形，至少选择一项。"),
        ({"interviewees": []}, "依据第五条，尚未选定约谈对象（党政主要领导）。"),
        (row(facts="电话13800138000"), "“存在问题的事实”中有手机号码（138****8000）"),
    ],
)
def test_what_lacks_is_shown_the_form_comes_back_and_no_file_stays(proposing, changed, sentence):
    typed = whole(proposing, **changed)
    with nothing_stored():
        page = proposing.press(HAND_IN, expect=422, **typed, **{"grounds-5_2-files": [png()]})
    assert sentence in page
    form = page.forms[-1]
    shown = {name: form.values[name] for name in typed}
    assert shown == {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def test_no_ground_at_all(proposing):
    with nothing_stored():
        page = proposing.press(HAND_IN, expect=422, **whole(proposing, **{name: [] for name in row()}))
    assert "依据第五条，尚未选择约谈情形，至少选择一项。" in page


def test_other_without_words(proposing):
    typed = whole(proposing, **row("5_6"))
    with nothing_stored():
        page = proposing.press(HAND_IN, expect=422, **typed)
    assert "依据第五条，选择“其他需要约谈的情形”的，须写明具体情形。" in page
    proposing.press(HAND_IN, **typed, other_words="考核末位。")
    assert Case.objects.get().other_words == "考核末位。"


def test_choices_that_were_not_offered_are_judged_by_the_law(proposing):
    liaison = Post.objects.get(unit__code=cast.TOWN, kind=PostKind.LIAISON)
    leader = Post.objects.get(kind=PostKind.GROUP_LEADER)
    with nothing_stored():
        page = proposing.press(KEEP, expect=422, **whole(proposing, interviewees=[liaison.pk]))
        assert "褚十二不是棠下镇现任党政主要领导，不能作为约谈对象。" in page
        page = proposing.press(KEEP, expect=422, **whole(proposing, interviewer=leader.pk))
        assert "依据第五条，约谈人应为副组长，赵四现不任此职。" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.pdf", b"", "文件“空.pdf”是空文件，请核对后重新选择文件。"),
        (
            "照片.exe",
            b"MZ",
            "文件“照片.exe”的类型不允许，只收 PDF、OFD、DOCX、XLSX、JPG、PNG，请另存或打印成 PDF 后再上传。",
        ),
        (
            "照片.jpg",
            b"<html>",
            "文件“照片.jpg”的内容不是 JPG，与扩展名不符，请用原来的软件打开，另存为 JPG 后再上传。",
        ),
    ],
)
def test_a_bad_file_takes_nothing_with_it(proposing, name, content, sentence):
    files = {"grounds-5_2-files": [png(), SimpleUploadedFile(name, content)]}
    with nothing_stored():
        page = proposing.press(KEEP, expect=422, **whole(proposing, **files))
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
    kept = case.case_grounds.get()
    assert form.values["grounds-5_2-ticked"] == ["on"]
    assert form.values["grounds-5_2-facts"] == [kept.facts]
    assert form.values["grounds-5_2-reference_number"] == [kept.reference_number]
    assert visitor.fetch("走访.png").startswith(b"\x89PNG")
    visitor.press(HAND_IN, **{"grounds-5_2-facts": "改过的事实。"})
    case = Case.objects.get()
    assert (case.case_grounds.get().facts, case.state) == ("改过的事实。", CaseState.IN_REVIEW)
    assert case.attachments.count() == 1


def test_a_file_is_removed_by_ticking_it(officer):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png("走访.png"), png("清单.png")]})
    visitor = Visitor(officer)
    visitor.open(f"/cases/{case.pk}/edit/")
    page = visitor.press(KEEP, **{"grounds-5_2-removed": visitor.pick("grounds-5_2-removed", "走访.png")})
    assert "撤下依据材料：走访.png" in page
    assert [one.name for one in case.attachments.all()] == ["清单.png"]


def test_both_heads_of_a_unit_are_proposed_together(proposing):
    proposing.press(HAND_IN, **whole(proposing, interviewees=proposing.pick("interviewees", "冯十", "陈十一")))
    assert {post.holder.name for post in Case.objects.get().interviewees.all()} == {"冯十", "陈十一"}


def test_what_is_like_an_open_case_is_confirmed_by_a_tick(officer, town):
    other = case_in(CaseState.NOTIFIED)
    visitor = Visitor(officer)
    visitor.open(f"/cases/new/?unit={town.pk}")
    typed = whole(visitor)
    with nothing_stored():
        page = visitor.press(HAND_IN, expect=422, **typed)
    assert "一事一谈，确系另一件事的，请在该栏勾选。" in page
    visitor.press(HAND_IN, distinct_from=visitor.pick("distinct_from", other.title))
    assert Case.objects.latest("created_at").state == CaseState.IN_REVIEW
