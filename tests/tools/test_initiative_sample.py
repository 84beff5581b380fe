"""The invented sample about initiatives: it says that it is, and everything that can happen does."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
JUDGED = {"achieved", "on_track", "watch", "behind", "worse"}
UNJUDGED = {"unreported", "unset", "not_applicable", "undecidable"}
STATES = {
    "indicator": JUDGED | UNJUDGED,
    "milestone": {"done", "late", "running", "start_late", "planned", "undated", "unknown"},
    "initiative": JUDGED | UNJUDGED,
}
DATES = ("status_2026_04_01", "status_2026_11_25")
INVENTED = {
    "departments": ["departments_demo"],
    "initiative_departments": ["initiative_departments"],
    "initiative_places": ["initiative_places_later"],
    "initiative_milestones": ["initiative_milestones"],
    "initiative_budgets": ["initiative_budgets"],
    "initiative_reports": ["initiative_reports"],
    "indicators": ["indicators"],
    "indicator_values": ["indicator_values", "indicator_values_other"],
    "policy_events": ["policy_events_initiatives"],
}


def rows_of(dataset, file=None):
    path = SAMPLE / dataset / f"131148_{file or INVENTED[dataset][0]}.csv"
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def expected():
    """What each part of the sample is meant to show, by kind and ID."""
    path = ROOT / "tests" / "fixtures" / "initiatives_expected.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = defaultdict(dict)
    for row in rows:
        kinds[row["kind"]][row["id"]] = row
    return kinds


@pytest.mark.parametrize("dataset", INVENTED)
def test_every_row_and_every_file_says_that_it_is_invented(dataset):
    declared = yaml.safe_load((SAMPLE / dataset / "source.yaml").read_text("utf-8"))
    assert declared["status"] == "sample"
    assert declared["note_en"]
    for file in INVENTED[dataset]:
        assert f"131148_{file}.csv" not in declared.get("files", {})
        rows = rows_of(dataset, file)
        assert rows
        assert all(row["備考"].startswith("デモ用・架空") for row in rows)


def test_what_is_fact_is_declared_for_its_file():
    for dataset, file in (
        ("departments", "departments"),
        ("initiative_places", "initiative_places"),
        ("initiative_milestones", "plan_timetable"),
    ):
        declared = yaml.safe_load((SAMPLE / dataset / "source.yaml").read_text("utf-8"))
        assert list(declared["files"]) == [f"131148_{file}.csv"]
        [own] = declared["files"].values()
        assert (own["status"], own["publisher"]) == ("official", "中野区")
    register = yaml.safe_load((SAMPLE / "initiatives" / "source.yaml").read_text("utf-8"))
    assert register["status"] == "official"
    assert "区の文章ではありません" in register["note"]


def test_nothing_invented_is_said_of_a_post_that_existed():
    invented = {row["所管課ID"] for row in rows_of("departments")}
    real = {row["所管課ID"] for row in rows_of("departments", "departments")}
    assert invented.isdisjoint(real)
    for row in rows_of("departments"):
        assert row["所管課名"].startswith("【デモ】")
        assert row["部名"].startswith("【デモ】")
    named = {
        row["所管課ID"]
        for dataset in ("initiative_departments", "initiative_reports", "indicators")
        for row in rows_of(dataset)
    }
    assert named <= invented | {""}
    assert all(row["出来事"].startswith("【デモ】") for row in rows_of("policy_events"))


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("kind", STATES)
def test_every_state_is_meant_to_occur_on_both_dates(expected, kind, date):
    assert {row[date] for row in expected[kind].values()} == STATES[kind]


def test_what_is_expected_is_said_of_all_of_them(expected):
    assert list(expected["indicator"]) == [row["指標ID"] for row in rows_of("indicators")]
    assert list(expected["milestone"]) == [
        row["節目ID"] for row in rows_of("initiative_milestones")
    ]
    assert list(expected["initiative"]) == [f"I{number:02}" for number in range(1, 23)]


def test_one_post_was_reorganised_and_one_initiative_has_nobody_in_charge():
    posts = rows_of("departments")
    [old] = [row for row in posts if row["後継の所管課ID"]]
    assert (old["所管課ID"], old["廃止日"], old["後継の所管課ID"]) == ("D58", "2024-03-31", "D57")
    roles = defaultdict(list)
    for row in rows_of("initiative_departments"):
        roles[row["担当の別"]].append(row["取組ID"])
    assert sorted(roles["主管"]) == [f"I{n:02}" for n in range(1, 23) if n != 20]
    assert "I20" in roles["関連"]


def test_the_later_versions_have_every_change_told_or_to_be_seen():
    later = rows_of("initiative_places")
    told = Counter((row["計画の版"], row["前の版からの変更"]) for row in later)
    assert told == {
        ("2021-11", "継続"): 22, ("2021-11", "改称"): 1,
        ("2024-02", ""): 19, ("2024-02", "継続"): 1, ("2024-02", "統合"): 1, ("2024-02", "終了"): 1,
    }  # fmt: skip
    newest = {row["取組ID"]: row for row in later if row["計画の版"] == "2024-02"}
    assert set(newest) == {f"I{number:02}" for number in range(1, 23)} - {"I21"}
    assert newest["I08"]["統合先の取組ID"] == "I04"
    assert [name for name, row in newest.items() if not row["番号"]] == ["I08", "I05"]
    assert newest["I15"]["掲載名"] == "【デモ】区の施設の通信環境の整備"
    assert (newest["I17"]["区分番号"], newest["I17"]["番号"]) == ("1", "8")
    numbers = defaultdict(list)
    for row in later:
        numbers[row["計画の版"], row["区分番号"]].append(row["番号"])
    for (_, group), own in numbers.items():
        assert not group or own == [str(at) for at in range(1, len(own) + 1)]


def test_five_initiatives_have_a_logic_model_of_four_levels_or_more():
    indicators = {row["指標ID"]: row for row in rows_of("indicators")}
    levels = defaultdict(set)
    arrows = []
    for row in indicators.values():
        if before := row["前の段階の指標ID"]:
            assert indicators[before]["取組ID"] == row["取組ID"]
            levels[row["取組ID"]] |= {row["指標の段階"], indicators[before]["指標の段階"]}
            arrows.append(row["根拠の強さ"])
    many = {name for name, own in levels.items() if len(own) >= 4}
    assert many == {"I01", "I03", "I16", "I18", "I22"}
    assert {"B", "C", "D", "E", ""} == set(arrows)
    assert {row["望ましい方向"] for row in indicators.values()} == {"増加", "減少", "維持"}
    assert {row["独自の判定"].split(" ")[0] for row in indicators.values()} == {
        "",
        "許容幅",
        "段階",
    }


def test_the_values_have_what_goes_wrong_in_such_lists():
    values, others = (
        rows_of("indicator_values"),
        rows_of("indicator_values", "indicator_values_other"),
    )
    marks = {row["実績値"] for row in values if not row["実績値"][:1].isdigit()}
    assert marks == {"", "×", "…", "-"}
    days = Counter((row["指標ID"], row["時点"]) for row in values)
    corrected = [key for key, rows in days.items() if rows > 1]
    assert corrected == [("K28", "2024-03-31"), ("K31", "2025-05-31"), ("K51", "2025-03-31")]
    for key in corrected:
        first, again = [row for row in values if (row["指標ID"], row["時点"]) == key]
        assert first["報告日"] < again["報告日"]
        assert first["実績値"] != again["実績値"]
    for other in others:
        [mine] = [
            row for row in values if all(row[x] == other[x] for x in ("指標ID", "時点", "報告日"))
        ]
        assert mine["実績値"] != other["実績値"]
    assert [(row["指標ID"], row["時点"]) for row in others] == [
        ("K10", "2025-03-31"),
        ("K34", "2026-03-31"),
    ]
    assert max(row["報告日"] for row in values) <= "2026-11-25"


def test_series_are_of_a_year_a_quarter_and_a_month():
    values = rows_of("indicator_values")
    lengths = Counter(row["指標ID"] for row in values)
    assert (lengths["K02"], lengths["K03"], lengths["K16"], lengths["K25"]) == (6, 23, 31, 0)
    periods = {row["指標ID"]: row["対象の期間"] for row in values}
    assert (periods["K31"], periods["K41"], periods["K50"], periods["K02"]) == (
        "2026-10", "2026Q2", "2025", "",
    )  # fmt: skip


def test_the_money_adds_up_and_what_is_absent_is_blank():
    rows = rows_of("initiative_budgets")
    by_key = {(row["取組ID"], row["年度"]): row for row in rows}
    assert {row["取組ID"] for row in rows} == {f"I{n:02}" for n in range(1, 23)} - {"I10", "I11"}
    shares = []
    for row in rows:
        funds = [row[name] for name in ("国庫支出金", "都支出金", "その他特定財源", "一般財源")]
        if not row["当初予算"]:
            assert {*funds, row["決算"]} == {""}
            continue
        basis = int(row["補正後予算"] if row["補正後予算"].isdigit() else row["当初予算"])
        if "…" not in funds:
            assert sum(int(amount) for amount in funds if amount != "-") == basis
        if row["決算"].isdigit():
            shares.append(int(row["決算"]) / basis)
    assert max(shares) > 1
    assert min(shares) < 0.5
    assert {row["補正後予算"] for row in rows if not row["補正後予算"].isdigit()} == {"", "-"}
    assert by_key["I13", "2024"]["決算"] == "…"
    assert {row["決算"] for row in rows if row["年度"] >= "2025"} == {""}


def test_the_reports_have_each_direction_and_some_are_missing():
    reports = rows_of("initiative_reports")
    assert {row["今後の方向性"] for row in reports} == {"拡充", "継続", "改善", "縮小", "廃止"}
    assert {row["評価"] for row in reports} == {"A", "B", "C", "D", ""}
    years = defaultdict(list)
    for row in reports:
        years[row["取組ID"]].append(row["年度"])
    ended = {"I05", "I08", "I21"}
    short = {name: own for name, own in years.items() if len(own) < 3 and name not in ended}
    assert short == {"I12": ["2023"], "I03": ["2023", "2024"]}
    assert len(years) == 22
    told = {(row["取組ID"], row["年度"]): row["実績"] for row in reports}
    assert told["I04", "2025"] == "自動化した業務の数 36件、減らした作業時間 7400時間"
    assert told["I12", "2023"] == "自分の記録を見た人の割合 4.0%"
