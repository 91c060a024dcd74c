"""A passkey without a browser: made and shown as a device does it, with a counter that a test may set."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
HOST = "testserver"


class SoftPasskey:
    """One key for one site."""

    def __init__(self, host: str = HOST) -> None:
        self.key, self.identity = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.host, self.counter, self.flags = host, 0, FLAG.UP | FLAG.UV

    def made(self, asked: dict[str, Any]) -> str:
        """What a browser answers once the key was made."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.identity, public)
        data = AuthenticatorData.create(self._site(), self.flags | FLAG.AT, self.counter, credential)
        attestation = AttestationObject.create("none", data, {})
        response = {"attestationObject": websafe_encode(attestation), "clientDataJSON": self._client("create", asked)}
        return self._answer(response)

    def shown(self, asked: dict[str, Any]) -> str:
        """What a browser answers once the key was unlocked."""
        client = self._client_data("get", asked)
        data = AuthenticatorData.create(self._site(), self.flags, self.counter)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"authenticatorData": data, "signature": signature, "clientDataJSON": client}
        return self._answer({name: websafe_encode(part) for name, part in response.items()})

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.identity)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})

    def _site(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client_data(self, what: str, asked: dict[str, Any]) -> bytes:
        challenge = asked["publicKey"]["challenge"]
        return CollectedClientData.create(f"webauthn.{what}", challenge, f"https://{self.host}")

    def _client(self, what: str, asked: dict[str, Any]) -> str:
        return websafe_encode(self._client_data(what, asked))


def adds(client: Client, key: SoftPasskey, name: str = "电脑") -> int:
    """The status of the answer to whoever is logged in and adds this key."""
    asked = client.post("/account/passkeys/question/").json()
    return int(client.post("/account/passkeys/new/", {"name": name, "answer": key.made(asked)}).status_code)


def comes_in(key: SoftPasskey, client: Client | None = None) -> Client:
    """A browser in which somebody has shown this key in the place of a password, whatever came of it."""
    client = client or Client()
    asked = client.post("/login/passkey/question/").json()
    client.post("/login/passkey/", {"answer": key.shown(asked)})
    return client
