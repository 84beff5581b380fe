"""Write the invented part of data/sample/ about the plan's initiatives: the same bytes every time.

The register itself is facts (tools/make_sample.py). Who is in charge, indicators, values, dates,
money and grades are made up from the tables of tools/initiative_sample/, whose README says what
each is for; between the points written there, values and money are drawn by a hash, which no
version of a random generator can change.

    python tools/make_initiative_sample.py [--to DIR]
"""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

# Run as a script, only tools/ is on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.initiative_values import NOTE, draw, make_values
from tools.make_sample import MUNICIPALITY_CODE, SAMPLE, Row, read_facts, to_csv, write_files

DESIGN: Final = Path(__file__).resolve().parent / "initiative_sample"

REVISED_EVERY: Final = 3
"""One year's budget in so many is revised."""
LAST_REVISED: Final = 2025
LAST_SETTLED: Final = 2024
FUNDS: Final = {"国": "国庫支出金", "都": "都支出金", "その他": "その他特定財源"}
NIL: Final = "-"


def main() -> None:
    """Write the files under the folder given."""
    parser = argparse.ArgumentParser(description="Write the invented sample about initiatives.")
    parser.add_argument("--to", type=Path, default=SAMPLE, help="folder to write to")
    write_files(
        parser.parse_args().to,
        {
            f"{name.partition('/')[0]}/{MUNICIPALITY_CODE}_{name.partition('/')[2]}.csv": to_csv(
                rows, as_published=True
            )
            for name, rows in make_rows().items()
        },
    )


def make_rows() -> dict[str, list[Row]]:
    """Make the rows of every file, by `data set/file`."""
    assignments, indicators = read_design("assignments"), read_design("indicators")
    exceptions = read_design("exceptions")
    leads = {row["取組ID"]: row["主管"] for row in assignments}
    values, others = make_values(indicators, exceptions)
    return {
        "departments/departments_demo": _noted(read_design("departments")),
        "initiative_departments/initiative_departments": make_departments(assignments),
        "initiative_places/initiative_places_later": make_places(
            read_facts("nakano_initiative_places"), read_design("places")
        ),
        "initiative_milestones/initiative_milestones": _noted(read_design("milestones")),
        "initiative_budgets/initiative_budgets": make_budgets(
            read_design("budgets"), read_design("budget_exceptions")
        ),
        "initiative_reports/initiative_reports": make_reports(
            read_design("reports"), indicators, values, leads
        ),
        "indicators/indicators": make_indicators(indicators, leads),
        "indicator_values/indicator_values": values,
        "indicator_values/indicator_values_other": others,
        "policy_events/policy_events_initiatives": _noted(read_design("events")),
    }


