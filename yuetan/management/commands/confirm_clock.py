"""manage.py confirm_clock."""

import getpass

from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.messages.heartbeat import confirm_clock
from yuetan.rules.dates import clock


class Command(BaseCommand):
    """Say that the clock of the machine is right after it went ahead, so that reminders are sent again."""

    help = "确认服务器时间正确：时间突然前跳后，提醒暂停发送，确认后继续"

    def handle(self, *args: object, **options: object) -> None:
        """Say what was confirmed; raises CommandError if the clock is not in doubt."""
        if not confirm_clock(by=getpass.getuser()):
            raise CommandError("服务器时间没有异常，不需要确认。")
        self.stdout.write(f"已确认现在是 {clock.now():%Y-%m-%d %H:%M}，提醒恢复发送。")
