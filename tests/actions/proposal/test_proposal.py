"""拟稿, 修改, 报核, 退回, 核稿, 撤回: what each does and what refuses it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.factories import case_in, keywords, later, pdf, png, take
from tests.refusals import appoint, everything, not_theirs, refused, too_late
from tests.steps import proposal, stated
from yuetan.actions.people.unit import end_post, retire_unit
from yuetan.actions.proposal.proposal import draft
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import Alert, Case, Ground, Post, Regulation
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus, PostKind, Verb


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def ground(unit, number):
    return next(each for each in Ground.objects.filter(number=number) if each.fits(unit.kind))


def deputy_post():
    return Post.objects.get(kind=PostKind.DEPUTY_LEADER)


def test_a_draft_takes_the_next_number_of_the_register_and_its_interviewer_from_the_rules(officer, town):
    first, second = (draft(by=officer, **proposal(town)) for _ in range(2))
    assert [first.register_number, second.register_number] == ["约谈〔2026〕1号", "约谈〔2026〕2号"]
    assert first.interviewer == deputy_post()
    assert first.regulation.key == "jiangmen"


@pytest.mark.parametrize(
    ("unit", "post"),
    [
        ("member_unit", PostKind.GROUP_LEADER),
        ("county", PostKind.GROUP_LEADER),
        ("division_town", PostKind.FIRST_DEPUTY_LEADER),
        ("town", PostKind.DEPUTY_LEADER),
    ],
)
def test_who_interviews_follows_from_kind_and_rank(officer, request, unit, post):
    case = draft(by=officer, **proposal(request.getfixturevalue(unit)))
    assert case.interviewer.kind == post


@pytest.mark.parametrize(
    ("unit", "other", "article", "kind"),
    [
        ("town", "member_unit", "第五条", "镇（街）"),
        ("county", "member_unit", "第五条", "市（区）"),
        ("member_unit", "town", "第四条", "成员单位"),
    ],
)
def test_a_ground_of_the_wrong_kind_of_unit(officer, request, unit, other, article, kind):
    unit, other = request.getfixturevalue(unit), request.getfixturevalue(other)
    wrong = ground(other, 1)
    words = wrong.text.rstrip("；。")
    with refused(f"依据{article}，所选情形“{words}”不适用于{kind}。", field="grounds"):
        draft(by=officer, **proposal(unit, grounds=[wrong]))


def test_only_a_head_in_office_of_this_very_unit_is_interviewed(officer, town, county):
    liaison = Post.objects.get(unit=town, kind=PostKind.LIAISON)
    with refused("依据第五条，褚十二不是棠下镇现任党政主要领导，不能作为约谈对象。", field="interviewees"):
        draft(by=officer, **proposal(town, interviewees=[liaison]))
    with refused(
        "依据第五条，卫十三不是棠下镇现任党政主要领导，不能作为约谈对象。",
        "依据第五条，蒋十四不是棠下镇现任党政主要领导，不能作为约谈对象。",
        field="interviewees",
    ):
        draft(by=officer, **proposal(town, interviewees=list(county.heads())))


def test_heads_of_different_rank_are_proposed_one_by_one(officer, town):
    Post.objects.filter(unit=town, kind=PostKind.GOVERNMENT_HEAD).update(rank="division_rank")
    with refused("依据第五条，所选约谈对象职级不同，约谈人也就不同，请分别提出建议。", field="interviewees"):
        draft(by=officer, **proposal(town, interviewees=list(town.heads())))


def test_the_wrong_interviewer(officer, town, county):
    leader = Post.objects.get(kind=PostKind.GROUP_LEADER)
    with refused("依据第五条，约谈人应为副组长，赵四现不任此职。", field="interviewer"):
        draft(by=officer, **proposal(town, interviewer=leader))
    with refused("依据第五条，约谈人应为组长，孙六现不任此职。", field="interviewer"):
        draft(by=officer, **proposal(county, interviewer=deputy_post()))


def test_where_nobody_is_left_to_interview_the_posts_to_fill_are_named(officer, sysadmin, town):
    for who in ("deputy", "first_deputy", "group_leader"):
        end_post(cast.person(who).posts.get(), by=sysadmin, ended_on=clock.today())
    sentence = (
        "办公室设定：副组长暂缺，没有可以代行的领导，不能确定约谈人；请系统管理员登记副组长、组长、第一副组长任职。"
    )
    with refused(sentence, field="interviewer"):
        draft(by=officer, **proposal(town))


def test_with_several_deputies_the_proposal_names_one(officer, town):
    group = cast.unit(cast.GROUP)
    second = cast.engage("吕二十", None, group, PostKind.DEPUTY_LEADER, "市扫黑除恶专项斗争领导小组副组长")
    case = draft(by=officer, **proposal(town))
    with refused("依据第五条，尚未指定约谈人（副组长）。", field="interviewer"):
        take(Verb.SUBMIT, case)
    take(Verb.REVISE_DRAFT, case, interviewer=second.posts.get())
    assert take(Verb.SUBMIT, case).interviewer.holder == second


def test_a_retired_unit_is_no_longer_proposed(officer, sysadmin, division_town):
    for post in division_town.posts.current():
        end_post(post, by=sysadmin, ended_on=clock.today())
    retire_unit(division_town, by=sysadmin)
    division_town.refresh_from_db()
    with refused("三埠街道已停用，不能再办理。", field="unit"):
        draft(by=officer, **proposal(division_town))


@pytest.mark.parametrize("who", ["director", "group_leader", "supervisor", "sysadmin", "auditor", "head", "liaison"])
def test_nobody_but_a_case_officer_drafts(request, town, who):
    with not_theirs():
        draft(by=request.getfixturevalue(who), **proposal(town))


@pytest.mark.parametrize(
    ("lacking", "sentence", "field"),
    [
        ({"matter": ""}, "尚未写明约谈事由。", "matter"),
        ({"facts": ""}, "第五条第二项尚未写明存在问题的事实。", "grounds"),
        (
            {"reference_number": "", "reference_summary": ""},
            "第五条第二项尚无依据：请上传依据材料，或者填写文号（线索编号）和摘要。",
            "grounds",
        ),
        ({"reference_summary": ""}, "第五条第二项的依据还缺：摘要。", "grounds"),
        ({"reference_number": ""}, "第五条第二项的依据还缺：文号或线索编号。", "grounds"),
        ({"grounds": []}, "依据第五条，尚未选择约谈情形，至少选择一项。", "grounds"),
        ({"interviewees": []}, "依据第五条，尚未选定约谈对象（党政主要领导）。", "interviewees"),
    ],
)
def test_a_proposal_that_lacks_something_waits_as_a_draft(officer, town, lacking, sentence, field):
    case = draft(by=officer, **proposal(town, **lacking))
    with refused(sentence, field=field):
        take(Verb.SUBMIT, case)


def test_everything_that_lacks_is_shown_at_once(officer, member_unit):
    first, third = ground(member_unit, 1), ground(member_unit, 3)
    nothing = {"matter": "", "grounds": [stated(first, facts=""), stated(third, reference_number="")]}
    case = draft(by=officer, **proposal(member_unit, interviewees=[], **nothing))
    with refused(
        "尚未写明约谈事由。",
        "第四条第一项尚未写明存在问题的事实。",
        "第四条第三项的依据还缺：文号或线索编号。",
        "依据第四条，尚未选定约谈对象（主要负责人）。",
    ):
        take(Verb.SUBMIT, case)


@pytest.mark.parametrize(("unit", "article"), [("town", "第五条"), ("member_unit", "第四条")])
def test_other_needs_its_own_words(officer, request, unit, article):
    unit = request.getfixturevalue(unit)
    other = next(each for each in Ground.objects.filter(is_other=True) if each.fits(unit.kind))
    case = draft(by=officer, **proposal(unit, grounds=[other]))
    with refused(f"依据{article}，选择“其他需要约谈的情形”的，须写明具体情形。", field="other_words"):
        take(Verb.SUBMIT, case)
    take(Verb.REVISE_DRAFT, case, grounds=[stated(other)], other_words="连续两个季度考核末位。")
    assert take(Verb.SUBMIT, case).state == CaseState.IN_REVIEW


def test_who_left_the_post_meanwhile_is_no_longer_interviewed(officer, sysadmin, town):
    case = case_in(CaseState.DRAFTED)
    end_post(case.interviewees.get(), by=sysadmin, ended_on=clock.today())
    with refused("依据第五条，冯十不是棠下镇现任党政主要领导，不能作为约谈对象。"):
        take(Verb.SUBMIT, case)


def test_a_draft_is_changed_and_handed_in_by_its_drafter_alone(officer, second_officer, director):
    case = case_in(CaseState.DRAFTED)
    for verb in (Verb.REVISE_DRAFT, Verb.SUBMIT, Verb.WITHDRAW):
        with not_theirs():
            take(verb, case, by=second_officer)
        with not_theirs():
            take(verb, case, by=director)


def test_a_proposal_handed_in_is_changed_no_more(officer):
    case = case_in(CaseState.IN_REVIEW)
    with too_late() as error:
        take(Verb.REVISE_DRAFT, case, matter="另一事由")
    assert error.value.who == "张一（江门市扫黑除恶专项斗争领导小组办公室承办人）"
    assert error.value.what == "报核（现为“核稿中”）"
    assert error.value.when == case.events.newest_first()[0].created_at


def test_sending_back_says_why_and_voids_the_endorsement():
    case = case_in(CaseState.PROPOSED)
    case = take(Verb.RETURN_FOR_CHANGES, case, reason="第三项事实没有出处。")
    assert (case.state, case.endorser) == (CaseState.DRAFTED, None)
    assert case.events.newest_first()[0].opinion == "第三项事实没有出处。"


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.PROPOSED])
def test_sending_back_without_a_reason(state):
    case = case_in(state)
    with refused("尚未写明退回的原因。", field="reason"):
        take(Verb.RETURN_FOR_CHANGES, case, reason=" ")


def test_the_director_sends_back_in_review_and_a_leader_before_approval(director, group_leader):
    in_review, proposed = case_in(CaseState.IN_REVIEW), case_in(CaseState.PROPOSED)
    with not_theirs():
        take(Verb.RETURN_FOR_CHANGES, in_review, by=group_leader)
    with not_theirs():
        take(Verb.RETURN_FOR_CHANGES, proposed, by=director)


def test_endorsing_needs_an_opinion():
    case = case_in(CaseState.IN_REVIEW)
    with refused("尚未填写意见。", field="opinion"):
        take(Verb.ENDORSE, case, opinion="\n")


def test_who_drafted_does_not_endorse(officer, sysadmin, director):
    case = case_in(CaseState.IN_REVIEW)
    end_post(director.posts.get(), by=sysadmin, ended_on=clock.today())
    appoint(officer, cast.unit(cast.OFFICE), PostKind.OFFICE_DIRECTOR, "主任")
    with refused("办公室设定：张一是拟稿人，不得核稿本人拟写的建议，请由其他有权办理的人办理。"):
        take(Verb.ENDORSE, case, by=cast.person("officer"))


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.PROPOSED])
def test_until_it_is_decided_the_drafter_takes_the_proposal_back(state, director):
    case = take(Verb.TAKE_BACK, case_in(state), reason="第二项事实的数据有误。")
    assert (case.state, case.endorser) == (CaseState.DRAFTED, None)
    assert case.events.get(verb=Verb.TAKE_BACK).opinion == "第二项事实的数据有误。"
    assert "已由拟稿人取回修改" in Alert.objects.filter(recipient=director).latest("id").text
    changed = take(Verb.SUBMIT, take(Verb.REVISE_DRAFT, case, matter="线索办理不及时"))
    assert changed.state == CaseState.IN_REVIEW
    assert changed.proposal_versions.count() == 2


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.PROPOSED])
def test_nobody_but_the_drafter_takes_it_back_and_not_without_a_reason(state, second_officer, director):
    case = case_in(state)
    for somebody in (second_officer, director):
        with not_theirs():
            take(Verb.TAKE_BACK, case, by=somebody)
    with refused("尚未写明取回的原因。", field="reason"):
        take(Verb.TAKE_BACK, case, reason=" ")


@pytest.mark.parametrize("state", [CaseState.APPROVED, CaseState.DECLINED])
def test_what_is_decided_is_not_taken_back(state):
    case = case_in(state)
    with too_late():
        take(Verb.TAKE_BACK, case)


def test_the_opinions_on_what_was_taken_back_do_not_hold():
    case = take(Verb.SUBMIT, take(Verb.TAKE_BACK, case_in(CaseState.PROPOSED)))
    assert "同意，报审定。" not in str(internal_content(DocumentKind.APPROVAL_FORM, case))


@pytest.mark.parametrize(
    "state", [CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.PROPOSED, CaseState.APPROVED, CaseState.NOTIFIED]
)
def test_withdrawing_without_a_reason(state):
    case = case_in(state)
    with refused("尚未写明撤回的原因。", field="reason"):
        take(Verb.WITHDRAW, case, reason="")


@pytest.mark.parametrize("state", [CaseState.APPROVED, CaseState.NOTIFIED])
def test_what_a_leader_approved_only_that_leader_withdraws(state, officer, director, first_deputy):
    case = case_in(state)
    for somebody in (officer, director, first_deputy):
        with not_theirs():
            take(Verb.WITHDRAW, case, by=somebody)
    assert take(Verb.WITHDRAW, case).state == CaseState.WITHDRAWN


def test_a_unit_that_was_notified_is_notified_of_the_withdrawal_in_writing(head):
    case = take(Verb.WITHDRAW, case_in(CaseState.NOTIFIED), reason="线索已转有关部门办理。")
    cancellation, notice = case.documents.order_by("-serial")
    assert (cancellation.kind, cancellation.number) == (DocumentKind.CANCELLATION, "江扫黑办〔2026〕2号")
    assert (notice.status, cancellation.status) == (DocumentStatus.REPLACED, DocumentStatus.VALID)
    assert "线索已转有关部门办理" in cancellation.html
    assert notice.number in cancellation.html
    assert Alert.objects.filter(recipient=head).latest("id").text.endswith("已取消，请查看取消约谈的通知。")
    assert Alert.objects.filter(recipient=cast.person("officer")).latest("id").text.endswith("已撤回。")
    assert Case.objects.visible_to(head).get() == case


@pytest.mark.parametrize("state", [CaseState.DRAFTED, CaseState.IN_REVIEW, CaseState.APPROVED])
def test_a_unit_never_notified_hears_nothing_of_the_withdrawal(state, head):
    case = take(Verb.WITHDRAW, case_in(state))
    assert not case.documents.exists()
    assert not Case.objects.visible_to(head).exists()


def test_an_ended_case_moves_no_more():
    for state in (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN):
        case = case_in(state)
        for verb in (Verb.SUBMIT, Verb.SERVE_NOTICE, Verb.ASSIGN):
            with too_late():
                take_anyway(verb, case)


def take_anyway(verb, case):
    lawful = keywords(verb, case) if verb != Verb.SUBMIT else {}
    return take(verb, case, **lawful)


def test_evidence_is_kept_with_its_ground(officer, town):
    rows = [stated(ground(town, 2), files=[png(), png("清单.png")]), stated(ground(town, 3), files=[pdf()])]
    case = draft(by=officer, **proposal(town, grounds=rows))
    kept = [(str(one.case_ground), one.name, one.kind, one.uploaded_by) for one in case.attachments.all()]
    assert sorted(kept) == [
        ("第五条第三项", "扫描件.pdf", "pdf", officer),
        ("第五条第二项", "清单.png", "png", officer),
        ("第五条第二项", "现场照片.png", "png", officer),
    ]
    assert all(one.sha256 and one.file.storage.exists(one.file.name) for one in case.attachments.all())


def test_one_bad_file_keeps_out_the_files_of_every_ground(officer, town):
    bad = SimpleUploadedFile("空.pdf", b"")
    rows = [stated(ground(town, 2), files=[png()]), stated(ground(town, 3), files=[bad])]
    with refused("办公室设定：文件“空.pdf”是空文件，请核对后重新选择文件。", field="grounds"):
        draft(by=officer, **proposal(town, grounds=rows))


def test_the_drafter_removes_a_file_and_the_record_says_so(town, django_capture_on_commit_callbacks):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png("走访.png"), png("清单.png")]})
    gone = case.attachments.get(name="走访.png")
    stored, storage = gone.file.name, gone.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        take(Verb.REVISE_DRAFT, case, grounds=[stated(ground(town, 2), removed=[gone])])
    assert [one.name for one in case.attachments.all()] == ["清单.png"]
    assert not storage.exists(stored)
    assert case.events.newest_first()[0].data == {"removed": "走访.png"}


def test_a_ground_no_longer_named_takes_its_files_with_it(town, django_capture_on_commit_callbacks):
    rows = [stated(ground(town, 2)), stated(ground(town, 3), files=[png("走访.png")])]
    case = case_in(CaseState.DRAFTED, draft={"grounds": rows})
    with django_capture_on_commit_callbacks(execute=True):
        take(Verb.REVISE_DRAFT, case, grounds=[stated(ground(town, 2), facts="另一番事实。")])
    assert [(str(row), row.facts) for row in case.case_grounds.all()] == [("第五条第二项", "另一番事实。")]
    assert (everything()["files"], case.events.newest_first()[0].data) == ([], {"removed": "走访.png"})


def test_a_file_of_another_case_is_not_removed(officer, town):
    other = case_in(CaseState.DRAFTED, draft={"evidence": [png()]})
    case = case_in(CaseState.DRAFTED)
    take(Verb.REVISE_DRAFT, case, grounds=[stated(ground(town, 2), removed=list(other.attachments.all()))])
    assert other.attachments.count() == 1


def test_evidence_from_before_a_draft_named_its_grounds_goes_to_the_first(town):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png()]})
    case.attachments.update(case_ground=None)
    case.case_grounds.all().delete()
    take(Verb.REVISE_DRAFT, case, grounds=[stated(ground(town, 2)), stated(ground(town, 3))])
    assert str(case.attachments.get().case_ground) == "第五条第二项"


@pytest.mark.parametrize(
    ("where", "place", "field"),
    [
        ({"matter": "反映{}"}, "约谈事由", "matter"),
        ({"facts": "举报人{}反映"}, "第五条第二项的存在问题的事实", "grounds"),
        ({"reference_number": "{}"}, "第五条第二项的文号或线索编号", "grounds"),
        ({"reference_summary": "电话 {}。"}, "第五条第二项的摘要", "grounds"),
        ({"other_words": "见{}"}, "其他情形的具体内容", "other_words"),
    ],
)
def test_numbers_of_persons_never_enter_a_proposal(officer, town, where, place, field):
    (name, text), tail = next(iter(where.items())), "请只写姓名、职务，需要联系的写单位的办公电话（固定电话）。"
    with refused(f"办公室设定：{place}中有手机号码（138****8000），不得留存：{tail}", field=field):
        draft(by=officer, **proposal(town, **{name: text.format("13800138000")}))


def test_one_matter_one_case(town):
    """What is like an open case of the unit is handed in once a person has told the two apart."""
    first = case_in(CaseState.NOTIFIED)
    second = case_in(CaseState.DRAFTED, draft={"matter": "线索摸排不深入", "distinct_from": []})
    alike = "与在办的“关于涉黑涉恶线索摸排不深入的约谈”（约谈〔2026〕1号）事由或者事实相同、相近"
    with refused(f"办公室设定：{alike}：一事一谈，确系另一件事的，请在该栏勾选。", field="distinct_from"):
        take(Verb.SUBMIT, second)
    take(Verb.REVISE_DRAFT, second, matter="线索摸排不深入", distinct_from=[first])
    assert take(Verb.SUBMIT, second).state == CaseState.IN_REVIEW


def test_one_matter_one_case_though_its_name_is_another(town):
    """The same facts under a new name are told apart by a person too."""
    case_in(CaseState.NOTIFIED)
    renamed = case_in(CaseState.DRAFTED, draft={"matter": "市场监管缺位", "distinct_from": []})
    alike = "与在办的“关于涉黑涉恶线索摸排不深入的约谈”（约谈〔2026〕1号）事由或者事实相同、相近"
    with refused(f"办公室设定：{alike}：一事一谈，确系另一件事的，请在该栏勾选。", field="distinct_from"):
        take(Verb.SUBMIT, renamed)


@pytest.mark.parametrize(
    ("field", "nothing", "missing"),
    [("matter", "。", "尚未写明约谈事由"), ("facts", "x", "第五条第二项尚未写明存在问题的事实")],
)
def test_a_proposal_that_says_nothing_is_not_handed_in(field, nothing, missing):
    case = case_in(CaseState.DRAFTED, draft={field: nothing})
    with refused(f"所填的“{nothing}”看不出内容，请写明具体情况（{missing}）。"):
        take(Verb.SUBMIT, case)


def test_two_matters_or_two_units_or_an_ended_case_need_no_distinction(town, county):
    for state, where, matter in (
        (CaseState.NOTIFIED, town, "市场监管缺位"),
        (CaseState.NOTIFIED, county, "线索摸排不深入"),
        (CaseState.WITHDRAWN, town, "线索摸排不深入"),
    ):
        case_in(state, unit=where, draft={"matter": matter, "facts": "市场内两名摊主强收管理费，无人查处。"})
    case = case_in(CaseState.DRAFTED, draft={"matter": "线索摸排不深入", "distinct_from": []})
    assert take(Verb.SUBMIT, case).state == CaseState.IN_REVIEW


def test_a_case_stays_with_the_law_it_began_under(officer, town):
    case = case_in(CaseState.DRAFTED)
    pinned = case.regulation
    newer = Regulation.objects.get(pk=pinned.pk)
    newer.pk, newer.version, newer.in_force_from = None, "修订", clock.today()
    newer.save()
    with later(days=1):
        assert take(Verb.SUBMIT, case).regulation == pinned
        assert Regulation.objects.in_force(clock.today()) == newer
