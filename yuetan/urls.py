"""Every address."""

from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import path, reverse_lazy

from yuetan.views import accounts, cases, documents, files, home, letters, office, proposals, regulation, tasks, units

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", LoginView.as_view(template_name="login.html", redirect_authenticated_user=True), name="login"),
    path(
        "password/",
        PasswordChangeView.as_view(template_name="password.html", success_url=reverse_lazy("home")),
        name="password",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/new/", proposals.propose, name="propose"),
    path("cases/<uuid:pk>/", cases.case_page, name="case"),
    path("cases/<uuid:pk>/edit/", proposals.revise, name="revise_draft"),
    path("cases/<uuid:pk>/steps/<slug:verb>/", cases.take_step, name="take_step"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("files/<uuid:pk>/", files.attachment, name="attachment"),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/<uuid:pk>.pdf", documents.document_pdf, name="document_pdf"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/new/", letters.draft_letter, name="draft_letter"),
    path("letters/<uuid:pk>/", letters.letter_page, name="letter"),
    path("letters/<uuid:pk>/approve/", letters.approve_letter, name="approve_letter"),
    path("letters/<uuid:pk>/acknowledge/", letters.acknowledge_letter, name="acknowledge_letter"),
    path("units/", units.unit_list, name="unit_list"),
    path("units/new/", units.add_unit, name="add_unit"),
    path("units/<int:pk>/", units.unit_page, name="unit"),
    path("units/<int:pk>/edit/", units.change_unit, name="change_unit"),
    path("units/<int:pk>/retire/", units.retire_unit, name="retire_unit"),
    path("units/<int:pk>/posts/new/", units.begin_post, name="begin_post"),
    path("people/<int:pk>/account/", accounts.set_account, name="set_account"),
    path("posts/<int:pk>/end/", units.end_post, name="end_post"),
    path("settings/", office.office_settings, name="office_settings"),
    path("settings/<slug:key>/", office.change_office_setting, name="change_office_setting"),
    path("log/", office.log, name="log"),
    path("regulation/", regulation.regulation, name="regulation"),
    path("help/", regulation.help_page, name="help"),
]
