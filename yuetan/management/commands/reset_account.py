"""manage.py reset_account --username 账号: lets somebody in again where no administrator can do it in the browser."""

from argparse import ArgumentParser
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.people.first_administrator import let_in_again
from yuetan.errors import Refused


class Command(BaseCommand):
    """Asks for an initial password twice; it is good for one log-in, in which it must be changed."""

    help = "在服务器上重设一个账号：设初始密码，清除第二重验证，恢复停用；其他管理员会收到通知"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("--username", required=True, help="账号")

    def handle(self, *args: object, **options: object) -> None:
        """Ask, and reset."""
        password = getpass("初始密码：")
        if password != getpass("再输一次："):
            raise CommandError("两次输入的密码不一致。")
        try:
            person = let_in_again(username=str(options["username"]), password=password)
        except Refused as refused:
            raise CommandError("\n".join(reason.text for reason in refused.reasons)) from refused
        self.stdout.write(f"已重设{person.name}的账号：初始密码只能登录一次，登录后须先修改。")
