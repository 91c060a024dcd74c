"""第二重验证: set up by its owner, asked for at each log-in; `account_guard` takes it away where it was lost."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from pyotp.utils import strings_equal

from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited
from yuetan.models import OfficeSetting, Passkey, RecoveryCode, TotpDevice, User
from yuetan.models.people.second_factor import has_second_factor
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary.naming import SITE_NAME

RECOVERY_CODES = 10
CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
CODE_LENGTH = 10
SPANS_ASIDE = 1  # a clock may be half a minute ahead or behind
REQUIRED_POSTS = "second_factor_posts"


def needs_second_factor(person: User) -> bool:
    """Whether the office requires one of a post the person holds, and there is none yet."""
    return person.holds(*OfficeSetting.objects.posts(REQUIRED_POSTS)) and not has_second_factor(person)


def new_totp_secret() -> str:
    """A secret that nobody has yet; it counts once its owner has shown a code made of it."""
    return pyotp.random_base32()


def totp_address(person: User, secret: str) -> str:
    """What an app reads from the QR code."""
    name = str(person.username)
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=SITE_NAME)


@transaction.atomic
def add_totp(*, by: User, secret: str, code: str) -> list[str]:
    """设置动态口令: by a code that the app shows; raises Refused on a wrong one, and where there is one already.

    Returns recovery codes where the person had none: they are shown once, and kept as digests. Effect: the record.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    refuse_uncited(_totp_problems(person, secret, code))
    counter = _counter_of(secret, code, after=0)
    TotpDevice.objects.create(
        person=person, encrypted_secret=_cipher().encrypt(secret.encode()).decode(), last_counter=counter
    )
    log_event("add_totp", by, name=by.name)
    return codes_where_there_are_none(person)


def _totp_problems(person: User, secret: str, code: str) -> Iterator[Finding]:
    if TotpDevice.objects.filter(person=person).exists():
        yield finding("totp_known", "code")
    elif not _counter_of(secret, code, after=0):
        yield finding("code_differs", "code")


def _cipher() -> Fernet:
    key = hashlib.sha256(f"yuetan.totp {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _counter_of(secret: str, code: str, *, after: int) -> int:
    """The number of the half minute of which this is the code, 0 if of none that counts."""
    totp = pyotp.TOTP(secret)
    now = totp.timecode(clock.now())
    near = (now + aside for aside in range(-SPANS_ASIDE, SPANS_ASIDE + 1))
    digits = "".join(code.split())
    return next((each for each in near if each > after and strings_equal(totp.generate_otp(each), digits)), 0)


def codes_where_there_are_none(person: User) -> list[str]:
    """New recovery codes for who has none that is unused; else none."""
    return [] if person.recovery_codes.filter(used_at=None).exists() else _new_codes(person)


def _new_codes(person: User) -> list[str]:
    person.recovery_codes.all().delete()
    codes = ["".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, digest=_code_digest(code)) for code in codes])
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _code_digest(code: str) -> str:
    return salted_hmac("yuetan.recovery_code", code, algorithm="sha256").hexdigest()


@transaction.atomic
def renew_recovery_codes(*, by: User) -> list[str]:
    """更换备用码: those of before are good for nothing any more; raises Refused without a second factor."""
    person = User.objects.select_for_update().get(pk=by.pk)
    refuse_uncited([] if has_second_factor(person) else [finding("no_second_factor")])
    log_event("renew_recovery_codes", by, name=by.name)
    return _new_codes(person)


@transaction.atomic
def use_code(person: User, code: str) -> bool:
    """Whether a code of the app or a recovery code is good; it is good once, also where two come at a time."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    return _use_totp(locked, code) or _use_recovery_code(locked, code)


def _use_totp(person: User, code: str) -> bool:
    device = TotpDevice.objects.filter(person=person).first()
    secret = _secret_of(device) if device else None
    if device is None or secret is None:
        return False
    counter = _counter_of(secret, code, after=device.last_counter)
    if counter:
        device.last_counter = counter
        device.save(update_fields=["last_counter"])
    return bool(counter)


def _secret_of(device: TotpDevice) -> str | None:
    """None where the installation has another key than the one under which it was set up."""
    try:
        return _cipher().decrypt(device.encrypted_secret.encode()).decode()
    except InvalidToken:
        return None


def accounts_of_another_key() -> list[str]:
    """Whose 动态口令, and recovery codes, no longer hold because this installation has another YUETAN_SECRET_KEY."""
    devices = TotpDevice.objects.select_related("person").order_by("person__username")
    return [str(device.person.username) for device in devices if _secret_of(device) is None]


def is_of_another_key(person: User) -> bool:
    """Whether that of this person no longer holds for that reason."""
    device = TotpDevice.objects.filter(person=person).first()
    return device is not None and _secret_of(device) is None


def _use_recovery_code(person: User, code: str) -> bool:
    plain = "".join(code.replace("-", "").split()).lower()
    used = person.recovery_codes.filter(digest=_code_digest(plain), used_at=None).update(used_at=clock.now())
    if used:
        left = person.recovery_codes.filter(used_at=None).count()
        log_event("use_recovery_code", person, name=person.name, left=str(left))
    return bool(used)


@transaction.atomic
def remove_totp(*, by: User) -> None:
    """停用动态口令: one's own; raises Refused where the office requires a second factor and there is no other."""
    person = User.objects.select_for_update().get(pk=by.pk)
    refuse_uncited(_last_of_required(by, others=person.passkeys.exists()))
    if TotpDevice.objects.filter(person=person).delete()[0]:
        log_event("remove_totp", by, name=by.name)
        drop_codes_of_nothing(person)


@transaction.atomic
def remove_passkey(passkey: Passkey, *, by: User) -> None:
    """停用通行密钥: one's own; raises Refused where the office requires a second factor and there is no other."""
    person = User.objects.select_for_update().get(pk=by.pk)
    kept = person.passkeys.exclude(pk=passkey.pk).exists() or TotpDevice.objects.filter(person=person).exists()
    refuse_uncited(_last_of_required(by, others=kept))
    if person.passkeys.filter(pk=passkey.pk).delete()[0]:
        log_event("remove_passkey", by, name=by.name, passkey=passkey.name)
        drop_codes_of_nothing(person)


def _last_of_required(person: User, *, others: bool) -> Iterator[Finding]:
    if not others and person.holds(*OfficeSetting.objects.posts(REQUIRED_POSTS)):
        yield finding("second_factor_required", title=person.title)


def drop_codes_of_nothing(person: User) -> None:
    """Recovery codes stand for a device; with the last of them they go."""
    if not has_second_factor(person):
        person.recovery_codes.all().delete()


def clear_second_factor(person: User) -> None:
    """Take away all that a person shows beside the password."""
    TotpDevice.objects.filter(person=person).delete()
    person.passkeys.all().delete()
    person.recovery_codes.all().delete()
