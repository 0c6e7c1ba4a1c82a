"""What leaves in a format is read back as it was, whatever its texts hold."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import partial

import pandas as pd
import pytest
from exported import HOSTILE, READ_AGAIN, SAID, corpus_of, read_again
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import litreview as lr
from litreview.corpus.cleaning import clean
from litreview.exports import export
from litreview.exports.reference_types import kind_of
from litreview.exports.ris_csl import REASON
from litreview.sources.crosswalk import is_missing
from litreview.text.escaping import one_line
from litreview.text.wording import date_text

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)).map(one_line)
texts = texts.filter(lambda text: clean(text) and not is_missing(text) and not is_missing(clean(text)))
matching = partial(st.from_regex, fullmatch=True)
words = matching(r"[A-Z][a-zé]{2,8}")
NAMES = ["Hado van Hasselt", "李明", "OpenAI", "Anna-Lena O'Shea", "Мария Иванова", "J. R. Smith"]
people = st.lists(st.one_of(st.builds("{} {}".format, words, words), st.sampled_from(NAMES)), max_size=4, unique=True)
papers = st.fixed_dictionaries(
    {
        "title": texts,
        "abstract": st.one_of(st.just(""), texts),
        "authors": people.map("; ".join).map(lambda names: names or None),
    },
    optional={
        "venue": texts,
        "doi": matching(r"10\.[0-9]{4}/[a-z0-9._;()-]{0,11}[a-z0-9]"),
        "arxiv_id": matching(r"2[0-3](0[1-9]|1[0-2])\.[0-9]{5}"),
        "url": matching(r"https://example\.org/[a-z0-9%&#_~=-]{0,12}"),
    },
)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2030, 1, 1))
exactly = st.fixed_dictionaries({"published": days, "date_precision": st.sampled_from(["year", "month", "day"])})
dated = st.one_of(st.just({}), exactly)


def known(row: pd.Series) -> dict:
    """The fields of a paper, or of a record, as text that can be compared."""
    names = {"title": "title_raw", "abstract": "abstract_raw"}
    fields = ("title", "abstract", "venue", "doi", "arxiv_id", "url", "authors")
    texts = {name: row[name] if name in row else row[names[name]] for name in fields}
    cleaned = {name: clean(text) if isinstance(text, str) else "" for name, text in texts.items()}
    return cleaned | {"date": date_text(row["published"], row["date_precision"])}


def said(record: Mapping) -> dict:
    """What a record says of its publication, in words that do not hang on its format."""
    texts = {name: record[name] if isinstance(record[name], str) else "" for name in (*SAID, "venue", "arxiv_id")}
    kind = kind_of(texts["kind"], texts["format"], texts["venue"], texts["arxiv_id"])
    told = {name: texts[name] for name in ("volume", "issue", "publisher")}
    pages = re.sub("[-–]+", "-", texts["pages"])
    told["publisher"] = told["publisher"].removeprefix("arXiv")  # of every preprint that lies there
    return told | {"kind": kind, "pages": pages, "more": bool(texts["more_authors"])}


numbers = matching(r"[1-9][0-9]{0,2}")
published = st.fixed_dictionaries(
    {"kind": st.sampled_from(["journal article", "conference paper", "chapter", "book"]), "venue": words},
    optional=dict.fromkeys(["volume", "issue"], numbers)
    | {"pages": numbers | st.sampled_from(["e123", "7-12"]), "publisher": words, "more_authors": st.just("et al.")},
)


@pytest.mark.parametrize("name", READ_AGAIN)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.builds(lambda a, b, c: a | b | c, papers, dated, published | st.just({})), min_size=1, max_size=2),
    reason=texts,
)
def test_our_own_reader_gives_every_paper_back(name, rows, reason, tmp_path):
    """What cleaning has made of a paper is what is read again; the reason is kept beside."""
    for row in rows:
        row |= {field: clean(row[field]) for field in ("title", "abstract")}
        if not row["authors"]:
            row.pop("more_authors", None)
    corpus = corpus_of(*rows)
    path = tmp_path / f"out{name}"
    export(corpus, path, {"p0": reason})
    records, ledger = lr.read(path)
    assert (ledger.found, ledger.rejected) == (len(corpus), 0)
    assert [known(row) for _, row in records.iterrows()] == [known(row) for _, row in corpus.papers.iterrows()]
    both = zip(corpus.records.to_dict("records"), corpus.papers["arxiv_id"], strict=True)
    expected_facts = [said({**record, "arxiv_id": arxiv_id}) for record, arxiv_id in both]
    assert [said(row) for _, row in records.iterrows()] == expected_facts
    kept = [text for text in json.loads(records["extra"][0]).values() if isinstance(text, str)]
    assert clean(reason) in [clean(text.removeprefix(REASON)) for text in kept]


@pytest.mark.parametrize("name", READ_AGAIN)
def test_every_kind_of_work_comes_back_as_itself(name, tmp_path):
    kinds = ["thesis", "report", "manuscript", "data set", "software", "web page", "patent", "other"]
    corpus = corpus_of(*({"kind": kind, "publisher": "MIT", "authors": "Ann Lee"} for kind in kinds))
    back = [said(row) for _, row in read_again(corpus, name, tmp_path).iterrows()]
    assert [(found["kind"], found["publisher"]) for found in back] == [(kind, "MIT") for kind in kinds]
