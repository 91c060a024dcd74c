"""Which tests show each article of the 责任制 that this office is built for, by file and name."""

LADDER, REPORTING, DOSSIER, LAW = "actions/ladder", "actions/reporting", "actions/dossier", "models/law"
ROUNDS = "actions/rounds"

ZHUZHOU: dict[int, tuple[str, ...]] = {
    16: (
        f"{REPORTING}/test_reports.py::test_every_unit_owes_one_report_of_the_period_that_has_begun",
        f"{REPORTING}/test_reports.py::test_what_happens_is_reported_at_any_time_and_counted",
        f"{REPORTING}/test_reports.py::test_late_is_shown_to_the_minute_and_stays",
    ),
    17: (
        f"{ROUNDS}/test_rounds.py::test_each_unit_gets_its_notice_and_signs_for_it_once",
        f"{ROUNDS}/test_rounds.py::test_a_covert_visit_is_announced_to_nobody_and_seen_by_its_unit_once_somebody_came",
        f"{ROUNDS}/test_rounds.py::test_a_conclusion_bears_three_names_of_people_who_may_stand_for_it",
        f"{ROUNDS}/test_rounds.py::test_the_unit_is_informed_of_the_conclusion_and_then_nothing_changes",
    ),
    19: (
        f"{DOSSIER}/test_entry.py::test_the_office_reads_it_once_and_after_it_is_confirmed",
        f"{LADDER}/test_inquiries.py::test_the_reply_cites_each_paper_with_its_last_day",
    ),
    26: (
        f"{LADDER}/test_circular.py::test_article_26_a_ground_is_chosen_before_it_is_handed_in",
        f"{LADDER}/test_circular.py::test_article_26_a_ground_of_another_text_is_refused",
    ),
    27: (f"{LAW}/test_accountability.py::test_articles_27_and_33_are_decided_by_others",),
    28: (
        f"{LADDER}/test_circular.py::test_article_28_the_office_decides_by_two_persons",
        f"{LADDER}/test_open_interview.py::test_article_28_an_interview_is_opened_the_day_after_and_bound_both_ways",
        (
            f"{LADDER}/test_listed_supervision.py::"
            "test_article_28_it_follows_an_interview_that_was_not_met_in_time_and_is_bound_to_it"
        ),
        f"{LADDER}/test_work_team.py::test_article_28_a_team_named_before_the_service_stands_on_the_paper",
        f"{LADDER}/test_doors_refused.py::test_article_28_an_interview_that_runs_opens_no_listing",
    ),
    29: (
        f"{LAW}/test_accountability.py::test_articles_29_and_31_close_the_same_to_the_same",
        f"{LADDER}/test_restrictions.py::test_half_a_year_is_six_calendar_months_and_says_why",
        f"{LADDER}/test_restrictions.py::test_unit_and_leaders_are_restricted_from_the_day_of_the_paper",
    ),
    30: (
        f"{LADDER}/test_veto.py::test_article_30_no_department_asked_no_meeting_decides",
        f"{LADDER}/test_veto.py::test_article_30_nobody_decides_it_in_person",
        f"{LADDER}/test_doors_refused.py::test_article_30_the_rung_before_was_met_in_time",
    ),
    31: (
        f"{LADDER}/test_veto.py::test_article_31_the_paper_says_what_is_closed_to_whom_for_how_long",
        f"{LADDER}/test_veto.py::test_article_31_it_ends_after_a_year_and_waits_for_the_director_then",
        (
            f"{LADDER}/test_referral.py::"
            "test_articles_31_and_33_what_is_to_be_pursued_goes_to_the_body_that_may_with_receipt_and_outcome"
        ),
    ),
    32: (
        f"{LADDER}/test_referral.py::test_article_32_no_veto_is_laid_on_a_unit_that_only_stands_here",
        (
            f"{LADDER}/test_referral.py::"
            "test_article_32_its_superior_and_the_commission_above_get_a_proposal_and_the_unit_hears_nothing"
        ),
    ),
    33: (
        f"{LADDER}/test_referral.py::test_article_33_the_unit_finds_neither_paper_nor_file_nor_line_of_it",
        "views/ladder/test_outsiders.py::test_article_33_nothing_that_the_unit_reads_changes_by_a_referral",
    ),
    34: (
        f"{LADDER}/test_circular.py::test_articles_34_and_35_every_circumstance_is_answered_before_it_is_handed_in",
        f"{LADDER}/test_circular.py::test_articles_34_and_35_an_answer_has_a_reason",
    ),
    35: (
        f"{LADDER}/test_circular.py::test_articles_34_and_35_every_circumstance_is_answered_before_it_is_handed_in",
        f"{LADDER}/test_circular.py::test_articles_34_and_35_an_answer_has_a_reason",
    ),
}
# 第十条(四): 按照有关规定实行一票否决权制, and which 规定 these are the office chooses.
JIANGMEN: dict[int, tuple[str, ...]] = {
    10: (
        "actions/office/test_office.py::test_which_text_of_accountability_is_carried_out_two_persons_decide",
        f"{LADDER}/test_circular.py::test_nothing_is_drafted_while_no_text_is_carried_out",
        f"{LADDER}/test_veto.py::test_it_goes_from_the_departments_and_the_meeting_to_the_receipt",
    ),
}
# Articles that nothing carries out yet, each with why.
WANTING: dict[int, str] = {}
