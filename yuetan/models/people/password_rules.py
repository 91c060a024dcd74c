"""Password validators with Chinese sentences."""

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    """Not too short."""

    def get_error_message(self) -> str:
        """With the number that is set."""
        return f"密码至少 {self.min_length} 个字符，请加长。"

    def get_help_text(self) -> str:
        """The same beforehand."""
        return f"密码至少 {self.min_length} 个字符。"


class UnlikeTheName(password_validation.UserAttributeSimilarityValidator):
    """Not made of what everybody knows of the person."""

    def get_error_message(self) -> str:
        """What it is too much like."""
        return "密码与%(verbose_name)s太相近，请另换一个。"

    def get_help_text(self) -> str:
        """The same beforehand."""
        return "密码不能与账号、姓名相近。"


class Uncommon(password_validation.CommonPasswordValidator):
    """Not one of those that are tried first."""

    def get_error_message(self) -> str:
        """What to do instead."""
        return "密码太常见，容易被猜中，请另换一个。"

    def get_help_text(self) -> str:
        """The same beforehand."""
        return "密码不能是常见的密码。"


class NotDigitsAlone(password_validation.NumericPasswordValidator):
    """Not a number."""

    def get_error_message(self) -> str:
        """What to do instead."""
        return "密码不能全是数字，请加上字母或者符号。"

    def get_help_text(self) -> str:
        """The same beforehand."""
        return "密码不能全是数字。"
