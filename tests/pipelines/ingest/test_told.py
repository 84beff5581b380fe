"""What the name of a file or sheet, or the title in source.yaml, says of all its numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipelines.ingest.told import told_values
from pipelines.ingest.types import Declared, RawTable, SourceFile


@pytest.fixture
def told(catalogue):
    contract = catalogue.contracts["area_population"]

    def values(name, *, title="", sheet=""):
        raw = RawTable((), (), np.array([], np.int64), "csv", "utf-8", part=sheet)
        source = SourceFile(
            1, Path(name), name, contract, Declared(title=title), raw, sha256="", size_bytes=0
        )
        return told_values(source, contract.unpivot)

    return values


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("131148_population.csv", {}),
        ("131148_外国人住民.csv", {"nationality": "外国人"}),
        ("131148_population_Foreign.csv", {"nationality": "外国人"}),
        ("日本人人口.xlsx", {"nationality": "日本人"}),
        ("日本人・外国人別人口.csv", {"nationality": "総数"}),
        ("人口（外国人を含む）.csv", {"nationality": "総数"}),
        ("人口（外国人住民も含む）.csv", {"nationality": "総数"}),
        ("人口（外国人を除く）.csv", {"nationality": "日本人"}),
        ("2020年国勢調査_人口.csv", {"population_source": "国勢調査"}),
        ("census2020.csv", {"population_source": "国勢調査"}),
        ("推計人口.csv", {"population_source": "推計"}),
        (
            "外国人（国勢調査）.csv",
            {"nationality": "外国人", "population_source": "国勢調査"},
        ),
    ],
)
def test_a_files_name(told, name, expected):
    assert told(name) == expected


def test_the_sheet_goes_before_the_title_and_the_title_before_the_name(told):
    assert told("外国人.xlsx", title="日本人・外国人別人口", sheet="日本人") == {
        "nationality": "日本人"
    }
    assert told("外国人.csv", title="日本人の人口（国勢調査）") == {
        "nationality": "日本人",
        "population_source": "国勢調査",
    }
    assert told("外国人.csv", title="人口") == {"nationality": "外国人"}
