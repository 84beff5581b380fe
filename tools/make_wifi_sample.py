"""Write the invented part of data/sample/ about public Wi-Fi: the same bytes every time.

No list of Nakano's access points or of their use could be had, so these are made up to try the
pages: access points at places that exist, 36 months of use with what goes wrong in such lists, and
who belongs to which 防災会. Every row says so. Draws go by a hash, which no version of a random
generator can change.

    python tools/make_wifi_sample.py [--to DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Final

import numpy as np

# Run as a script, only tools/ is on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.crs import project
from tools.make_sample import (
    MUNICIPALITY_CODE,
    PROJECTED_CRS,
    SAMPLE,
    Row,
    head,
    read_facts,
    to_csv,
    write_files,
)

# 推奨データセット, the older layout, then columns of this project.
# fmt: off
WIFI_COLUMNS: Final = (
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ",
    "名称_英語", "住所", "方書", "緯度", "経度", "設置者", "電話番号", "内線番号", "SSID",
    "提供エリア", "URL", "備考", "施設ID", "避難所ID",
    "提供開始日", "利用可能曜日", "開始時間", "終了時間",
)
# As lists write them; the last two: any time, and not said.
HOURS: Final = (
    ("月火水木金", "08:30", "17:00"), ("月～土", "9:00", "21:30"), ("毎日", "9時", "22時"),
    ("土日祝", "09:00", "17:00"), ("毎日", "0:00", "24:00"), ("", "", ""),
)
# fmt: on
NOTE: Final = "デモ用・架空"
ACCESS_POINTS: Final = 24
# Apart as far as people would walk to the next one; places nearer than this are passed over.
LEAST_DISTANCE_M: Final = 450
# Invented equipment stands only where the ward itself is the host.
HOST_SHELTERS: Final = ("区民活動センター", "すこやか福祉センター", "コミュニティプラザ")


# Nakano Free Wi-Fi began in October 2015 (data/facts/nakano_policy_events.csv).
FIRST_YEAR, LAST_YEAR = 2015, 2024
NO_START_EVERY: Final = 8
"""One access point in so many has no first day of service."""

FIRST_MONTH, MONTHS = (2023, 4), 36
# How use goes through the year, April first; a school's gym is quiet in August.
SEASON: Final = (10, 11, 10, 10, 7, 10, 11, 11, 9, 9, 9, 10)
BUSIEST: Final = 12
"""The access point that has nine times the use of its peers, to be found as an outlier."""
SILENT: Final = {5: range(16, 19), 9: range(30, 36), 14: range(3, 4)}
"""Months (from 0) without a row: what nobody reported."""
MIDDLE: Final = (139.664, 35.707)
"""Longitude and latitude where four districts meet."""
MARKS: Final = {(3, 20): "×", (7, 25): "…", (11, 28): "-"}

ASSIGNED_TOWNS: Final = 10
"""Towns whose areas are in a 防災会; the others' residents are assigned to no shelter."""


def main() -> None:
    """Write the files under the folder given."""
    parser = argparse.ArgumentParser(description="Write the invented sample about public Wi-Fi.")
    parser.add_argument("--to", type=Path, default=SAMPLE, help="folder to write to")
    schools, shelters = read_facts("nakano_schools"), read_facts("nakano_shelters")
    points = make_points(schools, shelters)
    code = MUNICIPALITY_CODE
    files = {
        f"wifi_access_points/{code}_public_wireless_lan.csv": to_csv(points, as_published=True),
        f"wifi_usage/{code}_wifi_usage.csv": make_usage(points),
        f"area_membership/{code}_area_membership.csv": make_membership(
            read_facts("nakano_areas_2015"), shelters
        ),
    }
    write_files(parser.parse_args().to, files)


def make_points(schools: list[Row], shelters: list[Row]) -> list[Row]:
    """Make the invented access points: one at each host drawn."""
    hosts = draw_hosts([*_school_hosts(schools), *_shelter_hosts(shelters)])
    return [
        dict.fromkeys(WIFI_COLUMNS, "")
        | head(number=point_id(number))
        | host
        | {
            "名称": f"【デモ】{host['名称']} {host['方書']}",
            "設置者": "架空の設置者（デモ用）",
            "SSID": "DEMO-FREE-WIFI",
            "提供エリア": f"{host['方書']}とその周辺",
            "備考": NOTE,
        }
        | _service(host["名称"])
        for number, host in enumerate(hosts, start=1)
    ]


def point_id(number: int) -> str:
    """An ID that no published list has, so that invented use never meets a real access point."""
    return f"DEMO-{number:02}"


def draw_hosts(candidates: list[Row]) -> list[Row]:
    """Draw hosts that keep their distance, in the order in which the candidates came.

    The draw goes by a hash of the name, which no version of a random generator can change.
    """
    drawn: list[Row] = []
    for candidate in sorted(candidates, key=lambda host: _draw_key(host["名称"])):
        if all(_distance_m(candidate, other) >= LEAST_DISTANCE_M for other in drawn):
            drawn.append(candidate)
    chosen = drawn[:ACCESS_POINTS]
    return [candidate for candidate in candidates if candidate in chosen]


