"""The addresses of 三书一函."""

from django.urls import path

from yuetan.views.files import received_files
from yuetan.views.received import letters, steps

urlpatterns = [
    path("received/", letters.received_list, name="received_list"),
    path("received/new/", letters.register_received, name="register_received"),
    path("received/statistics/", letters.received_statistics_page, name="received_statistics"),
    path("received/letters/<uuid:pk>/", letters.received_letter, name="received_letter"),
    path("received/letters/<uuid:pk>/reply/", steps.reply_to_letter, name="reply_received_letter"),
    path("received/letters/<uuid:pk>/withdraw/", steps.withdraw_letter, name="withdraw_received_letter"),
    path("received/replies/<int:pk>/return/", steps.return_reply, name="return_received_reply"),
    path("received/replies/<int:pk>/close/", steps.close_letter, name="close_received_letter"),
    path("received/closings/<int:pk>/withdraw/", steps.withdraw_closing, name="withdraw_received_closing"),
    path("received/papers/<uuid:pk>/", received_files.paper, name="received_paper"),
    path("received/papers/<uuid:pk>/view/", received_files.paper_preview, name="received_paper_preview"),
    path("received/papers/<uuid:pk>/pages/<int:number>/", received_files.paper_page, name="received_paper_page"),
]
