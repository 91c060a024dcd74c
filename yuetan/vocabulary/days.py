"""Words of the working-day calendar."""

from django.db.models import TextChoices


class DayKind(TextChoices):
    """What the working-day calendar says of one day."""

    OFF = "off", "放假"
    WORKED = "worked", "调休上班"
    PLAIN = "plain", "按周历"
