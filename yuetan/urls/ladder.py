"""The addresses of 责任措施."""

from django.urls import path

from yuetan.views.home import follows
from yuetan.views.ladder import archive, measure_drafts, measure_steps, measures
from yuetan.views.papers import unsigned_papers
from yuetan.views.steps import autosave, take_step

OF_MEASURE = {"about": "measure_laid"}

urlpatterns = [
    path("measures/", measures.measure_list, name="measure_list"),
    path("measures/new/", measure_drafts.draft_measure, name="draft_measure"),
    path("measures/new/autosave/", autosave.autosave_measure, name="autosave_measure"),
    path("measures/unsigned/", unsigned_papers.unsigned_measure_list, name="unsigned_measures"),
    path("measures/<uuid:pk>/", measures.measure_page, name="measure_laid"),
    path("measures/<uuid:pk>/form/", measures.measure_form, name="measure_form"),
    path("measures/<uuid:pk>/case-file/", archive.take_measure_file, name="take_measure_file"),
    path("measures/<uuid:pk>/consultations/<uuid:letter>/form/", measures.consultation_form, name="consultation_form"),
    path("measures/<uuid:pk>/follow/", follows.follow_measure, name="follow_measure"),
    path("measures/<uuid:pk>/revise/", measure_drafts.revise_measure, name="revise_measure"),
    path("measures/<uuid:pk>/revise/autosave/", autosave.autosave_measure_revision, name="autosave_measure_revision"),
    path("measures/<uuid:pk>/steps/<slug:verb>/", measure_steps.measure_step, name="measure_step"),
    path("measures/<uuid:pk>/tasks/<slug:verb>/", take_step.take_step, OF_MEASURE, "take_task_step_of_measure_laid"),
    path(
        "measures/<uuid:pk>/tasks/<slug:verb>/autosave/",
        autosave.autosave_task_step,
        OF_MEASURE,
        name="autosave_task_step_of_measure_laid",
    ),
]
