"""更正任职登记: a post that was registered wrongly is put right; what stood, why and by whom stays to be read."""

from datetime import date

from django.db import models

from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock
from yuetan.rules.text.correction_words import correction_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Rank

LABELS = {"name": "姓名", "title": "职务名称", "rank": "职级", "began_on": "任职日期", "ended_on": "离任日期"}
DAYS = ("began_on", "ended_on")
NONE = "无"


def registered(post: Post) -> dict[str, str]:
    """What is registered of a post, as a correction keeps it; an empty day is one that has not come."""
    days = {name: getattr(post, name) for name in DAYS}
    written = {name: day.isoformat() if day else "" for name, day in days.items()}
    return {"name": post.holder.name, "title": post.title, "rank": post.rank, **written}


class PostCorrection(models.Model):
    """One correction of one post: what was registered before and after, or that it was a mistake altogether."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="corrections")
    is_annulment = models.BooleanField("登记有误", default=False)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField("更正原因")
    corrected_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(default=clock.now)

    class Meta:
        default_permissions = ()
        ordering = ("corrected_at", "id")
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="post_correction_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.before['name']}（{self.before['title']}）：{self.words}"

    @property
    def words(self) -> str:
        """姓名由“张一”更正为“张乙”; 登记有误，已作废."""
        if self.is_annulment:
            return "登记有误，已作废"
        return correction_words(LABELS, self.before, self.after, _as_registered)


def _as_registered(name: str, value: str) -> str:
    if not value:
        return NONE
    if name in DAYS:
        return chinese_date(date.fromisoformat(value))
    return str(Rank(value).label) if name == "rank" else value
