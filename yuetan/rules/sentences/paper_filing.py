"""What refuses 纸质代录: codes and sentences, part of SENTENCES in refusals.py."""

PAPER_FILING_SENTENCES: dict[str, str] = {
    "filing_incomplete": "代录纸质材料还缺：{missing}。",
    "filing_signer_not_head": "{name}在收到之日不是{unit}现任{heads}，请核对签字人和收到时间。",
    "filing_too_early": "收到时间不得早于{what}（{when}）。",
    "filing_ahead": "收到时间不得晚于现在。",
    "registrar_decides": "{name}代录了这份纸质材料，不得再由本人办理，请另一人办理。",
}
