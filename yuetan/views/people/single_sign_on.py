"""统一身份认证: logging in by an OpenID Connect provider, which says no more than whose account it is."""

from __future__ import annotations

import logging

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from authlib.integrations.django_client.apps import DjangoOAuth2App
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from yuetan.models import User
from yuetan.views.people.let_in import PendingLogin, ask_for_second_factor
from yuetan.views.people.login import login_page
from yuetan.vocabulary import PasswordState

logger = logging.getLogger(__name__)

SECONDS = 10
FAILED = "{name}没有完成，请再试一次，或者用账号和密码登录。"
UNREACHABLE = "现在连不上{name}，请用账号和密码登录，或者稍后再试。"
UNKNOWN = "您在{name}的账号在本系统没有对应的可用账号；请系统管理员开设同名的账号。"


@login_not_required
@never_cache
@require_safe
def sso_begin(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. Raises Http404 where none is named."""
    try:
        answer: HttpResponse = _provider().authorize_redirect(request, _callback_address(request))
    except RequestException:
        logger.exception("single sign-on: no answer from the provider")
        return login_page(request, UNREACHABLE.format(name=settings.OIDC_NAME))
    return answer


@login_not_required
@never_cache
@require_safe
def sso_callback(request: HttpRequest) -> HttpResponse:
    """Take what the provider says, if it answers what was asked. Raises Http404 where none is named."""
    provider = _provider()
    try:
        token = provider.authorize_access_token(request, claims_options={"iss": {"values": _own_issuer()}})
        claims = token.get("userinfo") or {}
    except RequestException:
        logger.exception("single sign-on: no answer from the provider")
        return login_page(request, UNREACHABLE.format(name=settings.OIDC_NAME))
    except (AuthlibBaseError, JoseError, ValueError) as error:
        logger.warning("single sign-on refused: %s", error)
        return login_page(request, FAILED.format(name=settings.OIDC_NAME))
    username = str(claims.get(settings.OIDC_CLAIM) or "")
    person = User.objects.filter(username=username, is_active=True).first() if username else None
    if person is None:
        return login_page(request, UNKNOWN.format(name=settings.OIDC_NAME))
    return ask_for_second_factor(request, PendingLogin(person, PasswordState.GOOD, ""))


def _provider() -> DjangoOAuth2App:
    if not settings.OIDC_ISSUER:
        raise Http404
    oauth = OAuth()
    oauth.register(
        "provider",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=f"{settings.OIDC_ISSUER}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    return oauth.provider


def _own_issuer() -> list[str]:
    """Who may have signed: whom this installation names, whatever the provider's own description of itself says."""
    return [settings.OIDC_ISSUER, f"{settings.OIDC_ISSUER}/"]


def _callback_address(request: HttpRequest) -> str:
    """Where the provider leads back to, as it knows this site."""
    path = reverse("sso_callback")
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
