"""Files: what each is for, what the scanner says of it, to which part of written material it belongs."""

from django.db.models import TextChoices


class FilePurpose(TextChoices):
    """What an uploaded file is for; it decides who may fetch it."""

    EVIDENCE = "evidence", "依据材料"
    FORMER_EVIDENCE = "former_evidence", "原依据材料"
    APPROVAL = "approval", "审定凭据"
    SUBMISSION = "submission", "书面材料"
    REPORT = "report", "整改佐证"
    RECEIPT = "receipt", "纸质回执"
    FORMER_RECEIPT = "former_receipt", "更正前的纸质回执"
    PAPER_FILING = "paper_filing", "纸质材料扫描件"
    SITE_CHECK = "site_check", "现场核查照片"
    CONSEQUENCE = "consequence", "问责处理决定文书"
    SIGNED_SHEET = "signed_sheet", "签字的督查记录"
    LETTER_ANSWER = "letter_answer", "提醒函答复材料"
    EARLIER_PAPER = "earlier_paper", "补录原件"
    CONSULTATION = "consultation", "有关部门意见"
    TEAM_REPORT = "team_report", "工作组报告材料"
    DELISTING_REQUEST = "delisting_request", "申请摘牌材料"
    DELISTING_PROPOSAL = "delisting_proposal", "提请摘牌材料"
    REFERRAL = "referral", "移送、建议的回执和结果"
    PLEA = "plea", "申述材料"
    POST_PROOF = "post_proof", "任职凭据"


class FileCheck(TextChoices):
    """What is known of an uploaded file from looking for viruses."""

    UNCHECKED = "unchecked", "未配置查毒"
    WAITING = "waiting", "待查毒"
    CLEAN = "clean", "已查毒，无异常"
    QUARANTINED = "quarantined", "已隔离"


class SubmissionPart(TextChoices):
    """The four headings of the written material (第八条)."""

    SITUATION = "situation", "基本情况"
    PROBLEMS = "problems", "存在问题"
    CAUSES = "causes", "原因分析"
    MEASURES = "measures", "采取的整改措施"
