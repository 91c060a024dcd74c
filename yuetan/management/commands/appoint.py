"""manage.py appoint --name 姓名 --username 账号: the first 系统管理员 of a new installation."""

from argparse import ArgumentParser
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.people.first_administrator import appoint_system_administrator
from yuetan.errors import Refused


class Command(BaseCommand):
    """Asks for the password twice; refuses where a system administrator is in office."""

    help = "登记第一名系统管理员；此后的人员由系统管理员在网页上登记。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who."""
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--username", required=True, help="账号")

    def handle(self, *args: object, **options: object) -> None:
        """Ask, and appoint."""
        password = getpass("密码：")
        if password != getpass("再输一次："):
            raise CommandError("两次输入的密码不一致。")
        try:
            post = appoint_system_administrator(
                name=str(options["name"]), username=str(options["username"]), password=password
            )
        except Refused as refused:
            raise CommandError("\n".join(reason.text for reason in refused.reasons)) from refused
        self.stdout.write(f"已登记：{post.holder.name}，{post.title}。")
