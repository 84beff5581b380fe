"""Write the invented part of data/sample/ about cashless payment: the same bytes every time.

No list of Nakano's shopping streets or merchants could be had, so these are made up to try the
pages: streets with and without a subsidy, sixty months of counts with a change planted in them, and
merchants. Every name says 【デモ】, every row デモ用・架空. Draws go by a hash, which no version of a
random generator can change. What was planted: tools/cashless_sample/README.md.

    python tools/make_cashless_sample.py [--to DIR] [--two-streets DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Final, NamedTuple

# Run as a script, only tools/ is on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.make_sample import (
    MUNICIPALITY,
    MUNICIPALITY_CODE,
    PREFECTURE,
    SAMPLE,
    Row,
    read_facts,
    to_csv,
    write_files,
)

SEED: Final = "nakano-cashless"
NOTE: Final = "デモ用・架空"

PLANTED_POINTS: Final = 8.0
"""What the subsidy adds to a street's adoption, in percentage points, from its first month on."""
RISE_POINTS: Final = 0.25
"""What every street gains a month, with or without."""
NOISE_POINTS: Final = 1.5
"""A month stands off its line by no more than this."""
FIRST_MONTH: Final = (2021, 4)
MONTHS: Final = 60
SHORT_STREET_MONTHS: Final = 8


class Street(NamedTuple):
    """A street: members, adoption in the first month in points, the first month with the subsidy."""

    name: str
    kana: str
    area: str
    members: int
    level: float
    begins: str = ""
    ends: str = ""
    short: bool = False


# fmt: off
STREETS: Final = {
    "DEMO-S01": Street("あさぎり通り商店街", "アサギリドオリショウテンガイ", "中野5丁目", 120, 24, "2023-10"),
    "DEMO-S02": Street("こもれび商店会", "コモレビショウテンカイ", "新井1丁目", 84, 31, "2023-10"),
    "DEMO-S03": Street("みずぐるま銀座", "ミズグルマギンザ", "野方6丁目", 96, 22, "2024-04"),
    "DEMO-S04": Street("ひだまり通り商店会", "ヒダマリドオリショウテンカイ", "鷺宮3丁目", 64, 35, "2024-10"),
    "DEMO-S05": Street("つきかげ商店街", "ツキカゲショウテンガイ", "東中野4丁目", 110, 27, "2024-10", "2026-03"),
    "DEMO-S06": Street("かざぐるま商店会", "カザグルマショウテンカイ", "沼袋3丁目", 92, 29),
    "DEMO-S07": Street("ほしぞら通り商店会", "ホシゾラドオリショウテンカイ", "弥生町3丁目", 75, 20),
    "DEMO-S08": Street("いとぐるま商店街", "イトグルマショウテンガイ", "本町4丁目", 130, 33),
    "DEMO-S09": Street("はごろも商店会", "ハゴロモショウテンカイ", "上高田2丁目", 58, 25),
    "DEMO-S10": Street("しおさい通り商店会", "シオサイドオリショウテンカイ", "南台3丁目", 70, 26),
    "DEMO-S11": Street("あけぼの新道", "アケボノシンミチ", "大和町1丁目", 48, 30, "2025-12", short=True),
}
TWO_STREETS: Final = ("DEMO-S01", "DEMO-S06")
METHODS: Final = {"QRコード決済": 78, "カード決済": 55, "交通系IC": 30}
"""Shops that take a method, of a hundred that take any."""
INDUSTRIES: Final = {"飲食業": 34, "小売業": 30, "サービス業": 16, "生活関連": 12, "医療・福祉": 5, "その他": 3}
MERCHANT_STREETS: Final = {
    "DEMO-S01": 62, "DEMO-S02": 41, "DEMO-S04": 30, "DEMO-S06": 44, "DEMO-S07": 24, "DEMO-S11": 12,
}
"""Merchants in each street; those of no street besides."""
MERCHANTS_OUTSIDE: Final = 110
# fmt: on
OUTSIDE_AREAS: Final = 12
MARKS: Final = {("DEMO-S07", 17): "×", ("DEMO-S09", 31): "…"}
"""Counts that are withheld or unknown, by street and month from 0."""
UNDATED_EVERY, LEFT_EVERY, SILENT_EVERY, MEASURED_EVERY = 29, 23, 17, 2
"""One merchant in so many: takes a method since nobody knows when; left; does not say whether it
takes transit IC; has coordinates."""


def main() -> None:
    """Write the files under the folders given."""
    parser = argparse.ArgumentParser(
        description="Write the invented sample about cashless payment."
    )
    parser.add_argument("--to", type=Path, default=SAMPLE, help="folder to write to")
    parser.add_argument("--two-streets", type=Path, help="folder for a sample of two streets")
    given = parser.parse_args()
    write_files(given.to, make_files())
    if given.two_streets:
        write_files(given.two_streets, make_files(TWO_STREETS, merchants=False))


def make_files(
    names: tuple[str, ...] = tuple(STREETS), *, merchants: bool = True
) -> dict[str, bytes]:
    """Make the files of the streets named, by path."""
    areas = {row["area_name"]: row for row in read_facts("nakano_areas_2015")}
    made = {
        "shopping_streets": make_streets(names, areas),
        "shopping_street_counts": [row for name in names for row in make_counts(name)],
    }
    if merchants:
        made["cashless_merchants"] = make_merchants(areas)
    return {
        f"{name}/{MUNICIPALITY_CODE}_{name}.csv": to_csv(rows, as_published=True)
        for name, rows in made.items()
    }


