"""Rows of データ in words: what a mark meant, where a place comes from, what to bring instead."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from dashboard import data_exports
from dashboard.components.bring import what_to_bring
from dashboard.components.holdings_table import holdings_html
from dashboard.components.profile import profile_html
from dashboard.components.sources import sources_html
from dashboard.data_selection import DataSelection
from dashboard.holdings import read_holdings
from dashboard.reading import read_ward
from dashboard.rows_behind import read_rows
from dashboard.selection import Selection
from dashboard.sentences import answer
from dashboard.translation import translator
from pipelines.build import build
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
MARKS = (
    ("-", "-（該当なし）", "- (none)"),
    ("…", "…（不詳）", "… (unknown)"),
    ("×", "×（秘匿）", "× (withheld)"),
)


@pytest.fixture
def marked(tiny_data, monkeypatch):
    """Usage of six months: a number, the three marks without a number, a zero, a blank."""
    written = ["12", *(mark for mark, _, _ in MARKS), "0", ""]
    rows = [f"2025-{month:02},{cell}" for month, cell in enumerate(written, 1)]
    folder = tiny_data.inbox / "wifi_usage"
    folder.mkdir(parents=True)
    (folder / "利用.csv").write_text("\n".join(["年月,接続回数", *rows]), "utf-8")
    build(tiny_data, as_of=AS_OF)
    monkeypatch.setenv("EBPM_WAREHOUSE", str(tiny_data.warehouse))
    return tiny_data.warehouse


@pytest.fixture
def held(tiny_data):
    """The ward of four areas whose one access point cannot be taken."""
    folder = tiny_data.inbox / "wifi_access_points"
    folder.mkdir(parents=True)
    text = "都道府県コード又は市区町村コード,NO,名称,住所\n131148,1,,中野区東町1-1\n"
    (folder / "wifi.csv").write_text(text, "utf-8")
    build(tiny_data, as_of=AS_OF)
    return read(tiny_data.warehouse)


def read(warehouse):
    with open_edition(warehouse=warehouse) as edition:
        return read_ward(edition), read_holdings(edition)


def cells(warehouse, selection, column):
    with open_edition(warehouse=warehouse) as edition:
        ward, holdings = read_ward(edition), read_holdings(edition)
        titles = [one.name for one in holdings.datasets[selection.dataset].public_columns]
        rows = read_rows(edition, ward, holdings, selection).rows
    return [row[2 + titles.index(column)] for row in rows]


@pytest.mark.parametrize(("lang", "at"), [("ja", 1), ("en", 2)])
def test_a_mark_stands_in_the_cell_with_what_it_means(marked, lang, at):
    usage = DataSelection(dataset="wifi_usage", lang=lang)
    words = [mark[at] for mark in MARKS]
    assert cells(marked, usage, "connections_count") == [12, *words, 0, None]
    ward, holdings = read(marked)
    columns = holdings.datasets["wifi_usage"].public_columns
    assert [one.name for one in columns if one.name.endswith("_state")] == []
    _ = translator(lang)
    content = data_exports.rows_csv(ward, holdings, usage, _).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(content))
    title = "Connections" if lang == "en" else "接続回数"
    # A spreadsheet would take a cell that begins with - for a formula.
    safe = ["'" + word if word.startswith("-") else word for word in words]
    assert [line[header.index(title)] for line in lines] == ["12", *safe, "0", ""]
    book = openpyxl.load_workbook(io.BytesIO(data_exports.rows_xlsx(ward, holdings, usage, _)))
    written = [cell.value for row in book.active.iter_rows() for cell in row]
    assert {12, *words} <= set(written)


def test_where_a_place_comes_from_is_said_in_words(tiny_warehouse):
    facilities = DataSelection(dataset="facilities")
    assert set(cells(tiny_warehouse, facilities, "location_source")) <= {
        "座標", "所在地から", "不明",
    }  # fmt: skip
    assert "座標と境界" in cells(tiny_warehouse, facilities, "area_source")
    english = cells(tiny_warehouse, replace(facilities, lang="en"), "area_source")
    assert "Coordinates and boundary" in english


def test_choices_are_in_english_on_an_english_page(tiny_data):
    folder = tiny_data.inbox / "policy_events"
    folder.mkdir(parents=True)
    text = "出来事,発生日,出来事の種類\nNakano Free Wi-Fi 開始,2015-10-01,設備\n"
    (folder / "出来事.csv").write_text(text, "utf-8")
    build(tiny_data, as_of=AS_OF)
    words = {
        lang: cells(
            tiny_data.warehouse, DataSelection(dataset="policy_events", lang=lang), "event_kind"
        )
        for lang in ("ja", "en")
    }
    assert words == {"ja": ["設備"], "en": ["equipment"]}


def test_a_missing_file_says_where_such_files_are_published_and_under_which_terms(tiny_warehouse):
    _, holdings = read(tiny_warehouse)
    html = what_to_bring((holdings.datasets["evacuation_shelters"],), "ja")
    for text in (
        "国土地理院 指定避難所データ",
        "https://www.gsi.go.jp/bousaichiri/hinanbasho.html",
        "国土地理院コンテンツ利用規約",
        "そのまま <code>data/inbox/evacuation_shelters/</code> に置きます",
    ):
        assert text in html
    assert "<a" not in html


def test_a_sample_and_a_schematic_map_say_what_replaces_them(tiny_warehouse):
    _, holdings = read(tiny_warehouse)
    html = holdings_html(holdings, DataSelection())
    stand_ins = [one.dataset.title for one in holdings.supplied if one.stands_in]
    assert f"デモ用・模式図のデータ {len(stand_ins)}（何に差し替えるか）" in html
    alone = holdings_html(holdings, DataSelection(dataset="wifi_access_points"))
    assert "区のファイルに差し替えるには" in alone
    assert "data/inbox/wifi_access_points/" in alone


def test_an_old_data_set_is_called_old_beside_its_rhythm(sample_warehouse):
    _, holdings = read(sample_warehouse)
    assert "更新周期 5年・10年6か月前（古い）" in holdings_html(holdings, DataSelection())
    english = holdings_html(holdings, DataSelection(lang="en"))
    assert "every 5 years · 10 years 6 months ago (out of date)" in english


def test_a_data_set_held_back_as_a_whole_is_unknown_and_says_why(held):
    ward, holdings = held
    reason = "「公衆無線LANアクセスポイント」は1行すべてが取込保留のため、件数は0ではなく「データなし」です。"
    selection = Selection(measure="wifi_access_points", layers=("wifi",), areas=("13114990101",))
    assert answer(ward, selection, str) == (
        f"中野区の公衆無線LANは、まだデータがありません。{reason}"
    )
    assert reason in sources_html(ward, selection)
    assert reason in holdings_html(holdings, DataSelection())
    places = profile_html(ward, selection).split("<tbody>")[-1]
    assert "データなし" in places
