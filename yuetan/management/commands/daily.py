"""manage.py daily."""

from typing import Any

from django.core.management.base import BaseCommand

from yuetan.actions.messages.daily import daily


class Command(BaseCommand):
    """Do what the clock brings; safe at any time and as often as one likes."""

    help = "每日任务：到期提醒、汇总、消息投送；可重复运行，中断后再运行即可"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done."""
        results = daily()
        if results is None:
            self.stdout.write("另一次每日任务正在运行，这次不做。")
            return
        for name, counts in results.items():
            done = "，".join(f"{word} {count}" for word, count in counts.items()) or "无"
            self.stdout.write(f"{name}：{done}")
