"""Every number that decides what is allowed, literal: whoever changes a limit changes it here too, knowingly.

That a limit is kept is tested beside what keeps it; here stands only where it lies. How much is read at a time is no
limit: nobody but a clock would notice.
"""

from datetime import timedelta

from yuetan.actions import (
    approve_several,
    batch,
    delivery,
    inspection,
    load_calendar,
    office,
    outside,
    verification,
    virus_scanner,
)
from yuetan.models import alert
from yuetan.rules import (
    check_code,
    deadlines,
    file_kind,
    office_archive,
    office_links,
    pdf_content,
    personal_data,
    picture_content,
    rhythm,
    similar_matter,
    text_difference,
    variables,
    zip_structure,
)

MB = 1024 * 1024
MINUTES = [1, 5, 30, 120, 360, 720]


LIMITS = [
    # Files that people upload.
    (file_kind.LONGEST_NAME, 120),
    (file_kind.LONGEST_EXTENSION, 10),
    (file_kind.HEAD_BYTES, 1024),
    (office_archive.MAX_XML_BYTES, 4 * MB),
    (office_archive.MAX_EMBEDDED_BYTES, 20 * MB),
    (office_archive.SIGNATURE_BYTES, 1024),
    (office_links.HEAD_BYTES, 512),
    (office_links.LONGEST_WORD, 64),
    (office_links.MOST_READ_BYTES, 100 * MB),
    (pdf_content.MAX_OBJECTS, 50_000),
    (pdf_content.MAX_READS, 20_000_000),
    (pdf_content.MAX_PACKED_OBJECTS_BYTES, 20 * MB),
    (pdf_content.MAX_KEYWORDS, 400_000),
    (pdf_content.LONGEST_NUMBER, 200),
    (picture_content.MAX_PIXELS, 60_000_000),
    (picture_content.FINE, {"quality": 90}),
    (zip_structure.MAX_MEMBERS, 5_000),
    (zip_structure.MAX_DIRECTORY_BYTES, 2 * MB),
    (zip_structure.MAX_UNPACKED_BYTES, 300 * MB),
    (zip_structure.RATIO_COUNTS_FROM_BYTES, 10 * MB),
    (zip_structure.MAX_RATIO, 100),
    (zip_structure.LONGEST_TAIL, 22 + 65_535),
    # What leaves the house, and whom one waits for.
    (list(delivery.WAITS), [timedelta(minutes=each) for each in MINUTES]),
    (delivery.A_LONG_TIME, timedelta(minutes=10)),
    (delivery.MOST_AT_ONCE, 500),
    (outside.SECONDS, 10),
    (outside.DONE, range(200, 300)),
    (virus_scanner.CONNECT_SECONDS, 3),
    (virus_scanner.ANSWER_SECONDS, 60),
    (virus_scanner.LONGEST_ANSWER, 4096),
    (virus_scanner.LONGEST_THREAT, 200),
    (verification.SPAN_SECONDS, 600),
    (verification.MOST_IN_A_SPAN, 20),
    # How many at once, how much of one thing.
    (approve_several.MOST, 50),
    (batch.MOST, 300),
    (alert.MOST_UNREAD, 100),
    (variables.MOST_CHARACTERS, 1000),
    (office.LARGEST, 90),
    (rhythm.MOST, 90),
    (inspection.FEWEST_INSPECTORS, 2),
    # Dates, codes, likeness.
    (load_calendar.FIRST_YEAR, 2019),
    (deadlines.REVISIT_NEAR, timedelta(days=7)),
    (deadlines.PROGRESS_NEAR, timedelta(days=5)),
    (personal_data.FIRST_YEAR, 1900),
    (personal_data.YOUNGEST, 10),
    ((check_code.LENGTH, check_code.GROUP), (16, 4)),
    ((similar_matter.ALIKE, similar_matter.SHORTEST_PART), (0.6, 4)),
    ((text_difference.SHORTEST_SAME, text_difference.LONGEST_COMPARED), (2, 2000)),
]


def test_each_limit_lies_where_it_lies():
    assert [limit for limit, _ in LIMITS] == [literal for _, literal in LIMITS]
