"""The addresses of 实绩档案."""

from django.urls import path

import yuetan.urls.years  # noqa: F401 - it makes <year:…> known
from yuetan.models import DossierPaper
from yuetan.views.dossier import dossiers, entries
from yuetan.views.files.stored_file_paths import stored_file_paths

urlpatterns = [
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/people/<int:pk>/", dossiers.person_dossier, name="person_dossier"),
    path("dossiers/people/<int:pk>/pdf/", dossiers.person_dossier_pdf, name="person_dossier_pdf"),
    path("dossiers/units/<int:pk>/", dossiers.unit_dossier, name="unit_dossier"),
    path("dossiers/units/<int:pk>/pdf/", dossiers.unit_dossier_pdf, name="unit_dossier_pdf"),
    path("dossiers/units/<int:pk>/commend/", entries.record_commendation, name="record_commendation"),
    path("dossiers/commendations/<int:pk>/withdraw/", entries.withdraw_commendation, name="withdraw_commendation"),
    path("dossiers/posts/<int:pk>/<year:year>/enter/", entries.enter_dossier, name="enter_dossier"),
    path("dossiers/entries/<int:pk>/", entries.dossier_entry, name="dossier_entry"),
    *stored_file_paths("dossiers/papers", DossierPaper),
]
