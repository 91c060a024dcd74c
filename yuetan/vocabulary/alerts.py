"""Words of 站内消息 and its ways out of the house."""

from django.db.models import TextChoices


class AlertChannel(TextChoices):
    """Ways out of the house that an office may switch on."""

    MAIL = "mail", "邮件"
    WEBHOOK = "webhook", "消息网关"


class DeliveryState(TextChoices):
    """What became of one message on one way."""

    WAITING = "waiting", "待投送"
    SENDING = "sending", "投送中"
    SENT = "sent", "已投送"
    FAILED = "failed", "投送失败"
    UNCERTAIN = "uncertain", "结果不明"
    WITHHELD = "withheld", "不再投送"
