"""What is no file, what is packed, and what is too large: a clear message, and no memory filled."""

import gzip
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import content_of

from litreview.errors import SourceError
from litreview.sources import file_content, read
from litreview.sources.file_content import decode

RIS = b"TY  - JOUR\nTI  - A\nER  - \n"


BOMB = gzip.compress(b'{"id":"1","title":"x","abstract":"","categories":"a"}\n' * (2 * 2**20))
# (a packed file, what is told of it): cut off, no such thing, without its end, filling the memory
PACKED = [
    (gzip.compress(RIS * 1000)[:40], "cannot be read"),
    (b"\x1f\x8b" + b"x" * 50, "cannot be read"),
    (gzip.compress(RIS * 9_999)[:-20], "cannot be read"),
    (BOMB, "unpacks to far more"),
]


@pytest.mark.parametrize(("data", "told"), PACKED, ids=range(4))
def test_a_damaged_gzip_file_is_told_and_a_bomb_is_stopped(tmp_path, data, told):
    (tmp_path / "refs.gz").write_bytes(data)
    with pytest.raises(SourceError, match=told):
        read(tmp_path / "refs.gz")


def test_a_record_of_too_many_letters_is_rejected_and_the_others_load(tmp_path, monkeypatch):
    for module in ("tagged_formats", "bibtex", "json_records", "tabular"):
        monkeypatch.setattr(f"litreview.sources.{module}.RECORD", 200)
    long = "x" * 300
    files = {
        "a": f"TY  - JOUR\nTI  - A\nAB  - {long}\nER  - \n".encode() + RIS,
        "b": f"PMID- 1\nTI  - A\nAB  - {long}\n\nPMID- 2\nTI  - B\n".encode(),
        "c": f"@book{{a, title={{{long}}}}}\n@book{{b, title={{B}}}}".encode(),
        "d": f'{{"paperId": "1", "title": "{long}"}}\n{{"paperId": "2", "title": "B"}}\n'.encode(),
    }
    files["e"] = f"title,abstract\nA,{long}\nB,y\n".encode()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        records, ledger = read(tmp_path / name)
        assert (len(records), ledger.rejected) == (1, 1), name
        assert "longer than" in ledger.rejections["reason"][0]


# (limit, its value in the test, a file, what is told of it)
LIMITS = [
    ("WHOLE", 100, b'[{"type": "book", "title": "' + b"x" * 200 + b'"}]', "too large"),
    ("LINE", 50, RIS + b"TY  - JOUR\nAB  - " + b"x" * 90, "line 5"),
]


@pytest.mark.parametrize(("limit", "value", "data", "told"), LIMITS)
def test_what_is_too_large_is_told_before_it_fills_the_memory(tmp_path, monkeypatch, limit, value, data, told):
    monkeypatch.setattr(file_content, limit, value)
    (tmp_path / "big").write_bytes(data)
    with pytest.raises(SourceError, match=told):
        read(tmp_path / "big")


def test_what_is_no_regular_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", "/dev/null", "/dev/zero", tmp_path / "absent.txt", "a\0b", "x" * 5000):
        with pytest.raises(SourceError, match="a folder|no such file|cannot be read"):
            read(path)


ENGLISH = "This study presents a new method for the analysis of plain things; Smith, John; Nature\n"
GERMAN = "Über die Größe der Wärmeströme für Öfen; Müller, Jörg; Zeitschrift für Ökologie\n"
POLISH = "Wpływ czynników środowiskowych na rozwój dzieci; Wójcik, Łukasz; Przegląd Śląski\n"
RUSSIAN = "Исследование методов глубокого обучения; Иванов, Пётр; Вестник университета\n"
CHINESE = "基于深度学习的图像识别方法研究; 张伟; 计算机学报\n"
JAPANESE = "深層学習による画像認識の研究; 山田 太郎; 情報処理学会論文誌\n"
KOREAN = "딥러닝을 이용한 영상 인식 방법에 관한 연구; 김철수; 정보과학회지\n"
# (text, encoding): the letters come out as they went in, whatever stands round them
ENCODED = [
    *[(GERMAN, name) for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")],
    *[(POLISH, name) for name in ("cp1250", "iso-8859-2")],
    *[(RUSSIAN, name) for name in ("cp1251", "koi8-r")],
    *[(CHINESE, name) for name in ("gbk", "gb18030")],
    *[(JAPANESE, name) for name in ("shift-jis", "euc-jp")],
    (KOREAN, "euc-kr"),
    ("Deep learning for graphs – a survey; Müller, Jörg; Nature\n", "cp1252"),  # next to nothing to go by
    (ENGLISH * 20_000 + GERMAN, "cp1252"),  # the first letter beyond ASCII comes late
    *[("é\n".rjust(size - 23 - len(ENGLISH)), "utf-8") for size in (2**12, 2**16)],  # between two blocks
]


@pytest.mark.parametrize(("text", "codec"), ENCODED)
def test_letters_are_read_in_the_encoding_they_are_written_in(text, codec):
    text = f"title; authors; journal\n{ENGLISH}{text}{ENGLISH}"
    content = content_of(text.encode(codec))
    assert "".join(f"{line}\n" for _, line in content.lines()) == text
    assert content.text() == text


def test_a_few_broken_bytes_do_not_change_an_encoding():
    """A title cut in the middle of a letter, one line of another program: the rest is UTF-8."""
    text = GERMAN.encode() * 20 + b"caf\xe9\n" + GERMAN.encode()[:2] + b"\n" + CHINESE.encode()
    lines = [line for _, line in content_of(text).lines()]
    assert [lines[0], lines[20], lines[-1]] == [GERMAN.rstrip(), "caf\ufffd", CHINESE.rstrip()]


def test_a_file_that_another_is_put_behind_has_a_mark_in_the_middle():
    assert [line for _, line in content_of(b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n").lines()] == ["a", "b"]


@given(st.binary(max_size=300))
def test_decoding_never_fails_and_leaves_no_surrogates(data):
    decode(data).encode()


@given(st.text(alphabet="aé\n\r\u2028", max_size=60))
def test_lines_are_numbered_from_one_and_none_is_lost(text):
    numbered = list(content_of(text).lines())
    assert [number for number, _ in numbered] == list(range(1, len(numbered) + 1))
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "\n".join(line for _, line in numbered) == expected.removesuffix("\n")
