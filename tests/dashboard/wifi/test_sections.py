"""The sections as they are sent to a browser, without one."""

import pytest

SECTIONS = {
    "next": ("次にどこへ", "Where next"),
    "usage": ("ほかと大きく違う（良し悪しは判断していません）", "not judged good or bad"),
    "analysis": ("規模の確認（町丁目と町）", "Scale check"),
    "method": ("ローレンツ曲線とジニ係数", "Lorenz curve and Gini coefficient"),
}


def shown(page):
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def query(page):
    values = {name: page.query_params[name] for name in page.query_params}
    return {k: v if isinstance(v, str) else v[0] for k, v in values.items()}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_section_has_its_words_sources_and_files(open_wifi, sample_warehouse, section, lang):
    page = open_wifi(sample_warehouse, section=section, lang=lang)
    html = shown(page)
    assert SECTIONS[section][lang == "en"] in html
    assert {"ja": "デモ用・架空", "en": "sample (fictional)"}[lang] in html
    assert "data?dataset=wifi_access_points" in html
    assert len(page.get("download_button")) >= 2


def test_choices_go_into_the_url_and_defaults_out_of_it(open_wifi, sample_warehouse):
    page = open_wifi(sample_warehouse, section="next")
    page.button_group(key="wifi-sites-加えるか所数").set_value("5").run()
    assert query(page) == {"section": "next", "sites": "5"}
    assert "5か所の最適な組み合わせ" in shown(page)
    page.button_group(key="wifi-sites-加えるか所数").set_value("3").run()
    assert query(page) == {"section": "next"}


def test_candidates_are_left_out_by_the_url(open_wifi, sample_warehouse):
    html = shown(open_wifi(sample_warehouse, section="next", without="1", candidates="facility"))
    assert "はずしたもの 1" in html


def test_users_of_one_access_point(open_wifi, sample_warehouse):
    page = open_wifi(
        sample_warehouse, section="usage", usage="access_point:DEMO-05", metric="users"
    )
    html = shown(page)
    assert "啓明小学校 体育館の利用者数" in html
    assert page.selectbox(key="wifi-usage-アクセスポイント").value == "access_point:DEMO-05"


def test_an_unknown_choice_is_said_and_nothing_breaks(open_wifi, sample_warehouse):
    html = shown(
        open_wifi(sample_warehouse, section="usage", usage="access_point:none", sites="99")
    )
    assert "リンクにある指定の一部が見つからない" in html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_empty_inputs_say_what_to_bring(open_wifi, equal_warehouse, lang):
    for section in SECTIONS:
        html = shown(open_wifi(equal_warehouse, section=section, lang=lang))
        assert ">nan" not in html.lower()
        if section in {"next", "usage"}:
            assert 'class="notice"' in html.rpartition("<h2>")[2]
            assert "data/inbox/" in html.rpartition("<h2>")[2]
