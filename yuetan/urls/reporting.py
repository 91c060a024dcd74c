"""The addresses of 信息报送."""

from django.urls import path

from yuetan.models import ReportFile
from yuetan.views.files.stored_file_paths import stored_file_paths
from yuetan.views.reporting import analyses, boards, reports, schemes, steps, summaries

# What is done about an analysis, by the last part of the address.
OF_ANALYSIS = {
    "revise": "revise_analysis",
    "endorse": "endorse_analysis",
    "issue": "issue_analysis",
    "return": "return_analysis",
    "withdraw": "withdraw_analysis",
}

urlpatterns = [
    path("reporting/", schemes.report_list, name="report_list"),
    path("reporting/schemes/new/", steps.create_scheme, name="create_scheme"),
    path("reporting/schemes/<int:pk>/", schemes.report_scheme, name="report_scheme"),
    path("reporting/schemes/<int:pk>/revise/", steps.scheme_step, {"name": "revise_scheme"}, name="revise_scheme"),
    path("reporting/schemes/<int:pk>/missed/", schemes.missed_units, name="missed_units"),
    path("reporting/schemes/<int:pk>/chase/<int:unit>/", schemes.chase_missed, name="chase_missed"),
    path("reporting/schemes/<int:pk>/report/<int:unit>/", reports.report_any_time, name="report_any_time"),
    path("reporting/schemes/<int:pk>/end/", steps.scheme_step, {"name": "end_scheme"}, name="end_scheme"),
    path("reporting/schemes/<int:pk>/paper/", steps.register_paper_incident, name="register_paper_incident"),
    path("reporting/schemes/<int:pk>/concealed/", steps.mark_concealed, name="mark_concealed"),
    path("reporting/periods/<int:pk>/excuse/", steps.excuse_reports, name="excuse_reports"),
    path("reporting/periods/<int:pk>/chase/", steps.chase_period, name="chase_period"),
    path("reporting/board/", boards.report_board, name="report_board"),
    path("reporting/board/accept/", boards.accept_selected, name="accept_selected_reports"),
    path("reporting/periods/<int:pk>/summary/", summaries.report_summary, name="report_summary"),
    path("reporting/periods/<int:pk>/summary/xlsx/", summaries.report_summary_file, name="report_summary_file"),
    path("reporting/periods/<int:pk>/returns/xlsx/", summaries.report_returns_file, name="report_returns_file"),
    path("reporting/periods/<int:pk>/analyse/", analyses.draft_analysis, name="draft_analysis"),
    path("reporting/analyses/", analyses.analysis_list, name="analysis_list"),
    path("reporting/analyses/<uuid:pk>/", analyses.report_analysis_page, name="report_analysis"),
    *(
        path(f"reporting/analyses/<uuid:pk>/{part}/", analyses.analysis_step, {"name": name}, name=name)
        for part, name in OF_ANALYSIS.items()
    ),
    path("reporting/reports/<uuid:public_id>/", reports.report, name="report"),
    path("reporting/reports/<uuid:public_id>/fill/", reports.fill_report, name="fill_report"),
    path("reporting/reports/<uuid:public_id>/zero/", reports.report_zero, name="report_zero"),
    path(
        "reporting/reports/<uuid:public_id>/paper/",
        steps.report_step,
        {"name": "register_paper_report"},
        name="register_paper_report",
    ),
    path("reporting/reports/<uuid:public_id>/mark/", steps.report_step, {"name": "mark_report"}, name="mark_report"),
    path("reporting/marks/<int:pk>/withdraw/", steps.withdraw_report_mark, name="withdraw_report_mark"),
    *stored_file_paths("reporting/files", ReportFile),
]
