"""Privacy at the door: a file that holds persons or their devices is refused, its column named.

Data sets here are about places, posts and counts. Nothing of a refused file is kept, and its
values are never shown: only the header of the column is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.headers import normalise_header
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipelines.ingest.types import RawTable

_SAMPLE_ROWS: Final = 2_000
_SHARE: Final = 0.2
_ID_SHARE: Final = 0.9
_ID_LEAST: Final = 5
# Recording users and their devices is what these data sets invite; see `_CONTACTS`.
_USAGE: Final = "_usage"

DEVICE: Final = Message("端末のアドレス・識別子", "addresses or identifiers of devices")
PERSON: Final = Message("人の氏名", "names of persons")
NUMBER: Final = Message("個人を識別する番号", "numbers that identify persons")
BIRTH: Final = Message("生年月日", "dates of birth")
CONTACT: Final = Message("個人の連絡先", "personal contacts")


@dataclass(frozen=True)
class _Words:
    """Headers of one kind, normalised: anywhere in the header, or as the whole of it."""

    kind: Message
    inside: tuple[str, ...]
    whole: frozenset[str]


_HEADERS: Final = (
    _Words(
        DEVICE,
        (
            "macアドレス", "macaddress", "mac_address", "macaddr", "mac_addr", "端末id",
            "端末識別", "端末番号", "端末アドレス", "端末ip", "端末mac", "デバイスid",
            "デバイスアドレス", "device_id", "deviceid", "device_mac", "client_mac",
            "clientmac", "client_ip", "sta_mac", "user_mac", "imei", "imsi", "広告id",
            "advertising_id",
        ),
        frozenset({"mac", "idfa", "aaid", "device_address", "bluetoothアドレス"}),
    ),
    _Words(
        PERSON,
        (
            "氏名", "担当者名", "利用者名", "使用者名", "世帯主", "代表者名", "責任者名",
            "申請者名", "申込者名", "会員名", "職員名", "社員名", "従業員名", "保護者名",
            "児童名", "生徒名", "店主名", "事業主名", "所有者名", "居住者名", "回答者名",
            "記入者名", "作成者名", "理事長名", "会長名", "園長名", "校長名", "本人名",
            "person_name", "personname", "contact_person", "family_name", "given_name",
            "first_name", "last_name", "user_name", "householder", "staff_name",
            "representative_name", "applicant_name",
        ),
        frozenset(
            {
                "担当者", "記入者", "回答者", "申請者", "お名前", "姓", "名", "本名", "姓名",
                "surname", "username", "firstname", "lastname", "applicant",
            }
        ),
    ),
    _Words(
        NUMBER,
        (
            "個人番号", "マイナンバー", "mynumber", "my_number", "住民票コード", "宛名番号",
            "被保険者番号", "免許証番号", "旅券番号", "パスポート番号", "基礎年金番号",
            "passport_no", "passport_number",
        ),
        frozenset(),
    ),
    _Words(
        BIRTH,
        ("生年月日", "誕生日", "birthday", "birth_date", "birthdate", "date_of_birth"),
        frozenset({"生年", "dob"}),
    ),
    _Words(
        CONTACT,
        (
            "自宅住所", "自宅電話", "本人住所", "本人電話", "利用者住所", "利用者電話",
            "利用者メール", "利用者のメール", "利用者の電話", "会員電話", "会員メール",
            "申請者電話", "申請者住所", "申請者メール", "携帯電話", "携帯番号", "user_email",
            "user_phone", "home_address", "mobile_phone",
        ),
        frozenset(),
    ),
)  # fmt: skip
# In a list of places these belong to an office; beside usage they belong to whoever used it.
_CONTACTS: Final = ("メール", "mail", "電話", "phone", "tel", "携帯", "line_id", "lineid")
# The address by which an access point announces itself is the ward's own.
_OWN_DEVICES: Final = ("bssid", "アクセスポイント", "親機", "ap_mac", "apmac", "access_point")

_HEX2: Final = "[0-9A-Fa-f]{2}"
_MAC: Final = (
    rf"(^|[^0-9A-Za-z:.-])({_HEX2}(:{_HEX2}){{5}}|{_HEX2}(-{_HEX2}){{5}}"
    r"|[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2})($|[^0-9A-Za-z:.-])"
)
_MAC_LETTER: Final = r"[A-Fa-f]"
_EMAIL: Final = r"[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+"
_TWELVE_DIGITS: Final = r"^\s*[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}\s*$"


def find_private(raw: RawTable, dataset: str) -> tuple[str, Message] | None:
    """The first column that holds persons or devices, by header or by a sample of its values."""
    for header, values in zip(raw.header, _samples(raw), strict=True):
        kind = _by_header(header, dataset) or _by_content(header, values, dataset)
        if kind:
            return " ".join(header.split()) or "（見出しなし）", kind
    return None


def _by_header(header: str, dataset: str) -> Message | None:
    word = normalise_header(header)
    own = any(part in word for part in _OWN_DEVICES)
    for words in _HEADERS:
        if own and words.kind is DEVICE:
            continue
        if word in words.whole or any(part in word for part in words.inside):
            return words.kind
    if dataset.endswith(_USAGE) and any(part in word for part in _CONTACTS):
        return CONTACT
    return None


def _by_content(header: str, values: pa.Array, dataset: str) -> Message | None:
    if not len(values):
        return None
    own = any(part in normalise_header(header) for part in _OWN_DEVICES)
    checks: Sequence[tuple[bool, Callable[[pa.Array], bool], Message]] = (
        (not own, _holds_devices, DEVICE),
        (True, _holds_my_numbers, NUMBER),
        (dataset.endswith(_USAGE), _holds_emails, CONTACT),
    )
    return next((kind for asked, holds, kind in checks if asked and holds(values)), None)


def _samples(raw: RawTable) -> Iterator[pa.Array]:
    """Of each column, filled values from all over it."""
    step = max(1, raw.rows // _SAMPLE_ROWS)
    taken, before = [], 0
    for chunk in raw.chunks:
        at = pa.array(np.arange(-before % step, chunk.rows, step))
        taken.append([column.take(at) for column in chunk.columns])
        before += chunk.rows
    for pieces in zip(*taken, strict=True):
        values = pa.concat_arrays(pieces)
        yield values.filter(pc.not_equal(pc.utf8_trim_whitespace(values), ""))


def _holds_devices(values: pa.Array) -> bool:
    found = values.filter(pc.match_substring_regex(values, _MAC))
    # Six pairs of digits alone may be a date and a time.
    lettered = bool(pc.any(pc.match_substring_regex(found, _MAC_LETTER)).as_py())
    return lettered and len(found) >= _SHARE * len(values)


def _holds_emails(values: pa.Array) -> bool:
    found = pc.sum(pc.match_substring_regex(values, _EMAIL)).as_py() or 0
    return bool(found >= _SHARE * len(values))


def _holds_my_numbers(values: pa.Array) -> bool:
    """Whether nearly all values are twelve digits that end in the check digit of a My Number."""
    written = values.filter(pc.match_substring_regex(values, _TWELVE_DIGITS))
    if len(written) < max(_ID_LEAST, _ID_SHARE * len(values)):
        return False
    digits = pc.replace_substring_regex(written, r"[\s-]", "").to_pylist()
    valid = sum(1 for text in digits if _is_my_number(text))
    return valid >= _ID_SHARE * len(values)


def _is_my_number(text: str) -> bool:
    """The check digit of 総務省令 第85号 (2014), article 5."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(text, weights, strict=False)) % 11
    return int(text[-1]) == (0 if rest <= 1 else 11 - rest)
