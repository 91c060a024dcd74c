"""Words of the dossier (实绩档案) of units and leaders."""

from django.db.models import TextChoices

from yuetan.vocabulary.people import HEAD_POSTS, PostKind

# Whose dossier is kept: 党政主要领导 and 分管领导.
DOSSIER_POSTS = (*HEAD_POSTS, PostKind.LEADER_IN_CHARGE)


class DossierState(TextChoices):
    """Where the newest version of what a leader entered for a year stands."""

    MISSING = "missing", "未提交"
    AWAITS_CONFIRMATION = "awaits_confirmation", "待本单位确认"
    RETURNED = "returned", "本单位退回修改"
    CONFIRMED = "confirmed", "待办公室查阅"
    READ = "read", "办公室已查阅"
