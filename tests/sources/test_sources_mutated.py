"""Files that are nearly of a format: marks, values and elements in other places and shapes; always the same ones.

Each gives records and rejections that add up, or an error of ours.
"""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from reading import SAMPLES

from litreview import schema
from litreview.errors import LitreviewError
from litreview.sources import read

MARKS = [
    *b'" { } [ ] ( ) < > & \\ , ; : | = # @ % $ ~ \xff \xed\xa0\x80 \xe2\x80\xa8 \x1e \0'.split(b" "),
    *b"@a{b, @string{a= </title> <b> <entry> <!-- &amp; &#x41; null 1e999 -1 true [] {} 2019 10.1/ arxiv: doi:".split(),
    *"Müller|O'Neil, A. B.|张三|n.d.|0000|in press|20224|2019-13-45|12 May 2019|5/6/07|$x^2 < y$".encode().split(b"|"),
    *rb'"quoted"|{Braced}|M{\"u}ller|\emph{so}|&amp;amp;|=SUM(1)|a; b, c|{WHO} and others|\u200b|\ud800|NA'.split(b"|"),
    *(b"\n", b"\t", b"\r", b"ER  - ", b"TY  - ", b"PMID- 1\n", b"%0 ", b" and ", b"\n\n"),
]
SHAPES = [None, True, 5, -1.5, 1e400, "", "x", [], {}, [1], [[]], ["x", None], {"": 1}, {"name": []}, {"x": {"y": [0]}}]
TAGS = (
    b"<a/> <a>x</a> x <i>x</i> <title><title>x</title></title> <Year>x</Year> <a\tb='c'>x<d/></a> <records> <Author/>"
).split(b" ")


def mutations(number: int, seed: int) -> Iterator[bytes]:
    """So many files, each a sample with some changes."""
    rng = random.Random(seed)  # noqa: S311 (no secret)
    files = [path.read_bytes() for path in sorted(SAMPLES.iterdir())]
    for place in range(number):
        data = files[place % len(files)]
        for _ in range(rng.choice((1, 1, 2, 3, 8))):
            data = rng.choice((_marked, _reshaped))(rng, data)
        yield data


def _marked(rng: random.Random, data: bytes) -> bytes:
    start, mark = rng.randrange(len(data) + 1), rng.choice(MARKS)
    return data[:start] + mark * rng.choice((1, 1, 1, 3, 200)) + data[start + rng.choice((0, 0, 1, 5, 50)) :]


def _reshaped(rng: random.Random, data: bytes) -> bytes:
    """JSON with another value somewhere; XML with another element, text, or one more of the kind."""
    first = data.lstrip()[:1]
    try:
        document = json.loads(data) if first in (b"{", b"[") else None
    except (ValueError, RecursionError):
        document = None
    if document:
        return json.dumps(_changed(rng, document), ensure_ascii=False).encode(errors="surrogatepass")
    ends = [place for place, sign in enumerate(data) if sign == ord(">")] if first == b"<" else []
    start = rng.choice(ends) + 1 if ends else 0
    return data[:start] + rng.choice(TAGS) * rng.choice((1, 2)) + data[start:] if ends else _marked(rng, data)


def _changed(rng: random.Random, value: Any) -> Any:
    if not isinstance(value, dict | list) or not value or rng.random() < 0.15:
        return rng.choice([*SHAPES, [value], {"": value}, {"name": value}])
    if isinstance(value, list):
        place = rng.randrange(len(value))
        return [_changed(rng, part) if place == at else part for at, part in enumerate(value)]
    name = rng.choice(list(value))
    return {**value, name: _changed(rng, value[name])}


@pytest.mark.parametrize("seed", range(2))
def test_a_mutated_file_gives_records_or_an_error_of_ours(tmp_path, seed):
    for data in mutations(200, seed):
        (tmp_path / "file").write_bytes(data)
        try:
            records, ledger = read(tmp_path / "file")
        except LitreviewError:
            continue
        assert ledger.found == len(records) + ledger.rejected == len(records) + len(ledger.rejections)
        schema.check(records, schema.RECORDS)
