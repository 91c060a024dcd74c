"""What each paper says, and what none may ever tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.documents.builders import (
    FOUR_HEADINGS,
    INNER,
    NUMBER,
    NUMBERED,
    facts_of,
    interviewed_case,
    notified_case,
    renumbered_law,
    subject_of,
    wording,
)
from tests.factories import letter_in
from tests.past_triggers import past_triggers
from yuetan.documents.content.content import content
from yuetan.models import Interview, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, LetterState, MinutesAnswer, UnitKind

GROUP = "江门市扫黑除恶专项斗争领导小组"
OFFICE = f"{GROUP}办公室"
LAW = "《江门市扫黑除恶专项斗争约谈办法》"
WHO = f"{GROUP}副组长孙六同志"
WHOM = "蓬江区棠下镇党委书记冯十同志、蓬江区棠下镇镇长陈十一同志"

ELEMENTS = [
    ["约谈事由", "线索摸排不深入问题。"],
    ["约谈时间", "2026年11月30日（星期一）上午9:00。"],
    ["约谈地点", "市委大院1号楼302会议室。"],
    ["约谈程序", "说明事由、通报问题，陈述说明，讨论分析、确定措施，形成纪要。"],
    [
        "参加人员",
        "约谈方：市扫黑除恶专项斗争领导小组副组长孙六、市扫黑办综合组组长赵四十、市扫黑办记录人员。",
        "被约谈方：蓬江区棠下镇党委书记冯十、蓬江区棠下镇镇长陈十一、综治办主任冯四十一。",
        "请被约谈人本人按时参加约谈。",
    ],
    [
        "需提交的材料",
        "书面材料，写明基本情况、存在问题、原因分析、整改措施。",
        f"{LAW}第八条规定：“{FOUR_HEADINGS}”请按此准备并提交书面材料。",
    ],
]


def numbered(elements: list[list[str]], first: int) -> list[str]:
    ordinals = "零一二三四五六七"
    return [
        line
        for number, (name, *texts) in enumerate(elements, start=first)
        for line in (f"{ordinals[number]}、{name}", *texts)
    ]


def test_interview_notice(town: Unit) -> None:
    notice = facts_of(DocumentKind.INTERVIEW_NOTICE, notified_case(town))
    assert notice["title"] == "关于线索摸排不深入问题的约谈通知书"
    assert notice["addressee"] == "蓬江区棠下镇"
    assert notice["organ"] == notice["mark"] == OFFICE
    assert notice["number"] == NUMBER
    assert notice["dated_words"] == "2026年11月23日"
    opening = (
        f"根据{LAW}第五条第二项、第3项、第6项、第六条、第七条规定，经{GROUP}审定同意，"
        f"决定由{WHO}对{WHOM}进行约谈。现将有关事项通知如下："
    )
    assert wording(notice) == [opening, *numbered(ELEMENTS, 1)]


def test_article_numbers_come_from_the_law_of_the_case(town: Unit) -> None:
    case = notified_case(town)
    case.regulation = renumbered_law()
    text = "".join(wording(facts_of(DocumentKind.INTERVIEW_NOTICE, case)))
    assert "根据《约谈暂行办法》" in text
    assert "第二十六条、第二十七条规定" in text
    assert f"《约谈暂行办法》第二十八条规定：“{FOUR_HEADINGS}”" in text
    assert "第七条" not in text
    assert "第八条" not in text


def test_reschedule_notice(town: Unit) -> None:
    notice = facts_of(DocumentKind.RESCHEDULE_NOTICE, notified_case(town), reason="因市里召开紧急会议。")
    assert notice["title"] == "关于线索摸排不深入问题的约谈改期通知"
    opening = (
        f"我办以江扫黑办〔2026〕1号通知的{WHO}对{WHOM}的约谈，现予改期。根据{LAW}第七条规定，"
        "现将改期后的有关事项通知如下，江扫黑办〔2026〕1号通知由本通知替代："
    )
    assert wording(notice) == [opening, "一、改期原因", "因市里召开紧急会议。", *numbered(ELEMENTS, 2)]


def test_cancellation(town: Unit) -> None:
    letter = facts_of(DocumentKind.CANCELLATION, notified_case(town), reason="所涉问题已经整改到位")
    assert letter["title"] == "关于撤销线索摸排不深入问题约谈的函"
    assert wording(letter) == [
        f"经{GROUP}同意，我办以江扫黑办〔2026〕1号通知的{WHO}对{WHOM}的约谈，现予撤销。撤销原因如下：",
        "所涉问题已经整改到位。",
        "自本函印发之日起，江扫黑办〔2026〕1号通知不再执行。",
        "特此函告。",
    ]


OPENING = (
    f"2026年11月23日，{WHO}在市委大院1号楼302会议室约谈蓬江区棠下镇党政主要领导，约谈事由：线索摸排不深入问题。"
    f"根据{LAW}第九条第四项规定，形成纪要如下："
)
AGREED_FIELDS = (
    "责任人：冯十；时限：2027年1月5日；佐证要求：摸排台账和影像资料；"
    "验收标准：十二个村全部摸排，抽查无遗漏；每月报告一次进展。"
)
MINUTES = [
    OPENING,
    "一、约谈事由、目的与通报的问题",
    "通报了三个问题。",
    "二、被约谈方陈述说明",
    "作了陈述。",
    "被约谈方已提交书面材料。",
    "三、讨论分析",
    "讨论了原因。",
    "四、整改措施及时限",
    "1.逐村开展线索摸排回头看。",
    AGREED_FIELDS,
    "2.建立举报线索台账。",
    "每周更新一次。",
    AGREED_FIELDS,
]


def test_minutes(town: Unit, second_officer: User) -> None:
    case = interviewed_case(town)
    case.interview.recorder = second_officer
    minutes = facts_of(DocumentKind.MINUTES, case)
    assert minutes["title"] == "关于线索摸排不深入问题的约谈纪要"
    assert minutes["mark"] == "江门市扫黑除恶专项斗争约谈纪要"
    assert minutes["organ"] == OFFICE
    assert minutes["copied_to"] == "省扫黑除恶专项斗争领导小组"
    assert wording(minutes) == MINUTES
    assert list(map(str, minutes["people"])) == [
        f"出席：{GROUP}副组长孙六、蓬江区棠下镇党委书记冯十",
        "缺席：蓬江区棠下镇镇长陈十一（因病住院）",
        "列席：市公安局赵某，市司法局钱某",
        "记录：李二",
    ]


def test_minutes_name_the_office_where_the_drafter_took_the_record(town: Unit) -> None:
    case = interviewed_case(town)
    assert case.interview.recorder == case.drafter
    people = list(map(str, facts_of(DocumentKind.MINUTES, case)["people"]))
    assert people[-1] == f"记录：{OFFICE}"


def test_minutes_read_the_revised_text_not_the_record(town: Unit) -> None:
    case = interviewed_case(town)
    with past_triggers():
        Interview.objects.filter(case=case).update(problems="记录原稿", statement="记录原稿", discussion="记录原稿")
    case.interview.refresh_from_db()
    assert wording(facts_of(DocumentKind.MINUTES, case)) == MINUTES


def test_minutes_say_that_no_written_material_came(town: Unit) -> None:
    text = wording(facts_of(DocumentKind.MINUTES, interviewed_case(town, submission_missing=True)))
    assert "被约谈方未提交书面材料。" in text
    assert "被约谈方已提交书面材料。" not in text


def test_minutes_print_an_objection_with_them(town: Unit) -> None:
    case = interviewed_case(town)
    case.minutes.answer, case.minutes.objection = MinutesAnswer.OBJECTED, "第二项表述不准确。\n请予更正。"
    assert wording(facts_of(DocumentKind.MINUTES, case)) == [
        *MINUTES,
        "五、被约谈方对纪要的异议",
        "本纪要经送被约谈方确认，被约谈方提出以下异议，一并印发：",
        "第二项表述不准确。",
        "请予更正。",
    ]


def test_reminder_letter(town: Unit) -> None:
    letter = facts_of(DocumentKind.REMINDER_LETTER, letter_in(LetterState.DRAFTED, to=town))
    assert letter["title"] == "关于行业乱象整治进展缓慢的提醒函"
    assert letter["addressee"] == "蓬江区棠下镇"
    assert letter["organ"] == letter["mark"] == GROUP
    opening = (
        f"你单位作为砂石行业乱象重点打击问题牵头单位，推动扫黑除恶专项斗争工作不力。根据{LAW}第十条第三项规定，"
        "现将有关事项提醒如下："
    )
    assert wording(letter) == [
        opening,
        "一、存在的问题",
        "三项整治任务均未按期启动。",
        "二、工作要求",
        "请于收到本函后抓紧部署，并书面反馈。",
        "特此函告。",
    ]


def test_reminder_letter_to_a_member_unit(member_unit: Unit) -> None:
    opening, *_ = wording(facts_of(DocumentKind.REMINDER_LETTER, letter_in(LetterState.DRAFTED, to=member_unit)))
    assert opening.startswith(f"你单位作为{GROUP}成员单位，推动扫黑除恶专项斗争工作不力。")


SUPERVISED = (
    f"根据{LAW}第十条第一项、第十条第二项规定，被约谈方应当按照约谈纪要（江扫黑办纪〔2026〕1号）载明的时限"
    "落实整改措施并书面报告。截至2026年12月13日，你单位有1项整改任务逾期未书面报告落实情况，现发黄色督办单予以督办："
)


def test_supervision_letter(town: Unit) -> None:
    letter = facts_of(DocumentKind.SUPERVISION_LETTER, subject_of(DocumentKind.SUPERVISION_LETTER, town), reason="")
    assert letter["title"] == "关于线索摸排不深入问题整改任务的黄色督办单"
    assert letter["addressee"] == "蓬江区棠下镇"
    assert letter["organ"] == letter["mark"] == OFFICE
    assert wording(letter) == [
        SUPERVISED,
        "一、督办的整改任务",
        "1.开展一轮线索集中摸排。责任人：冯十；时限：2026年12月3日；已逾期10日。",
        "二、督办要求",
        "请你单位抓紧落实上述整改任务，书面报告落实情况，并说明逾期的原因。",
        "请签收本督办单。请由主要领导于2026年12月18日前回复办理情况。特此函告。",
    ]


def test_supervision_letter_with_the_offices_own_requirement(town: Unit) -> None:
    case = subject_of(DocumentKind.SUPERVISION_LETTER, town)
    text = wording(facts_of(DocumentKind.SUPERVISION_LETTER, case, reason="请于十日内书面报告。"))
    assert text[-2] == "请于十日内书面报告。"


@pytest.mark.parametrize(
    ("grade", "days", "said", "required"),
    [
        ("blue", 8, "时限将至，尚未书面报告落实情况，现发蓝色督办单予以提示：", "在时限届满前书面报告落实情况"),
        ("red", 30, "逾期未书面报告落实情况，现发红色督办单予以督办：", "请你单位主要领导立即部署"),
    ],
)
def test_each_grade_says_its_own(town: Unit, grade: str, days: int, said: str, required: str) -> None:
    case = subject_of(DocumentKind.SUPERVISION_LETTER, town)
    chosen = {"tasks": list(case.tasks.all()), "answer_until": None, "reason": "", "replaced_number": ""}  # type: ignore[union-attr]
    dated = clock.today() + timedelta(days=days)
    facts = content(DocumentKind.SUPERVISION_LETTER, case, number=NUMBER, dated=dated, grade=grade, **chosen)
    text = "".join(wording(facts))
    assert said in text
    assert required in text
    assert facts["title"].endswith(f"整改任务的{facts['grade_words'][:2]}督办单")
    assert "2项" in text


def test_no_supervision_letter_about_nothing(town: Unit) -> None:
    with pytest.raises(ValueError, match="about tasks"):
        facts_of(DocumentKind.SUPERVISION_LETTER, notified_case(town))


def test_long_fields_stay_whole(town: Unit) -> None:
    case = notified_case(town)
    matters = [f"第{number}个问题：" + "摸排不扎实，" * 60 for number in range(20)]
    case.notice_matter = "\r\n\r\n".join(matters)
    text = wording(facts_of(DocumentKind.INTERVIEW_NOTICE, case))
    assert text[2:22] == matters


@pytest.mark.parametrize("kind", NUMBERED)
def test_nothing_inner_is_shown(town: Unit, officer: User, kind: DocumentKind) -> None:
    subject = subject_of(kind, town)
    drafter = officer if kind != DocumentKind.REMINDER_LETTER else subject.drafter
    assert subject.drafter == drafter
    text = str(facts_of(kind, subject))
    for inner in (*INNER, drafter.name, "约谈〔2026〕1号", "涉黑涉恶线索摸排不扎实深入，有效线索不多"):
        assert inner not in text


def test_no_paper_without_the_body_that_issues_it(town: Unit) -> None:
    case = notified_case(town)
    Unit.objects.filter(kind=UnitKind.OFFICE).update(retired_on=date(2026, 1, 1))
    with pytest.raises(Unit.DoesNotExist):
        facts_of(DocumentKind.INTERVIEW_NOTICE, case)
