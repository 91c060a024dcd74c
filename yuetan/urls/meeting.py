"""The addresses of 会议."""

from django.urls import path

from yuetan.views.files import agenda_files as item_files
from yuetan.views.meeting import agenda_files, archive, corrections, meetings, record

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", meetings.call_meeting, name="call_meeting"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/revise/", meetings.revise_meeting, name="revise_meeting"),
    path("meetings/<uuid:pk>/cancel/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:pk>/items/new/", meetings.add_agenda_item, name="add_agenda_item"),
    path("meetings/<uuid:pk>/convene/", meetings.convene_meeting, name="convene_meeting"),
    path("meetings/<uuid:pk>/notice/", meetings.meeting_notice, name="meeting_notice"),
    path("meetings/<uuid:pk>/case-file/", archive.take_meeting_file, name="take_meeting_file"),
    path("meetings/<uuid:pk>/attendance/", record.record_attendance, name="record_attendance"),
    path("meetings/<uuid:pk>/resolutions/", record.record_resolutions, name="record_resolutions"),
    path("meetings/<uuid:pk>/correction/", corrections.correct_meeting_minutes, name="correct_meeting_minutes"),
    path("meetings/<uuid:pk>/correction/issue/", corrections.issue_meeting_correction, name="issue_meeting_correction"),
    path(
        "meetings/<uuid:pk>/correction/withdraw/",
        corrections.withdraw_meeting_correction,
        name="withdraw_meeting_correction",
    ),
    path("meetings/<uuid:pk>/minutes/", record.meeting_minutes, name="meeting_minutes"),
    path("meetings/items/<int:pk>/remove/", meetings.remove_agenda_item, name="remove_agenda_item"),
    path("meetings/items/<int:pk>/conclusion/", record.conclude_agenda_item, name="conclude_agenda_item"),
    path("meetings/items/<int:pk>/files/", agenda_files.add_agenda_files, name="add_agenda_files"),
    path("meetings/files/<uuid:pk>/", item_files.paper, name="item_file"),
    path("meetings/files/<uuid:pk>/view/", item_files.paper_preview, name="item_file_preview"),
    path("meetings/files/<uuid:pk>/pages/<int:number>/", item_files.paper_page, name="item_file_page"),
    path("meetings/files/<uuid:pk>/remove/", agenda_files.remove_agenda_file, name="remove_agenda_file"),
    path("meetings/notices/<uuid:public_id>/", meetings.receive_meeting_notice, name="receive_meeting_notice"),
]
