"""The findings about equipment, shelters, fairness and scale in the ward of four areas, built."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
EAST_1, EAST_2, WEST_1 = "13114990101", "13114990102", "13114990201"
MEMBERS = """町丁目コード,区分の種類,区分名,割合,避難所ID
13114990101,防災会,東一会,1,E1311499000002
13114990102,防災会,東二会,0.5,E1311499000003
13114990101,圏域,東,1,
"""


@pytest.fixture
def edition(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as opened:
        yield opened


def test_access_points_are_tied_by_name_here(edition):
    ties = edition.frame("evidence.wifi_ties").set_index("access_point_id")
    assert ties.facility_id.fillna("").tolist() == ["1", "5", "3", "4", ""]
    assert ties.link_source.tolist() == ["name", "name", "name", "name", "none"]
    # 東第一小学校 is also a shelter; the point next door to the ward is tied to nothing.
    assert ties.shelter_id["1"] == "E1311499000001"
    assert ties.shelter_id[["2", "3", "4", "5"]].isna().all()


def test_four_of_six_facilities_are_equipped(edition):
    rates = edition.frame("evidence.equipment").set_index("category")
    assert rates[["target", "equipped", "without", "start_unknown"]].to_dict("index") == {
        "": {"target": 6, "equipped": 4, "without": 2, "start_unknown": 4},
        "図書館": {"target": 2, "equipped": 2, "without": 0, "start_unknown": 2},
        "小中学校": {"target": 2, "equipped": 1, "without": 1, "start_unknown": 1},
        "集会施設": {"target": 2, "equipped": 1, "without": 1, "start_unknown": 1},
    }
    assert rates.fiscal_year.isna().all()
    assert not rates.target_stated.any()
    missing = edition.frame("evidence.missing_inputs", subject="equipment")
    assert missing.dataset.tolist() == ["facilities", "wifi_access_points"]


def test_without_an_assignment_the_nearest_stands_and_everybody_is_counted(edition):
    shelters = edition.frame("evidence.shelter_wifi")
    assert set(shelters.method) == {"nearest"}
    assert shelters.residents.sum() == pytest.approx(4500)
    # The first has Wi-Fi and no rank; as many residents are nearest to the second as to the third.
    ranked = shelters.set_index("shelter_id")
    assert ranked.residents["E1311499000001"] == pytest.approx(2609, abs=1)
    assert ranked.residents[["E1311499000002", "E1311499000003"]].tolist() == pytest.approx(
        [945, 945], abs=1
    )
    assert pd.isna(ranked.rank_without["E1311499000001"])
    assert sorted(ranked.rank_without.dropna()) == [1, 2]
    assert (
        edition.frame("evidence.missing_inputs", subject="shelters").dataset[0] == "area_membership"
    )


def test_an_assignment_sends_residents_elsewhere_than_the_nearest_and_counts_the_rest(tiny_data):
    folder = tiny_data.sample / "area_membership"
    folder.mkdir()
    (folder / "members.csv").write_text(MEMBERS, "utf-8")
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        frame = edition.frame("evidence.shelter_wifi", method="assigned")
        residents = frame.set_index(frame.shelter_id.fillna("")).residents
        # 東町１丁目's 2,500 to the shelter in the west, though one stands beside them.
        assert residents["E1311499000002"] == 2500
        assert residents["E1311499000003"] == 500
        assert pd.isna(residents["E1311499000001"])
        assert residents[""] == 1500  # 500 of 東町２丁目, 1,000 of 西町１丁目
        nearest = edition.frame("evidence.shelter_wifi", method="nearest").set_index("shelter_id")
        assert nearest.residents["E1311499000001"] > 1500
        assert edition.frame("evidence.missing_inputs", subject="shelters").empty


def test_the_worst_served_area_comes_first(edition):
    worst = edition.frame("evidence.worst_areas", level="area", distance_m=300, surface="area")
    reach = edition.frame("evidence.reach", level="area", distance_m=300, opening_no=0,
                          basis="known", population_group="total", surface="area")  # fmt: skip
    lived_in = reach[reach.persons > 0].sort_values(["reached_ratio", "persons"])
    assert worst.code.tolist() == lived_in.code.tolist()
    assert worst["rank"].tolist() == [1, 2, 3]
    fair = edition.frame("evidence.fairness", level="area", distance_m=300, surface="area").iloc[0]
    assert (fair.areas, fair.residents) == (3, 4500)
    curve = edition.frame("evidence.lorenz", level="area", distance_m=300, surface="area")
    assert curve[["residents_share", "reached_share"]].iloc[[0, -1]].to_numpy().tolist() == [
        [0, 0], [1, 1],
    ]  # fmt: skip


def test_four_areas_are_too_few_for_clusters_and_it_is_said(edition):
    summary = edition.frame("evidence.cluster_summary")
    assert set(summary.why_none) == {"too_few"}
    assert summary.moran_i.isna().all()
    assert edition.frame("evidence.clusters").empty


def test_every_statement_is_made_by_area_and_by_town(edition):
    checked = edition.frame("evidence.scale_check")
    assert set(checked.statement) == {
        "ward_reach", "share_without", "gini", "worst_towns", "clustering", "next_sites",
        "shelters_without",
    }  # fmt: skip
    assert checked.sentence_ja.str.contains("町丁目別では").all()
    unknown = checked[checked.statement == "clustering"]
    assert unknown.agree.isna().all()


@pytest.mark.parametrize(
    "gone",
    ["wifi_access_points", "facilities", "evacuation_shelters"],
)
def test_without_a_list_the_build_goes_on_and_says_what_to_bring(tiny_data, gone):
    for file in (tiny_data.sample / gone).iterdir():
        file.unlink()
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        missing = edition.frame("evidence.missing_inputs")
        assert gone in set(missing.dataset)
        if gone == "wifi_access_points":
            # Nobody knows which shelters have it: that is not to say none has.
            assert edition.frame("evidence.shelter_wifi").equipped.isna().all()
            assert edition.frame("evidence.fairness").empty
        elif gone == "facilities":
            assert edition.frame("evidence.equipment").empty
        else:
            assert edition.frame("evidence.shelter_wifi").empty


def test_the_findings_are_the_same_every_time(tiny_data, tmp_path):
    build(tiny_data, as_of=AS_OF)
    other = type(tiny_data)(tiny_data.root, tmp_path / "elsewhere")
    build(other, as_of=AS_OF)
    digests = [
        open_edition(warehouse=one.warehouse).frame("meta.tables") for one in (tiny_data, other)
    ]
    assert digests[0].table_name.str.startswith("evidence.").sum() > 15
    assert digests[0].digest.tolist() == digests[1].digest.tolist()


def test_a_list_of_another_city_does_not_make_the_ward_unequipped(tiny_data):
    path = next((tiny_data.sample / "wifi_access_points").glob("*.csv"))
    header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([header, rows[4].replace("131148", "131130", 1)]), "utf-8")
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        for table in ("facility_wifi", "shelter_wifi"):
            assert edition.frame(f"evidence.{table}").equipped.isna().all()
        rates = edition.frame("evidence.equipment", category="").iloc[0]
        assert rates.target == 6
        assert pd.isna(rates.equipped)
        assert pd.isna(rates.ratio)
        missing = edition.frame("evidence.missing_inputs", dataset="wifi_access_points")
        assert {"equipment", "shelters"} <= set(missing.subject)
