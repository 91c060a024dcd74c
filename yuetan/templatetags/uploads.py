"""What a page with file fields has to know."""

from django import template
from django.conf import settings

from yuetan.actions.files.attachment import limit_in_megabytes

register = template.Library()
register.simple_tag(limit_in_megabytes, name="file_limit")


@register.simple_tag
def files_at_once() -> int:
    """How many files one form may carry."""
    return settings.DATA_UPLOAD_MAX_NUMBER_FILES
