"""The template of a page and what it was rendered with, to be rendered once more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.http import HttpRequest  # noqa: TID251 - no view of ours
from django.template.backends.django import Template

_KEPT: list[Rendering] = []


@dataclass(frozen=True)
class Rendering:
    """One whole page: what it was rendered with is read by now, and is read no more."""

    template: Template
    context: dict[str, Any] | None

    def again(self, request: HttpRequest) -> str:
        """The same page for the same person; what the frame asks of every page it asks again."""
        return str(self.template.render(self.context, request))


@contextmanager
def kept() -> Iterator[None]:
    """Whatever page is rendered meanwhile is `last_rendering`; parts of a page have no request."""
    plain = Template.render

    def render(template: Template, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        if request is not None:
            _KEPT[:] = [Rendering(template, context)]
        return str(plain(template, context, request))

    with mock.patch.object(Template, "render", render):
        yield


def last_rendering() -> Rendering:
    """The page that was rendered last while `kept`; raises IndexError if there was none."""
    return _KEPT[0]
