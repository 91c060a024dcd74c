"""Words of 考核: by what points are given, where a year stands, what becomes of an objection, and the grades."""

from django.db.models import TextChoices


class IndicatorRule(TextChoices):
    """Where the figure of an indicator comes from."""

    COUNTED = "counted", "按记录计数"
    SCORED = "scored", "人工评分"


class RecordSource(TextChoices):
    """Records of which an indicator counts how many a unit has."""

    LATE_RETURNS = "late_returns", "报表逾期报送（次）"
    MISSED_RETURNS = "missed_returns", "报表到期未报（次）"
    MARKED_RETURNS = "marked_returns", "报表被标记瞒报、谎报（次）"
    LATE_REPORTS = "late_reports", "整改报告逾期报送（次）"
    OVERDUE_TASKS = "overdue_tasks", "整改任务到期未报告（项）"
    RETURNED_REPORTS = "returned_reports", "整改报告被退回（次）"
    SUPERVISION_LETTERS = "supervision_letters", "收到督办单（份）"
    REMINDER_LETTERS = "reminder_letters", "收到提醒函（份）"
    LATE_ANSWERS = "late_answers", "提醒函逾期答复、逾期未答复（份）"
    LATE_REPLIES = "late_replies", "三书一函逾期回复、逾期未回复（件）"
    CIRCULARS = "circulars", "被通报（次）"
    INTERVIEWS = "interviews", "被约谈（次）"
    LISTINGS = "listings", "被挂牌督办（次）"
    VETOES = "vetoes", "被一票否决（次）"
    COMMENDATIONS = "commendations", "单位受表彰奖励（次）"


class RecordOfPoints(TextChoices):
    """What a point leads to."""

    RETURN = "return", "报表"
    TASK = "task", "整改任务"
    DOCUMENT = "document", "文书"
    RECEIVED = "received", "三书一函"
    REPLY = "reply", "三书一函的回复"
    MEASURE = "measure", "责任措施"
    CASE = "case", "约谈事项"
    COMMENDATION = "commendation", "表彰奖励"
    SCORE = "score", "人工评分"


class UnscoredPoints(TextChoices):
    """What a unit has of a scored indicator for which nobody has scored it."""

    NONE = "none", "必须评分，没有评分的不能送单位核对"
    FULL = "full", "没有评分的得满分（加分项不加分）"


class AssessmentStanding(TextChoices):
    """Where the assessment of a year stands."""

    RUNNING = "running", "进行中，可以预览"
    PRESENTED = "presented", "单位核对中"
    OVER = "over", "核对期满，待关闭"
    CLOSED = "closed", "已关闭，待公布"
    PUBLISHED = "published", "已公布"


class AssessmentGrade(TextChoices):
    """等次, by the thresholds of the scheme."""

    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    UNQUALIFIED = "unqualified", "不合格"


class ObjectionOutcome(TextChoices):
    """What the office decided on an objection."""

    UPHELD = "upheld", "异议成立，改为下列得分"
    DISMISSED = "dismissed", "异议不成立，得分不变"
