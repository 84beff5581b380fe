"""`ebpm`: the command.

Exit codes: 0 done, 1 could not (nothing changed), 2 wrong usage, 3 done or checked with rows
quarantined.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pipelines.build import build
from pipelines.check import check_file
from pipelines.cli_options import as_of_option, data_folder, folder_options, lang_option
from pipelines.cli_quarantine import quarantine_command
from pipelines.file_report import file_report_json, file_report_text
from pipelines.forms.command import data_set_form, department_forms
from pipelines.inputs import gather_inputs, is_current
from pipelines.messages import Message, UserError
from pipelines.quarantine import write_file_findings
from pipelines.reports import build_report_text, bundle_text, errata_csv
from pipelines.serve import serve
from pipelines.status import status_text
from pipelines.terminal import advance, let_signs_be_lacking, say, shown_progress, step_line

if TYPE_CHECKING:
    from datetime import date

    from pipelines.folder import DataFolder

QUARANTINED: Final = 3
_THIS_PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"


class _BilingualGroup(click.Group):
    """Turns what a reader can act on into its message and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UserError as error:
            say(error.message.both(), err=True)
            ctx.exit(1)


@click.group(cls=_BilingualGroup)
def cli() -> None:
    """中野区EBPM / evidence for Nakano Ward: files in, evidence out."""


@cli.command("build")
@folder_options
@as_of_option
@click.option("--keep", type=click.IntRange(min=0), help="残す古い版の数 / old editions kept")
@click.option(
    "--accept", multiple=True, help="行が減っても入れ替えるデータ / believed despite its gate"
)
@lang_option
def build_command(
    *,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    as_of: date,
    keep: int | None,
    accept: tuple[str, ...],
    lang: str,
) -> None:
    """入力から版を作る / build an edition from the inputs."""
    folder = data_folder(data, inbox, warehouse)
    with shown_progress(lang) as progress:
        report = build(folder, as_of=as_of, keep=keep, accept=accept, progress=progress)
    say(build_report_text(report, lang))
    if not report.complete:
        sys.exit(QUARANTINED)


@cli.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@folder_options
@click.option(
    "--dataset", help="データ名（既定は見出しから判断） / the data set, if not recognised"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="形式 / format"
)
@click.option(
    "--excel",
    type=click.Path(path_type=Path, dir_okay=False),
    help="取込保留・注意をExcelにも書く / rows held back, as Excel too",
)
@lang_option
def check_command(
    *,
    file: Path,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    dataset: str | None,
    form: str,
    excel: Path | None,
    lang: str,
) -> None:
    """1つのファイルを調べる（何も変えない） / check a file, changing nothing."""
    folder = data_folder(data, inbox, warehouse)
    with shown_progress(lang) as progress:
        reports = check_file(file, folder, dataset=dataset, progress=progress)
    say(file_report_json(reports) if form == "json" else file_report_text(reports, lang))
    if excel is not None:
        # Not on the output, which may be JSON for a program.
        say(write_file_findings(reports, excel, lang=lang).message.text(lang), err=True)
    if any(report.count.rows_quarantined for report in reports):
        sys.exit(QUARANTINED)


cli.add_command(quarantine_command)


@cli.command("template")
@click.argument("dataset", required=False)
@folder_options
@click.option("--department", help="課の報告用紙（所管課ID） / a department's workbook, by its ID")
@click.option(
    "--every-department",
    type=click.Path(path_type=Path, file_okay=False),
    help="全ての課の報告用紙を書き出すフォルダー / a folder for the workbooks of all departments",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="書き出すファイル / the file to write",
)
@lang_option
def template_command(
    *,
    dataset: str | None,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
    department: str | None,
    every_department: Path | None,
    out: Path | None,
    lang: str,
) -> None:
    """記入するExcelの用紙を作る（データ、または課の報告） / Excel forms, of a data set or a department."""
    if [dataset, department, every_department].count(None) != 2 or (every_department and out):  # noqa: PLR2004
        raise click.UsageError(
            "データ名・--department・--every-department のどれか一つを指定してください。"
            " / name a data set, --department or --every-department (which takes no --out)."
        )
    folder = data_folder(data, inbox, warehouse)
    if dataset is not None:
        say(data_set_form(dataset, folder, out).text(lang))
    else:
        say(department_forms(folder, department, every_department, out).text(lang))


@cli.command("status")
@folder_options
@as_of_option
@lang_option
def status_command(
    *, data: Path | None, inbox: Path | None, warehouse: Path | None, as_of: date, lang: str
) -> None:
    """いまの版と入力の様子 / the current edition and its inputs."""
    say(status_text(data_folder(data, inbox, warehouse), as_of=as_of, lang=lang))


@cli.command("errata")
@click.argument("older")
@click.argument("newer", required=False)
@folder_options
def errata_command(
    *,
    older: str,
    newer: str | None,
    data: Path | None,
    inbox: Path | None,
    warehouse: Path | None,
) -> None:
    """二つの版の間の正誤表（CSV） / corrections between two editions."""
    at = data_folder(data, inbox, warehouse).warehouse
    click.echo(errata_csv(older, newer, at), nl=False)


@cli.command("fetch")
@folder_options
@lang_option
def fetch_command(
    *, data: Path | None, inbox: Path | None, warehouse: Path | None, lang: str
) -> None:
    """公的な出典から受け箱へ取得する / fetch official sources into the inbox."""
    # Only this command needs the network.
    from pipelines.fetch import fetch_boundary  # noqa: PLC0415

    with click.progressbar(length=1, label="e-Stat", file=sys.stderr) as bar:
        fetched = fetch_boundary(
            data_folder(data, inbox, warehouse),
            progress=lambda done, whole: advance(bar, done, whole),
        )
    click.echo(
        Message(
            f"{fetched.path}: {fetched.areas}の町丁目を取得しました。「ebpm build」で地図に入ります。",
            f"{fetched.path}: {fetched.areas} areas fetched; `ebpm build` puts them on the map.",
        ).text(lang)
    )


@cli.command("run")
@folder_options
@as_of_option
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス / address")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="ポート / port"
)
@lang_option
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
    folder = data_folder(data, inbox, warehouse)
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
@lang_option
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
        progress=step_line(lang),
    )
    say(bundle_text(report, lang))


def main() -> None:
    """The console script."""
    let_signs_be_lacking()
    cli(prog_name="ebpm")


def _build_if_changed(folder: DataFolder, as_of: date, lang: str) -> None:
    """Build when the inputs changed; when that fails, an edition there is stays in service."""
    try:
        if is_current(gather_inputs(folder, as_of=as_of)):
            return
        with shown_progress(lang) as progress:
            report = build(folder, as_of=as_of, progress=progress)
        say(build_report_text(report, lang))
    except UserError as error:
        if not (folder.warehouse / "CURRENT").is_file():
            raise
        _warn(error.message)


def _warn(message: Message) -> None:
    say(message.both(), err=True)
    say(
        "新しい版は作れませんでした。前の版を表示します。\n"
        "No new edition could be built; the previous one is shown.",
        err=True,
    )
