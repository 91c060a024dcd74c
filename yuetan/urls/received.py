"""The addresses of 三书一函."""

from django.urls import path

from yuetan.views.files import received_files
from yuetan.views.received import letters as received
from yuetan.views.received import steps as received_steps

urlpatterns = [
    path("received/", received.received_list, name="received_list"),
    path("received/new/", received.register_received, name="register_received"),
    path("received/statistics/", received.received_statistics_page, name="received_statistics"),
    path("received/letters/<uuid:pk>/", received.received_letter, name="received_letter"),
    path("received/letters/<uuid:pk>/reply/", received_steps.reply_to_letter, name="reply_received_letter"),
    path("received/letters/<uuid:pk>/hand-out/", received_steps.hand_out_tasks, name="hand_out_received"),
    path("received/letters/<uuid:pk>/withdraw/", received_steps.withdraw_letter, name="withdraw_received_letter"),
    path("received/letters/<uuid:pk>/close/", received_steps.close_without_reply, name="close_unanswered"),
    path("received/letters/<uuid:pk>/take-back/", received_steps.record_recall, name="take_back_received"),
    path("received/letters/<uuid:pk>/due/", received_steps.set_due_day, name="set_received_due"),
    path("received/replies/<int:pk>/return/", received_steps.return_reply, name="return_received_reply"),
    path("received/replies/<int:pk>/close/", received_steps.close_letter, name="close_received_letter"),
    path("received/closings/<int:pk>/withdraw/", received_steps.withdraw_closing, name="withdraw_received_closing"),
    path("received/papers/<uuid:pk>/", received_files.paper, name="received_paper"),
    path("received/papers/<uuid:pk>/view/", received_files.paper_preview, name="received_paper_preview"),
    path("received/papers/<uuid:pk>/pages/<int:number>/", received_files.paper_page, name="received_paper_page"),
]
