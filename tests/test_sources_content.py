"""What is no file, what is packed, and what is too large: a clear message, and no memory filled."""

import gzip
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.errors import LitreviewError, SourceError
from litreview.sources import content as limits
from litreview.sources import encoding, read
from litreview.sources.content import Content

RIS = b"TY  - JOUR\nTI  - A\nER  - \n"


def test_gzip_is_unpacked_whatever_the_name(tmp_path):
    path = tmp_path / "refs.ris"
    path.write_bytes(gzip.compress(RIS * 3))
    assert read(path)[1].found == 3


def test_a_damaged_gzip_file_is_told(tmp_path):
    path = tmp_path / "refs.gz"
    for data in (gzip.compress(RIS * 1000)[:40], b"\x1f\x8b" + b"x" * 50, gzip.compress(RIS * 99_999)[:-20]):
        path.write_bytes(data)
        with pytest.raises(SourceError, match="cannot be read"):
            read(path)


def test_a_gzip_bomb_is_stopped(tmp_path):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b'{"id":"1","title":"x","abstract":"","categories":"a"}\n' * (2 * 2**20)))
    with pytest.raises(SourceError, match="unpacks to far more"):
        read(path)


def test_a_document_beyond_the_limit_is_told_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "WHOLE", 100)
    path = tmp_path / "big.json"
    path.write_bytes(b'[{"type": "book", "title": "' + b"x" * 200 + b'"}]')
    with pytest.raises(SourceError, match="too large"):
        read(path)


def test_a_line_beyond_the_limit_is_told_with_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LINE", 50)
    path = tmp_path / "long.ris"
    path.write_bytes(RIS + b"TY  - JOUR\nAB  - " + b"x" * 90)
    with pytest.raises(SourceError, match="line 5"):
        read(path)


def test_a_record_of_too_many_letters_is_rejected_and_the_others_load(tmp_path, monkeypatch):
    for module in ("tagged", "bibtex", "json_text"):
        monkeypatch.setattr(f"litreview.sources.{module}.RECORD", 200)
    long = "x" * 300
    files = {
        "a": f"TY  - JOUR\nTI  - A\nAB  - {long}\nER  - \n".encode() + RIS,
        "b": f"PMID- 1\nTI  - A\nAB  - {long}\n\nPMID- 2\nTI  - B\n".encode(),
        "c": f"@book{{a, title={{{long}}}}}\n@book{{b, title={{B}}}}".encode(),
        "d": f'{{"paperId": "1", "title": "{long}"}}\n{{"paperId": "2", "title": "B"}}\n'.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        records, ledger = read(tmp_path / name)
        assert (len(records), ledger.rejected) == (1, 1), name
        assert "longer than" in ledger.rejections["reason"][0]


def test_what_is_no_regular_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", "/dev/null", "/dev/zero"):
        with pytest.raises(SourceError, match="a folder|not a regular file"):
            read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_told(tmp_path):
    path = tmp_path / "refs.ris"
    path.write_bytes(RIS)
    path.chmod(stat.S_IWUSR)
    with pytest.raises(SourceError, match="cannot be read"):
        read(path)


def test_a_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    path = tmp_path / "refs.ris"
    path.write_bytes(RIS)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Content, "_open_raw", refuse)
    with pytest.raises(SourceError, match="Permission denied"):
        read(path)


ENCODED = [
    ("TY  - JOUR\nTI  - é\nER  - \n", "utf-8", "é"),
    ("TY  - JOUR\nTI  - é\nER  - \n", "utf-8-sig", "é"),
    ("TY  - JOUR\nTI  - é\nER  - \n", "cp1252", "é"),
    ("TY  - JOUR\nTI  - é\nER  - \n", "utf-16", "é"),
    ("TY  - JOUR\nTI  - é\nER  - \n", "utf-16-le", "é"),  # without a mark
    ("TY  - JOUR\nTI  - é\nER  - \n", "utf-16-be", "é"),
    ("x\n" * 600_000 + "TY  - JOUR\nTI  - é\nER  - \n", "cp1252", "é"),  # the first letter beyond ASCII comes late
]


@pytest.mark.parametrize(("text", "codec", "title"), ENCODED)
def test_line_formats_are_decoded_as_a_whole(text, codec, title):
    lines = [line for _, line in Content(data=text.encode(codec)).lines()]
    assert f"TI  - {title}" in lines


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_decoding_never_fails_and_leaves_no_surrogates(data):
    encoding.decode(data).encode()


@settings(deadline=None)
@given(st.text(alphabet="aé\n\r\u2028", max_size=60))
def test_lines_are_numbered_from_one_and_none_is_lost(text):
    numbered = list(Content(data=text.encode()).lines())
    assert [number for number, _ in numbered] == list(range(1, len(numbered) + 1))
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "\n".join(line for _, line in numbered) == expected.removesuffix("\n")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_records_or_an_error_of_ours(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "file"
    path.write_bytes(data)
    try:
        records, ledger = read(path)
    except LitreviewError:
        return
    assert ledger.found == len(records) + ledger.rejected
