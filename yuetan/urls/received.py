"""The addresses of 三书一函."""

from django.urls import path

from yuetan.models import ReceivedPaper
from yuetan.views.files.stored_file_paths import stored_file_paths
from yuetan.views.received import letters as received
from yuetan.views.received import steps as received_steps

# What is done about a letter and about one reply, by the last part of the address.
OF_LETTER = {
    "reply": "reply_received_letter",
    "hand-out": "hand_out_received",
    "withdraw": "withdraw_received_letter",
    "close": "close_unanswered",
    "recall": "record_received_recall",
    "due": "set_received_due",
    "scan": "add_received_scan",
}
OF_REPLY = {"return": "return_received_reply", "close": "close_received_letter"}

urlpatterns = [
    path("received/", received.received_list, name="received_list"),
    path("received/new/", received.register_received, name="register_received"),
    path("received/statistics/", received.received_statistics_page, name="received_statistics"),
    path("received/statistics/xlsx/", received.received_statistics_file, name="received_statistics_file"),
    path("received/letters/<uuid:pk>/", received.received_letter, name="received_letter"),
    *(
        path(f"received/letters/<uuid:pk>/{part}/", received_steps.letter_step, {"name": name}, name=name)
        for part, name in OF_LETTER.items()
    ),
    *(
        path(f"received/replies/<int:pk>/{part}/", received_steps.reply_step, {"name": name}, name=name)
        for part, name in OF_REPLY.items()
    ),
    path("received/closings/<int:pk>/withdraw/", received_steps.withdraw_closing, name="withdraw_received_closing"),
    *stored_file_paths("received/papers", ReceivedPaper),
]
