"""What the shipped catalogue declares of every data set."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipelines.contracts import load_catalogue
from pipelines.ingest.file_code import CODE_REPAIR
from pipelines.ingest.headers import normalise_header
from pipelines.ingest.repairs import REPAIRS

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = load_catalogue(REPOSITORY / "data").contracts
EACH = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
UNITS = {
    "人": ("_people", "population"), "千円": ("_thousand_yen",), "店": ("_shops",), "m2": ("_m2",),
    "回": ("_count",), "世帯": ("households",), "度": ("lon", "lat"), "年度": ("fiscal_year",),
}  # fmt: skip


def test_every_data_set_of_the_design_is_there_in_the_order_people_see():
    package = yaml.safe_load((REPOSITORY / "data" / "datapackage.yaml").read_text("utf-8"))
    assert list(CONTRACTS) == [resource["name"] for resource in package["resources"]]
    assert list(CONTRACTS) == [
        "areas", "area_population", "mesh_population", "facilities", "evacuation_shelters",
        "evacuation_sites", "area_membership", "stations", "wifi_access_points", "wifi_usage", "shopping_streets",
        "shopping_street_counts", "cashless_merchants", "departments", "initiatives",
        "initiative_departments", "initiative_places", "initiative_milestones",
        "initiative_budgets", "initiative_reports", "indicators", "indicator_values", "policy_events", "benchmarks",
    ]  # fmt: skip


@EACH
def test_a_data_set_says_what_it_is_and_whence(contract):
    assert contract.title
    assert contract.title_en.isascii() or "ō" in contract.title_en
    assert contract.description
    assert contract.description_en
    assert contract.sources
    assert contract.file_names
    for field in contract.fields:
        assert bool(field.description) == bool(field.description_en), field.name


@EACH
def test_values_units_repairs_and_names_of_columns(contract):
    seen: dict[str, str] = {}
    for field in contract.fields:
        enum = field.constraints.enum or ()
        assert set(field.values_en) == set(enum), field.name
        assert {*field.repairs} <= {*REPAIRS, CODE_REPAIR}, field.name
        if field.unit:
            assert field.name.endswith(UNITS[field.unit]), field.name
        assert not field.symbols or (contract.symbols and field.type in {"integer", "number"})
        for name in () if field.derived else {field.name, field.title, *field.aliases}:
            other = seen.setdefault(normalise_header(name), field.name)
            assert other == field.name, f"{name}: {other}, {field.name}"


@EACH
def test_a_foreign_key_has_one_column_of_its_parents_type(contract):
    for key in contract.foreign_keys:
        [own], [theirs] = key.fields, key.reference.fields
        parent = CONTRACTS[key.reference.resource]
        assert contract.field(own).type == parent.field(theirs).type
        if parent is not contract:
            assert list(CONTRACTS).index(parent.name) < list(CONTRACTS).index(contract.name)


def test_nothing_of_a_shop_leaves_the_house():
    internal = {
        (contract.name, field.name)
        for contract in CONTRACTS.values()
        for field in contract.fields
        if field.access == "internal"
    }
    merchants = CONTRACTS["cashless_merchants"]
    assert internal == {("cashless_merchants", field.name) for field in merchants.fields}


def test_the_five_meanings_of_the_signs_are_told_apart():
    told = {name: one.symbols for name, one in CONTRACTS.items() if one.symbols}
    assert sorted(told) == [
        "area_population", "benchmarks", "indicator_values", "indicators", "initiative_budgets",
        "mesh_population", "shopping_street_counts", "wifi_usage",
    ]  # fmt: skip
    for symbols in told.values():
        signs = {sign: symbols[sign] for sign in ("-", "…", "×", "△", "0")}
        assert signs == {
            "-": "nil", "…": "unknown", "×": "withheld", "△": "negative", "0": "zero",
        }  # fmt: skip
