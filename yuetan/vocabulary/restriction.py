"""Words of the register of restrictions (资格限制): where one stands, and why one ended before its last day."""

from django.db.models import TextChoices

from yuetan.vocabulary.accountability import RestrictedSubject
from yuetan.vocabulary.people import HEAD_POSTS, PostKind


class RestrictionStanding(TextChoices):
    """Whether a restriction holds today."""

    IN_FORCE = "in_force", "限制中"
    ENDED = "ended", "已期满"
    ENDED_EARLY = "ended_early", "已提前解除"


class RestrictionEnd(TextChoices):
    """By what a restriction ended before its last day."""

    REVOKED = "revoked", "责任措施被撤销"
    VOIDED = "voided", "责任措施的文书作废"
    DECIDED = "decided", "有权机关决定提前解除"
    MISLISTED = "mislisted", "列入有误"


# Ended by a decision that somebody registers; the others end with the measure itself.
REGISTERED_ENDS = (RestrictionEnd.DECIDED, RestrictionEnd.MISLISTED)
# Whose posts make them the leaders whom the law names.
POSTS_OF_SUBJECT = {
    RestrictedSubject.MAIN_LEADER: HEAD_POSTS,
    RestrictedSubject.SUPERVISING_LEADER: (PostKind.SUPERVISING_LEADER,),
    RestrictedSubject.LEADER_IN_CHARGE: (PostKind.LEADER_IN_CHARGE,),
}
