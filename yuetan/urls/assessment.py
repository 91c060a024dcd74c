"""The addresses of 考核."""

from django.urls import path

from yuetan.models import AssessmentPaper
from yuetan.views.assessment import assessments
from yuetan.views.assessment import sheets as assessment_sheets
from yuetan.views.assessment import steps as assessment_steps
from yuetan.views.files.stored_file_paths import stored_file_paths

# What is done about a year as a whole, by the last part of the address.
OF_ASSESSMENT = {
    "present": "present_assessment",
    "withdraw": "withdraw_assessment_sheets",
    "close": "close_assessment",
    "publish": "publish_assessment",
}

urlpatterns = [
    path("assessment/", assessments.assessment_list, name="assessment_list"),
    path("assessment/new/", assessment_steps.create_assessment, name="create_assessment"),
    path("assessment/ranking/", assessments.assessment_ranking, name="assessment_ranking"),
    path("assessment/<uuid:pk>/", assessments.assessment_page, name="assessment"),
    path("assessment/<uuid:pk>/scheme/", assessment_steps.revise_assessment_scheme, name="revise_assessment_scheme"),
    path("assessment/<uuid:pk>/units/<int:unit>/", assessments.assessed_unit, name="assessed_unit"),
    path("assessment/<uuid:pk>/xlsx/", assessments.assessment_result_file, name="assessment_result_file"),
    path("assessment/<uuid:pk>/paper/", assessments.assessment_paper, name="assessment_circular"),
    path("assessment/<uuid:pk>/score/", assessment_steps.score_unit, name="score_assessment"),
    *(
        path(f"assessment/<uuid:pk>/{part}/", assessment_steps.assessment_step, {"name": name}, name=name)
        for part, name in OF_ASSESSMENT.items()
    ),
    path("assessment/scores/<int:pk>/withdraw/", assessment_steps.withdraw_score, name="withdraw_score"),
    path("assessment/sheets/<uuid:pk>/", assessment_sheets.assessment_sheet, name="assessment_sheet"),
    path("assessment/sheets/<uuid:pk>/object/", assessment_steps.object_to_sheet, name="raise_assessment_objection"),
    path(
        "assessment/objections/<uuid:pk>/decide/",
        assessment_steps.decide_on_objection,
        name="decide_assessment_objection",
    ),
    path(
        "assessment/sheets/<uuid:pk>/correct/",
        assessment_steps.propose_correction,
        name="propose_assessment_correction",
    ),
    path(
        "assessment/corrections/<uuid:pk>/decide/",
        assessment_steps.decide_on_correction,
        name="decide_assessment_correction",
    ),
    path("assessment/corrections/<uuid:pk>/paper/", assessments.correction_paper, name="assessment_correction_paper"),
    *stored_file_paths("assessment/papers", AssessmentPaper),
]
