"""The page 施設Wi-Fi as it is sent to a browser, without one."""

import csv
import io
import json
import re

import pytest

from dashboard.components.wifi.equipment_section import facilities_table
from dashboard.components.wifi.map_layers import layers
from dashboard.components.wifi.reach_section import reach_table
from dashboard.components.wifi.shelters_section import shelters_table
from dashboard.reading import read_ward
from dashboard.section_files import section_csv
from dashboard.translation import translator
from dashboard.wifi.asked import shown as answers
from dashboard.wifi.selection import SECTIONS, WifiSelection
from pipelines.warehouse import open_edition

NUMABUKURO_1 = "13114009001"


@pytest.fixture
def answered(monkeypatch):
    """What a selection shows of a warehouse."""

    def ask(warehouse, **chosen):
        monkeypatch.setenv("EBPM_WAREHOUSE", str(warehouse))
        with open_edition(warehouse=warehouse) as edition:
            ward = read_ward(edition)
        return answers(ward, WifiSelection(**{"distance": "300", **chosen}))

    return ask


def shown(page):
    """All HTML of a page."""
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def payloads(state):
    """What the map is sent, by the name of the layer."""
    sent = {}
    for layer in layers(state):
        [call] = layer._children.values()
        sent.setdefault(call.function, []).append(json.loads(call.payload))
    return sent