def make_usage(points: list[Row]) -> bytes:
    """Make the use of each access point: a row a month from its first day of service on."""
    rows = []
    for number, point in enumerate(points, start=1):
        level = 150 + _draw(f"level:{point['名称']}") % 250
        level *= 9 if number == BUSIEST else 1
        for step in range(MONTHS):
            month = _month(step)
            silent = step in SILENT.get(number, ())
            if silent or f"{month}-31" < point["提供開始日"]:
                continue
            noise = 85 + _draw(f"{number}:{month}") % 31
            count = level * SEASON[step % 12] * noise // 1000
            mark = MARKS.get((number, step))
            people = count * (35 + _draw(f"people:{number}:{month}") % 11) // 100
            rows.append(
                {
                    "アクセスポイントID": point["NO"],
                    "年月": month,
                    "接続回数": mark or str(count),
                    "利用者数": mark or str(people),
                    "備考": NOTE,
                }
            )
    return to_csv(rows, as_published=True)


def make_membership(areas: list[Row], shelters: list[Row]) -> bytes:
    """Make who belongs where: a district for every area, a 防災会 with its shelter for some."""
    towns = sorted({area["town_name"] for area in areas}, key=_draw)[:ASSIGNED_TOWNS]
    rows = []
    for area in areas:
        rows.append(_member(area, "区民活動センター圏域", f"【デモ】{_quarter(area)}圏域", "1", ""))
        own = [one for one in shelters if _in_town(one, area["town_name"])]
        if area["town_name"] not in towns or not own:
            continue
        first = _draw(f"shelter:{area['area_code']}") % len(own)
        second = (first + 1) % len(own)
        split = len(own) > 1 and _draw(f"split:{area['area_code']}") % 3 == 0
        for no, share in ((first, "0.6"), (second, "0.4")) if split else ((first, "1"),):
            name = f"【デモ】{area['area_name']}第{no + 1}防災会"
            rows.append(_member(area, "防災会", name, share, own[no]["shelter_id"]))
    return to_csv(rows, as_published=True)


def _member(area: Row, kind: str, name: str, share: str, shelter: str) -> Row:
    return {
        "町丁目コード": area["area_code"],
        "区分の種類": kind,
        "区分名": name,
        "割合": share,
        "避難所ID": shelter,
        "備考": NOTE,
    }


def _quarter(area: Row) -> str:
    north, east = float(area["centroid_lat"]) > MIDDLE[1], float(area["centroid_lon"]) > MIDDLE[0]
    return ("南" if not north else "北") + ("東" if east else "西")


def _in_town(shelter: Row, town: str) -> bool:
    return shelter["address"].removeprefix("東京都").removeprefix("中野区").startswith(town)


def _service(name: str) -> Row:
    """When an access point began, and its hours."""
    draw = _draw(f"service:{name}")
    year = FIRST_YEAR + draw % (LAST_YEAR - FIRST_YEAR + 1)
    month = 10 if year == FIRST_YEAR else 1 + draw // 10 % 12
    days, opens, closes = HOURS[draw // 120 % len(HOURS)]
    return {
        "提供開始日": "" if draw % NO_START_EVERY == 0 else f"{year}-{month:02}-01",
        "利用可能曜日": days,
        "開始時間": opens,
        "終了時間": closes,
    }


def _month(step: int) -> str:
    year, month = divmod(FIRST_MONTH[0] * 12 + FIRST_MONTH[1] - 1 + step, 12)
    return f"{year}-{month + 1:02}"


def _draw(name: str) -> int:
    return int(hashlib.sha256(f"nakano:{name}".encode()).hexdigest()[:8], 16)


def _school_hosts(schools: list[Row]) -> list[Row]:
    return [
        _host(school, name=school["facility_name"], room="体育館")
        | {"施設ID": school["facility_id"], "避難所ID": ""}
        for school in schools
    ]


def _shelter_hosts(shelters: list[Row]) -> list[Row]:
    return [
        _host(shelter, name=shelter["shelter_name"], room="１階ロビー")
        | {"施設ID": "", "避難所ID": shelter["shelter_id"]}
        for shelter in shelters
        if any(kind in shelter["shelter_name"] for kind in HOST_SHELTERS)
    ]


def _host(place: Row, *, name: str, room: str) -> Row:
    return {
        "名称": name,
        "住所": place["address"],
        "方書": room,
        "緯度": f"{float(place['lat']):.6f}",
        "経度": f"{float(place['lon']):.6f}",
    }


def _draw_key(name: str) -> str:
    return hashlib.sha256(f"nakano:{name}".encode()).hexdigest()


def _distance_m(one: Row, other: Row) -> float:
    east, north = project(
        [float(one["経度"]), float(other["経度"])],
        [float(one["緯度"]), float(other["緯度"])],
        crs=PROJECTED_CRS,
    )
    return float(np.hypot(east[0] - east[1], north[0] - north[1]))


if __name__ == "__main__":
    main()
