"""XML of arXiv, PubMed and EndNote; and no trap in it."""

import pytest
from reading import rows

from litreview.errors import SourceError

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<feed><entry><title>&b;</title></entry></feed>"
)
OUTSIDE = '<!DOCTYPE feed [<!ENTITY a SYSTEM "secret.txt">]><feed><entry><title>&a;</title></entry></feed>'


TRAPS = [
    (LAUGHS, "declares entities"),
    (f'<?xml version="1.0"?>{OUTSIDE}', "declares entities"),
    ("<feed>" + "<entry>" * 10_000, "looks like XML"),
    ("<feed><entry>" + "<a>" * 10_000 + "</a>" * 10_000 + "</entry></feed>", "looks like XML"),
    ("<feed><entry><title>A</title></entry>", "looks like XML"),  # cut short: nothing of it is loaded
]


@pytest.mark.parametrize(("text", "message"), TRAPS)
def test_a_trap_or_a_broken_file_is_told(text, message):
    with pytest.raises(SourceError, match=message):
        rows(text)


def test_a_feed_without_entries_holds_no_records():
    assert rows('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>') == []
