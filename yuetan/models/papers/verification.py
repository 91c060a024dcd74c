"""How often an address has asked whether a paper is genuine, so that nobody tries codes by the thousand."""

from django.db import models


class VerificationCount(models.Model):
    """Questions of one address in one span of time; the address is kept as a keyed digest, and not for long."""

    address = models.CharField(max_length=64)
    span = models.PositiveBigIntegerField()
    questions = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("address", "span"), name="one_count_per_address_and_span"),)

    def __str__(self) -> str:
        return f"{self.span}: {self.questions}"
