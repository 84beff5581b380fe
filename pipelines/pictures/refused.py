"""Why a picture is not shown."""

from __future__ import annotations

from typing import Final

from pipelines.messages import Message

REASONS: Final = {
    "too_large": Message("ファイルが大きすぎます", "the file is too large"),
    "too_many_pixels": Message("画素が多すぎます", "it has too many pixels"),
    "damaged": Message("壊れているか、PNG・SVGではありません", "it is damaged or neither PNG nor SVG"),
    "doctype": Message(
        "DOCTYPEか実体の宣言があります。「プレーンSVG」で保存し直してください",
        "it declares a DOCTYPE or an entity; save it as plain SVG",
    ),
    "encoding": Message("UTF-8ではありません", "it is not in UTF-8"),
    "too_complex": Message("図形が多すぎるか、深すぎます", "it holds too many shapes, or too deep"),
    "nothing_left": Message(
        "取り除いたあとに、図形が残りません", "nothing is left of it after cleaning"
    ),
    "unnamed": Message(
        "どの取組の図か分かりません。ファイル名を取組IDにするか、「実施イメージ（図）」の列に書いてください",
        "no initiative names it; call it by the initiative's ID or write its name into the column of pictures",
    ),
    "absent": Message(
        "取組の一覧にある図のファイルがありません", "the register names this picture, but it is not there"
    ),
    "taken": Message(
        "同じ取組の図がほかにもあります。どれを使うか決められません",
        "the initiative has another picture too; which to show is not known",
    ),
}  # fmt: skip


class RefusedPictureError(ValueError):
    """A picture that cannot be cleaned; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
