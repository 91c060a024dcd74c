"""Every number that decides what is allowed, literal: whoever changes a limit changes it here too, knowingly.

That a limit is kept is tested beside what keeps it; here stands only where it lies. How much is read at a time is no
limit: nobody but a clock would notice.
"""

from datetime import time, timedelta

from yuetan import patient_worker
from yuetan.actions.assessment import closing, sheets
from yuetan.actions.files import sweep_files, virus_scanner
from yuetan.actions.ladder import offer_doors
from yuetan.actions.messages import channels, delivery, heartbeat, meeting_reminders
from yuetan.actions.office import office
from yuetan.actions.papers import batch, verification
from yuetan.actions.proposal import bulk_approval
from yuetan.actions.rectification import team
from yuetan.actions.reporting import periods
from yuetan.documents.content import meeting as content_of_meetings
from yuetan.documents.exports import drawn_pages
from yuetan.forms.frame import bounds
from yuetan.loading import calendar
from yuetan.models.assessment import offered as offered_by_sheet
from yuetan.models.dossier import year_facts
from yuetan.models.files import duplicates
from yuetan.models.ladder import (
    asked_people,
    consultation,
    line_of_rungs,
    listed_requirements,
    named_units,
    referral,
    standing_doors,
)
from yuetan.models.messages import alert
from yuetan.models.received import offered as offered_by_letter
from yuetan.models.reporting import missed, scheme, span, summary
from yuetan.models.rounds import offered as offered_by_visit
from yuetan.rules import check_code
from yuetan.rules.dates import deadlines, reminder_points
from yuetan.rules.files import file_kind, office_archive, office_links, pdf_content, picture_content, zip_structure
from yuetan.rules.reporting import form_fields
from yuetan.rules.text import personal_data, similar_matter, text_difference, variables
from yuetan.views.case import line_of_rungs as shown_line
from yuetan.views.frame import body_limit

MB = 1024 * 1024
MINUTES = [1, 5, 30, 120, 360, 720]


