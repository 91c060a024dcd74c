"""What a page with file fields has to know."""

from django import template

from yuetan.actions.files.attachment import limit_in_megabytes

register = template.Library()
register.simple_tag(limit_in_megabytes, name="file_limit")
