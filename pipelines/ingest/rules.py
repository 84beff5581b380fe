"""What a rule says when a row breaks it: in both languages, with the column's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.messages import Message, plain

if TYPE_CHECKING:
    from pipelines.contracts import Contract

_RULES: Final[dict[str, tuple[str, str]]] = {
    "column_count": (
        "列の数が見出しと合いません。行が途中で切れていないか確かめてください",
        "the number of cells differs from the header; check that the row was not cut off",
    ),
    "required": ("「{title}」が空です。値を入れてください", "“{title_en}” is blank; fill it in"),
    "type_integer": ("「{title}」が整数ではありません", "“{title_en}” is not a whole number"),
    "type_number": ("「{title}」が数ではありません", "“{title_en}” is not a number"),
    "type_date": ("「{title}」が日付ではありません（例 2024-09-01）", "“{title_en}” is not a date such as 2024-09-01"),
    "type_boolean": ("「{title}」がtrue・falseではありません", "“{title_en}” is neither true nor false"),
    "pattern": ("「{title}」の書き方が決まりと違います（{limit}）", "“{title_en}” is not written as it must be ({limit})"),
    "enum": ("「{title}」が選べる値ではありません（{limit}）", "“{title_en}” is none of the values allowed ({limit})"),
    "minimum": ("「{title}」が小さすぎます（{limit}以上）", "“{title_en}” is too small (at least {limit})"),
    "maximum": ("「{title}」が大きすぎます（{limit}以下）", "“{title_en}” is too large (at most {limit})"),
    "primary_key": (
        "同じ「{title}」の行が前にあります。重複を除いてください",
        "an earlier row has the same “{title_en}”; remove the duplicate",
    ),
    "primary_key_polygon": (
        "同じ「{title}」の図形が前にあります。飛び地などで分かれた町丁目はGISで1つの図形に結合し、人口などが二重にならないようにしてください",
        "an earlier shape has the same “{title_en}”; join an area that comes in parts into one shape, its people counted once",
    ),
    "foreign_key": (
        "「{title}」が{limit}にありません。どちらかを直してください",
        "“{title_en}” is not in {limit}; correct one of the two",
    ),
    "parent_quarantined": (
        "「{title}」の行は{limit}にありますが、その行が取り込まれていません。先にそちらを直してください",
        "the row of {limit} that “{title_en}” names was not loaded itself; correct that one first",
    ),
    "conflict": (
        "同じ行が{limit}にもあり、「{title}」が違います。どちらが新しいか分からないので、どちらも保留です。正しいほうを残すか、新しいファイルの名前に日付（20260515など）を付けてください",
        "{limit} has the same row with another “{title_en}”; neither is known to be the later, so both are held back. Keep the right one, or put the date (such as 20260515) into the later file's name",
    ),
    "superseded": (
        "後の報告（{limit}）で「{title}」が変わりました。新しいほうを取り込みました",
        "a later report ({limit}) changed “{title_en}”; that one was loaded",
    ),
    "geometry_missing": ("図形（面）がありません", "the row has no polygon"),
    "other_municipality": (
        "「{title}」が別の市区町村のものです（{limit}以外）", "“{title_en}” is of another municipality (not {limit})",
    ),
    "address_area_mismatch": (
        "座標の町丁目と所在地の町丁目が違います（座標: {limit}）。座標か所在地を確かめてください",
        "the position lies in another area than the address names (position: {limit}); check both",
    ),
    "outside_but_address_inside": (
        "座標は区の外ですが、所在地は区内（{limit}）です。座標を確かめてください",
        "the position is outside the ward, the address inside ({limit}); check the position",
    ),
    "check_digit": (
        "「{title}」の検査数字が合いません。コードを確かめてください",
        "the check digit of “{title_en}” is wrong; check the code",
    ),
    "after_as_of": (
        "「{title}」が時点（{limit}）より後の日付です。確かめてください",
        "“{title_en}” is after the as-of date ({limit}); check it",
    ),
    "repeated_coordinate": (
        "同じ座標が、所在地の違う{limit}行にあります。仮の座標でないか確かめてください",
        "{limit} rows with different addresses have this one position; is it a stand-in?",
    ),
    "outside_own_municipality": (
        "{limit}のデータですが、座標が区の外です。座標を確かめてください",
        "the list is of {limit}, but the position is outside it; check the position",
    ),
    "inside_of_another": (
        "位置は{limit}の中ですが、「{title}」は別の自治体のものです。座標かコードを確かめてください",
        "the position lies in {limit}, but “{title_en}” is another municipality's; check both",
    ),
    "coordinate_incomplete": (
        "経度か緯度の片方がありません。座標を使わず、所在地から町丁目を探しました",
        "longitude or latitude is missing; the area was looked for by the address instead",
    ),
    "location_unknown": (
        "座標がなく、所在地からも町丁目が分かりません。地図には出ません",
        "there are no coordinates and the address names no known area; it is not on the map",
    ),
    "area_unknown": (
        "地域コードからも「{title}」からも町丁目が分かりません。町丁目別の集計には入りません",
        "neither the region's code nor its “{title_en}” names a known area; it is in no area's figures",
    ),
    "area_differs": (
        "公表の面積と図形の面積が1%より違います（図形: {limit} m2）",
        "the published area and the shape's differ by more than 1 % (shape: {limit} m2)",
    ),
    "area_without_population": (
        "人口か世帯数がありません（データなしとして扱います）",
        "population or households are missing (treated as no data)",
    ),
}  # fmt: skip

RULES: Final = frozenset(_RULES) - {"primary_key_polygon"}


def rule_message(rule: str, contract: Contract, field: str, limit: str = "") -> Message:
    """The message of `rule` for a column of `contract`; several columns are joined by commas."""
    titles, titles_en = [], []
    for name in filter(None, field.split(",")):
        column = contract.field(name)
        titles.append(column.title)
        titles_en.append(column.title_en)
    special = f"{rule}_{contract.geometry}"
    ja, en = _RULES[special if special in _RULES else rule]
    limit = plain(limit)  # it can be an area's name, as the boundary file has it
    return Message(
        ja.format(title="・".join(titles), title_en="", limit=limit),
        en.format(title="", title_en=", ".join(titles_en), limit=limit),
    )
