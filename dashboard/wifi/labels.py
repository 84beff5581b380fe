"""What the choices of the page 施設Wi-Fi are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.wifi.selection import ANY_TIME
from pipelines.words import NO_DATA, number, percent

if TYPE_CHECKING:
    from dashboard.translation import Translate
    from dashboard.wifi.records import Reached
    from dashboard.wifi.selection import WifiSelection


def weekday_title(weekday: str, _: Translate) -> str:
    """A weekday by its ISO number as text: 1 is Monday."""
    return {
        "1": _("月曜"), "2": _("火曜"), "3": _("水曜"), "4": _("木曜"), "5": _("金曜"),
        "6": _("土曜"), "7": _("日曜"),
    }[weekday]  # fmt: skip


def time_title(time: str, _: Translate) -> str:
    """`日曜20時` for `7-20`; any time says so."""
    if time == ANY_TIME:
        return _("いつでも")
    weekday, _dash, hour = time.partition("-")
    return _("{weekday}{hour}時").format(weekday=weekday_title(weekday, _), hour=hour)


def group_title(group: str, _: Translate) -> str:
    """Whom a group of residents takes in."""
    return {
        "total": _("住民"),
        "0-14": _("14歳以下の住民"),
        "15-64": _("15〜64歳の住民"),
        "65+": _("65歳以上の住民"),
        "75+": _("75歳以上の住民"),
        "japanese": _("日本人の住民"),
        "foreign": _("外国人の住民"),
    }[group]


def map_title(shown: str, _: Translate) -> str:
    """What the map shows above the shares."""
    return {
        "reach": _("Wi-Fiと施設"),
        "shelters": _("避難所"),
        "next": _("次の候補"),
    }[shown]


def section_title(section: str, _: Translate) -> str:
    """The parts below the map."""
    return {
        "equipment": _("整備率"),
        "reach": _("届く割合"),
        "shelters": _("災害時"),
        "fairness": _("公平さ"),
        "next": _("次にどこへ"),
        "usage": _("利用"),
        "analysis": _("分析者向け"),
        "method": _("方法"),
    }[section]


def method_title(method: str, _: Translate) -> str:
    """How residents are given to shelters."""
    return {
        "assigned": _("防災会の割当"),
        "nearest": _("直線最寄り（指定ではない）"),
    }[method]


def surface_title(surface: str, _: Translate) -> str:
    """What residents are spread over."""
    return {"area": _("町丁目の人口"), "mesh": _("メッシュの人口")}[surface]


def asked_about(selection: WifiSelection, _: Translate) -> list[tuple[str, str]]:
    """The choice under which figures of reach were made: what was chosen, and how."""
    return [
        (_("距離（直線）"), f"{selection.distance} m"),
        (_("いつ"), time_title(selection.time, _)),
        (_("対象の人口"), group_title(selection.group, _)),
    ]


def people(value: float | None, lang: str) -> str:
    """So many residents, to the whole person."""
    worded = number(value, 0, lang)
    if value is None:
        return worded
    return f"{worded} people" if lang == "en" else f"{worded}人"


def share_of(found: Reached | None, lang: str) -> str:
    """`40.7%`; unknown stays unknown."""
    return NO_DATA[lang] if found is None else percent(found.ratio, lang)


def fraction_of(found: Reached | None, lang: str, _: Translate) -> str:
    """`133,724人／328,215人`; nothing while unknown."""
    if found is None or found.reached is None or found.persons is None:
        return ""
    return _("{part}人／{whole}人").format(
        part=number(found.reached, 0, lang), whole=number(found.persons, 0, lang)
    )
