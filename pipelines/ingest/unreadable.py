"""Files that cannot be read at all: which, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.contracts import Contract

_SHOWN_CHARACTERS: Final = 300
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
    "vector_encoding": (
        "文字コードを読めません", "GeoJSONはUTF-8で保存し直し、シェープファイルは.cpgに文字コードを書いてください",
        "its text cannot be decoded", "save GeoJSON as UTF-8; name a Shapefile's encoding in its .cpg",
    ),
    "not_text": (
        "表のファイルではありません",
        "CSV・Excel（.xlsx）・JSON・GeoJSON・シェープファイル・GeoPackageを入れてください",
        "it is not a table", "supply a CSV, Excel (.xlsx), JSON, GeoJSON, Shapefile or GeoPackage",
    ),
    "old_excel": (
        "古い形式のExcel（.xls）か、Officeの他のファイルです",
        "Excelで開き「Excelブック（*.xlsx）」として保存し直してください",
        "it is an old Excel book (.xls) or another Office file",
        "open it in Excel and save it as “Excel Workbook (*.xlsx)”",
    ),
    "xlsb": (
        "Excelバイナリブック（.xlsb）です", "Excelで「Excelブック（*.xlsx）」として保存し直してください",
        "it is a binary Excel book (.xlsb)", "save it from Excel as “Excel Workbook (*.xlsx)”",
    ),
    "opendocument": (
        "OpenDocumentのファイルです", "「Excelブック（*.xlsx）」かCSVとして保存し直してください",
        "it is an OpenDocument file", "save it as “Excel Workbook (*.xlsx)” or CSV",
    ),
    "password": (
        "パスワードが掛かっています", "パスワードを外して保存し直してください",
        "it is protected by a password", "save it again without the password",
    ),
    "formula": (
        "計算されていない数式があります", "Excelで開いて上書き保存してください（値が入ります）",
        "it holds formulas that were never calculated", "open it in Excel and save it again",
    ),
    "several": (
        "同じデータの表が2つ以上あり、どれを使うか決められません", "使う表だけを残すか、分けて入れてください",
        "it holds several tables of one data set", "keep one, or supply them one by one",
    ),
    "nested": (
        "zipの中にzipがあります", "中のzipを取り出して入れてください",
        "it holds a zip inside a zip", "take the inner one out and supply that",
    ),
    "private": (
        "個人や端末を特定できる列があるため、受け取りません",
        "その列を（見出しごと）削除して保存し直してください。何も保存していません",
        "it is not accepted, because a column identifies persons or devices",
        "delete that column, header included, and save it again; nothing was kept",
    ),
    "not_json": (
        "JSONとして読めないか、行の一覧がありません", "オブジェクトの配列のJSONを入れてください",
        "it is not JSON, or holds no list of records", "supply a JSON list of objects",
    ),
    "header": (
        "見出しの行が見つかりません", "列の名前の行があるか、どのデータの表かを確かめてください",
        "no header line was recognised", "check that a line of column names is there",
    ),
    "no_kind": (
        "どのデータの見出しとも合いません",
        "列の名前の行があるか確かめてください。下のどれかなら data/inbox/<データ名>/ に置くか --dataset で指定すると足りない列を表示します。記入用のExcelは「ebpm template <データ名>」で作れます",
        "its header fits no data set",
        "check that a line of column names is there; if it is one of the kinds below, put it into data/inbox/<dataset>/ or name it with --dataset to be told what it lacks; `ebpm template <dataset>` makes a form",
    ),
    "ambiguous": (
        "どのデータの表か決められません",
        "data/inbox/<データ名>/ に置くか、--dataset で指定してください",
        "it fits more than one data set",
        "put it into data/inbox/<dataset>/ or name the data set with --dataset",
    ),
    "unsure": (
        "どのデータの表か、見出しだけでは決められません（市区町村コードの列がない）",
        "data/inbox/<データ名>/ に置くか、--dataset で指定してください",
        "its header alone does not tell which data set it is (no municipality code)",
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
        "zipを開けないか、中に読める表がありません",
        "中の表（e-Statの境界はzipのまま）を入れてください",
        "the zip cannot be opened or holds no table",
        "supply the table in it (a boundary from e-Stat as its zip)",
    ),
    "not_a_file": (
        "ファイルではありません", "フォルダーの中のファイルを直接ここに置くか、取り除いてください",
        "it is not a file", "put the files themselves here, without a folder, or remove it",
    ),
    "no_folder": (
        "フォルダーではありません", "同じ名前のフォルダーにしてください",
        "it is not a folder", "make it a folder",
    ),
    "changed": (
        "読んでいる間に入力が変わりました", "ファイルの書き込みが終わってから、もう一度実行してください",
        "the inputs changed while they were read", "run again when they are all written",
    ),
    "file_name": (
        "ファイル名の文字コードが分かりません", "ファイル名を付け直してください",
        "its name is in an unknown encoding", "rename the file",
    ),
    "access": (
        "ファイルを開けません", "読み取りの権限と、他のソフトで開いていないかを確かめてください",
        "the file cannot be opened", "check the permission and whether another program holds it",
    ),
}  # fmt: skip


class UnreadableFileError(UserError):
    """A file that cannot be read; nothing of it is used and nothing is changed."""

    def __init__(
        self, path: Path | str, reason: str, detail: str = "", kinds: Sequence[Contract] = ()
    ) -> None:
        what_ja, next_ja, what_en, next_en = _REASONS[reason]
        # Both can hold anything: the name is the sender's, the detail quotes the file.
        named, seen = plain(str(path)), plain(detail, _SHOWN_CHARACTERS)
        extra_ja = f"（{seen}）" if detail else ""
        extra_en = f" ({seen})" if detail else ""
        message = Message(
            f"{named}: {what_ja}{extra_ja}。{next_ja}。",
            f"{named}: {what_en}{extra_en}; {next_en}.",
        )
        super().__init__(message + _listed(kinds) if kinds else message)
        self.reason = reason


def _listed(kinds: Sequence[Contract]) -> Message:
    """The data sets there are, with the names to give."""
    return Message(
        f"受け取れるデータ: {'、'.join(f'{kind.title}（{kind.name}）' for kind in kinds)}",
        f"Kinds: {', '.join(f'{kind.title_en} ({kind.name})' for kind in kinds)}",
    )