def make_streets(names: tuple[str, ...], areas: dict[str, Row]) -> list[Row]:
    """Make the streets: somewhere in an area that exists, under a name that does not."""
    return [
        {
            "商店街ID": name,
            "商店街名": f"【デモ】{street.name}",
            "商店街名カナ": street.kana,
            "所在地": f"{PREFECTURE}{MUNICIPALITY}{street.area}",
            "補助の対象": "対象" if street.begins else "対象外",
            "補助開始日": f"{street.begins}-01" if street.begins else "",
            "補助終了日": f"{street.ends}-31" if street.ends else "",
            "経度": areas[street.area]["centroid_lon"],
            "緯度": areas[street.area]["centroid_lat"],
            "備考": NOTE,
        }
        for name, street in STREETS.items()
        if name in names
    ]


def make_counts(name: str) -> list[Row]:
    """Make a row a month of a street; the short street has its last months only."""
    street, rows = STREETS[name], []
    for step in range(MONTHS - SHORT_STREET_MONTHS if street.short else 0, MONTHS):
        month = _month(step)
        planted = PLANTED_POINTS if street.begins and month >= street.begins else 0.0
        noise = NOISE_POINTS * (_draw(f"noise:{name}:{month}") % 201 - 100) / 100
        points = street.level + RISE_POINTS * step + planted + noise
        shops = round(street.members * points / 100)
        by_method = {
            f"{method}の店舗数": str(
                round(shops * (share - 3 + _draw(f"{method}の店舗数:{name}:{month}") % 7) / 100)
            )
            for method, share in METHODS.items()
        }
        row = {
            "商店街ID": name,
            "年月": month,
            "会員数": str(street.members),
            "導入店舗数": str(shops),
        }
        if mark := MARKS.get((name, step)):
            row["導入店舗数"] = mark
            by_method = dict.fromkeys(by_method, mark)
        rows.append(row | by_method | {"備考": NOTE})
    return rows


def make_merchants(areas: dict[str, Row]) -> list[Row]:
    """Make the merchants: of streets, in the street's area, and of none, anywhere."""
    around = sorted(areas, key=lambda area: _draw(f"area:{area}"))[:OUTSIDE_AREAS]
    places = [
        (name, STREETS[name].area) for name, shops in MERCHANT_STREETS.items() for _ in range(shops)
    ]
    places += [("", around[_draw(f"place:{at}") % len(around)]) for at in range(MERCHANTS_OUTSIDE)]
    return [
        _merchant(number, street, areas[area])
        for number, (street, area) in enumerate(places, start=1)
    ]


def _merchant(number: int, street: str, area: Row) -> Row:
    key = f"merchant:{number}"
    begins = STREETS[street].begins if street else ""
    takes = _draw(f"takes:{key}") % 100 < (62 if begins else 50)
    flags = {
        method: takes and _draw(f"{method}:{key}") % 100 < share
        for method, share in METHODS.items()
    }
    takes = any(flags.values())
    adopted = _month(_draw(f"adopted:{key}") % MONTHS)
    measured = number % MEASURED_EVERY == 0
    row = {
        "店舗ID": f"DEMO-M{number:03}",
        "店舗名": f"【デモ】架空の店 {number:03}",
        "業種": _industry(key),
        "商店街ID": street,
        "市区町村": MUNICIPALITY,
        "所在地": f"{PREFECTURE}{MUNICIPALITY}{area['area_name']}",
        **{method: "有" if flag else "無" for method, flag in flags.items()},
        "補助の利用": "有" if takes and begins and adopted >= begins else "無",
        "導入日": f"{adopted}-{_draw(f'day:{key}') % 28 + 1:02}" if takes else "",
        "終了日": "",
        "経度": _near(area["centroid_lon"], f"lon:{key}") if measured else "",
        "緯度": _near(area["centroid_lat"], f"lat:{key}") if measured else "",
        "備考": NOTE,
    }
    if number % SILENT_EVERY == 0:
        row["交通系IC"] = ""
    if number % UNDATED_EVERY == 0:
        row["導入日"] = ""
    if number % LEFT_EVERY == 0:
        row["終了日"] = "2025-09-30"
    return row


def _industry(key: str) -> str:
    at = _draw(f"industry:{key}") % sum(INDUSTRIES.values())
    for name, share in INDUSTRIES.items():
        at -= share
        if at < 0:
            return name
    raise AssertionError(key)


def _near(degrees: str, key: str) -> str:
    """Within about 60 m of the middle of the area."""
    return f"{float(degrees) + (_draw(key) % 1001 - 500) / 1e6:.6f}"


def _month(step: int) -> str:
    months = FIRST_MONTH[0] * 12 + FIRST_MONTH[1] - 1 + step
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _draw(key: str) -> int:
    """A number that follows from the key alone."""
    return int.from_bytes(hashlib.sha256(f"{SEED}:{key}".encode()).digest()[:8], "big")


if __name__ == "__main__":
    main()
