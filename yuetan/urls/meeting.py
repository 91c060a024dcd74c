"""The addresses of 会议."""

from django.urls import path

from yuetan.models import AgendaFile, ReceiptScan
from yuetan.views.files.stored_file_paths import stored_file_paths
from yuetan.views.meeting import archive, meetings, steps
from yuetan.views.papers import receipt_correction

# What is done with a meeting and with one item of it, by the last part of the address.
OF_MEETING = {
    "revise": "revise_meeting",
    "cancel": "cancel_meeting",
    "items/new": "add_agenda_item",
    "items/order": "order_agenda",
    "convene": "convene_meeting",
    "attendance": "record_attendance",
    "resolutions": "record_resolutions",
    "minutes": "meeting_minutes",
    "correction": "correct_meeting_minutes",
    "correction/issue": "issue_meeting_correction",
    "correction/withdraw": "withdraw_meeting_correction",
}
OF_ITEM = {"conclusion": "conclude_agenda_item", "files": "add_agenda_files", "revise": "revise_agenda_item"}

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", steps.call_meeting, name="call_meeting"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/notice/", meetings.meeting_notice, name="meeting_notice"),
    path("meetings/<uuid:pk>/case-file/", archive.take_meeting_file, name="take_meeting_file"),
    *(
        path(f"meetings/<uuid:pk>/{part}/", steps.meeting_step, {"name": name}, name=name)
        for part, name in OF_MEETING.items()
    ),
    *(
        path(f"meetings/items/<int:pk>/{part}/", steps.item_step, {"name": name}, name=name)
        for part, name in OF_ITEM.items()
    ),
    path("meetings/items/<int:pk>/remove/", steps.remove_agenda_item, name="remove_agenda_item"),
    *stored_file_paths("meetings/files", AgendaFile),
    path("meetings/files/<uuid:pk>/remove/", steps.remove_agenda_file, name="remove_agenda_file"),
    path("meetings/notices/<uuid:public_id>/", steps.receive_meeting_notice, name="receive_meeting_notice"),
    path("meetings/notices/<uuid:public_id>/receipt/", steps.register_meeting_receipt, name="register_meeting_receipt"),
    path(
        "meetings/notices/<uuid:public_id>/receipt/correct/",
        receipt_correction.correct_meeting_receipt,
        name="correct_meeting_receipt",
    ),
    *stored_file_paths("meetings/receipts", ReceiptScan),
]
