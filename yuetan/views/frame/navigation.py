"""What every page's frame needs: where the person may go, and who they are."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from yuetan import permissions
from yuetan.imports.kinds import kinds_open_to
from yuetan.models import Alert, OfficeSetting, User
from yuetan.models.case.decision_authority import may_decide
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.rules.dates import clock
from yuetan.views.frame.sessions import shortest_seconds
from yuetan.vocabulary.naming import SITE_NAME


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    label: str
    url: str
    current: bool
    count: int | None = None


# label, name of the address, the permission that shows it ("" for everybody who has a case side).
NAVIGATION = (
    ("待办事项", "home", ""),
    ("已办事项", "done_list", "see_case"),
    ("我的关注", "followed_list", "see_case"),
    ("日程", "agenda", "see_case"),
    ("待审定", "approval_list", "return_proposal"),
    ("约谈台账", "case_list", "see_case"),
    ("提出约谈建议", "propose", "draft"),
    ("补录约谈事项", "record_earlier_case", "record_earlier_case"),
    ("整改台账", "task_list", "see_case"),
    ("督办单", "supervision_list", "see_case"),
    ("归档台账", "archive_list", "see_archive"),
    ("统计", "statistics", "see_inner_case"),
    ("工作日历", "calendar", "see_case"),
    ("提醒函", "letter_list", "see_letter"),
    ("责任措施", "measure_list", "see_measure"),
    ("资格限制", "restriction_list", "see_restrictions"),
    ("文书", "document_list", "see_case"),
    ("审定委托", "delegation_list", "delegate_approval"),
    ("站内消息", "alert_list", ""),
    ("导出与打包", "prepared_file_list", "see_case"),
    ("信息报送", "report_list", "see_case"),
    ("会议", "meeting_list", "see_case"),
    ("交办事项", "assignment_list", "see_assignments"),
    ("三书一函", "received_list", "see_received_letters"),
    ("督导", "round_list", "see_rounds"),
    ("考核", "assessment_list", "see_assessment"),
    ("实绩档案", "dossier_list", "see_case"),
    ("单位与领导", "unit_list", "see_units"),
    ("导入", "import_list", "keep_units"),
    ("账号", "account_list", "guard_accounts"),
    ("办公室设定", "office_settings", "keep_office_settings"),
    ("设定的修改", "setting_change_list", "confirm_office_setting"),
    ("标准段落", "wording_list", "keep_wording"),
    ("消息投送", "delivery_list", "see_deliveries"),
    ("操作日志", "log", "see_log"),
    ("登录记录", "login_list", "see_log"),
    ("查阅记录", "sight_list", "see_log"),
    ("记录查验", "record_page", "see_log"),
    ("办法", "regulation", ""),
    ("帮助", "help", ""),
)

# Other pages to which help leads, in the same way; the rest of them is open to everybody.
OTHER_PAGES = (
    ("资格限制查询", "inquiry_list", "see_restriction_inquiries"),
    ("文号簿", "number_book", "see_number_book"),
    ("打印记录", "print_log", "see_print_log"),
    ("未签收的通知", "unsigned_notices", "see_inner_case"),
    ("未签收的责任措施文书", "unsigned_measures", "see_inner_case"),
    ("文书查验", "verify", ""),
)
OF_A_TEXT = ("measure_list", "restriction_list", "unsigned_measures")


def page(request: HttpRequest) -> dict[str, object]:
    """For base.html."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"product_name": SITE_NAME, "navigation": [], "can_search": False, "user_post": ""}
    rights = _Rights(user)
    return {
        "product_name": SITE_NAME,
        "navigation": _navigation(request, rights),
        "can_search": rights.may_use("see_case") or rights.may_use("see_units"),
        "user_post": user.short_title,
        "session_seconds": shortest_seconds(request),
        "made_at": clock.now(),
    }


class _Rights:
    """What one person may use, asked once for all entries."""

    def __init__(self, user: User) -> None:
        self.user, self.held = user, user.get_all_permissions()
        self.parties = {post.party for post in user.current_posts}

    def shows(self, name: str, codename: str) -> bool:
        if name == "approval_list":  # of the leaders only those who may decide something, by post or by delegation
            return self.may_use(codename) and may_decide(self.user)
        if name in OF_A_TEXT:  # there are none where the office carries out no 责任制
            return bool(OfficeSetting.objects.words(CARRIED_OUT)) and self.may_use(codename)
        if name == "import_list":
            return bool(kinds_open_to(self.user))
        return not codename or self.may_use(codename)

    def may_use(self, codename: str) -> bool:
        """By role, or as the interviewed side for what a party may do."""
        by_role = permissions.name(codename) in self.held
        return by_role or not self.parties.isdisjoint(permissions.BY_CODENAME[codename].parties)


def openable_pages(user: User) -> dict[str, bool]:
    """Of each page that stands by itself, by the name of its address, whether this person may open it."""
    rights = _Rights(user)
    return {name: rights.shows(name, codename) for _, name, codename in (*NAVIGATION, *OTHER_PAGES)}


def _navigation(request: HttpRequest, rights: _Rights) -> list[Entry]:
    """The entry with the longest address that the page lies under is the current one."""
    shown = [(label, reverse(name)) for label, name, codename in NAVIGATION if rights.shows(name, codename)]
    under = [url for _, url in shown if request.path == url or (url != "/" and request.path.startswith(url))]
    current = max(under, key=len, default="")
    unread = {reverse("alert_list"): Alert.objects.visible_to(rights.user).unread().capped_count()}
    return [Entry(label, url, url == current, unread.get(url)) for label, url in shown]
