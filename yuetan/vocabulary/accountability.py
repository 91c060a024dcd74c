"""Words of a 责任制: its rungs, the doors to them, what they close and for whom, what is heavier and lighter."""

from django.db.models import TextChoices


class RungKind(TextChoices):
    """What may be laid on a unit under a 责任制, from the lightest on; the last hands over to other bodies."""

    CIRCULAR = "circular", "通报"
    INTERVIEW = "interview", "约谈"
    LISTED_SUPERVISION = "listed_supervision", "挂牌督办（黄牌警告）"
    VETO = "veto", "一票否决"
    REFERRAL = "referral", "移送"


class DoorKind(TextChoices):
    """By what a rung is reached."""

    GROUND = "ground", "具有所列情形"
    NOT_IN_TIME = "not_in_time", "上一档逾期未完成"
    GRAVITY = "gravity", "危害、影响"
    RESPONSIBILITY = "responsibility", "需要追究责任"


class RestrictedSubject(TextChoices):
    """To whom something is closed by a rung."""

    UNIT = "unit", "地区、单位"
    MAIN_LEADER = "main_leader", "主要领导干部"
    SUPERVISING_LEADER = "supervising_leader", "主管领导干部"
    LEADER_IN_CHARGE = "leader_in_charge", "分管领导干部"


class ClosedTo(TextChoices):
    """What is closed for a while."""

    SELECTION = "selection", "综合性评选"
    COMMENDATION = "commendation", "评先受奖"
    PROMOTION = "promotion", "晋职晋级"


class ReferralKind(TextChoices):
    """What is put before other bodies about a measure."""

    PROPOSAL = "proposal", "书面建议"
    REFERRAL = "referral", "移送"


class ReferralOutcome(TextChoices):
    """What other bodies decided; recorded here, never decided here."""

    ADOPTED = "adopted", "采纳建议，已作处理"
    RESIGNED = "resigned", "引咎辞职"
    ORDERED_TO_RESIGN = "ordered_to_resign", "责令辞职"
    REMOVED = "removed", "免职"
    DISCIPLINED = "disciplined", "党纪政纪处分"
    PROSECUTED = "prosecuted", "追究刑事责任"
    NOT_PURSUED = "not_pursued", "不予追究、不予采纳"
    OTHER = "other", "其他处理"


class PleaOutcome(TextChoices):
    """What was decided on the plea of a unit against a measure."""

    UPHELD = "upheld", "维持"
    REVOKED = "revoked", "撤销"


class PleaStanding(TextChoices):
    """Where the plea of a unit stands."""

    WAITING = "waiting", "待答复"
    UPHELD = "upheld", "维持"
    REVOKED = "revoked", "撤销"
    WITHDRAWN = "withdrawn", "已撤回"


class CircumstanceKind(TextChoices):
    """Whether a circumstance makes the measure heavier or lighter."""

    HEAVIER = "heavier", "从重"
    LIGHTER = "lighter", "从轻"


class ArticleNoteKind(TextChoices):
    """Why no step of this system carries an article out, where that is not for want of building it."""

    OTHER_BODIES = "other_bodies", "由其他机关决定"
    NO_STEP = "no_step", "不产生步骤"
