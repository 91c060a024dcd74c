"""The law as rows: its wording, its grounds, who interviews whom, and what cites which article."""

import itertools
import json
from pathlib import Path

import pytest
from django.conf import settings

from yuetan.models import Ground, Regulation
from yuetan.rules.decision_table import NoMatch
from yuetan.rules.refusals import SENTENCES, Finding
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, PostKind, Rank, UnitKind, Verb

INTERVIEWERS = {
    (UnitKind.MEMBER_UNIT, Rank.DIVISION): PostKind.GROUP_LEADER,
    (UnitKind.MEMBER_UNIT, Rank.BELOW_DIVISION): PostKind.GROUP_LEADER,
    (UnitKind.COUNTY, Rank.DIVISION): PostKind.GROUP_LEADER,
    (UnitKind.COUNTY, Rank.BELOW_DIVISION): PostKind.GROUP_LEADER,
    (UnitKind.TOWN, Rank.DIVISION): PostKind.FIRST_DEPUTY_LEADER,
    (UnitKind.TOWN, Rank.BELOW_DIVISION): PostKind.DEPUTY_LEADER,
}
# Refusals that carry out an article; every other one is the office's own rule and must say so.
LAW = {
    "第二条": ["unit_missing"],
    "第四条": [
        "no_ground",
        "ground_of_wrong_kind",
        "other_without_words",
        "interviewee_missing",
        "interviewee_not_head",
        "interviewer_missing",
        "wrong_interviewer",
        "interviewer_absent",
        "successor_needs_another_interviewer",
    ],
    "第五条": ["interviewees_need_different_interviewers"],
    "第七条": ["notice_incomplete"],
    "第八条": [
        *("submission_incomplete", "submission_missing_unnoted", "submission_empty"),
        "notice_materials_incomplete",
    ],
    "第九条": ["notice_procedure_incomplete"],
    "第九条第一项": ["problems_missing"],
    "第九条第二项": ["statement_missing"],
    "第九条第三项": [
        "discussion_missing",
        "no_measure",
        "measure_without_content",
        "measure_without_time_limit",
        "minutes_without_measures",
    ],
    "第九条第四项": ["minutes_text_missing"],
    "第十条第一项": ["report_empty", "task_unreported"],
    "第十条第二项": [
        "task_unaccepted",
        "inspection_findings_missing",
        "send_back_without_conclusion",
        "inspection_not_concluded",
    ],
    "第十条第三项": ["letter_addressee_missing", "letter_addressee_not_member"],
}
UNWRITTEN = [
    # Measures of a 责任制 rest on that text.
    *[
        "draft_measure",
        "propose_veto",
        "refer_measure",
        "record_referral_receipt",
        "record_referral_outcome",
        "ask_consultation",
        "record_consultation",
        "excuse_consultation",
        "register_measure_decision",
        "register_measure_paper",
        "confirm_measure_decision",
        "confirm_measure_declined",
        "return_measure_registration",
        "revise_measure",
        "submit_measure",
        "return_measure",
        "endorse_measure",
        "decide_measure",
        "decline_measure",
        "withdraw_measure",
        "serve_measure",
        "serve_alongside",
        "acknowledge_measure",
        "register_measure_receipt",
        "carry_over_measure",
        "open_interview",
        "conclude_measure",
        *("set_work_team", "record_team_report"),
        *("ask_delisting", "propose_delisting", "grant_delisting", "refuse_delisting"),
        *("prepare_plea", "state_plea", "register_plea", "withdraw_plea", "draft_plea_answer", "return_plea_answer"),
        *("uphold_measure", "revoke_measure"),
        "hand_out_assignment",
        "conclude_assignment",
        "revoke_assignment",
        "carry_over_assignment",
    ],
    *(
        "return_for_changes",
        "take_back",
        "reschedule",
        "withdraw",
        "revise_draft",
        "acknowledge_receipt",
        "confirm_minutes",
    ),
    *("send_minutes", "answer_minutes", "ask_extension", "decide_extension", "acknowledge_letter"),
    *("correct_minutes", "confirm_correction", "drop_correction", "pause_task", "resume_task"),
    *("answer_chase", "answer_letter"),
    *(
        "register_receipt",
        "ask_leave",
        "decide_leave",
        "record_absence",
        "return_minutes",
        "prepare_progress",
        "hand_in_progress",
    ),
    *("acknowledge_supervision", "answer_supervision", "return_letter", "revise_letter", "prepare_letter_answer"),
    *("register_leave", "register_minutes_answer", "register_progress", "register_extension", "cancel_letter"),
    "take_back_letter",
    *("record_earlier_case", "hand_in_earlier_case", "confirm_earlier_case", "return_earlier_case"),
    "discard_earlier_case",
    *("register_chase_answer", "register_supervision_receipt", "register_supervision_answer"),
    *("register_letter_receipt", "register_letter_answer"),
    "correct_receipt",
    "set_readers",
    *(
        "void_document",
        "set_retention",
        "place_hold",
        "lift_hold",
        "upload_scan",
        "refuse_rework",
        "carry_over",
        "carry_over_letter",
        "return_registration",
    ),
]


