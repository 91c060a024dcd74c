"""The addresses of 资格限制."""

from django.urls import path

from yuetan.views.ladder import inquiries, restrictions

urlpatterns = [
    path("measures/<uuid:pk>/leaders/new/", restrictions.add_leader, name="add_restricted_leader"),
    path("restrictions/", restrictions.restriction_list, name="restriction_list"),
    path("restrictions/inquiries/", inquiries.inquiry_list, name="inquiry_list"),
    path("restrictions/inquiries/new/", inquiries.ask_register, name="ask_restrictions"),
    path("restrictions/inquiries/<uuid:pk>/", inquiries.inquiry_page, name="inquiry"),
    path("restrictions/inquiries/<uuid:pk>/form/", inquiries.inquiry_form, name="inquiry_form"),
    path("restrictions/inquiries/<uuid:pk>/reply/", inquiries.reply_inquiry, name="reply_restrictions"),
    path("restrictions/<uuid:pk>/", restrictions.restriction_page, name="restriction"),
    path("restrictions/<uuid:pk>/end/", restrictions.end_early, name="end_restriction"),
]
