"""Source and date of the residents beside every rate, and the sources side by side."""

from datetime import date

import pytest

from dashboard.components.map_layers import layers
from dashboard.components.profile import profile_html
from dashboard.components.sources import sources_html
from dashboard.exports import areas_csv, geojson
from dashboard.reading import read_ward
from dashboard.selection import Selection
from dashboard.sentences import answer, as_of
from dashboard.translation import translator
from pipelines.build import build
from pipelines.warehouse import open_edition
from pipelines.words import difference

HEAD = "全国地方公共団体コード,地域コード,調査年月日,地域名,総人口"
EAST_1 = "13114990101"
RATES = ("population", "density_per_km2", "households", "wifi_per_10k")


@pytest.fixture
def registered(tiny_data):
    """The ward of four areas with a register of 2026, 西町１丁目 withheld, and one of a lost area."""

    def lines(day, *people):
        return [
            f"131148,{code},{day},{name},{number}"
            for code, name, number in zip(
                (EAST_1, "13114990102", "13114990201", "13114990202"),
                ("東町１丁目", "東町２丁目", "西町１丁目", "西町２丁目"),
                people,
                strict=True,
            )
        ]

    inbox = tiny_data.inbox / "area_population"
    inbox.mkdir(parents=True)
    good, short = lines("2026-01-01", 2600, 1100, "×", 10), lines("2026-02-01", 1, 2, 3, 4)[::2]
    for name, content in (("good.csv", good), ("short.csv", short)):
        (inbox / name).write_text("\n".join([HEAD, *content, ""]), "utf-8")
    build(tiny_data, as_of=date(2026, 4, 1))
    with open_edition(warehouse=tiny_data.warehouse) as edition:
        return read_ward(edition)


def test_the_first_sentence_names_the_source_and_the_areas_that_are_not_known(
    registered, sample_ward
):
    selection = Selection(measure="population")
    assert answer(sample_ward, selection, translator("ja")).startswith(
        "中野区の人口は328,215人（国勢調査 2015年10月1日）。"
    )
    assert answer(registered, selection, translator("ja")).startswith(
        "中野区の人口はデータなし（住民基本台帳 2026年1月1日、人数が不明な町丁目 1）。"
    )


@pytest.mark.parametrize(
    ("lang", "reference"),
    [("ja", "住民基本台帳 2026年1月1日"), ("en", "resident register, 1 January 2026")],
)
def test_every_rate_stands_with_its_source_and_date(registered, lang, reference):
    _ = translator(lang)
    html = profile_html(registered, Selection(measure="facilities", areas=(EAST_1,), lang=lang))
    head = html.partition('scope="colgroup"')[0]
    assert head.count(f">{reference}</small>") == len(RATES) - 1
    # Households, which the register lacks, stay the census's.
    assert head.count("2015年10月1日</small>" if lang == "ja" else "October 2015</small>") == 1
    selection = Selection(measure="wifi_per_10k", lang=lang)
    assert reference in sources_html(registered, selection)
    assert reference in areas_csv(registered, selection, _).decode("utf-8-sig")
    assert reference in geojson(registered, selection, _).decode()
    assert reference in as_of(registered, registered.measures["density_per_km2"], lang)
    frame = layers(registered, selection)[-1]
    assert reference in next(iter(frame._children.values())).payload


def test_the_sources_stand_side_by_side_with_the_difference_to_the_one_in_use(registered):
    html = profile_html(registered, Selection(measure="population", areas=(EAST_1,)))
    table = html.partition("人口の出典ごとの人数")[2]
    used, short, census = table.split("<tr>")[1:4]
    assert "使用中" in used
    assert "2,600人" in used
    assert "1町丁目が不明、ほかの合計は3,710人" in used
    assert "境界に合わない" in short
    assert "−2,599人（−100.0%）" in short
    assert "−100人（−3.8%）" in census
    assert "世帯数に使用中" in census


def test_the_ward_says_why_a_source_is_not_used(registered):
    html = profile_html(registered, Selection(measure="population", lang="en"))
    assert "areas without a row: 1 (東町2丁目)" in html
    assert "there is a newer count" in html
    assert "used for the figures of this map" in html


def test_the_list_in_use_lends_its_date_and_status_to_the_data_set(registered):
    dataset = registered.datasets["area_population"]
    assert dataset.as_of == date(2026, 1, 1)
    assert dataset.credit == "area_population/good.csv"
    assert dataset.statuses == ("supplied",)


def test_a_made_up_register_is_marked(sample_ward):
    html = profile_html(sample_ward, Selection(measure="population"))
    row = html.partition("住民基本台帳 2026年1月1日")[2].partition("</tr>")[0]
    assert "デモ用・架空" in row
    assert sample_ward.population[0].reference == "国勢調査 2015年10月1日"


@pytest.mark.parametrize(
    ("value", "text"), [(1234.0, "+1,234人"), (-1.0, "−1人"), (0.0, "±0人"), (-0.4, "±0人")]
)
def test_a_difference_has_its_sign(value, text):
    assert difference(value, "人", 0, "ja") == text
