"""Refusals about facts that the office registers from paper: the scan, the date, the second person."""

REGISTRATION_SENTENCES: dict[str, str] = {
    "decision_missing": "尚未选择审定结果（同意，或者{declined}）。",
    "approval_method_missing": "尚未选择审定方式（会议审定，或者签批件）。",
    "approval_date_before_proposal": "审定日期不得早于报审定之日（{endorsed}），此前还没有这份{text}可供审定。",
    "registration_open": "{name}已登记{decision}，待另一人复核；请先复核或者退回登记。",
    "no_registration_to_review": "没有待复核的审定登记。",
    "registrar_reviews": "{name}是登记人，登记须由办公室另一人复核；登记有误的，可以退回重新登记。",
    "registration_not_as_shown": "审定登记在您打开本页以后已有变动，请看过现在的登记再复核。",
    "proof_not_compared": "尚未勾选已打开扫描件或者会议记录、与登记内容逐项核对一致，不能复核。",
    "scan_too_small": "扫描件“{name}”只有 {size} 像素，看不清；短边至少 {short}、长边至少 {long} 像素，请重新扫描。",
    "scan_page_too_small": "扫描件“{name}”的页面太小，看不清；请按原件大小重新扫描后上传。",
}
