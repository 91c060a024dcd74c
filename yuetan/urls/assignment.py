"""The addresses of 交办事项."""

from django.urls import path

from yuetan.views.assignment import assignment_steps, assignments
from yuetan.views.home import follows
from yuetan.views.steps import autosave, take_step

ORIGIN = {"about": "assignment"}

urlpatterns = [
    path("assignments/", assignments.assignment_list, name="assignment_list"),
    path("assignments/<uuid:pk>/", assignments.assignment_page, name="assignment"),
    path("assignments/<uuid:pk>/follow/", follows.follow_assignment, name="follow_assignment"),
    path("assignments/<uuid:pk>/steps/<slug:verb>/", assignment_steps.assignment_step, name="assignment_step"),
    path("assignments/<uuid:pk>/tasks/<slug:verb>/", take_step.take_step, ORIGIN, "take_task_step_of_assignment"),
    path(
        "assignments/<uuid:pk>/tasks/<slug:verb>/autosave/",
        autosave.autosave_task_step,
        ORIGIN,
        name="autosave_task_step_of_assignment",
    ),
]
