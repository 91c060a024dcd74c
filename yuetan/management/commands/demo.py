"""manage.py demo."""

import os
import secrets
import unicodedata

from django.core.management.base import BaseCommand, CommandError

from yuetan.errors import Refused
from yuetan.scenarios.demo.load import load_demo

PASSWORD_VARIABLE = "YUETAN_DEMO_PASSWORD"  # nosec B105 - the name of a variable
PASSWORD_BYTES = 9


class Command(BaseCommand):
    """Fill an empty database with fictitious people and cases in every state."""

    help = f"在空库中装入演示人员和事项；密码取自 {PASSWORD_VARIABLE}，未设则随机生成并打印一次"

    def handle(self, *args: object, **options: object) -> None:
        """Print the accounts, and the password once."""
        password = os.environ.get(PASSWORD_VARIABLE) or secrets.token_urlsafe(PASSWORD_BYTES)
        try:
            accounts = load_demo(password)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"演示数据已装入，人员和事项均为虚构。所有账号的密码：{password}\n\n")
        rows = [("账号", "姓名", "职务"), *accounts]
        widths = [max(_width(row[column]) for row in rows) for column in range(2)]
        for row in rows:
            padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
            self.stdout.write("  ".join([*padded, row[-1]]))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
