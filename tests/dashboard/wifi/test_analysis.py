"""Clusters, scale check and the curve of Lorenz, as the page reads them."""

from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.missing import Words
from dashboard.translation import translator
from dashboard.wifi.analysis import read_analysis
from dashboard.wifi.analysis_words import cluster_answer, cluster_rows, p_text, scale_rows
from dashboard.wifi.fairness import read_lorenz
from dashboard.wifi.method_words import SOURCES, methods
from dashboard.wifi.selection import WifiSelection
from pipelines.warehouse import open_edition

JA = translator("ja")
AT_300 = WifiSelection(distance="300")


@pytest.fixture(scope="module")
def edition(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def found(edition):
    return read_analysis(edition, distance="300", level="area")


def test_one_distance_and_level(found, edition):
    assert len(found.areas) == len(edition.frame("mart.shapes", level="area")) == 85
    assert found.summary.permutations == 9999
    checks = edition.frame("evidence.scale_check")
    at = checks["distance_m"].isna() | (checks["distance_m"] == 300)
    assert len(found.agreements) == at.sum() > 0
    assert {one.agree for one in found.agreements} == {True, False}


def test_the_sentence_follows_p_and_sign(found):
    by_chance = replace(found.summary, moran_i=0.1, expected=-0.01, p_value=0.2)
    together = replace(by_chance, p_value=0.001)
    apart = replace(together, moran_i=-0.3)
    none = replace(by_chance, moran_i=None, p_value=None, why_none=Words("わけ", "why"))
    assert "集まっているとはいえません" in cluster_answer(by_chance, AT_300, JA)
    assert "地図の上で集まっています" in cluster_answer(together, AT_300, JA)
    assert "隣り合う" in cluster_answer(apart, AT_300, JA)
    assert cluster_answer(none, replace(AT_300, lang="en"), translator("en")) == "why"


def test_what_is_not_known_is_no_difference(found):
    unknown = replace(found.agreements[0], agree=None)
    _header, row = scale_rows(replace(found, agreements=(unknown,)), "ja", JA)
    assert "比べられない" in row
    assert not {"一致", "不一致"} & set(row)


def test_small_chances():
    assert p_text(0.00004, "ja") == "< 0.0001"
    assert p_text(0.0312, "ja") == "0.0312"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_files(found, lang):
    for header, *rows in (
        cluster_rows(found, AT_300, translator(lang)),
        scale_rows(found, lang, translator(lang)),
    ):
        assert rows
        assert {len(row) for row in rows} == {len(header)}


def test_the_curve_goes_from_nobody_to_everybody(edition):
    curve = read_lorenz(edition, distance="300", level="area")
    assert (curve.residents_share[0], curve.reached_share[0]) == (0, 0)
    assert (curve.residents_share[-1], curve.reached_share[-1]) == (1, 1)
    assert all(
        y <= x + 1e-9 for x, y in zip(curve.residents_share, curve.reached_share, strict=True)
    )
    pairs = list(zip(curve.residents_share, curve.reached_share, strict=True))
    area = sum((x - a) * (y + b) for (a, b), (x, y) in pairwise(pairs))
    assert curve.gini == pytest.approx(1 - area, abs=1e-4)


def test_every_author_named_is_among_the_works():
    for lang in ("ja", "en"):
        text = " ".join(one.assumptions for one in methods(translator(lang)))
        for author in ("Goodchild", "Church", "Nemhauser", "Lorenz", "Gini", "Moran", "Anselin",
                       "Benjamini", "Iglewicz"):  # fmt: skip
            assert author in text
            assert any(author in work for work in SOURCES)