LIMITS = [
    # Files that people upload.
    (file_kind.MAX_NAME_LENGTH, 120),
    (file_kind.MAX_EXTENSION_LENGTH, 10),
    (file_kind.HEAD_BYTES, 1024),
    (office_archive.MAX_XML_BYTES, 4 * MB),
    (office_archive.MAX_EMBEDDED_BYTES, 20 * MB),
    (office_archive.SIGNATURE_BYTES, 1024),
    (office_links.HEAD_BYTES, 512),
    (office_links.MAX_WORD_LENGTH, 64),
    (office_links.MAX_READ_BYTES, 100 * MB),
    (pdf_content.MAX_OBJECTS, 50_000),
    (pdf_content.MAX_READS, 20_000_000),
    (pdf_content.MAX_PACKED_OBJECTS_BYTES, 20 * MB),
    (pdf_content.MAX_KEYWORDS, 400_000),
    (pdf_content.MAX_NUMBER_LENGTH, 200),
    (picture_content.MAX_UNPACKED_BYTES, 300 * 1024 * 1024),
    (picture_content.FINE, {"quality": 90}),
    (zip_structure.MAX_MEMBERS, 5_000),
    (zip_structure.MAX_DIRECTORY_BYTES, 2 * MB),
    (zip_structure.MAX_UNPACKED_BYTES, 300 * MB),
    (zip_structure.RATIO_COUNTS_FROM_BYTES, 10 * MB),
    (zip_structure.MAX_RATIO, 100),
    (zip_structure.MAX_TAIL_LENGTH, 22 + 65_535),
    # What leaves the house, and whom one waits for.
    (list(delivery.WAITS), [timedelta(minutes=each) for each in MINUTES]),
    (delivery.STALE_AFTER, timedelta(minutes=10)),
    (delivery.MAX_AT_ONCE, 500),
    (channels.SECONDS, 10),
    (channels.DONE, range(200, 300)),
    (virus_scanner.CONNECT_SECONDS, 3),
    (virus_scanner.ANSWER_SECONDS, 60),
    (virus_scanner.MAX_ANSWER_LENGTH, 4096),
    (virus_scanner.MAX_THREAT_LENGTH, 200),
    (verification.SPAN, timedelta(minutes=10)),
    (verification.MAX_IN_A_SPAN, 20),
    # How many at once, how much of one thing.
    (bulk_approval.MAX_CASES, 50),
    (batch.MAX_DOCUMENTS, 300),
    (alert.MAX_UNREAD, 100),
    (variables.MAX_CHARACTERS, 1000),
    (office.MAX_NUMBER, 90),
    (reminder_points.MAX_REPEATS, 90),
    (team.MIN_INSPECTORS, 2),
    # What comes over the network, and what is drawn of it.
    ((body_limit.STRANGERS_BYTES, body_limit.LARGE_BYTES, body_limit.FREE_BYTES), (MB // 16, MB, 512 * MB)),
    ((body_limit.UPLOADS_OF_PERSON, body_limit.UPLOADS_OF_STRANGERS), (2, 1)),
    ((patient_worker.REQUEST_SECONDS, patient_worker.STALL_SECONDS, patient_worker.LINGER_SECONDS), (20, 15, 2)),
    ((patient_worker.SMALL_BODY, patient_worker.GRACE_SECONDS, patient_worker.MIN_RATE), (MB // 16, 20, 4096)),
    (patient_worker.CONNECTIONS_OF_ADDRESS, 60),
    ((drawn_pages.AT_ONCE, drawn_pages.WAITING_OF_PROCESS, drawn_pages.WAITING_OF_PERSON), (2, 3, 2)),
    ((drawn_pages.WAIT_SECONDS, drawn_pages.KEPT_DAYS), (10, 7)),
    ((bounds.EARLIEST, bounds.LATEST, bounds.LARGEST), (1949, 2100, 999_999_999)),
    # What is kept after a fault, and how long a clock is believed.
    ((sweep_files.SETTLED_AFTER, sweep_files.SET_ASIDE_DAYS), (timedelta(hours=1), 30)),
    ((sweep_files.MAX_STRANGERS, sweep_files.MAX_SHARE), (20, 0.5)),
    ((heartbeat.MAX_JUMP, heartbeat.MAX_STANDSTILL), (timedelta(hours=1), timedelta(days=10))),
    # Dates, codes, likeness.
    (calendar.FIRST_YEAR, 2019),
    (deadlines.REVISIT_NEAR, timedelta(days=7)),
    (deadlines.PROGRESS_NEAR, timedelta(days=5)),
    (personal_data.FIRST_YEAR, 1900),
    (personal_data.YOUNGEST, 10),
    ((check_code.LENGTH, check_code.GROUP), (16, 4)),
    ((similar_matter.SIMILARITY_THRESHOLD, similar_matter.MIN_PART_LENGTH), (0.6, 4)),
    ((text_difference.MIN_SAME_LENGTH, text_difference.MAX_COMPARED_LENGTH), (2, 2000)),
    # What a unit reports of a period, and the missed periods that are named.
    ((form_fields.MAX_FIELDS, form_fields.MAX_COUNTED), (30, 999_999_999)),
    ((missed.MAX_UNITS, missed.MAX_OTHERS), (20, 1000)),
    ((missed.MAX_LABELS, missed.A_MINUTE), (60, timedelta(minutes=1))),
    ((summary.MAX_LINES, summary.MAX_NAMED, span.MAX_PERIODS), (200, 50, 60)),
    ((periods.MAX_AT_ONCE, scheme.NOON), (60, time(12))),
    # How many names a sentence, a paper or the offered facts take in.
    ((sheets.MAX_NAMED, closing.MAX_NAMED), (5, 5)),
    ((offered_by_sheet.MAX_LOST, offered_by_letter.MAX_NAMED, offered_by_visit.MAX_NAMED), (5, 5, 10)),
    ((year_facts.MAX_LISTED, shown_line.MAX_SHOWN), (20, 30)),
    ((duplicates.MAX_NAMED, duplicates.MAX_ALIKE, duplicates.MAX_READ), (5, 50, 100)),
    ((consultation.MAX_SIGNS, referral.MAX_SIGNS), (60, 100)),
    ((asked_people.MAX_NAMESAKES, named_units.MAX_UNITS), (50, 10)),
    (content_of_meetings.SHORT_LIST, 120),
    # How far back one looks, how many it takes, how long before one is reminded.
    ((line_of_rungs.BACK, standing_doors.BACK), (timedelta(days=730), timedelta(days=365))),
    ((listed_requirements.MIN_CHECKERS, offer_doors.MAX_AT_ONCE), (2, 200)),
    (meeting_reminders.DAYS_AHEAD, 1),
]


def test_each_limit_lies_where_it_lies():
    assert [limit for limit, _ in LIMITS] == [literal for _, literal in LIMITS]
