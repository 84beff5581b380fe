"""The page データ as it is sent to a browser, without one."""

import csv
import io
from datetime import date

import openpyxl
import pytest
import yaml

from dashboard import data_exports
from dashboard.data_selection import DataSelection
from dashboard.holdings import read_holdings
from dashboard.reading import read_ward
from dashboard.rows_behind import read_rows
from dashboard.translation import translator
from pipelines.build import build
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
SECRETS = ("ひみつ商店", "ないしょ食堂", "かくれ酒場", "M1", "M2", "1-2-4")


def shown(page):
    """All HTML of a page."""
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def read(warehouse):
    with open_edition(warehouse=warehouse) as edition:
        return read_ward(edition), read_holdings(edition)


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_sample_answers_in_its_first_line(open_data, sample_warehouse):
    html = shown(open_data(sample_warehouse))
    assert (
        "<h1>21種類のデータ・9,606行（2026年4月1日時点の版）。取込保留は0行。注意は112件。"
        "更新が古いデータ 1種類。</h1>"
    ) in html
    for text in (
        "更新周期 5年・10年6か月前",
        "CC BY 4.0",
        "デモ用・架空",
        "模式図",
        "まだ提供のないデータ 3",
    ):
        assert text in html
    # The invented values go on beyond this edition's day, and only they are warned of.
    assert html.count("より後の日付です。確かめてください") == 100
    assert "はじめの100件です。" in html


def test_english(open_data, sample_warehouse):
    page = open_data(sample_warehouse)
    page.button(key="data-go-en").click().run()
    html = shown(page)
    assert "Data sets: 21, rows: 9,606 (edition as of 1 April 2026). Quarantined rows: 0." in html
    assert "every 5 years · 10 years 6 months ago" in html


def test_all_pages_are_named_on_each(open_page, sample_warehouse):
    page = open_page(sample_warehouse)
    assert '<b aria-current="page">地図</b>' in shown(page)
    assert [link.proto.label for link in page.get("page_link")] == [
        "施設Wi-Fi", "取組の進捗状況", "データ",
    ]  # fmt: skip
    assert 'href="data?dataset=areas&amp;place=131148&amp;measure=population"' in shown(page)


def test_bad_rows_are_counted_and_listed_as_text(open_data, troubled_warehouse):
    html = shown(open_data(troubled_warehouse))
    assert "<h1>6種類のデータ・17行（2026年4月1日時点の版）。取込保留は5行。" in html
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in html
    assert "<script>" not in html.replace("<script>document", "")
    for text in (
        "=1+1",
        "「緯度」が数ではありません",
        "使わなかった列：なぞの列",
        "Shift_JIS (CP932)",
    ):
        assert text in html
    assert "アクセスポイントID：全角英数字を半角にした 1件" in html
    for text in ("この版で直した誤り", "小町駅", "企画課長", "2026年3月1日", "駅-1"):
        assert text in html


def test_internal_rows_are_counted_and_never_shown(open_data, troubled_warehouse):
    pages = [
        shown(open_data(troubled_warehouse, **query))
        for query in (
            {},
            {"dataset": "cashless_merchants"},
            {"dataset": "cashless_merchants", "place": "131148"},
        )
    ]
    for html in pages:
        assert "（非公開）" in html
        assert [secret for secret in SECRETS if secret in html] == []
    assert "このデータは非公開です" in pages[1]
    # A number for one place could be one shop.
    assert "既定の表示にしました：場所" in pages[2]
    ward, holdings = read(troubled_warehouse)
    for make in (data_exports.findings_csv, data_exports.rows_csv):
        content = make(ward, holdings, DataSelection(dataset="cashless_merchants"), str).decode()
        assert [secret for secret in SECRETS if secret in content] == []


def test_choices_narrow_files_and_findings(open_data, troubled_warehouse):
    page = open_data(troubled_warehouse)
    page.selectbox(key="data-dataset").set_value("wifi_access_points").run()
    html = shown(page)
    assert page.query_params["dataset"] in ("wifi_access_points", ["wifi_access_points"])
    assert (
        "公衆無線LANアクセスポイントは1行。時点不明・区提供（出典の記載なし）。取込保留は4行。"
        in html
    )
    assert "公衆無線LANアクセスポイントの元の行" in html
    assert "加盟店.csv" not in html
    page.selectbox(key="data-kind").set_value("warning").run()
    assert "ここに挙げる行はありません。" in shown(page)
    page.selectbox(key="data-dataset").set_value(None).run()
    page.selectbox(key="data-file").set_value("cashless_merchants/加盟店.csv").run()
    assert "tiny_areas.geojson" not in shown(page)


def test_a_link_that_is_not_understood_is_told_calmly(open_data, sample_warehouse):
    html = shown(open_data(sample_warehouse, dataset="'; DROP", place="1", file="zz", kind="<b>"))
    assert "既定の表示にしました：データ・場所・ファイル・取込保留・注意の区分" in html
    assert "<h1>21種類のデータ" in html


def test_a_data_set_that_nobody_supplied_says_what_to_bring(open_data, sample_warehouse):
    html = shown(open_data(sample_warehouse, dataset="benchmarks"))
    assert "<h1>ほかの自治体の値のファイルは、まだありません。</h1>" in html
    assert (
        "<code>ebpm template benchmarks</code> で記入用のExcelを作り、<code>data/inbox/benchmarks/</code>"
        in html
    )


