"""`ebpm quarantine`: what the current edition held back, as Excel for a department."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.check import find_contract
from pipelines.cli_options import data_folder, folder_options, lang_option
from pipelines.quarantine import write_edition_findings
from pipelines.terminal import say


@click.command("quarantine")
@folder_options
@click.option("--dataset", help="データ名（既定はすべて） / of one data set only")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="書き出すファイル / the file to write",
)
@click.option(
    "--internal",
    is_flag=True,
    help="非公開の項目の値も書く（作成者だけが読めるファイル） / with values of internal columns",
)
@lang_option
def quarantine_command(
    *,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    dataset: str | None,
    out: Path | None,
    internal: bool,
    lang: str,
) -> None:
    """いまの版で取込保留・注意とした行をExcelに書き出す / rows held back, as Excel."""
    folder = data_folder(data, inbox, warehouse)
    if dataset is not None:
        find_contract(dataset, folder)
    written = write_edition_findings(
        folder.warehouse, out, dataset=dataset, internal=internal, lang=lang
    )
    say(written.message.text(lang))
