"""A browser by the name under which people know it, out of what it sends of itself."""

from __future__ import annotations

# The first that is found counts, for each says it is also those after it.
BROWSERS = {
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "QQBrowser": "QQ 浏览器",
    "QIHU": "360 浏览器",
    "360SE": "360 浏览器",
    "360EE": "360 浏览器",
    "Edg": "Edge 浏览器",
    "OPR": "Opera 浏览器",
    "Firefox": "火狐浏览器",
    "Chrome": "Chrome 或者同类的浏览器",
    "Safari": "Safari 浏览器",
}
SYSTEMS = {
    "Harmony": "鸿蒙",
    "Android": "安卓",
    "iPhone": "苹果手机",
    "iPad": "苹果平板",
    "Windows": "Windows 电脑",
    "Macintosh": "苹果电脑",
    "Linux": "Linux 电脑（统信、麒麟等）",
}


def browser_name(user_agent: str) -> str:
    """Such as “火狐浏览器，Windows 电脑”; what is not known is given as it was sent."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser}，{system}" if browser and system else user_agent
