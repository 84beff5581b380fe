"""Persons and their devices stay outside; lists of places are not mistaken for them."""

from __future__ import annotations

import json

import pytest

from pipelines.ingest.unreadable import UnreadableFileError

HEADER = "市区町村コード,NO,名称,住所"
USAGE = "年月,アクセスポイントID,接続回数"
NUMBERS = ("123456789018", "246813579029", "135792468013", "111122223333", "999988887777")


def refused(read, text, name="131148_public_wireless_lan.csv"):
    with pytest.raises(UnreadableFileError) as caught:
        read(text, name)
    assert caught.value.reason == "private"
    return caught.value


def my_number(first):
    """Eleven digits and their check digit, as 総務省令 第85号 writes it: P1 is the last of them."""
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, 12)]
    rest = sum(int(d) * q for d, q in zip(reversed(first), weights, strict=True)) % 11
    return first + str(0 if rest <= 1 else 11 - rest)


@pytest.mark.parametrize(
    "header",
    [
        "端末MACアドレス", "MAC_Address", "Client_MAC", "ＭＡＣ", "端末ID", "デバイスID", "IMEI",
        "氏名", "氏名（カナ）", "担当者名", "担当者", "利用者名", "世帯主名", "代表者氏名", "会員名",
        "user_name", "First Name".replace(" ", "_"), "個人番号", "マイナンバー", "住民票コード",
        "生年月日", "birth_date", "携帯電話番号", "自宅住所", "利用者メールアドレス",
    ],
)  # fmt: skip
def test_a_header_that_says_so_is_enough(read, header):
    error = refused(read, f"{HEADER},{header}\n131148,1,区役所,中野4,\n")
    assert f"「{header}」" in error.message.ja
    assert "削除" in error.message.ja
    assert "delete that column" in error.message.en


@pytest.mark.parametrize(
    "header",
    [
        "施設名", "設置者", "団体名", "電話番号", "連絡先メールアドレス", "管理者", "施設管理者", "所管課",
        "担当課", "BSSID", "アクセスポイントMACアドレス", "SSID", "登録名", "利用者数", "世帯数", "法人番号",
        "fullNameInKana", "installer", "通称名", "名称_カナ", "利用可能日時特記事項", "machine",
    ],
)  # fmt: skip
def test_what_lists_of_places_have_is_let_in(read, header):
    [table] = read(
        f"{HEADER},{header}\n131148,1,区役所,中野4,x\n", "131148_public_wireless_lan.csv"
    )
    assert table.raw.rows == 1


@pytest.mark.parametrize(
    "value",
    [
        "aa:bb:cc:dd:ee:0{}", "AA-BB-CC-DD-EE-0{}", "aabb.ccdd.ee0{}", "assoc aa:bb:cc:dd:ee:0{} ok",
    ],
)  # fmt: skip
def test_device_addresses_are_found_by_content_and_never_shown(read, value):
    rows = "".join(f"131148,{n},区役所,中野4,{value.format(n)}\n" for n in range(9))
    error = refused(read, f"{HEADER},備考\n{rows}")
    assert "「備考」" in error.message.ja
    assert "ee" not in error.message.ja.lower().replace("delete", "")


def test_device_addresses_far_down_a_long_file_are_found(read):
    rows = "".join(
        f"2024-04,{n},{n},{'aa:bb:cc:dd:ee:0f' if n > 4_000 else ''}\n" for n in range(9_000)
    )
    refused(read, f"{USAGE},備考\n{rows}", "wifi_usage.csv")


@pytest.mark.parametrize(
    "value",
    [
        "24-09-01-12-30-0{}", "03:00:00:00:00:0{}", "2001:0db8:85a3::8a2e:037{}", "12:30:45",
        "131148.0001.000{}", "13:00-15:0{}", "Wi-Fi-AA-BB-CC-DD-EE-FF-0{}",
    ],
)  # fmt: skip
def test_times_and_numbers_are_no_device_addresses(read, value):
    rows = "".join(f"131148,{n},区役所,中野4,{value.format(n)}\n" for n in range(9))
    [table] = read(f"{HEADER},備考\n{rows}", "131148_public_wireless_lan.csv")
    assert table.raw.rows == 9


def test_the_ward_own_access_points_may_have_their_address(read):
    text = f"{HEADER},BSSID\n131148,1,区役所,中野4,aa:bb:cc:dd:ee:0f\n"
    [table] = read(text, "131148_public_wireless_lan.csv")
    assert table.raw.rows == 1


def test_my_numbers_are_told_from_other_numbers_by_their_check_digit(read):
    rows = [f"131148,{n},区役所,中野4," for n in range(10)]
    mine = [my_number(f"{n * 7919 + 12345678901:011d}"[-11:]) for n in range(10)]
    refused(read, "\n".join([f"{HEADER},番号", *(r + m for r, m in zip(rows, mine, strict=True))]))
    other = [f"{131148000000 + n}" for n in range(10)]
    [table] = read(
        "\n".join([f"{HEADER},番号", *(r + m for r, m in zip(rows, other, strict=True))]),
        "131148_public_wireless_lan.csv",
    )
    assert table.raw.rows == 10


@pytest.mark.parametrize("header", ["電話番号", "メールアドレス", "E-mail"])
def test_contacts_in_a_usage_file_are_those_of_users(read, header):
    refused(read, f"{USAGE},{header}\n2024-04,1,5,\n", "wifi_usage.csv")


def test_mail_addresses_in_a_usage_file_are_found_by_content(read):
    refused(read, f"{USAGE},備考\n2024-04,1,5,hanako@example.jp\n", "wifi_usage.csv")
    [table] = read(f"{HEADER},備考\n131148,1,区役所,中野4,info@city.example.jp\n", "wifi.csv")
    assert table.raw.rows == 1


def test_it_holds_for_every_form_of_file(read, book):
    header, row = HEADER.split(","), ["131148", "1", "区役所", "中野4"]
    path = book({"無線LAN": [[*header, "担当者名"], [*row, "見本 花子"]]})
    with pytest.raises(UnreadableFileError) as caught:
        read(path)
    assert "無線LAN 「担当者名」" in caught.value.message.ja
    assert "花子" not in caught.value.message.ja
    records = [dict(zip([*header, "端末MAC"], [*row, ""], strict=True))]
    refused(read, json.dumps(records), "wifi.json")
