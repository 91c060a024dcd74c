"""Kinds of papers by what is done with them once they are out: stamped, signed for, signed for by a day."""

from yuetan.vocabulary import DocumentKind

# 纪要 bears no seal; 统计表 is signed for by name; a notice of a meeting is signed for here by each who is convened;
# 复函, 商请函 leave the house stamped and come back from nobody; those of 督导 are signed for on the page of the visit.
UNSEALED_KINDS = (
    DocumentKind.MINUTES,
    DocumentKind.STATISTICS,
    *(DocumentKind.MEETING_NOTICE, DocumentKind.MEETING_MINUTES),
    *(DocumentKind.RESTRICTION_REPLY, DocumentKind.CONSULTATION_LETTER),
    *(DocumentKind.ROUND_NOTICE, DocumentKind.ROUND_OPINION),
)
SIGNED_FOR = (
    DocumentKind.INTERVIEW_NOTICE,
    DocumentKind.RESCHEDULE_NOTICE,
    DocumentKind.REMINDER_LETTER,
    DocumentKind.SUPERVISION_LETTER,
    DocumentKind.CIRCULAR,
    DocumentKind.VETO_DECISION,
    DocumentKind.LISTED_SUPERVISION,
    DocumentKind.DELISTING,
    DocumentKind.PLEA_ANSWER,
)
# Signed for by a day of their own, kept with the paper: a notice has its days with its case, a 提醒函 and a 督办单 are
# answered by a day.
SIGNED_BY_A_DAY = (
    DocumentKind.CIRCULAR,
    DocumentKind.VETO_DECISION,
    DocumentKind.LISTED_SUPERVISION,
    DocumentKind.DELISTING,
    DocumentKind.PLEA_ANSWER,
)
