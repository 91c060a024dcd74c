"""Every address."""

from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import path, reverse_lazy

from yuetan.forms.people.account import LoginForm, OwnPasswordForm
from yuetan.views.files import files, prepared_files
from yuetan.views.frame import sessions
from yuetan.views.home import agenda, home, search
from yuetan.views.interview import minutes_versions
from yuetan.views.law import help, regulation
from yuetan.views.letter import letter_papers, letter_steps, letters
from yuetan.views.messages import alerts
from yuetan.views.office import calendar, calendar_changes, office, setting_changes
from yuetan.views.papers import (
    batches,
    document_page,
    document_register,
    number_register,
    office_forms,
    receipt_correction,
    verification,
    wording,
)
from yuetan.views.people import accounts, delegations, post_corrections, unit_changes, units
from yuetan.views.proposal import approval_queue, proposal_versions, proposals
from yuetan.views.rectification import bulk_chase, tasks
from yuetan.views.steps import autosave, cases, earlier_cases, take_step

LOGIN = {"template_name": "login.html", "authentication_form": LoginForm, "redirect_authenticated_user": True}

handler400 = "yuetan.views.frame.errors.bad_request"

urlpatterns = [
    path("", home.home, name="home"),
    path("todos/", home.todo_list, name="todo_list"),
    path("login/", LoginView.as_view(**LOGIN), name="login"),
    path(
        "password/",
        PasswordChangeView.as_view(
            template_name="password.html", form_class=OwnPasswordForm, success_url=reverse_lazy("home")
        ),
        name="password",
    ),
    path("session/", sessions.session, name="session"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/new/", proposals.propose, name="propose"),
    path("cases/new/autosave/<int:unit>/", autosave.autosave_proposal, name="autosave_proposal"),
    path("cases/<uuid:pk>/", cases.case_page, name="case"),
    path("cases/<uuid:pk>/edit/", proposals.revise, name="revise_draft"),
    path("cases/<uuid:pk>/versions/", proposal_versions.proposal_versions, name="proposal_versions"),
    path("cases/<uuid:pk>/minutes/", minutes_versions.minutes_versions, name="minutes_versions"),
    path("cases/<uuid:pk>/edit/autosave/", autosave.autosave_revision, name="autosave_revision"),
    path("cases/<uuid:pk>/steps/<slug:verb>/", take_step.take_step, name="take_step"),
    path("cases/<uuid:pk>/steps/<slug:verb>/autosave/", autosave.autosave_step, name="autosave_step"),
    path("cases/<uuid:pk>/print/<slug:kind>.pdf", office_forms.internal_paper, name="internal_paper"),
    path("cases/earlier/new/", earlier_cases.begin_earlier_case, name="record_earlier_case"),
    path("cases/<uuid:pk>/earlier/<slug:verb>/", earlier_cases.record_step, name="record_earlier_step"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/chase/", bulk_chase.chase_selected, name="chase_selected"),
    path("tasks/supervise/", bulk_chase.supervise_selected, name="supervise_selected"),
    path("tasks/<int:pk>/date/", calendar.task_date, name="task_date"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/change/", calendar_changes.change_calendar_day, name="change_calendar_day"),
    path("calendar/count/", calendar.date_count, name="date_count"),
    path("calendar/<int:year>/enter/", calendar_changes.enter_calendar_year, name="enter_calendar_year"),
    path("ledgers/<slug:key>/export/", prepared_files.export_ledger, name="export_ledger"),
    path("done/", home.done_list, name="done_list"),
    path("agenda/", agenda.agenda_page, name="agenda"),
    path("agenda/mine.ics", agenda.agenda_file, name="agenda_file"),
    path("search/", search.search, name="search"),
    path("prepared/", prepared_files.prepared_file_list, name="prepared_file_list"),
    path("prepared/<uuid:pk>/", prepared_files.prepared_file_page, name="prepared_file"),
    path("prepared/<uuid:pk>/fetch/", prepared_files.fetch_prepared_file, name="fetch_prepared_file"),
    path("files/<uuid:pk>/", files.attachment, name="attachment"),
    path("files/<uuid:pk>/original/", files.attachment_original, name="attachment_original"),
    path("files/<uuid:pk>/view/", files.attachment_preview, name="attachment_preview"),
    path("files/<uuid:pk>/pages/<int:number>/", files.attachment_page, name="attachment_page"),
    path("scans/<uuid:pk>/", files.scan, name="scan"),
    path("scans/<uuid:pk>/view/", files.scan_preview, name="scan_preview"),
    path("scans/<uuid:pk>/pages/<int:number>/", files.scan_page, name="scan_page"),
    path("documents/", document_register.document_list, name="document_list"),
    path("documents/<uuid:pk>/", document_page.paper, name="document"),
    path("documents/<uuid:pk>/take/<slug:method>/", document_page.download_document, name="download_document"),
    path("documents/batches/new/", batches.start_batch, name="start_batch"),
    path("documents/printings/", document_page.print_log, name="print_log"),
    path("documents/<uuid:pk>.pdf", document_register.document_pdf, name="document_pdf"),
    path("documents/<uuid:pk>/receipt/", receipt_correction.correct_receipt, name="correct_receipt"),
    path("documents/<uuid:pk>/void/", document_register.void_document, name="void_document"),
    path("documents/numbers/", number_register.number_book, name="number_book"),
    path("documents/numbers/new/", number_register.reserve_number, name="reserve_number"),
    path("documents/numbers/<int:pk>/use/", number_register.use_number, name="use_number"),
    path("documents/numbers/<int:pk>/void/", number_register.void_number, name="void_number"),
    path("verify/", verification.verify, name="verify"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/new/", letters.draft_letter, name="draft_letter"),
    path("letters/new/autosave/", autosave.autosave_letter, name="autosave_letter"),
    path("letters/<uuid:pk>/", letters.letter_page, name="letter"),
    path("letters/<uuid:pk>/approve/", letters.approve_letter, name="approve_letter"),
    path("letters/<uuid:pk>/return/", letter_steps.return_letter, name="return_letter"),
    path("letters/<uuid:pk>/cancel/", letter_steps.cancel_letter, name="cancel_letter"),
    path("letters/<uuid:pk>/revise/", letter_steps.revise_letter, name="revise_letter"),
    path("letters/<uuid:pk>/prepare/", letter_steps.prepare_letter_answer, name="prepare_letter_answer"),
    path("letters/<uuid:pk>/answer/", letter_steps.answer_letter, name="answer_letter"),
    path("letters/<uuid:pk>/revise/autosave/", autosave.autosave_letter_revision, name="autosave_letter_revision"),
    path("letters/<uuid:pk>/answer/autosave/", autosave.autosave_letter_answer, name="autosave_letter_answer"),
    path("letters/<uuid:pk>/acknowledge/", letters.acknowledge_letter, name="acknowledge_letter"),
    path("letters/<uuid:pk>/receipt/", letter_papers.register_letter_receipt, name="register_letter_receipt"),
    path("letters/<uuid:pk>/paper-answer/", letter_papers.register_letter_answer, name="register_letter_answer"),
    path("approvals/", approval_queue.approval_list, name="approval_list"),
    path("approvals/several/", approval_queue.approve_several, name="approve_several"),
    path("delegations/", delegations.delegation_list, name="delegation_list"),
    path("delegations/<int:pk>/end/", delegations.end_delegation, name="end_delegation"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/new/", units.add_unit, name="add_unit"),
    path("units/<int:pk>/", units.unit_page, name="unit"),
    path("units/<int:pk>/edit/", units.change_unit, name="change_unit"),
    path("units/<int:pk>/rename/", unit_changes.rename_unit, name="rename_unit"),
    path("units/<int:pk>/end/", unit_changes.end_unit, name="end_unit"),
    path("units/changes/<int:pk>/carry-over/", unit_changes.carry_over, name="carry_over"),
    path("units/papers/<uuid:pk>/", files.unit_paper, name="unit_paper"),
    path("units/papers/<uuid:pk>/view/", files.unit_paper_preview, name="unit_paper_preview"),
    path("units/papers/<uuid:pk>/pages/<int:number>/", files.unit_paper_page, name="unit_paper_page"),
    path("units/<int:pk>/retire/", units.retire_unit, name="retire_unit"),
    path("units/posts/<int:pk>/correct/", post_corrections.correct_post, name="correct_post"),
    path("units/posts/<int:pk>/annul/", post_corrections.annul_post, name="annul_post"),
    path("units/<int:pk>/posts/new/", units.begin_post, name="begin_post"),
    path("people/<int:pk>/account/", accounts.set_account, name="set_account"),
    path("people/<int:pk>/contact/", accounts.change_contact, name="change_contact"),
    path("contact/", accounts.own_contact, name="own_contact"),
    path("posts/<int:pk>/end/", units.end_post, name="end_post"),
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/read/", alerts.read_all_alerts, name="read_all_alerts"),
    path("alerts/<int:pk>/open/", alerts.open_alert, name="open_alert"),
    path("alerts/deliveries/", alerts.delivery_list, name="delivery_list"),
    path("alerts/deliveries/<uuid:pk>/again/", alerts.send_again, name="send_again"),
    path("settings/", office.office_settings, name="office_settings"),
    path("settings/changes/", setting_changes.setting_change_list, name="setting_change_list"),
    path("settings/changes/<int:pk>/", setting_changes.decide_setting_change, name="decide_setting_change"),
    path(
        "settings/changes/<int:pk>/retract/",
        setting_changes.retract_setting_change,
        name="retract_setting_change",
    ),
    path("settings/<slug:key>/", office.change_office_setting, name="change_office_setting"),
    path("wording/", wording.wording_list, name="wording_list"),
    path("wording/versions/<int:pk>/restore/", wording.restore_wording, name="restore_wording"),
    path("wording/<slug:kind>/<slug:key>/", wording.wording, name="wording"),
    path("log/", office.log, name="log"),
    path("log/logins/", office.login_list, name="login_list"),
    path("regulation/", regulation.regulation, name="regulation"),
    path("help/", help.help_index, name="help"),
    path("help/<slug:slug>/", help.help_topic, name="help_topic"),
]
