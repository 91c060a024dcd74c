"""通行密钥 (WebAuthn): registered by their owner, and asked in the place of password and code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from cryptography.exceptions import InvalidSignature
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yuetan.actions.log_event import log_event
from yuetan.actions.people.second_factor import codes_where_there_are_none
from yuetan.actions.step import refuse_uncited
from yuetan.models import Passkey, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary.naming import SITE_NAME

# What is asked for fits a hundred times; nobody has more, and every log-in would name them all.
MAX_PASSKEYS = 10
Options = Mapping[str, object]


class Challenge(TypedDict):
    """What the session keeps between question and answer."""

    challenge: str
    user_verification: str | None


def _server(host: str) -> Fido2Server:
    """For the name by which the browser knows this site: a key is good there and nowhere else."""
    return Fido2Server(PublicKeyCredentialRpEntity(name=SITE_NAME, id=host))


def registration(person: User, host: str) -> tuple[Options, Challenge]:
    """What a browser needs to make a key for this person, and what to keep until it answers."""
    user = PublicKeyCredentialUserEntity(
        id=str(person.pk).encode(), name=str(person.username), display_name=person.name
    )
    options, challenge = _server(host).register_begin(
        user,
        _credentials(person),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), challenge


@transaction.atomic
def add_passkey(*, by: User, name: str, answer: object, challenge: Challenge | None, host: str) -> list[str]:
    """设置通行密钥: raises Refused where the browser's answer does not fit the question.

    Returns recovery codes where the person had none. Effect: the record.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    refuse_uncited([finding("too_many_passkeys", most=MAX_PASSKEYS)] if person.passkeys.count() >= MAX_PASSKEYS else [])
    credential = _made_credential(answer, challenge, host)
    if credential is None:
        refuse_uncited([finding("passkey_differs")])
    assert credential is not None
    key = websafe_encode(credential.credential_id)
    refuse_uncited([finding("passkey_differs")] if Passkey.objects.filter(credential_id=key).exists() else [])
    Passkey.objects.create(person=person, name=name, credential_id=key, credential=bytes(credential))
    log_event("add_passkey", by, name=by.name, passkey=name)
    return codes_where_there_are_none(person)


def _made_credential(answer: object, challenge: Challenge | None, host: str) -> AttestedCredentialData | None:
    if not isinstance(answer, Mapping) or challenge is None:
        return None
    try:
        return _server(host).register_complete(challenge, answer).credential_data
    except (ValueError, TypeError, KeyError, AttributeError):  # whatever a browser, or somebody in its place, sends
        return None


def question(person: User | None, host: str) -> tuple[Options, Challenge]:
    """What a browser needs to show a key of this person, or of anybody; and what to keep until it answers."""
    options, challenge = _server(host).authenticate_begin(
        _credentials(person) if person else None, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), challenge


@transaction.atomic
def use_passkey(person: User | None, *, answer: object, challenge: Challenge | None, host: str) -> User | None:
    """Whose key it is that answers, of this person or of anybody who may log in; None if of nobody.

    A key whose counter has not gone on was copied, and is good for nothing.
    """
    response = _read(answer)
    if response is None or challenge is None:
        return None
    keys = Passkey.objects.select_for_update(of=("self",)).select_related("person").filter(person__is_active=True)
    keys = keys.filter(person=person) if person else keys
    passkey = keys.filter(credential_id=websafe_encode(response.raw_id)).first()
    if passkey is None or not _answers(passkey, response, challenge, host):
        return None
    counter = response.response.authenticator_data.counter
    if counter <= passkey.sign_count and (counter or passkey.sign_count):
        log_event("copied_passkey", passkey.person, name=passkey.person.name, passkey=passkey.name)
        return None
    passkey.sign_count, passkey.last_used_at = counter, clock.now()
    passkey.save(update_fields=["sign_count", "last_used_at"])
    return passkey.person


def _read(answer: object) -> AuthenticationResponse | None:
    if not isinstance(answer, Mapping):
        return None
    try:
        return AuthenticationResponse.from_dict(answer)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _answers(passkey: Passkey, answer: AuthenticationResponse, challenge: Challenge, host: str) -> bool:
    try:
        _server(host).authenticate_complete(challenge, [AttestedCredentialData(bytes(passkey.credential))], answer)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
        return False
    return True


def _credentials(person: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(each.credential)) for each in person.passkeys.all()]
