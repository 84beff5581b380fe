"""What the page データ shows, to take away as Excel or CSV: findings for a department, and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data_labels import finding_kind, line_text
from dashboard.data_selection import KINDS
from dashboard.exports import csv_bytes
from dashboard.rows_behind import place_name, read_rows
from pipelines.warehouse import open_edition
from pipelines.words import as_of_text, statuses_text

if TYPE_CHECKING:
    from dashboard.data_selection import DataSelection
    from dashboard.exports import Cell
    from dashboard.holdings import Holdings
    from dashboard.translation import Translate
    from dashboard.ward import Ward


def findings_stem(ward: Ward, selection: DataSelection) -> str:
    """How a file of findings is called, without its ending."""
    return "_".join(
        filter(None, [ward.outline.code, selection.dataset, "findings", ward.as_of.isoformat()])
    )


def findings_xlsx(ward: Ward, holdings: Holdings, selection: DataSelection, _: Translate) -> bytes:
    """A sheet for each kind of findings, with a column in which a department can answer."""
    from pipelines.workbook import Sheet, workbook  # noqa: PLC0415 - only for who asks for Excel

    header = [*_finding_header(_)[1:], _("対応（記入欄）")]
    sheets = [
        Sheet(
            finding_kind(kind, _),
            header,
            [[*row[1:], None] for row in _finding_rows(holdings, selection, kind, _)],
        )
        for kind in ([selection.kind] if selection.kind else KINDS)
    ]
    about = [
        (_("表題"), _("取り込めなかった行・確かめたい行")),
        (_("自治体"), ward.name_in(selection.lang)),
        *_about(holdings, selection, _),
    ]
    return workbook(about, sheets)


def findings_csv(ward: Ward, holdings: Holdings, selection: DataSelection, _: Translate) -> bytes:
    """All findings of the selection, each with the data set's state and the edition."""
    lang = selection.lang
    header = [*_finding_header(_), _("状態"), _("自治体"), _("版の時点"), _("データの版")]
    about = [ward.name_in(lang), as_of_text(holdings.as_of, lang), holdings.edition]
    states = {
        one.dataset.title_in(lang): statuses_text(one.dataset.statuses, lang)
        for one in holdings.datasets.values()
    }
    rows = [
        [*row, states[str(row[1])], *about]
        for kind in ([selection.kind] if selection.kind else KINDS)
        for row in _finding_rows(holdings, selection, kind, _)
    ]
    return csv_bytes([header, *rows])


def rows_stem(ward: Ward, selection: DataSelection) -> str:
    """How a file of rows is called, without its ending."""
    key = selection.indicator or selection.initiative
    parts = [selection.place or ward.outline.code, selection.dataset, key, ward.as_of.isoformat()]
    return "_".join(filter(None, parts))


def rows_xlsx(ward: Ward, holdings: Holdings, selection: DataSelection, _: Translate) -> bytes:
    """The rows behind the figure, public columns only, with file and line."""
    from pipelines.workbook import Sheet, workbook  # noqa: PLC0415 - only for who asks for Excel

    dataset = holdings.datasets[selection.dataset].dataset
    about = [
        (_("表題"), dataset.title_in(selection.lang)),
        (_("場所"), _place(ward, selection, _)),
        *_of_whom(selection, _),
        (_("出典"), dataset.credit_in(selection.lang) or _("記載なし")),
        (_("利用条件"), holdings.datasets[selection.dataset].licences or _("記載なし")),
        (_("時点"), as_of_text(dataset.as_of, selection.lang)),
        *_about(holdings, selection, _),
    ]
    sheet = Sheet(
        _("元の行"), _row_header(holdings, selection, _), _rows(ward, holdings, selection)
    )
    return workbook(about, [sheet])


def rows_csv(ward: Ward, holdings: Holdings, selection: DataSelection, _: Translate) -> bytes:
    """The same rows as CSV, each with date, state, source and edition."""
    lang = selection.lang
    holding = holdings.datasets[selection.dataset]
    dataset = holding.dataset
    header = [
        *_row_header(holdings, selection, _),
        _("時点"), _("状態"), _("出典"), _("利用条件"), _("データの版"),
    ]  # fmt: skip
    about: list[Cell] = [
        as_of_text(dataset.as_of, lang), statuses_text(dataset.statuses, lang),
        dataset.credit_in(lang), holding.licences, holdings.edition,
    ]  # fmt: skip
    return csv_bytes([header, *([*row, *about] for row in _rows(ward, holdings, selection))])


def _finding_header(_: Translate) -> list[str]:
    return [
        _("種類"), _("データ"), _("ファイル"), _("行番号"), _("項目"), _("値"), _("内容"),
    ]  # fmt: skip


def _finding_rows(
    holdings: Holdings, selection: DataSelection, kind: str, _: Translate
) -> list[list[Cell]]:
    found = holdings.chosen_findings(selection, kinds=[kind])
    return [line_text(row, holdings, _, selection.lang) for row in found.to_pylist()]


def _row_header(holdings: Holdings, selection: DataSelection, _: Translate) -> list[str]:
    columns = holdings.datasets[selection.dataset].public_columns
    return [_("ファイル"), _("行番号"), *(one.title_in(selection.lang) for one in columns)]


def _rows(ward: Ward, holdings: Holdings, selection: DataSelection) -> list[tuple[Cell, ...]]:
    with open_edition(holdings.edition) as edition:
        return list(read_rows(edition, ward, holdings, selection).rows)


def _place(ward: Ward, selection: DataSelection, _: Translate) -> str:
    return place_name(ward, selection.place, selection.lang) if selection.place else _("すべて")


def _of_whom(selection: DataSelection, _: Translate) -> list[tuple[str, str]]:
    """The IDs by which the rows were chosen."""
    chosen = ((_("取組"), selection.initiative), (_("指標名"), selection.indicator))
    return [(title, key) for title, key in chosen if key]


def _about(holdings: Holdings, selection: DataSelection, _: Translate) -> list[tuple[str, str]]:
    lang = selection.lang
    shown = [holdings.datasets[selection.dataset]] if selection.dataset else holdings.supplied
    states = [
        f"{one.dataset.title_in(lang)}: {statuses_text(one.dataset.statuses, lang)}"
        for one in shown
    ]
    return [
        (_("状態"), " / ".join(states)),
        (_("ファイル"), selection.file or _("すべて")),
        (_("版の時点"), as_of_text(holdings.as_of, lang)),
        (_("データの版"), holdings.edition),
    ]
