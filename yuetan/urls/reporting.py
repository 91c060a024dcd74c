"""The addresses of 信息报送."""

from django.urls import path

from yuetan.views.files import report_files
from yuetan.views.reporting import analyses, boards, reports, schemes, settling

urlpatterns = [
    path("reporting/", schemes.report_list, name="report_list"),
    path("reporting/schemes/new/", schemes.create_scheme, name="create_scheme"),
    path("reporting/schemes/<int:pk>/", schemes.report_scheme, name="report_scheme"),
    path("reporting/schemes/<int:pk>/revise/", schemes.revise_scheme, name="revise_scheme"),
    path("reporting/schemes/<int:pk>/missed/", schemes.missed_units, name="missed_units"),
    path("reporting/schemes/<int:pk>/chase/<int:unit>/", schemes.chase_missed, name="chase_missed"),
    path("reporting/schemes/<int:pk>/report/<int:unit>/", reports.report_any_time, name="report_any_time"),
    path("reporting/schemes/<int:pk>/end/", settling.end_scheme, name="end_scheme"),
    path("reporting/schemes/<int:pk>/paper/", settling.register_paper_incident, name="register_paper_incident"),
    path("reporting/schemes/<int:pk>/concealed/", settling.mark_concealed, name="mark_concealed"),
    path("reporting/periods/<int:pk>/excuse/", settling.excuse_reports, name="excuse_reports"),
    path("reporting/board/", boards.report_board, name="report_board"),
    path("reporting/board/accept/", boards.accept_selected, name="accept_selected_reports"),
    path("reporting/periods/<int:pk>/summary/", boards.report_summary, name="report_summary"),
    path("reporting/periods/<int:pk>/summary/xlsx/", boards.report_summary_file, name="report_summary_file"),
    path("reporting/periods/<int:pk>/returns/xlsx/", boards.report_returns_file, name="report_returns_file"),
    path("reporting/periods/<int:pk>/analyse/", analyses.draft_analysis, name="draft_analysis"),
    path("reporting/analyses/", analyses.analysis_list, name="analysis_list"),
    path("reporting/analyses/<uuid:pk>/", analyses.report_analysis_page, name="report_analysis"),
    path("reporting/analyses/<uuid:pk>/revise/", analyses.revise_analysis, name="revise_analysis"),
    path("reporting/analyses/<uuid:pk>/endorse/", analyses.endorse_analysis, name="endorse_analysis"),
    path("reporting/analyses/<uuid:pk>/issue/", analyses.issue_analysis, name="issue_analysis"),
    path("reporting/analyses/<uuid:pk>/return/", analyses.return_analysis, name="return_analysis"),
    path("reporting/analyses/<uuid:pk>/withdraw/", analyses.withdraw_analysis, name="withdraw_analysis"),
    path("reporting/reports/<uuid:public_id>/", reports.report, name="report"),
    path("reporting/reports/<uuid:public_id>/fill/", reports.fill_report, name="fill_report"),
    path("reporting/reports/<uuid:public_id>/zero/", reports.report_zero, name="report_zero"),
    path("reporting/reports/<uuid:public_id>/paper/", settling.register_paper_report, name="register_paper_report"),
    path("reporting/reports/<uuid:public_id>/mark/", reports.mark_report, name="mark_report"),
    path("reporting/marks/<int:pk>/withdraw/", reports.withdraw_report_mark, name="withdraw_report_mark"),
    path("reporting/files/<uuid:pk>/", report_files.report_file, name="report_file"),
    path("reporting/files/<uuid:pk>/view/", report_files.report_file_preview, name="report_file_preview"),
    path("reporting/files/<uuid:pk>/pages/<int:number>/", report_files.report_file_page, name="report_file_page"),
]
