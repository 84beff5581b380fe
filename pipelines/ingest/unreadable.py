"""Files that cannot be read at all: which, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from pathlib import Path

_REASONS: Final[dict[str, tuple[str, str, str, str]]] = {
    # reason: (what happened, what to do) in Japanese, then in English
    "empty": (
        "ファイルが空です", "中身のあるファイルに差し替えてください",
        "the file is empty", "replace it with one that has content",
    ),
    "encoding": (
        "文字コードが分かりません（UTF-8・Shift_JIS（cp932）・UTF-16のいずれでもない）",
        "元のソフトで「CSV UTF-8」として保存し直してください",
        "it is not in an encoding that is known (UTF-8, cp932, UTF-16)",
        "save it again as “CSV UTF-8”",
    ),
    "not_text": (
        "表のファイルではありません", "CSV・GeoJSON・シェープファイルを入れてください",
        "it is not a table", "supply a CSV, a GeoJSON or a Shapefile",
    ),
    "excel": (
        "Excelのファイルはまだ読めません", "Excelで「CSV UTF-8」として保存し直してください",
        "Excel files cannot be read yet", "save it from Excel as “CSV UTF-8”",
    ),
    "header": (
        "見出しの行が見つかりません", "1行目に列の名前があるか、どのデータの表かを確かめてください",
        "no header line was recognised", "check that a line of column names is there",
    ),
    "ambiguous": (
        "どのデータの表か決められません",
        "data/inbox/<データ名>/ に置くか、--dataset で指定してください",
        "it fits more than one data set",
        "put it into data/inbox/<dataset>/ or name the data set with --dataset",
    ),
    "no_rows": (
        "見出しの下に行がありません", "データの行があるか確かめてください",
        "there are no rows below the header", "check that the rows are there",
    ),
    "quotes": (
        '引用符（"）が閉じていません', "途中で切れていないか、引用符の数を確かめてください",
        "a quotation mark is never closed", "check that the file was not cut off",
    ),
    "huge_cell": (
        "1つのセルが大きすぎます", "引用符の閉じ忘れがないか確かめてください",
        "one cell is too large", "check for a quotation mark that is never closed",
    ),
    "too_large": (
        "ファイルが大きすぎます", "分けて入れてください",
        "the file is too large", "split it",
    ),
    "truncated": (
        "ファイルが途中で切れているか、壊れています", "もう一度入手してください",
        "the file is cut off or damaged", "obtain it again",
    ),
    "not_geojson": (
        "GeoJSONとして読めません", "FeatureCollectionのGeoJSONを入れてください",
        "it is not GeoJSON", "supply a GeoJSON FeatureCollection",
    ),
    "no_geometry": (
        "図形がありません", "図形（境界）を含むファイルを入れてください",
        "it holds no shapes", "supply a file with shapes",
    ),
    "no_crs": (
        "座標系が分かりません（.prjがない）", "同じ名前の.prjを一緒に置いてください",
        "its coordinate system is unknown (no .prj)", "put the .prj of the same name beside it",
    ),
    "unknown_crs": (
        "座標系を読み取れません", "JGD2000・JGD2011・WGS84のファイルを入れてください",
        "its coordinate system cannot be read", "supply a file in JGD2000, JGD2011 or WGS84",
    ),
    "outside_japan": (
        "図形が日本の外にあります", "座標系と、緯度・経度の順を確かめてください",
        "its shapes lie outside Japan", "check the coordinate system and the order lon, lat",
    ),
    "missing_part": (
        "シェープファイルの一部がありません（.shp .shx .dbf .prj）", "4つを揃えて置いてください",
        "a part of the Shapefile is missing (.shp .shx .dbf .prj)", "put all four together",
    ),
    "bad_archive": (
        "zipを開けないか、中に境界のシェープファイルが1つだけ入っていません",
        "e-Statから落としたzipをそのまま入れてください",
        "the zip cannot be opened or does not hold exactly one Shapefile",
        "supply the zip from e-Stat as it is",
    ),
    "access": (
        "ファイルを開けません", "読み取りの権限と、他のソフトで開いていないかを確かめてください",
        "the file cannot be opened", "check the permission and whether another program holds it",
    ),
}  # fmt: skip


class UnreadableFileError(UserError):
    """A file that cannot be read; nothing of it is used and nothing is changed."""

    def __init__(self, path: Path | str, reason: str, detail: str = "") -> None:
        what_ja, next_ja, what_en, next_en = _REASONS[reason]
        extra_ja = f"（{detail}）" if detail else ""
        extra_en = f" ({detail})" if detail else ""
        super().__init__(
            Message(
                f"{path}: {what_ja}{extra_ja}。{next_ja}。",
                f"{path}: {what_en}{extra_en}; {next_en}.",
            )
        )
        self.reason = reason
