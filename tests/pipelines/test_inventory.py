from pipelines.evidence.inventory import Inventory, take_inventory

NONE = {"rows": 0, "files": 0, "rows_quarantined": 0, "warnings": 0, "stale": False}


def test_what_is_there_and_what_needs_attention_is_counted():
    rows = [
        {"rows": 10, "files": 2, "rows_quarantined": 3, "warnings": 1, "stale": True},
        {"rows": 5, "files": 1, "rows_quarantined": 0, "warnings": 2, "stale": False},
        NONE,
    ]
    given = [
        {**row, "carried_over_from": name} for row, name in zip(rows, ("", "e1", ""), strict=True)
    ]
    assert take_inventory(given) == Inventory(
        datasets=2, rows=15, quarantined=3, warnings=3, stale=1, kept=1, missing=1
    )


def test_an_empty_edition_is_all_zero():
    assert take_inventory([]) == Inventory(0, 0, 0, 0, 0, 0, 0)
