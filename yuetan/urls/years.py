"""A year in an address: one with which something here can be counted; any other address there is not."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter

from yuetan.forms.frame.bounds import EARLIEST, LATEST


class YearConverter(IntConverter):
    """`<year:year>`: the address of a year that no day of any form could lie in answers 404, whoever asks."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Raises ValueError for a year before 1949 or after 2100: no address matches."""
        year = int(value)
        if not EARLIEST <= year <= LATEST:
            raise ValueError(year)
        return year


register_converter(YearConverter, "year")
