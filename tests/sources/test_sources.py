"""Which reader takes a file, and what happens with a file that none takes, that is empty, broken or a trap."""

import re

import pytest

from litreview import schema
from litreview.errors import SourceError
from litreview.sources import READERS, read

HITLESS = [
    *(b"", b"\n\n  \n", b"\xef\xbb\xbf", b"Title,Authors,Year\n", b"[]", b'{"meta": {"count": 0}, "results": []}'),
    b'{"status": "ok", "message": {"facets": {}, "items": []}}',  # Crossref
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><author><name>arXiv</name></author></feed>',
    *(b"<PubmedArticleSet></PubmedArticleSet>", b"<xml><records/></xml>"),
]


@pytest.mark.parametrize("content", HITLESS)
def test_a_search_without_a_hit_holds_no_records(tmp_path, content):
    path = tmp_path / "empty.txt"
    path.write_bytes(content)
    records, ledger = read(path)
    assert (len(records), ledger.found, ledger.loaded, ledger.rejected) == (0, 0, 0, 0)
    schema.check(records, schema.RECORDS)


EVERY_FORMAT = "no known format(.|\n)*" + "(.|\n)*".join(re.escape(reader.NAME) for reader in READERS)
INSTEAD, NO_PAPERS = ".*which is not read. (Export|Save)", "no papers are found in it"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<feed><entry><title>&b;</title></entry></feed>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a SYSTEM "secret.txt">]>
<feed><entry><title>&a;</title></entry></feed>"""
# (content, what is told)
REFUSED = [
    # of no known format, with all that was tried
    (b"Dear all,\n\nplease find attached the minutes of our meeting.\n\nBest wishes", EVERY_FORMAT),
    (b"day,rain\n1,0\n", EVERY_FORMAT),
    (b"PK\x03\x04\0\0", EVERY_FORMAT),
    (b"Daily Papers\0\0\n\nAug 6", EVERY_FORMAT),
    # known, and not read
    (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", f"OpenDocument{INSTEAD}"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, f"an Office document{INSTEAD}"),
    (b"<!doctype html>\n<h1>\nDaily Papers\n</h1>", f"a web page{INSTEAD}"),
    (b"<table><tr><td>Title<td>Authors</table>", f"a table in one{INSTEAD}"),
    (b'<?xml version="1.0"?><feed2><title>A</title></feed2>', rf"Atom, PubMed and EndNote \(<feed2>\){INSTEAD}"),
    # what begins like one of ours, and holds no papers
    (b"@media print { p { color: black } }\n@page { margin: 2cm }\n", NO_PAPERS),
    (b"@dataclass(frozen=True)\nclass Berth:\n    name: str = 'a'\n", NO_PAPERS),
    (b'@Table(name = "berths")\npublic class Berth { }\n', NO_PAPERS),
    (b"<records><rec><header>A</header></rec></records>", f"is XML, but {NO_PAPERS}. It has 'rec'"),
    (b'{"error": "no such page"}', f"{NO_PAPERS}. It has 'error'"),
    (b'[{"key": "Lamps", "metadata": {"title": "A"}}, {"name": "x", "description": "y"}]', f"is JSON, but {NO_PAPERS}"),
    # one of ours, but broken, or a trap; nothing of it is loaded
    (b'[{"title": "A", "type": "book"', "looks like JSON"),  # cut short
    (b"[" * 100_000, "looks like JSON"),
    (b'[{"type": "book", "title": ' + b"[" * 50_000, "looks like JSON"),
    (LAUGHS, "declares entities"),
    (OUTSIDE, "declares entities"),
    (b"<feed>" + b"<entry>" * 10_000, "looks like XML"),
    (b"<feed><entry>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</entry></feed>", "looks like XML"),
    (b"<feed><entry><title>A</title></entry>", "looks like XML"),  # cut short
]


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_a_file_that_is_not_read_is_refused_by_name_with_what_was_tried_or_what_to_do(tmp_path, content, told):
    (tmp_path / "listing.txt").write_bytes(content)
    with pytest.raises(SourceError, match=f"listing.txt.*{told}"):
        read(tmp_path / "listing.txt")
