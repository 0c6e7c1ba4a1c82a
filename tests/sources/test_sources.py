"""Which reader takes a file, and what happens with a file that none takes."""

import pytest

from litreview import schema
from litreview.errors import SourceError
from litreview.sources import READERS, read


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_holds_no_records(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    records, ledger = read(path)
    assert (len(records), ledger.found, ledger.loaded, ledger.rejected) == (0, 0, 0, 0)
    schema.check(records, schema.RECORDS)


NO_FORMAT = {
    "a note": b"Dear all,\n\nplease find attached the minutes of our meeting.\n\nBest wishes",
    "a table of something else": b"day,rain\n1,0\n",
    "an archive": b"PK\x03\x04\0\0",
    "NUL bytes": b"Daily Papers\0\0\n\nAug 6",
}


@pytest.mark.parametrize("content", NO_FORMAT.values(), ids=NO_FORMAT.keys())
def test_a_file_of_no_known_format_is_told_with_what_was_tried(tmp_path, content):
    path = tmp_path / "listing.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="no known format") as failure:
        read(path)
    assert all(reader.NAME in str(failure.value) for reader in READERS)
    assert "listing.txt" in str(failure.value)


REFUSED = {
    "OpenDocument": "PK\x03\x04" + "\0" * 26 + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "an Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a web page": "<!doctype html>\n<h1>\nDaily Papers\n</h1>",
    "a table in one": "<table><tr><td>Title<td>Authors</table>",
    "XML other than Atom, PubMed and EndNote .<feed2>.": '<?xml version="1.0"?><feed2><title>A</title></feed2>',
}


@pytest.mark.parametrize(("name", "text"), REFUSED.items(), ids=REFUSED.keys())
def test_a_format_that_is_known_and_not_read_is_refused_by_name_with_what_to_do(tmp_path, name, text):
    (tmp_path / "file").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SourceError, match=f"{name}.*which is not read. (Export|Save)"):
        read(tmp_path / "file")


STRANGERS = [
    ("sheet.css", "@media print { p { color: black } }\n@page { margin: 2cm }\n"),
    ("tagged_formats.py", "@dataclass(frozen=True)\nclass Berth:\n    name: str = 'a'\n"),
    ("Berth.java", '@Table(name = "berths")\npublic class Berth { }\n'),
]


@pytest.mark.parametrize(("name", "text"), STRANGERS)
def test_a_file_that_names_no_paper_is_refused_though_it_begins_like_one_of_ours(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match="no papers are found in it"):
        read(tmp_path / name)
