"""Which reader takes a file, and what happens with a file that none takes."""

import re

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


EVERY_FORMAT = "no known format(.|\n)*" + "(.|\n)*".join(re.escape(reader.NAME) for reader in READERS)
INSTEAD, NO_PAPERS = ".*which is not read. (Export|Save)", "no papers are found in it"
# (content, what is told): of no known format, with all that was tried; known and not read; one that begins like ours
REFUSED = [
    (b"Dear all,\n\nplease find attached the minutes of our meeting.\n\nBest wishes", EVERY_FORMAT),
    (b"day,rain\n1,0\n", EVERY_FORMAT),
    (b"PK\x03\x04\0\0", EVERY_FORMAT),
    (b"Daily Papers\0\0\n\nAug 6", EVERY_FORMAT),
    (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", f"OpenDocument{INSTEAD}"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, f"an Office document{INSTEAD}"),
    (b"<!doctype html>\n<h1>\nDaily Papers\n</h1>", f"a web page{INSTEAD}"),
    (b"<table><tr><td>Title<td>Authors</table>", f"a table in one{INSTEAD}"),
    (b'<?xml version="1.0"?><feed2><title>A</title></feed2>', rf"Atom, PubMed and EndNote \(<feed2>\){INSTEAD}"),
    (b"@media print { p { color: black } }\n@page { margin: 2cm }\n", NO_PAPERS),
    (b"@dataclass(frozen=True)\nclass Berth:\n    name: str = 'a'\n", NO_PAPERS),
    (b'@Table(name = "berths")\npublic class Berth { }\n', NO_PAPERS),
]


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_a_file_that_is_not_read_is_refused_by_name_with_what_was_tried_or_what_to_do(tmp_path, content, told):
    (tmp_path / "listing.txt").write_bytes(content)
    with pytest.raises(SourceError, match=f"listing.txt.*{told}"):
        read(tmp_path / "listing.txt")
