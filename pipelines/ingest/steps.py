"""What is done to a file's values before the repairs of a column, as people read of it."""

from __future__ import annotations

from typing import Final

from pipelines.ingest.clean import KEY_REPAIR, MERGED_REPAIR
from pipelines.ingest.coordinates import POINT_REPAIR, STAND_IN_REPAIR, SWAP_REPAIR
from pipelines.ingest.file_code import CODE_REPAIR
from pipelines.ingest.pairs import PAIR_REPAIR
from pipelines.ingest.symbols import SYMBOL_REPAIR
from pipelines.ingest.told import TOLD_REPAIR
from pipelines.ingest.unpivot import WIDE_REPAIR
from pipelines.messages import Message

STEPS: Final = {
    KEY_REPAIR: Message("空のIDを内容から作った", "Blank ID made from the row's content"),
    CODE_REPAIR: Message("ファイル名のコードを入れた", "Code taken from the file's name"),
    PAIR_REPAIR: Message("1列の緯度・経度を2つに分けた", "Two values in one column taken apart"),
    MERGED_REPAIR: Message("結合セルの値を各行に入れた", "Value of merged cells put into each row"),
    SWAP_REPAIR: Message(
        "入れ違いの経度と緯度を戻した", "Longitude and latitude put the right way"
    ),
    POINT_REPAIR: Message(
        "座標に抜けた小数点を入れた", "Lost decimal point of a coordinate put back"
    ),
    STAND_IN_REPAIR: Message(
        "座標の「-」「999.0」などを空にした", "Stand-ins for no coordinate (-, 999.0) made blank"
    ),
    SYMBOL_REPAIR: Message(
        "「-」「…」「×」「△」を意味として読んだ", "Marks (-, …, ×, △) read as what they mean"
    ),
    TOLD_REPAIR: Message(
        "ファイル名・シート名・出典の題名から読んだ",
        "Read from the name of the file or the sheet, or from the title of the source",
    ),
    WIDE_REPAIR: Message(
        "横に並んだ数を1行に1つにした", "Numbers side by side made rows of their own"
    ),
}