@pytest.mark.parametrize(("kind", "rank"), list(itertools.product(INTERVIEWED_UNIT_KINDS, Rank)))
def test_every_head_has_exactly_one_interviewer(office, kind, rank):
    rule = office.interviewer_post(unit_kind=kind, rank=rank)
    assert rule.interviewer == INTERVIEWERS[kind, rank]
    assert rule.article.number == (4 if kind == UnitKind.MEMBER_UNIT else 5)


@pytest.mark.parametrize("kind", [UnitKind.MEMBER_UNIT, UnitKind.COUNTY])
def test_rank_counts_in_towns_alone(office, kind):
    assert office.interviewer_post(unit_kind=kind, rank="").interviewer == PostKind.GROUP_LEADER


def test_a_towns_head_without_a_rank_has_no_interviewer(office):
    with pytest.raises(NoMatch):
        office.interviewer_post(unit_kind=UnitKind.TOWN, rank="")


def test_there_are_five_grounds_for_member_units_and_six_for_places(office):
    fitting = {kind: [g for g in Ground.objects.for_interviews() if g.fits(kind)] for kind in INTERVIEWED_UNIT_KINDS}
    assert [len(grounds) for grounds in fitting.values()] == [5, 6, 6]
    assert all(grounds[-1].is_other and not any(g.is_other for g in grounds[:-1]) for grounds in fitting.values())
    assert fitting[UnitKind.TOWN][2].text == "打击整治不力的"
    assert fitting[UnitKind.TOWN][2].citation == "第五条第三项"


@pytest.mark.parametrize(("key", "numbers"), [("jiangmen", range(1, 12)), ("zhuzhou", [16, 17, 19, *range(26, 36)])])
def test_the_articles_stand_word_for_word(office, key, numbers):
    printed = Path(settings.FIXTURES, f"regulations/{key}.md").read_text()
    articles = Regulation.objects.get(key=key).articles.all()
    assert [article.number for article in articles] == list(numbers)
    assert all(f"{article.name}　{article.text}" in printed for article in articles)
    assert not any("校对" in article.text or "---" in article.text for article in articles)


def test_line_breaks_are_kept(office):
    assert [line[:3] for line in office.articles.get(number=9).text.splitlines()[1:]] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
    ]


def test_the_reference_text_is_no_procedure(office):
    zhuzhou = Regulation.objects.get(key="zhuzhou")
    assert not zhuzhou.is_procedure
    assert not zhuzhou.cited_by(Verb.APPROVE)  # it says nothing of interviews
    assert Regulation.objects.in_force(zhuzhou.in_force_from) == office


@pytest.mark.parametrize("code", SENTENCES)
def test_no_rule_of_the_office_passes_for_law(office, code):
    by_law = {each: article for article, codes in LAW.items() for each in codes}
    article = by_law.get(code, "")
    assert office.cited_by(code, UnitKind.MEMBER_UNIT) == article
    assert office.cited_by(code, UnitKind.TOWN) == ("第五条" if article == "第四条" else article)


def test_the_text_we_bring_says_of_everything_whether_an_article_bears_it():
    """A text of an office's own may be silent; of ours nobody has forgotten to think."""
    cited = json.loads(Path(settings.FIXTURES, "regulations/jiangmen.json").read_text())["citations"]
    assert cited["steps"].keys() == set(Verb.values)
    assert cited["refusals"].keys() == SENTENCES.keys()


def test_a_sentence_names_its_article_or_the_office(office):
    assert (
        office.reason(Finding("notice_incomplete", words={"missing": "地点"})).text
        == "依据第七条，约谈通知还缺：地点。"
    )
    words = {"days": 3, "earliest": "2026年11月27日"}
    assert office.reason(Finding("notice_time_too_soon", words=words)).text.startswith("办公室设定：约谈时间")


def test_only_steps_the_law_knows_cite_it(office):
    silent = [verb for verb in Verb.values if not office.cited_by(verb, UnitKind.TOWN)]
    assert sorted(silent) == sorted(UNWRITTEN)


def test_no_step_is_named_like_a_refusal():
    assert not set(Verb.values) & SENTENCES.keys()
