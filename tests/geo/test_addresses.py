from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.addresses import AddressMatcher, normalise_address
from geo.vector import read_geojson

HYPHENS = "-‐‑‒–—―−－ー"


@pytest.fixture(scope="module")
def matcher(facts):
    rows = facts("nakano_areas_2015")
    return AddressMatcher(
        [row["area_code"] for row in rows],
        [row["area_name"] for row in rows],
        prefecture="東京都",
        municipality="中野区",
    )


@pytest.fixture(scope="module")
def names(facts):
    return {row["area_code"]: row["area_name"] for row in facts("nakano_areas_2015")}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("東京都 中野区　中野１丁目", "東京都中野区中野1丁目"),
        ("中野区上髙田二丁目", "中野区上高田2丁目"),
        ("西新宿十丁目", "西新宿10丁目"),
        ("大通り二十三丁目", "大通り23丁目"),
        ("北二〇丁目", "北20丁目"),
        ("松ヶ丘1", "松ケ丘1"),
        ("松が丘1", "松ケ丘1"),
        ("桃園センター", "桃園センター"),
        ("六本木六丁目", "六本木6丁目"),
        ("邉\U000e0100見", "辺見"),
        ("", ""),
    ],
)
def test_one_spelling(written, plain):
    assert normalise_address(written) == plain


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_hyphen_is_the_same(hyphen):
    assert normalise_address(f"丸山1{hyphen}1{hyphen}19") == "丸山1-1-19"


@given(st.text())
@example("か ゙")
@example("1ー一丁目")
@example("中ヶ゙野")
@example("一〇丁目丁目")
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_address(text)
    assert normalise_address(once) == once


JAPANESE = st.text(alphabet="中野区東京都一二三十〇丁目番号ヶがケー-‐−０１２1 　髙濵゙", max_size=20)


@given(JAPANESE)
def test_normalising_addresses_twice_changes_nothing_more(text):
    once = normalise_address(text)
    assert normalise_address(once) == once


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("東京都中野区丸山1-1-19", "丸山1丁目"),
        ("中野区上髙田２丁目１１番１号", "上高田2丁目"),
        ("中野一丁目57番12号", "中野1丁目"),
        ("中野1", "中野1丁目"),
        ("中野区中野１－５７－１２", "中野1丁目"),
        ("中野区中野1ー57ー12 1階", "中野1丁目"),
        ("中野区中野1の57の12", "中野1丁目"),
        ("中野区東中野1-1", "東中野1丁目"),
        ("中野区江原町2-3-15", "江原町2丁目"),
        ("中野区松ヶ丘1-2", "松が丘1丁目"),
        ("〒164-0001 東京都中野区中野4-12-3", "中野4丁目"),
        ("1640001 中野区中野4丁目", "中野4丁目"),
        ("中野区中野01-2", "中野1丁目"),
    ],
)
def test_an_address_names_its_area(matcher, names, address, area):
    assert names[matcher.match(address)] == area


@pytest.mark.parametrize("written", ["１丁目", "1丁目", "一丁目", "1-", "１－", "1"])
def test_every_area_is_found_in_every_spelling(matcher, names, written):
    for code, name in names.items():
        number = name.removesuffix("丁目")[-1]
        kanji = "〇一二三四五六七八九"[int(number)]
        full_width = chr(ord("０") + int(number))
        spelled = written.translate(str.maketrans({"1": number, "１": full_width, "一": kanji}))
        address = f"東京都中野区{name.removesuffix('丁目')[:-1]}{spelled}"
        assert matcher.match(address) == code, address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "東京都",
        "中野区",
        "東京都中野区中野",
        "中野区中野57番12号",
        "中野区中野7-1-1",
        "中野区中野123-4",
        "中野区中野サンプラザ",
        "東京都新宿区上落合1-1-1",
        "渋谷区本町3-1-1",
        "東京都渋谷区本町3-1-1",
        "東京都中央区中央1-1",
        "東京都中野1-1-1",
        "長野県中野市中央1-1-1",
        "中野市中央1-1-1",
        "大阪府中野区中野1-1",
        "不明",
        "-",
    ],
)
def test_what_names_no_area_for_certain_is_none(matcher, address):
    assert matcher.match(address) is None


def test_all_published_addresses_of_the_ward_are_found(matcher, facts):
    addresses = [row["address"] for row in facts("nakano_schools") + facts("nakano_shelters")]
    assert len(addresses) == 29 + 62
    assert None not in matcher.match_all(addresses)


def test_the_official_shelter_file_is_matched_whole(matcher, real_dir):
    table = read_geojson(real_dir / "facilities" / "gsi_shiteihinanjo_131148.geojson")
    assert "東京都中野区上髙田2-11-1" in table.columns["住所"]
    assert None not in matcher.match_all(table.columns["住所"])


def make_matcher(*names, municipality="瑞穂町"):
    codes = [f"{number:011d}" for number in range(len(names))]
    return AddressMatcher(codes, names, prefecture="東京都", municipality=municipality)


def test_an_area_without_a_number_is_found_by_its_name_alone():
    matcher = make_matcher("箱根ケ崎", "箱根ケ崎西松原", "長岡１丁目")
    wanted = ["東京都西多摩郡瑞穂町箱根ヶ崎2335", "瑞穂町箱根ケ崎", "瑞穂町箱根ケ崎西松原1-1"]
    assert matcher.match_all(wanted) == ["00000000000", "00000000000", "00000000001"]
    assert matcher.match("瑞穂町箱根ケ崎1丁目2番") is None
    assert matcher.match("瑞穂町箱根ケ崎駅前") is None


def test_a_number_goes_to_the_numbered_area_first():
    matcher = make_matcher("西町", "西町１丁目")
    wanted = ["瑞穂町西町1-2", "瑞穂町西町9-2", "瑞穂町西町9丁目", "瑞穂町西町"]
    assert matcher.match_all(wanted) == ["00000000001", "00000000000", None, "00000000000"]


def test_two_areas_of_one_name_are_never_the_answer():
    matcher = make_matcher("西町１丁目", "西町一丁目", "東町１丁目")
    assert matcher.match_all(["瑞穂町西町1", "瑞穂町東町1"]) == [None, "00000000002"]


def test_codes_and_names_go_together():
    with pytest.raises(ValueError, match="zip"):
        AddressMatcher(["1"], [], prefecture="東京都", municipality="瑞穂町")


@pytest.mark.parametrize("sign", ["1", "一", "十", "１"])
def test_a_number_without_end_names_nothing(matcher, sign):
    assert matcher.match(f"中野区中野{sign * 6000}丁目") is None
    assert matcher.match(f"中野区中野{sign * 6000}") is None


@given(st.text())
def test_no_text_is_too_strange(text):
    assert make_matcher("西町１丁目", "東町").match(text) in {None, "00000000000", "00000000001"}
