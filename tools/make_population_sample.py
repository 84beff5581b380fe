"""Write data/sample/area_population/: an invented resident register, the same bytes every time.

No register by 町丁目 may be shipped, so this one is made up to try pages that need ages and
nationalities: the census count of each area, grown a little, with shares of ages and of
foreigners that differ from area to area. The layout is that of standard data set 04.

    python tools/make_population_sample.py [--to DIR]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
FACTS: Final = ROOT / "data" / "facts" / "nakano_areas_2015.csv"
SAMPLE: Final = ROOT / "data" / "sample"

SURVEYED_ON: Final = "2026-01-01"
NOTE: Final = "デモ用・架空"
HEAD: Final = ("全国地方公共団体コード", "地域コード", "地方公共団体名", "調査年月日", "地域名")
AGES: Final = (*(f"{low}-{low + 4}歳" for low in range(0, 85, 5)), "85歳以上")
SEXES: Final = ("男性", "女性")

# Round shares of an ageing inner ward, in thousandths by age group; not those of any place.
JAPANESE_AGES: Final = (35, 33, 30, 30, 62, 98, 88, 76, 70, 72, 74, 66, 52, 46, 50, 46, 36, 36)
FOREIGN_AGES: Final = (22, 14, 10, 36, 240, 240, 150, 90, 60, 42, 32, 24, 16, 10, 6, 4, 2, 2)
GROWTH: Final = (0.97, 1.09)
FOREIGN_SHARE: Final = (0.03, 0.13)
MALE_SHARE: Final = (0.48, 0.53)
OLD_FROM: Final = 13
"""The place of 65-69歳 in AGES; the share of people from there on is drawn for each area."""
OLD_FACTOR: Final = (0.7, 1.5)

Cells = dict[str, int]


def main() -> None:
    """Write the files under the folder given."""
    parser = argparse.ArgumentParser(description="Write data/sample/area_population/.")
    parser.add_argument("--to", type=Path, default=SAMPLE, help="folder to write to")
    folder = parser.parse_args().to / "area_population"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in make_files().items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}  {len(content):,} bytes")


def make_files() -> dict[str, bytes]:
    """Make the list of all residents and the list of foreign residents."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        areas = list(csv.DictReader(file))
    residents, foreigners = [], []
    for area in areas:
        japanese, foreign = draw_people(area["area_code"], int(area["population_2015"]))
        everyone = {cell: japanese[cell] + foreign[cell] for cell in japanese}
        homes = round(int(area["households_2015"]) * draw(area["area_code"], "growth", GROWTH))
        residents.append(to_row(area, everyone, str(homes)))
        foreigners.append(to_row(area, foreign, ""))
    return {
        "131148_population.csv": to_csv(residents),
        "131148_population_foreign.csv": to_csv(foreigners),
    }


def draw_people(area_code: str, census: int) -> tuple[Cells, Cells]:
    """Draw the Japanese and the foreign residents of an area, by 0-4歳の男性 and so on."""
    total = round(census * draw(area_code, "growth", GROWTH))
    foreign = round(total * draw(area_code, "foreign", FOREIGN_SHARE))
    old = draw(area_code, "old", OLD_FACTOR)
    ages = [
        share * (old if at >= OLD_FROM else 1.0) * draw(area_code, AGES[at], (0.85, 1.15))
        for at, share in enumerate(JAPANESE_AGES)
    ]
    return (
        spread(total - foreign, ages, draw(area_code, "male", MALE_SHARE)),
        spread(foreign, FOREIGN_AGES, draw(area_code, "foreign male", MALE_SHARE)),
    )


def spread(people: int, ages: Sequence[float], male: float) -> Cells:
    """Share people out over ages and sexes in whole numbers that add up (largest remainders)."""
    weights = {
        f"{age}の{sex}": share * part
        for age, share in zip(AGES, ages, strict=True)
        for sex, part in zip(SEXES, (male, 1 - male), strict=True)
    }
    whole = sum(weights.values())
    exact = {cell: people * weight / whole for cell, weight in weights.items()}
    cells = {cell: int(value) for cell, value in exact.items()}
    rest = sorted(exact, key=lambda cell: (cells[cell] - exact[cell], cell))
    for cell in rest[: people - sum(cells.values())]:
        cells[cell] += 1
    return cells


def draw(area_code: str, what: str, between: tuple[float, float]) -> float:
    """A number of the range by a hash, which no version of a random generator can change."""
    digest = hashlib.sha256(f"nakano:{area_code}:{what}".encode()).digest()
    low, high = between
    return low + (high - low) * int.from_bytes(digest[:6], "big") / 2**48


def to_row(area: dict[str, str], cells: Cells, households: str) -> dict[str, str]:
    """A line of layout 04: the total, men, women, each age and sex, households, the remark."""
    by_sex = {
        sex: sum(number for cell, number in cells.items() if cell.endswith(sex)) for sex in SEXES
    }
    named = ("131148", area["area_code"], "東京都中野区", SURVEYED_ON, area["area_name"])
    numbers = {"総人口": sum(cells.values()), **by_sex, **cells}
    return {
        **dict(zip(HEAD, named, strict=True)),
        **{name: str(number) for name, number in numbers.items()},
        "世帯数": households,
        "備考": NOTE,
    }


def to_csv(rows: Sequence[dict[str, str]]) -> bytes:
    """Rows as a ward publishes them: UTF-8 with BOM, CRLF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    main()
