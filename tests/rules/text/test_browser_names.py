"""The browsers of a list of log-ins: by the names people know."""

import pytest

from yuetan.rules.text.browser_names import browser_name

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (WINDOWS, "Chrome 或者同类的浏览器，Windows 电脑"),
        (f"{WINDOWS} Edg/130.0.0.0", "Edge 浏览器，Windows 电脑"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "火狐浏览器，Linux 电脑（统信、麒麟等）",
        ),
        (f"{PHONE} MicroMessenger/8.0", "微信，安卓"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari 浏览器，苹果手机"),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_the_name_that_says_more_comes_first(sent, name):
    assert browser_name(sent) == name
