"""Units, settings, the record."""

from yuetan.permissions.permission import DIRECTOR, INNER, LEADERS, OFFICER, SUPERVISOR, Permission
from yuetan.vocabulary import Role, Verb

OFFICE: tuple[Permission, ...] = (
    Permission("see_units", "查看单位与领导", ("unit",), (*INNER, Role.SYSTEM_ADMINISTRATOR)),
    Permission("keep_units", "维护单位、领导、任职和账号", ("unit",), (Role.SYSTEM_ADMINISTRATOR,)),
    Permission("guard_accounts", "停用和恢复账号、清除第二重验证", ("unit",), (Role.SECURITY_ADMINISTRATOR,)),
    Permission("keep_office_settings", "维护办公室设定", ("officesetting",), (DIRECTOR,)),
    Permission("confirm_office_setting", "确认须由领导确认的办公室设定", ("officesetting",), (LEADERS,)),
    Permission("keep_calendar", "维护工作日历", ("calendarday",), (DIRECTOR,)),
    Permission(Verb.UPLOAD_SCAN, "上传盖章扫描件", ("scan",), (OFFICER,)),
    Permission("take_copy", "下载非正式文本（DOCX）", ("printing",), INNER),
    Permission("see_print_log", "查看打印记录", ("printing",), (DIRECTOR, SUPERVISOR)),
    Permission("keep_wording", "维护文书标准段落", ("standardparagraph",), (DIRECTOR,)),
    Permission("delegate_approval", "委托审定、查看本人的委托", ("delegation",), (LEADERS,)),
    Permission("see_deliveries", "查看消息投送记录、重新投送", ("delivery",), (DIRECTOR, Role.SYSTEM_ADMINISTRATOR)),
    Permission("see_log", "查看操作日志", ("event",), (Role.SECURITY_AUDITOR,)),
)
