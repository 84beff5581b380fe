"""Text comes in blocks: signs and lines that a block cuts, and lines that never end."""

from __future__ import annotations

import io

import pytest

from pipelines.ingest import decode
from pipelines.ingest.decode import UnknownEncodingError, find_encoding, utf8_blocks
from pipelines.ingest.readers import line_blocks
from pipelines.ingest.readers.delimited import read_delimited
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.line_blocks import LineBlocks

TEXT = "名称,住所\r\n髙田𠮷,中野\n\rx\r"
LINES = ["名称,住所\r\n", "髙田𠮷,中野\n", "\r", "x\r"]
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID"


@pytest.mark.parametrize("block_bytes", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_no_sign_and_no_line_is_lost_between_two_blocks(monkeypatch, encoding, block_bytes):
    text, lines = TEXT, LINES
    if encoding == "cp932":  # has no 𠮷
        text, lines = text.replace("𠮷", "吉"), [line.replace("𠮷", "吉") for line in lines]
    monkeypatch.setattr(decode, "_BLOCK_BYTES", block_bytes)
    monkeypatch.setattr(line_blocks, "BLOCK_BYTES", block_bytes)
    file = io.BytesIO(text.encode(encoding))
    assert find_encoding(file) == encoding
    assert b"".join(utf8_blocks(file, encoding)).decode() == text
    blocks = list(LineBlocks(file, encoding))
    assert [line for block in blocks for line in block.texts(0)] == lines
    numbers = [block.first_line + at for block in blocks for at in range(block.lines)]
    assert numbers == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "damaged", ["中野区".encode() * 3 + b"\xe4\xb8", "中野区".encode() * 3 + b"\xff", b"a\0b"]
)
def test_damage_is_found_wherever_a_block_ends(monkeypatch, damaged):
    monkeypatch.setattr(decode, "_BLOCK_BYTES", 4)
    with pytest.raises(UnknownEncodingError):
        find_encoding(io.BytesIO(damaged))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"131148,1,{'x' * 1_300_000}", "huge_cell"),
        (f"131148,1,x{',' * 20_000}{'x' * 900_000}", "too_large"),
        (f"131148,1,{('x' * 100_000 + ',') * 9}", "too_large"),
    ],
)
def test_a_line_that_never_ends_is_refused_before_it_is_whole(monkeypatch, catalogue, line, reason):
    monkeypatch.setattr(decode, "_BLOCK_BYTES", 100_000)
    monkeypatch.setattr(line_blocks, "BLOCK_BYTES", 100_000)
    monkeypatch.setattr(
        line_blocks, "_LONGEST_LINE_BYTES", 1_200_000 if "x" * 1_000_001 in line else 800_000
    )
    file = io.BytesIO(f"{HEADER}\n{line}".encode())
    with pytest.raises(ReadError) as caught:
        read_delimited(file, list(catalogue.contracts.values()))
    assert caught.value.reason == reason
    assert "2行目" in caught.value.detail
