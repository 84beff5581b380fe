"""`ebpm`: the command.

Exit codes: 0 done, 1 could not (nothing changed), 2 wrong usage, 3 done or checked with rows
quarantined.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pipelines.build import build, gather_inputs, is_current
from pipelines.check import check_file
from pipelines.folder import DataFolder
from pipelines.messages import Message, UserError
from pipelines.reports import build_report_text, file_report_json, file_report_text
from pipelines.serve import serve
from pipelines.status import status_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.bundle import BundleReport

QUARANTINED: Final = 3
_THIS_PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"


class _BilingualGroup(click.Group):
    """Turns what a reader can act on into its message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(error.message.both(), err=True)
            ctx.exit(1)


def _folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    path = click.Path(path_type=Path, file_okay=False)
    there = click.Path(path_type=Path, file_okay=False, exists=True)
    for option in (
        click.option("--data", type=there, help="データのフォルダー / the data folder"),
        click.option("--inbox", type=there, help="入力のフォルダー / where the ward's files are"),
        click.option("--warehouse", type=path, help="版の置き場 / where editions are kept"),
    ):
        command = option(command)
    return command


def _as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _ctx, _option, given: _day(given),
        help="時点（既定は今日） / as-of date (today unless given)",
    )(command)


_LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), default="ja", help="表示の言語 / language"
)


@click.group(cls=_BilingualGroup)
def cli() -> None:
    """中野区EBPM / evidence for Nakano Ward: files in, evidence out."""


@cli.command("build")
@_folder_options
@_as_of_option
@click.option("--keep", type=click.IntRange(min=0), help="残す古い版の数 / old editions kept")
@_LANG
def build_command(
    *,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    as_of: date,
    keep: int | None,
    lang: str,
) -> None:
    """入力から版を作る / build an edition from the inputs."""
    folder = _folder(data, inbox, warehouse)
    report = build(folder, as_of=as_of, keep=keep, progress=_show_step(lang))
    click.echo(build_report_text(report, lang))
    if report.quarantined:
        sys.exit(QUARANTINED)


@cli.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@_folder_options
@click.option(
    "--dataset", help="データ名（既定は見出しから判断） / the data set, if not recognised"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="形式 / format"
)
@_LANG
def check_command(
    *,
    file: Path,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    dataset: str | None,
    form: str,
    lang: str,
) -> None:
    """1つのファイルを調べる（何も変えない） / check a file, changing nothing."""
    report = check_file(file, _folder(data, inbox, warehouse), dataset=dataset)
    click.echo(file_report_json(report) if form == "json" else file_report_text(report, lang))
    if report.count.rows_quarantined:
        sys.exit(QUARANTINED)


@cli.command("status")
@_folder_options
@_as_of_option
@_LANG
def status_command(
    *, data: Path | None, inbox: Path | None, warehouse: Path | None, as_of: date, lang: str
) -> None:
    """いまの版と入力の様子 / the current edition and its inputs."""
    click.echo(status_text(_folder(data, inbox, warehouse), as_of=as_of, lang=lang))


@cli.command("run")
@_folder_options
@_as_of_option
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス / address")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="ポート / port"
)
@_LANG
def run_command(
    *,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    as_of: date,
    host: str,
    port: int,
    lang: str,
) -> None:
    """入力が変わっていれば版を作り、画面を出す / build if inputs changed, then serve."""
    folder = _folder(data, inbox, warehouse)
    _build_if_changed(folder, as_of, lang)
    serve(folder, host=host, port=port)


@cli.command("bundle")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--python",
    "pythons",
    multiple=True,
    default=[_THIS_PYTHON],
    show_default=True,
    help="Pythonの版 / Python version",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    type=click.Choice(["linux", "windows"]),
    default=["linux", "windows"],
    show_default=True,
    help="入れる先 / where it is installed",
)
@_LANG
def bundle_command(
    *, target: Path, pythons: tuple[str, ...], platforms: tuple[str, ...], lang: str
) -> None:
    """ネットワークのない機械に入れるための一式を作る / everything to install offline."""
    # Only this command needs the tools of packaging.
    from pipelines.bundle import build_bundle  # noqa: PLC0415

    report = build_bundle(
        target,
        python_versions=pythons,
        platforms=platforms,
        progress=_show_step(lang),
    )
    click.echo(_bundle_text(report, lang))


def main() -> None:
    """The console script."""
    cli(prog_name="ebpm")


def _build_if_changed(folder: DataFolder, as_of: date, lang: str) -> None:
    """Build when the inputs changed; when that fails, an edition there is stays in service."""
    try:
        if is_current(gather_inputs(folder, as_of=as_of)):
            return
        report = build(folder, as_of=as_of, progress=_show_step(lang))
        click.echo(build_report_text(report, lang))
    except UserError as error:
        if not (folder.warehouse / "CURRENT").is_file():
            raise
        _warn(error.message)


def _warn(message: Message) -> None:
    click.echo(message.both(), err=True)
    click.echo(
        "新しい版は作れませんでした。前の版を表示します。\n"
        "No new edition could be built; the previous one is shown.",
        err=True,
    )


def _folder(data: Path | None, inbox: Path | None, warehouse: Path | None) -> DataFolder:
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


def _show_step(lang: str) -> Callable[[Message], None]:
    return lambda step: click.echo(f"… {step.text(lang)}", err=True)


def _bundle_text(report: BundleReport, lang: str) -> str:
    size_mib = report.size_bytes / 1024**2
    return Message(
        f"{report.folder}: {report.wheels}個のパッケージ、{size_mib:,.0f} MiB"
        f"（{'・'.join(report.targets)}）。中の 導入手順書.md をご覧ください。",
        f"{report.folder}: {report.wheels} packages, {size_mib:,.0f} MiB"
        f" ({', '.join(report.targets)}). See 導入手順書.md in it.",
    ).text(lang)
