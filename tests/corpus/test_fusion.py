"""The best of several records of one work, field by field."""

import pandas as pd
import pytest

from litreview.corpus.fusion import best_records

COLUMNS = "title abstract authors venue published date_precision doi arxiv_id category url".split()


def best(*records: dict) -> dict[str, str]:
    """For each field the value of the record that is chosen; each record is a dict of fields."""
    table = pd.DataFrame(list(records), columns=COLUMNS).astype(dict.fromkeys(COLUMNS, "str"))
    table["title"], table["abstract"] = table["title"].fillna(""), table["abstract"].fillna("")
    table["published"] = pd.to_datetime(table["published"])
    chosen = best_records(table.assign(work=0))
    return {name: str(table.loc[places[0], name]) for name, places in chosen.items() if len(places)}


def dated(day: str, precision: str) -> dict:
    return {"published": day, "date_precision": precision}


# (field, first record, second record, which of the two it is from)
CHOICES = [
    ("title", {"title": ""}, {"title": "B"}, 1),
    ("title", {"title": "A"}, {"title": "RETRACTED: A"}, 1),
    ("title", {"title": "Withdrawal as a choice"}, {"title": "B"}, 0),
    ("abstract", {"abstract": "It breaks off …"}, {"abstract": "It is whole."}, 1),
    ("abstract", {"abstract": "It breaks off ..."}, {"abstract": ""}, 0),  # better than none
    ("authors", {"authors": "A; B"}, {"authors": "A; B; C"}, 1),
    ("venue", {"venue": "arXiv"}, {"venue": "Journal of Queues"}, 1),
    ("venue", {"venue": "Queues"}, {"venue": "Journal of Queues", "doi": "10.1000/abc"}, 1),  # has the DOI as well
    ("doi", {"doi": "10.1000/x"}, {"venue": "Journal of Queues", "doi": "10.1000/abc"}, 1),  # has the venue as well
    ("doi", {"doi": "10.1101/2019.05.12.123456"}, {"doi": "10.1101/gr.123"}, 1),  # a journal of that press
    ("published", dated("2021-03-01", "day"), dated("2019-05-01", "month"), 1),
    ("published", dated("2019-01-01", "year"), dated("2019-05-12", "day"), 1),
]  # fmt: skip


@pytest.mark.parametrize(("field", "first", "second", "place"), CHOICES)
def test_which_record_gives_a_field(field, first, second, place):
    expected = [first, second][place][field]
    assert best(first, second)[field].startswith(expected)
