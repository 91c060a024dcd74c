"""The addresses of 督导."""

from django.urls import path

from yuetan.models import RoundFile
from yuetan.views.files.stored_file_paths import stored_file_paths
from yuetan.views.papers import receipt_correction
from yuetan.views.rounds import archive, rounds, visits
from yuetan.views.rounds import steps as round_steps
from yuetan.views.rounds.step_pages import OF_FINDING, OF_ROUND, OF_VISIT, PLAN

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", round_steps.plan, name=PLAN.name),
    path("rounds/<uuid:pk>/", rounds.round_page, name="supervision_round"),
    path("rounds/<uuid:pk>/case-file/", archive.take_round_file, name="take_round_file"),
    *(
        path(f"rounds/<uuid:pk>/{name.partition('_')[0]}/", round_steps.round_step, {"name": name}, name=name)
        for name in OF_ROUND
    ),
    path("rounds/visits/<uuid:pk>/", visits.visit_page, name="round_visit"),
    path("rounds/visits/<uuid:pk>/receive/", visits.receive_paper, name="receive_round_paper"),
    *(
        path(f"rounds/visits/<uuid:pk>/{name.partition('_')[0]}/", round_steps.visit_step, {"name": name}, name=name)
        for name in OF_VISIT
    ),
    path("rounds/papers/<uuid:pk>/receipt/", receipt_correction.correct_round_receipt, name="correct_round_receipt"),
    path("rounds/findings/<uuid:pk>/withdraw/", round_steps.withdraw_finding, name=OF_FINDING.name),
    *stored_file_paths("rounds/files", RoundFile),
]
