from datetime import date

from dashboard.charts.strip import strip_image, strip_ticks
from dashboard.labels import amount_text, rank_text, share_text
from dashboard.markup import joined, tag
from dashboard.selection import KINDS, Selection
from dashboard.sentences import answer, badges, not_drawn
from dashboard.translation import translator

JA = translator("ja")


def test_records_are_plain_python(tiny):
    assert next(iter(tiny.measures)) == "population"
    assert tiny.as_of == date(2026, 4, 1)
    assert tiny.town_of()["13114990101"] == "131149901"
    figure = tiny.figure("area", "13114990202", "wifi_per_10k")
    assert (figure.value, figure.rank, figure.class_no) == (None, None, None)
    assert tiny.figure("area", "13114990101", "population").rank == 1
    assert type(tiny.figure("area", "13114990101", "population").rank) is int
    assert tiny.figure("area", "nowhere", "population").value is None
    assert tiny.datasets["areas"].as_of is None or type(tiny.datasets["areas"].as_of) is date
    assert tiny.prefecture == "東京都"


def test_points_know_their_area_and_town(tiny):
    assert len(tiny.points_by_area["13114990101", "facility"]) == 3
    assert len(tiny.points_by_area["131149901", "facility"]) == 4
    assert sum(point.drawn for point in tiny.points["wifi"]) == 4


def test_both_ends_of_a_measure(tiny):
    spread = tiny.spread("area", "population")
    assert (spread.known, spread.highest, spread.lowest) == (4, 2500, 0)
    assert spread.highest_names == ("東町1丁目",)
    assert tiny.missing("area", "wifi_per_10k") == 1
    assert tiny.sharing("area", "population", 2) == 2


def test_sentences_for_what_is_odd(with_values):
    def sentence(values, classes=()):
        return answer(with_values(values, classes), Selection(measure="population"), JA)

    assert "どこも同じ5人です" in sentence((5, 5, 5, 5))
    assert "まだデータがありません" in sentence((None, None, None, None))
    assert "値があるのは東町1丁目（7人）だけです" in sentence((7, None, None, None))
    assert "最大は東町1丁目（3人）、最小は3町丁目（0人）です" in sentence((3, 0, 0, 0))


def test_ranks_in_words(with_values):
    ward = with_values((9, 4, 4, None), [])
    codes = sorted(ward.shapes["area"])
    assert [rank_text(ward, "area", code, "population", JA) for code in codes] == [
        "3町丁目中1位", "3町丁目中2位（同順位2）", "3町丁目中2位（同順位2）", "",
    ]  # fmt: skip
    same = with_values((5, 5, 5, 5), [])
    assert rank_text(same, "area", codes[0], "population", JA) == "どこも同じ"


def test_one_of_a_thing_has_its_own_word_in_english(tiny):
    shelters, per_10k = tiny.measures["evacuation_shelters"], tiny.measures["wifi_per_10k"]
    assert [amount_text(value, shelters, "en") for value in (0, 1, 2, 0.8, None)] == [
        "0 shelters", "1 shelter", "2 shelters", "1 shelter", "no data",
    ]  # fmt: skip
    assert amount_text(1, shelters, "ja") == "1か所"
    assert amount_text(1, per_10k, "en") == "1.0 per 10,000 residents"


def test_a_ratio_shows_what_it_is_made_of(tiny):
    def share(code, measure):
        return share_text(tiny.figure("area", code, measure), tiny.measures[measure], "ja")

    assert share("13114990101", "density_per_km2") == "2,500 ÷ 0.25"
    assert share("13114990201", "wifi_per_10k") == "1 ÷ 1,000"
    assert share("13114990101", "population") == ""


def test_points_off_the_map_are_counted(tiny):
    selection = Selection(measure="population", layers=KINDS)
    assert not_drawn(tiny, selection, JA) == ("区域の外にあるため地図にない地点：公衆無線LAN 1",)
    assert not_drawn(tiny, Selection(measure="population", layers=("station",)), JA) == ()


def test_badges_name_what_they_apply_to(sample_ward):
    texts = dict(badges(sample_ward, Selection(measure="population", layers=("wifi",)), JA))
    assert texts == {
        "模式図": "境界は実際と異なります",
        "デモ用・架空": "公衆無線LAN",
        "更新が古い": "人口",
    }


def test_the_strip_marks_one_value_among_all():
    ticks = strip_ticks([0, 10, None, 10])
    assert ticks == "M4 3v10M116 3v10"
    assert "M116.0" in strip_image(ticks, 10, 10, label='a"b').replace("%20", " ")
    assert 'alt="a&#34;b"' in strip_image(ticks, 10, 10, label='a"b')
    assert strip_image(strip_ticks([None]), None, None, label="") == ""
    assert strip_ticks([0, 0]) == "M4 3v10"


def test_markup_escapes_all_but_markup():
    assert tag("p", "<b>", tag("i", "&"), class_='"', title="") == (
        '<p class="&#34;">&lt;b&gt;<i>&amp;</i></p>'
    )
    assert tag("br") == "<br>"
    assert joined(["<", tag("b", "x")]) == "&lt;<b>x</b>"
