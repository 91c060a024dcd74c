"""Words for people and units: roles, parties, kinds of units, posts, ranks."""

from django.db.models import TextChoices

from yuetan.vocabulary.names import called


class Role(TextChoices):
    """What a person is to the office: may do its things on every case."""

    CASE_OFFICER = "case_officer", called("Role", "case_officer", "承办人")
    OFFICE_DIRECTOR = "office_director", called("Role", "office_director", "办公室主任")
    LEADING_GROUP = "leading_group", called("Role", "leading_group", "领导小组领导")
    SUPERVISOR = "supervisor", called("Role", "supervisor", "督查员")
    SYSTEM_ADMINISTRATOR = "system_administrator", called("Role", "system_administrator", "系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", called("Role", "security_administrator", "安全管理员")
    SECURITY_AUDITOR = "security_auditor", called("Role", "security_auditor", "安全审计员")


class Party(TextChoices):
    """What a person is to one case: may do its things on that case only."""

    DRAFTER = "drafter", "拟稿人"
    APPROVER = "approver", "审定领导"
    INTERVIEWER = "interviewer", "约谈人"
    UNIT_HEAD = "unit_head", "被约谈单位主要领导"
    UNIT_LIAISON = "unit_liaison", "被约谈单位联络员"
    ACTING_DIRECTOR = "acting_director", "代行主任职责的人员"
    ACTING_OFFICER = "acting_officer", "代行承办人职责的人员"
    ACTING_SUPERVISOR = "acting_supervisor", "代行督查员职责的人员"


class UnitKind(TextChoices):
    """Kinds of units; only the last three are ever interviewed."""

    LEADING_GROUP = "leading_group", called("UnitKind", "leading_group", "领导小组")
    OFFICE = "office", called("UnitKind", "office", "领导小组办公室")
    MEMBER_UNIT = "member_unit", called("UnitKind", "member_unit", "成员单位")
    COUNTY = "county", called("UnitKind", "county", "市（区）")
    TOWN = "town", called("UnitKind", "town", "镇（街）")


class UnitChangeKind(TextChoices):
    """What becomes of a unit; it ends by the last two."""

    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    DISSOLVED = "dissolved", "撤销"


INTERVIEWED_UNIT_KINDS = (UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN)


class PostKind(TextChoices):
    """What a dated post makes of the person who holds it."""

    GROUP_LEADER = "group_leader", called("PostKind", "group_leader", "组长")
    FIRST_DEPUTY_LEADER = "first_deputy_leader", called("PostKind", "first_deputy_leader", "第一副组长")
    DEPUTY_LEADER = "deputy_leader", called("PostKind", "deputy_leader", "副组长")
    OFFICE_DIRECTOR = "office_director", called("PostKind", "office_director", "办公室主任")
    CASE_OFFICER = "case_officer", called("PostKind", "case_officer", "承办人")
    SUPERVISOR = "supervisor", called("PostKind", "supervisor", "督查员")
    SYSTEM_ADMINISTRATOR = "system_administrator", called("PostKind", "system_administrator", "系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", called("PostKind", "security_administrator", "安全管理员")
    SECURITY_AUDITOR = "security_auditor", called("PostKind", "security_auditor", "安全审计员")
    UNIT_HEAD = "unit_head", called("PostKind", "unit_head", "主要负责人")
    PARTY_SECRETARY = "party_secretary", called("PostKind", "party_secretary", "党委（党工委）书记")
    GOVERNMENT_HEAD = "government_head", called("PostKind", "government_head", "政府（办事处）主要领导")
    SUPERVISING_LEADER = "supervising_leader", called("PostKind", "supervising_leader", "主管领导")
    LEADER_IN_CHARGE = "leader_in_charge", called("PostKind", "leader_in_charge", "分管领导")
    LIAISON = "liaison", called("PostKind", "liaison", "联络员")


ROLE_OF_POST = {
    PostKind.GROUP_LEADER: Role.LEADING_GROUP,
    PostKind.FIRST_DEPUTY_LEADER: Role.LEADING_GROUP,
    PostKind.DEPUTY_LEADER: Role.LEADING_GROUP,
    PostKind.OFFICE_DIRECTOR: Role.OFFICE_DIRECTOR,
    PostKind.CASE_OFFICER: Role.CASE_OFFICER,
    PostKind.SUPERVISOR: Role.SUPERVISOR,
    PostKind.SYSTEM_ADMINISTRATOR: Role.SYSTEM_ADMINISTRATOR,
    PostKind.SECURITY_ADMINISTRATOR: Role.SECURITY_ADMINISTRATOR,
    PostKind.SECURITY_AUDITOR: Role.SECURITY_AUDITOR,
}

PARTY_OF_POST = {
    PostKind.UNIT_HEAD: Party.UNIT_HEAD,
    PostKind.PARTY_SECRETARY: Party.UNIT_HEAD,
    PostKind.GOVERNMENT_HEAD: Party.UNIT_HEAD,
    # On a case they do what a liaison does: what the unit says is handed in by its heads.
    PostKind.SUPERVISING_LEADER: Party.UNIT_LIAISON,
    PostKind.LEADER_IN_CHARGE: Party.UNIT_LIAISON,
    PostKind.LIAISON: Party.UNIT_LIAISON,
}

# Who opens accounts and gives passwords, and who stops accounts and clears second factors.
ADMINISTRATOR_POSTS = (PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_ADMINISTRATOR)
# 三员分立: who keeps or guards the accounts or audits holds no other post, and takes no part in a case.
SEPARATE_POSTS = (*ADMINISTRATOR_POSTS, PostKind.SECURITY_AUDITOR)

# Of a unit that may be interviewed, beside its heads.
OTHER_UNIT_POSTS = (PostKind.SUPERVISING_LEADER, PostKind.LEADER_IN_CHARGE, PostKind.LIAISON)
POSTS_OF_UNIT_KIND = {
    UnitKind.LEADING_GROUP: (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.DEPUTY_LEADER),
    UnitKind.OFFICE: (
        PostKind.OFFICE_DIRECTOR,
        PostKind.CASE_OFFICER,
        PostKind.SUPERVISOR,
        PostKind.SYSTEM_ADMINISTRATOR,
        PostKind.SECURITY_ADMINISTRATOR,
        PostKind.SECURITY_AUDITOR,
    ),
    UnitKind.MEMBER_UNIT: (PostKind.UNIT_HEAD, *OTHER_UNIT_POSTS),
    UnitKind.COUNTY: (PostKind.PARTY_SECRETARY, PostKind.GOVERNMENT_HEAD, *OTHER_UNIT_POSTS),
    UnitKind.TOWN: (PostKind.PARTY_SECRETARY, PostKind.GOVERNMENT_HEAD, *OTHER_UNIT_POSTS),
}

INTERVIEWEE_NAMES = {
    UnitKind.MEMBER_UNIT: "主要负责人",
    UnitKind.COUNTY: "党政主要领导",
    UnitKind.TOWN: "党政主要领导",
}

# 知悉范围: without some of whom of the office a case may be narrowed; all others who handle cases read every case.
NARROWED_POSTS = (PostKind.CASE_OFFICER, PostKind.SUPERVISOR)
ALWAYS_READERS = (*POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP], PostKind.OFFICE_DIRECTOR)

# Who acts on one case for those who hold an office post and are all recused from it.
ACTING_FOR = {
    Party.ACTING_DIRECTOR: PostKind.OFFICE_DIRECTOR,
    Party.ACTING_OFFICER: PostKind.CASE_OFFICER,
    Party.ACTING_SUPERVISOR: PostKind.SUPERVISOR,
}

HEAD_POSTS = tuple(kind for kind, party in PARTY_OF_POST.items() if party == Party.UNIT_HEAD)

# Posts of which a unit has one at a time.
SINGLE_POSTS = (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.OFFICE_DIRECTOR, *HEAD_POSTS)


class DelegationState(TextChoices):
    """Where a delegation of approval stands."""

    AHEAD = "ahead", "尚未开始"
    IN_FORCE = "in_force", "有效"
    EXPIRED = "expired", "已到期"
    ENDED = "ended", "已提前结束"


class DisabledFor(TextChoices):
    """Why nobody may log in to an account."""

    NO_POST = "no_post", "已无任职"
    ADMINISTRATOR = "administrator", "由管理员停用"
    DEMONSTRATION = "demonstration", "演示账号，正式使用后停用"


class PasswordState(TextChoices):
    """What becomes of a log-in by a password that was typed rightly."""

    GOOD = "good", "可以使用"
    INITIAL = "initial", "这是系统管理员给的初始密码，只能登录这一次：请先改成自己的密码，再办理事项。"
    OLD = "old", "密码已满规定的使用天数：请先换一个新密码，再办理事项。"
    USED = "used", "这个初始密码已经登录过一次，没有改成自己的密码，现已失效；请系统管理员重设。"
    LATE = "late", "这个初始密码没有在规定的天数内使用，现已失效；请系统管理员重设。"


class Rank(TextChoices):
    """The rank of a post, as far as the 办法 asks for it (第五条)."""

    DIVISION = "division_rank", "处级"
    BELOW_DIVISION = "below_division_rank", "处级以下"