def rows_of(table, state, lang="ja"):
    written = section_csv(state.ward, table, lang, translator(lang)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_the_sample_answers_how_many_who_and_who_not(open_wifi, sample_warehouse):
    html = shown(open_wifi(sample_warehouse))
    assert (
        "<h1>一覧にある区有施設29か所のうち19か所（65.5%）に公衆無線LANがあります。"
        "住民の40.7%（133,724人／328,215人）が300m以内（直線距離）に住んでいます"
        "（国勢調査 2015年10月1日・公衆無線LAN デモ用・架空）。</h1>"
    ) in html
    text = text_of(html)
    assert "整備率 元の行 65.5% 区有施設 19／29か所" in text
    assert "だれも届かない町丁目 元の行 12町丁目 住民 34,169人（10.4%）" in text
    assert "Wi-Fiのない避難所 元の行 38か所 避難所 62か所のうち" in text
    assert "防災会の割当・デモ用・架空" in text
    worst = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a></th><td>([^<]+)</td>', html)
    assert worst == [
        ("沼袋1丁目", "3,418人"), ("江原町2丁目", "3,346人"), ("江原町1丁目", "3,233人"),
        ("沼袋3丁目", "3,203人"), ("松が丘2丁目", "3,132人"),
    ]  # fmt: skip


def test_every_figure_leads_to_its_rows(open_wifi, sample_warehouse):
    html = shown(open_wifi(sample_warehouse))
    figures = html[html.index('class="figures"') : html.index("最も低い5つの町丁目")]
    assert re.findall(r'href="(data\?dataset=\w+)', figures) == [
        "data?dataset=facilities", "data?dataset=wifi_access_points", "data?dataset=areas",
        "data?dataset=evacuation_shelters",
    ]  # fmt: skip


def test_an_hour_gives_at_least_and_at_most(open_wifi, sample_warehouse):
    text = text_of(shown(open_wifi(sample_warehouse, time="7-20")))
    assert "日曜20時に使える所から直線300m以内に住むのは住民の少なくとも12.3%" in text
    assert "時間不明の5か所も使えれば21.0%" in text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(open_wifi, sample_warehouse, section, lang):
    text = text_of(shown(open_wifi(sample_warehouse, section=section, lang=lang, level="town")))
    assert {"ja": "定義", "en": "Definition"}[lang] in text or section == "method"


def test_english(open_wifi, sample_warehouse):
    page = open_wifi(sample_warehouse)
    page.button(key="wifi-go-en").click().run()
    html = shown(page)
    assert "<h1>19 of the 29 ward facilities listed (65.5%) have public Wi-Fi. " in html
    assert "40.7% of residents (133,724 of 328,215 people) live within 300 m" in html


def test_choices_stand_in_the_url(open_wifi, sample_warehouse):
    page = open_wifi(sample_warehouse)
    page.button_group(key="wifi-distance").set_value("500").run()
    page.selectbox(key="wifi-weekday").set_value("7").run()
    page.selectbox(key="wifi-hour").set_value("20").run()
    page.selectbox(key="wifi-group").set_value("65+").run()
    values = {name: page.query_params[name] for name in page.query_params}
    assert {name: v if isinstance(v, str) else v[0] for name, v in values.items()} == {
        "distance": "500", "time": "7-20", "group": "65+",
    }  # fmt: skip
    assert "65歳以上の住民" in shown(page)


def test_a_link_that_is_not_understood_is_told_calmly(open_wifi, sample_warehouse):
    html = shown(open_wifi(sample_warehouse, time="9-99", section="x"))
    assert "既定の表示にしました：いつ・くわしく見る" in html


def test_a_chosen_area_shows_its_figures(open_wifi, sample_warehouse):
    text = text_of(shown(open_wifi(sample_warehouse, place=NUMABUKURO_1)))
    assert "沼袋1丁目 選択をはずす 対象の人口 3,418人 届く割合 0.0% 届く人口 0人" in text


def test_what_only_others_list_is_no_answer(open_wifi, equal_warehouse):
    """No facility and no shelter is known, and the one access point is outside the ward."""
    text = text_of(shown(open_wifi(equal_warehouse)))
    assert "区有施設の整備率は、まだデータがありません。" in text
    assert "区内のアクセスポイントの一覧がまだないため、ほかの一覧だけで数えると、" in text
    assert "整備率 元の行 データなし" in text
    assert "届く割合（300m以内） 元の行 少なくとも0.0%" in text
    assert "だれも届かない町丁目 元の行 多くて" in text
    assert "data/inbox/facilities/" in text
    assert "Wi-Fiのない避難所 元の行 データなし 避難所の一覧がありません" in text


def test_names_from_files_are_text(open_wifi, tiny_warehouse):
    html = shown(open_wifi(tiny_warehouse, section="equipment"))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_map_has_who_is_equipped_open_and_reached(answered, sample_warehouse):
    state = answered(sample_warehouse, time="7-20")
    drawn = payloads(state)
    facilities, sites = drawn["points"]
    assert sum(row[5] for row in facilities["rows"]) == 10  # hollow: without
    assert [sum(row[5] == hollow for row in sites["rows"]) for hollow in (0, 1)] == [8, 5]
    assert len(drawn["circles"][0]["rows"]) == 8
    assert drawn["circles"][0]["radius_m"] == 300
    classes = [row[1] for row in drawn["areas"][0]["rows"]]
    assert classes.count(0) == 50  # nobody reached
    assert "numbered" not in drawn


def test_the_map_of_what_is_next_numbers_the_proposed_sites(answered, sample_warehouse):
    drawn = payloads(answered(sample_warehouse, map="next", sites="4"))
    assert [row[0] for row in drawn["numbered"][0]["rows"]] == [1, 2, 3, 4]
    shelters = payloads(answered(sample_warehouse, map="shelters"))["points"][0]
    assert sum(row[5] for row in shelters["rows"]) == 38


def test_tables_to_take_along_say_what_they_are(answered, sample_warehouse):
    state = answered(sample_warehouse, time="7-20", distance="500")
    facilities = rows_of(facilities_table(state), state)
    assert len(facilities) == 29
    assert sum(row["公衆無線LAN"] == "なし" for row in facilities) == 10
    reach = rows_of(reach_table(state), state)
    assert reach[0]["いつ"] == "日曜20時"
    assert reach[0]["距離（直線）"] == "500 m"
    assert float(reach[0]["届く人口"]) < float(reach[0]["時間不明も使えるときの届く人口"])
    shelters = rows_of(shelters_table(state), state)
    ranked = [row["避難所"] for row in shelters if row["Wi-Fiのない中での順位"] == "1"]
    assert ranked == ["区立第二中学校", "区立塔山小学校"]
    assert all("デモ用・架空" in row["状態"] for row in (*facilities, *reach, *shelters))
