"""第二重验证: what a person shows beside the password, and the codes for when it is lost."""

from __future__ import annotations

from django.db import models

from yuetan.models.people.user import User
from yuetan.rules.dates import clock


class TotpDevice(models.Model):
    """动态口令: an app that shows a code of six digits, another every thirty seconds (RFC 6238)."""

    person = models.OneToOneField(User, models.CASCADE, related_name="totp_device")
    encrypted_secret = models.CharField(max_length=200)
    last_counter = models.PositiveBigIntegerField(default=0)  # a code that was used is good for nothing any more
    added_at = models.DateTimeField("设置时间", default=clock.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person}的动态口令"


class Passkey(models.Model):
    """通行密钥: a key kept by a device, which a fingerprint, a face or a PIN unlocks (WebAuthn)."""

    person = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField("名称", max_length=40)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField("设置时间", default=clock.now)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("added_at", "id")

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """备用码: good once, when the device is not at hand; kept as a digest."""

    person = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("person", "digest"), name="one_recovery_code_of_its_kind"),)

    def __str__(self) -> str:
        return f"{self.person}的备用码"


def has_second_factor(person: User) -> bool:
    """Whether the person can show anything beside the password."""
    return TotpDevice.objects.filter(person=person).exists() or Passkey.objects.filter(person=person).exists()
