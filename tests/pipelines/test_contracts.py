from __future__ import annotations

import csv
import json

import frictionless
import pytest
import yaml

from pipelines.contracts import load_catalogue
from pipelines.messages import UserError
from pipelines.warehouse import open_edition


def test_every_catalogue_file_is_listed_in_the_package(repository):
    package = yaml.safe_load((repository / "data" / "datapackage.yaml").read_text("utf-8"))
    listed = {resource["schema"] for resource in package["resources"]}
    shipped = {f"catalog/{path.name}" for path in (repository / "data" / "catalog").iterdir()}
    assert listed == shipped


def test_parents_come_before_children(repository):
    order = list(load_catalogue(repository / "data").contracts)
    assert order.index("areas") < order.index("facilities") < order.index("wifi_access_points")
    assert order.index("evacuation_shelters") < order.index("wifi_access_points")


def test_every_field_has_both_titles_and_every_pattern_is_anchored(repository):
    for contract in load_catalogue(repository / "data").contracts.values():
        for field in contract.fields:
            assert field.title
            assert field.title_en
            pattern = field.constraints.pattern
            assert pattern is None or (pattern[0], pattern[-1]) == ("^", "$")


def test_frictionless_accepts_the_descriptor(repository):
    package = frictionless.Package(str(repository / "data" / "datapackage.yaml"))
    assert next(resource.name for resource in package.resources) == "areas"


def test_frictionless_accepts_the_clean_tables_of_the_sample(
    repository, sample_warehouse, tmp_path
):
    catalogue = load_catalogue(repository / "data")
    descriptor = yaml.safe_load((repository / "data" / "datapackage.yaml").read_text("utf-8"))
    (tmp_path / "clean").mkdir()
    with open_edition(warehouse=sample_warehouse) as edition:
        for name, contract in catalogue.contracts.items():
            if contract.internal:
                continue
            frame = edition.frame(f"clean.{name}")[[field.name for field in contract.fields]]
            frame.to_csv(
                tmp_path / "clean" / f"{name}.csv",
                index=False,
                quoting=csv.QUOTE_MINIMAL,
                date_format="%Y-%m-%d",
            )
    descriptor["resources"] = [
        one for one in descriptor["resources"] if not catalogue.contracts[one["name"]].internal
    ]
    for resource in descriptor["resources"]:
        schema = repository / "data" / resource["schema"]
        resource["schema"] = yaml.safe_load(schema.read_text("utf-8"))
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor, default=str), "utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "title", "message"])
    # Departments, initiatives and who takes part; places; milestones; the rest of each.
    initiatives = (3 + 8) + 22 + 34 + (23 + 45) + (7 + 38) + 106 + 57 + 55 + (427 + 2)
    # frictionless gives no count for a table without rows.
    assert sum(task.stats.get("rows", 0) for task in report.tasks) == (
        85
        + 2 * 85 * 39
        + 29
        + 62
        + 13
        + 24
        + 147
        + 839
        + (5 + 3)
        + initiatives
        # Streets and their counts; merchants are internal and not in the descriptor.
        + 11
        + 608
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda schema: schema.update(titel="x"), "titel"),
        (lambda schema: schema.update(primaryKey=["nothing"]), "nothing"),
        (lambda schema: schema["fields"].append(schema["fields"][0]), "same name"),
        (lambda schema: schema.update(name="other"), "other"),
        (
            lambda schema: schema.update(geometry="none", gates={"without_place_pct": 20}),
            "a gate of points",
        ),
    ],
)
def test_a_wrong_contract_is_named_with_its_key(tiny_data, change, told):
    path = tiny_data.root / "catalog" / "stations.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    change(schema)
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError) as caught:
        load_catalogue(tiny_data.root)
    assert told in caught.value.message.en
    assert "stations.yaml" in caught.value.message.ja


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"constraints": {"pattern": "^a|b$"}}, "brackets"),
        ({"constraints": {"pattern": "^[0-9]{4}"}}, "end it with $"),
        ({"constraints": {"pattern": r"^\d$"}}, r"\d"),
        ({"constraints": {"pattern": "^x{2000}$"}}, "repetition"),
        ({"type": "integer", "constraints": {"pattern": "^1$"}}, "for strings"),
        ({"type": "integer", "constraints": {"enum": ["1"]}}, "for strings"),
        ({"type": "integer", "constraints": {"minimum": 0.5}}, "no integer"),
        ({"type": "boolean"}, "trueValues"),
    ],
)
def test_limits_that_two_engines_would_read_apart_are_refused(tiny_data, limits, told):
    path = tiny_data.root / "catalog" / "stations.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    schema["fields"].append({"name": "more", "title": "x", "title_en": "x", **limits})
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError) as caught:
        load_catalogue(tiny_data.root)
    assert told in caught.value.message.en


@pytest.mark.parametrize(
    ("fields", "told"),
    [(["valid_from"], "date"), (["department_name", "bureau_name"], "bureau_name is not required")],
)
def test_both_ends_of_a_foreign_key_can_be_compared(tiny_data, fields, told):
    path = tiny_data.root / "catalog" / "initiatives.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    own = ["department_id", "initiative_name"][: len(fields)]
    reference = {"resource": "departments", "fields": fields}
    schema["foreignKeys"] = [{"fields": own, "reference": reference}]
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError, match=told):
        load_catalogue(tiny_data.root)


def test_the_parts_of_a_key_are_required(tiny_data):
    path = tiny_data.root / "catalog" / "stations.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    schema["primaryKey"].append("lon")
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError, match="lon is not required"):
        load_catalogue(tiny_data.root)


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"combine": "merge"}, "name no other row"), ({"needs_one_of": ["nope"]}, "nope")],
)
def test_rows_that_may_go_are_nobodys_parents(tiny_data, changed, told):
    path = tiny_data.root / "catalog" / "departments.yaml"
    schema = yaml.safe_load(path.read_text("utf-8")) | changed
    if "needs_one_of" in changed:
        schema["foreignKeys"] = []
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError, match=told):
        load_catalogue(tiny_data.root)


def test_foreign_keys_in_a_circle_are_refused(tiny_data):
    path = tiny_data.root / "catalog" / "facilities.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    schema["foreignKeys"] = [
        {
            "fields": ["facility_id"],
            "reference": {"resource": "wifi_access_points", "fields": ["access_point_id"]},
        }
    ]
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    with pytest.raises(UserError, match="circle"):
        load_catalogue(tiny_data.root)