def read_design(name: str) -> list[Row]:
    """Read a table of tools/initiative_sample/."""
    with (DESIGN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_departments(assignments: list[Row]) -> list[Row]:
    """Make who leads each initiative and who else takes part."""
    return _noted(
        [
            {"取組ID": row["取組ID"], "所管課ID": department, "担当の別": role}
            for row in assignments
            for role in ("主管", "関連")
            for department in row[role].split()
        ]
    )


def make_places(register: list[Row], changes: list[Row]) -> list[Row]:
    """Make the later versions of the plan: the register, with the changes of each version.

    A version says of every place what became of it only where the design does; where it is silent,
    the names of two versions tell. An initiative without a place keeps a row only where it says so.
    """
    places, rows = register, []
    for version, usual in (("2021-11", "継続"), ("2024-02", "")):
        own = {row["取組ID"]: row for row in changes if row["計画の版"] == version}
        kept = [
            _moved(place, own.get(place["取組ID"]), version, usual)
            for place in places
            if own.get(place["取組ID"], {}).get("区分番号") not in {NIL, "×"}
        ]
        places = _renumbered(kept, {row["区分番号"]: row["区分名"] for row in register})
        gone = [
            dict.fromkeys(places[0], "")
            | {name: row[name] for name in ("取組ID", "前の版からの変更", "統合先の取組ID")}
            | {"計画の版": version, "再掲": "無", "備考": f"{NOTE}（{row['備考']}）"}
            for row in own.values()
            if row["区分番号"] == NIL
        ]
        rows += places + gone
    return rows


def _moved(place: Row, change: Row | None, version: str, usual: str) -> Row:
    told = change or {}
    return place | {
        "計画の版": version,
        "区分番号": told.get("区分番号") or place["区分番号"],
        "番号": told.get("番号") or place["番号"],
        "掲載名": told.get("掲載名") or place["掲載名"],
        "前の版からの変更": told.get("前の版からの変更", usual),
        "統合先の取組ID": "",
        "備考": f"{NOTE}（{told['備考']}）" if told else NOTE,
    }


def _renumbered(places: list[Row], groups: dict[str, str]) -> list[Row]:
    """Places in order, numbered from 1 in each group."""
    ordered = sorted(places, key=lambda place: (int(place["区分番号"]), int(place["番号"])))
    rows: list[Row] = []
    for place in ordered:
        number, last = place["区分番号"], rows[-1] if rows else {"区分番号": "", "番号": ""}
        at = int(last["番号"]) + 1 if last["区分番号"] == number else 1
        rows.append(place | {"区分名": groups[number], "番号": str(at)})
    return rows


def make_indicators(indicators: list[Row], leads: dict[str, str]) -> list[Row]:
    """Make the indicators as a department lists them."""
    return _noted(
        [
            {name: cell for name, cell in row.items() if name not in {"小数", "節点"}}
            | {"数値の出典": "架空の集計", "所管課ID": leads[row["取組ID"]]}
            for row in indicators
        ]
    )


def make_budgets(budgets: list[Row], exceptions: list[Row]) -> list[Row]:
    """Make a row a year: what was given, what of it was spent, and where it came from."""
    rows = []
    for budget in budgets:
        for year in range(int(budget["最初の年度"]), int(budget["最後の年度"]) + 1):
            told = {
                row["項目"]: row["値"]
                for row in exceptions
                if (row["取組ID"], row["年度"]) == (budget["取組ID"], str(year))
            }
            rows.append(_budget(budget, year, told) | told | {"備考": NOTE})
    return rows


def _budget(budget: Row, year: int, told: Row) -> Row:
    names = ("当初予算", "補正後予算", "決算", *FUNDS.values(), "一般財源")
    row = {"取組ID": budget["取組ID"], "年度": str(year)} | dict.fromkeys(names, "")
    if not budget["当初予算"]:
        return row
    key = f"{budget['取組ID']}:{year}"
    initial = round(int(budget["当初予算"]) * (85 + draw(f"initial:{key}") % 31) / 100, -2)
    revised = NIL
    if year <= LAST_REVISED and draw(f"revised:{key}") % REVISED_EVERY == 0:
        revised = f"{initial * (104 + draw(f'more:{key}') % 9) / 100:.0f}"
    revised = told.get("補正後予算", revised)
    basis = int(revised) if revised.isdigit() else int(initial)
    funds = {FUNDS[name]: basis * int(budget[name]) // 100 for name in FUNDS}
    row |= {"当初予算": f"{initial:.0f}", "補正後予算": revised}
    row |= {name: str(amount) if amount else NIL for name, amount in funds.items()}
    row["一般財源"] = str(basis - sum(funds.values()))
    if year <= LAST_SETTLED:
        row["決算"] = f"{basis * (86 + draw(f'settled:{key}') % 14) / 100:.0f}"
    return row


def make_reports(
    reports: list[Row], indicators: list[Row], values: list[Row], leads: dict[str, str]
) -> list[Row]:
    """Make the departments' reports; the results are written from the values."""
    rows = []
    for report in reports:
        year, initiative = int(report["年度"]), report["取組ID"]
        reported = date(year + 1, 5, 16) + timedelta(days=draw(f"report:{initiative}:{year}") % 40)
        rows.append(
            {
                "取組ID": initiative,
                "年度": report["年度"],
                "所管課ID": leads[initiative],
                "報告日": reported.isoformat(),
                "評価": report["評価"],
                "実績": _results(initiative, year, indicators, values),
                "課題": report["課題"],
                "今後の方向性": report["今後の方向性"],
            }
        )
    return _noted(rows)


def _results(initiative: str, year: int, indicators: list[Row], values: list[Row]) -> str:
    """What the indicators of an initiative were at the end of a fiscal year."""
    last = {row["指標ID"]: row["実績値"] for row in values if row["時点"] == f"{year + 1}-03-31"}
    told = [
        f"{row['指標名']} {last[row['指標ID']]}{row['単位']}"
        for row in indicators
        if row["取組ID"] == initiative and last.get(row["指標ID"], "")[:1].isdigit()
    ]
    return "、".join(told) or "数値はない"


def _noted(rows: list[Row]) -> list[Row]:
    return [row | {"備考": NOTE} for row in rows]


if __name__ == "__main__":
    main()