def test_every_count_of_the_map_has_as_many_rows_behind_it(sample_warehouse):
    ward, _ = read(sample_warehouse)
    counts = ("facilities", "evacuation_shelters", "wifi_access_points")
    with open_edition(warehouse=sample_warehouse) as edition:
        holdings = read_holdings(edition)
        wrong = [
            (level, code, name)
            for level, shapes in ward.shapes.items()
            for code in shapes
            for name in counts
            if read_rows(
                edition,
                ward,
                holdings,
                DataSelection(dataset=ward.measures[name].datasets[0], place=code),
            ).total
            != ward.figure(level, code, name).value
        ]
    assert wrong == []


def test_the_rows_behind_a_figure_have_their_file_and_line(open_data, tiny_warehouse):
    html = shown(
        open_data(
            tiny_warehouse,
            dataset="wifi_access_points",
            place="13114990101",
            measure="wifi_per_10k",
        )
    )
    assert "東町1丁目の公衆無線LAN（人口1万人あたり） 8.0か所/1万人 の元の行" in html
    assert "131148_public_wireless_lan.csv" in html
    assert "2行" in html
    assert 'href="data?dataset=areas&amp;place=13114990101&amp;measure=wifi_per_10k"' in html


def test_the_workbook_for_a_department_runs_nothing(troubled_warehouse):
    ward, holdings = read(troubled_warehouse)
    book = sheets(data_exports.findings_xlsx(ward, holdings, DataSelection(), str))
    assert book.sheetnames == ["取込保留", "注意", "除外"]
    sheet = book["取込保留"]
    rows = list(sheet.values)
    head = next(at for at, row in enumerate(rows) if row[0] == "データ")
    assert sheet.freeze_panes == f"A{head + 2}"
    assert rows[head] == ("データ", "ファイル", "行番号", "項目", "値", "内容", "対応（記入欄）")
    assert len(rows) == head + 1 + 5
    formula = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "=1+1")
    assert formula.data_type == "s"
    about = dict(row[:2] for row in rows[: head - 1])
    assert about["版の時点"] == "2026年4月1日時点"
    assert about["データの版"] == holdings.edition
    assert sheet.column_dimensions["F"].width > 20
    assert [row[4] for row in rows[head + 1 :] if "加盟店" in row[0]] == ["（非公開）"]


def test_the_same_as_csv_in_english(troubled_warehouse):
    ward, holdings = read(troubled_warehouse)
    selection = DataSelection(kind="quarantine", dataset="wifi_access_points", lang="en")
    content = data_exports.findings_csv(ward, holdings, selection, translator("en"))
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header[:7] == ["Kind", "Data", "File", "Line", "Column", "Value", "Content"]
    assert [row[3] for row in rows] == ["3", "4", "5", "6"]
    assert rows[1][5] == "'=1+1"
    assert {row[-1] for row in rows} == {holdings.edition}


def test_the_rows_can_be_taken_along(tiny_warehouse, monkeypatch):
    monkeypatch.setenv("EBPM_WAREHOUSE", str(tiny_warehouse))
    ward, holdings = read(tiny_warehouse)
    selection = DataSelection(dataset="facilities", place="131148")
    book = sheets(data_exports.rows_xlsx(ward, holdings, selection, str))
    rows = list(book["元の行"].values)
    head = next(at for at, row in enumerate(rows) if row[0] == "ファイル" and row[1] == "行番号")
    assert len(rows) == head + 1 + 6
    assert {row[0] for row in rows[head + 1 :]} == {"facilities/131148_public_facility.csv"}
    names = {cell for row in rows for cell in row}
    assert {"=cmd()", "<script>alert(1)</script>"} <= names
    header, *lines = csv.reader(
        io.StringIO(data_exports.rows_csv(ward, holdings, selection, str).decode("utf-8-sig"))
    )
    assert header[-5:] == ["時点", "状態", "出典", "利用条件", "データの版"]
    assert [line[1] for line in lines] == ["2", "3", "4", "5", "6", "7"]


def test_a_table_that_was_kept_says_so_and_why(open_data, tiny_data):
    path = tiny_data.root / "catalog" / "facilities.yaml"
    contract = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(
        yaml.safe_dump(contract | {"gates": {"fewer_rows_pct": 20}}, allow_unicode=True)
    )
    own = tiny_data.inbox / "facilities" / "own.csv"
    own.parent.mkdir(parents=True)
    lines = [f"131148,{at},施設{at},東京都中野区東町1-2-3" for at in range(10)]
    header = "都道府県コード又は市区町村コード,NO,名称,住所"
    own.write_text("\n".join([header, *lines]), "utf-8")
    first = build(tiny_data, as_of=AS_OF).edition
    own.write_text("\n".join([header, *lines[:2]]), "utf-8")
    build(tiny_data, as_of=AS_OF)
    html = shown(open_data(tiny_data.warehouse))
    assert "前の版の表を残したデータ 1種類。" in html
    assert "「公共施設」は入れ替えず、前の版の表を残しました" in html
    assert f"前の版 {first} の表を残しました" in html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_built_yet(open_data, tmp_path, lang):
    html = shown(open_data(tmp_path / "none", lang=lang))
    assert "ebpm build" in html
    assert "No edition has been built yet" in html
