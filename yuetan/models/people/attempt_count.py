"""How often something was tried of late that nobody shall try by the thousand: a log-in, a code, a question."""

from django.db import models


class AttemptCount(models.Model):
    """Attempts of one kind since a moment, by account and origin; both are kept as keyed digests, and not for long."""

    kind = models.CharField(max_length=20)
    account = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=64, blank=True)
    began_at = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("kind", "account", "origin"), name="one_count_per_kind_account_origin"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"
