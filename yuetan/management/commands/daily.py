"""manage.py daily."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yuetan.actions.messages.daily import JobsFailed, daily
from yuetan.actions.messages.heartbeat import ClockInDoubt, refuse_doubtful_clock


class Command(BaseCommand):
    """Do what the clock brings; safe at any time and as often as one likes."""

    help = "每日任务：到期提醒、汇总、消息投送；可重复运行，中断后再运行即可；有出错的，以非零状态退出"

    def handle(self, *args: object, **options: object) -> None:
        """Say what was done; raises CommandError if a job failed, or the clock is in doubt."""
        try:
            refuse_doubtful_clock()
            results = daily()
        except ClockInDoubt as doubt:
            raise CommandError(str(doubt)) from doubt
        except JobsFailed as failed:
            self._say(failed.results)
            words = "\n".join(f"{name}：出错，没有做完：{problem}" for name, problem in failed.problems.items())
            raise CommandError(words) from failed
        if results is None:
            self.stdout.write("另一次每日任务正在运行，这次不做。")
            return
        self._say(results)

    def _say(self, results: Mapping[str, Any]) -> None:
        for name, counts in results.items():
            done = "，".join(f"{word} {count}" for word, count in counts.items()) or "无"
            self.stdout.write(f"{name}：{done}")
