"""The addresses of 资格限制."""

from django.urls import path

from yuetan.views.ladder import restrictions

urlpatterns = [
    path("measures/<uuid:pk>/leaders/new/", restrictions.add_leader, name="add_restricted_leader"),
    path("restrictions/", restrictions.restriction_list, name="restriction_list"),
    path("restrictions/<uuid:pk>/", restrictions.restriction_page, name="restriction"),
    path("restrictions/<uuid:pk>/end/", restrictions.end_early, name="end_restriction"),
]
