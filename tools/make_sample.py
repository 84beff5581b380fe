"""Write data/sample/ from data/facts/: the same bytes every time.

The facts are names, addresses, coordinates and counts with their sources (data/facts/README.md).
Here they take the file layouts in which public bodies publish, so that the first build reads what
a real build reads. What is invented (the Wi-Fi access points) says so in every row.

    python tools/make_sample.py [--to DIR]
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from geo.schematic import schematic_areas

ROOT: Final = Path(__file__).resolve().parent.parent
FACTS: Final = ROOT / "data" / "facts"
SAMPLE: Final = ROOT / "data" / "sample"

MUNICIPALITY_CODE: Final = "131148"
PREFECTURE: Final = "東京都"
MUNICIPALITY: Final = "中野区"
PROJECTED_CRS: Final = "EPSG:6677"

# 推奨データセット, the older layouts, in their order.
# fmt: off
FACILITY_COLUMNS: Final = (
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ",
    "名称_通称", "POIコード", "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "法人番号",
    "団体名", "利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項", "説明",
    "バリアフリー情報", "URL", "備考", "分類",
)
# fmt: on
# The plan of March 2021, as lists: each is shipped as it is.
REGISTER: Final = {
    f"departments/{MUNICIPALITY_CODE}_departments": "nakano_departments",
    f"initiatives/{MUNICIPALITY_CODE}_initiatives": "nakano_initiatives",
    f"initiative_places/{MUNICIPALITY_CODE}_initiative_places": "nakano_initiative_places",
    f"initiative_milestones/{MUNICIPALITY_CODE}_plan_timetable": "nakano_plan_timetable",
}

Row = dict[str, str]


def main() -> None:
    """Write every sample file under the folder given."""
    parser = argparse.ArgumentParser(description="Write data/sample/ from data/facts/.")
    parser.add_argument("--to", type=Path, default=SAMPLE, help="folder to write to")
    write_sample(parser.parse_args().to)


def write_sample(folder: Path) -> None:
    """Write the data sets that are facts, one folder each, and the events."""
    schools, shelters = read_facts("nakano_schools"), read_facts("nakano_shelters")
    code = MUNICIPALITY_CODE
    files = {
        f"areas/{code}_schematic_areas.geojson": make_areas(),
        f"facilities/{code}_public_facility.csv": make_facilities(schools),
        f"evacuation_shelters/{code}_shiteihinanjo.geojson": make_shelters(shelters),
        f"stations/{code}_stations.csv": to_csv(read_facts("nakano_stations")),
        f"policy_events/{code}_policy_events_wifi.csv": to_csv(read_facts("nakano_policy_events")),
    }
    files |= {
        f"{name}.csv": to_csv(read_facts(fact), as_published=True)
        for name, fact in REGISTER.items()
    }
    write_files(folder, files)


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files under a folder and say how large they are."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path}  {len(content):,} bytes")


def read_facts(name: str) -> list[Row]:
    """Read a table of data/facts/."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_areas() -> bytes:
    """Make the schematic map: e-Stat's attribute names, the figures of the census."""
    facts = read_facts("nakano_areas_2015")
    outline = [(float(pair["lon"]), float(pair["lat"])) for pair in read_facts("nakano_outline")]
    areas = schematic_areas(
        [row["area_code"] for row in facts],
        [float(row["centroid_lon"]) for row in facts],
        [float(row["centroid_lat"]) for row in facts],
        outline,
        crs=PROJECTED_CRS,
    )
    # Six decimals are a tenth of a metre; one order of corners whatever library drew the cells.
    rounded = shapely.transform(areas.polygons, lambda pairs: np.round(pairs, 6))
    shapes = dict(
        zip(areas.codes, shapely.orient_polygons(shapely.normalize(rounded)), strict=True)
    )
    return to_geojson(
        [
            {
                "type": "Feature",
                "properties": {
                    "KEY_CODE": row["area_code"],
                    "PREF_NAME": PREFECTURE,
                    "CITY_NAME": MUNICIPALITY,
                    "S_NAME": to_full_width_digits(row["area_name"]),
                    "AREA": int(row["area_m2"]),
                    "JINKO": int(row["population_2015"]),
                    "SETAI": int(row["households_2015"]),
                },
                "geometry": shapes[row["area_code"]].__geo_interface__,
            }
            for row in facts
        ]
    )


def make_facilities(schools: list[Row]) -> bytes:
    """Make the list of facilities: the 24 standard columns and the ward's own 分類."""
    return to_csv(
        [
            dict.fromkeys(FACILITY_COLUMNS, "")
            | head(number=school["facility_id"])
            | {
                "名称": school["facility_name"],
                "名称_カナ": school["facility_name_kana"],
                "POIコード": school["poi_code"],
                "住所": school["address"],
                "緯度": school["lat"],
                "経度": school["lon"],
                "電話番号": school["telephone"],
                "分類": school["facility_category"],
            }
            for school in schools
        ],
        as_published=True,
    )


def make_shelters(shelters: list[Row]) -> bytes:
    """Make the list of shelters with the property names of 国土地理院."""
    return to_geojson(
        [
            {
                "type": "Feature",
                "properties": {
                    "NO": int(shelter["list_number"]),
                    "共通ID": shelter["shelter_id"],
                    "都道府県名及び市町村名": f"{PREFECTURE}{MUNICIPALITY}",
                    "施設・場所名": shelter["shelter_name"],
                    "住所": shelter["address"],
                    "指定緊急避難場所との住所同一": "",
                    "その他市町村長が必要と認める事項": "",
                    "受入対象者": "",
                    "備考": shelter["note"],
                },
                "geometry": {
                    "type": "Point",
                    "coordinates": [float(shelter["lon"]), float(shelter["lat"])],
                },
            }
            for shelter in shelters
        ]
    )


def to_csv(rows: list[Row], *, as_published: bool = False) -> bytes:
    """Write rows as CSV; `as_published` is UTF-8 with BOM and CRLF, as the ward's own lists."""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, fieldnames=list(rows[0]), lineterminator="\r\n" if as_published else "\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if as_published else "utf-8")


def to_geojson(features: list[dict[str, object]]) -> bytes:
    """Write a FeatureCollection with one feature a line, for reading and for comparing."""
    lines = [json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features]
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


def to_full_width_digits(text: str) -> str:
    """Write digits as the census does: 南台１丁目."""
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def head(*, number: str) -> Row:
    """The first columns of the ward's lists."""
    return {
        "都道府県コード又は市区町村コード": MUNICIPALITY_CODE,
        "NO": number,
        "都道府県名": PREFECTURE,
        "市区町村名": MUNICIPALITY,
    }


if __name__ == "__main__":
    main()
