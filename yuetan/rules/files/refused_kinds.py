"""Why a file of no accepted kind is refused, and what its owner can do: by its ending, or by its first bytes."""

import re
from typing import BinaryIO

from yuetan.rules.files.zip_structure import ENCRYPTED

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
SCAN_BYTES = 256 * 1024

WPS_FORMATS = {".wps": "DOCX", ".et": "XLSX"}
OLD_FORMATS = {".doc": "DOCX", ".dot": "DOCX", ".wpt": "DOCX", ".rtf": "DOCX", ".xls": "XLSX", ".xlt": "XLSX"}
MACRO_FORMATS = {".docm": "DOCX", ".dotm": "DOCX", ".xlsm": "XLSX", ".xltm": "XLSX", ".xlsb": "XLSX"}
ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"}
PHONE_PICTURES = {".heic", ".heif", ".hif", ".avif"}
PHONE_PICTURE = re.compile(rb"....ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)", re.DOTALL)

IS_PHONE_PICTURE = (
    "是手机的 HEIC 格式，请把照片另存为 JPG（用微信发给自己再保存也可），"
    "或者在手机的相机设置里选“兼容性最佳”后重拍，再上传"
)


def rejection_reason(extension: str, accepted: str) -> str:
    """Say why a file with this ending is not taken, whatever it holds."""
    if extension in OLD_FORMATS:
        return f"是旧版格式，请另存为 {OLD_FORMATS[extension]} 后再上传"
    if extension in MACRO_FORMATS:
        return f"是可带宏的格式，请另存为不带宏的 {MACRO_FORMATS[extension]} 后再上传"
    if extension in ARCHIVES:
        return "是压缩包，请解压后逐个上传"
    if extension in PHONE_PICTURES:
        return IS_PHONE_PICTURE
    if not extension:
        return f"没有扩展名，看不出类型，只收 {accepted}，请在文件名后加上原有的扩展名（如 .pdf）后再上传"
    return f"的类型不允许，只收 {accepted}，请另存或打印成 PDF 后再上传"


def what_it_is_instead(head: bytes, stream: BinaryIO, extension: str, mismatch: str) -> str:
    """Say what a file holds whose ending promises an accepted kind and whose content is none."""
    if head.startswith(OLE_SIGNATURE) and contains(stream, OLE_ENCRYPTED_STREAM):
        return ENCRYPTED
    if extension in WPS_FORMATS:
        return f"是 WPS 专有格式，请另存为 {WPS_FORMATS[extension]} 后再上传"
    if head.startswith(OLE_SIGNATURE) and extension in (".docx", ".xlsx"):
        return f"其实是旧版 Office 文件，请打开后另存为 {extension[1:].upper()}，再上传"
    if PHONE_PICTURE.match(head):
        return IS_PHONE_PICTURE
    return mismatch


def contains(stream: BinaryIO, wanted: bytes) -> bool:
    """Whether these bytes stand anywhere in a stream, which is read in pieces."""
    stream.seek(0)
    kept = b""
    while chunk := stream.read(SCAN_BYTES):
        if wanted in kept + chunk:
            return True
        kept = chunk[-len(wanted) :]
    return False
