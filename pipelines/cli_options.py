"""The options that several commands share, and the folder they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipelines.folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--data, --inbox and --warehouse."""
    path = click.Path(path_type=Path, file_okay=False)
    there = click.Path(path_type=Path, file_okay=False, exists=True)
    for option in (
        click.option("--data", type=there, help="データのフォルダー / the data folder"),
        click.option("--inbox", type=there, help="入力のフォルダー / where the ward's files are"),
        click.option("--warehouse", type=path, help="版の置き場 / where editions are kept"),
    ):
        command = option(command)
    return command


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, as a date."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _ctx, _option, given: _day(given),
        help="時点（既定は今日） / as-of date (today unless given)",
    )(command)


lang_option: Final = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default="ja", help="表示の言語 / language"
)


def data_folder(data: Path | None, inbox: Path | None, warehouse: Path | None) -> DataFolder:
    """The folder that the options name, otherwise the default one."""
    folder = DataFolder.default()
    if data is not None:
        folder = replace(folder, root=data)
    return replace(
        folder,
        inbox_path=inbox or folder.inbox_path,
        warehouse_path=warehouse or folder.warehouse_path,
    )


def _day(given: datetime | None) -> date:
    # The one place that reads the clock for an edition; everything after it takes the date.
    return given.date() if given else datetime.now().astimezone().date()
