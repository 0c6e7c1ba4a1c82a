"""Reading files: what is a record, what is furniture, and what happens with everything else."""

import os
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview import paths, schema
from litreview.errors import LitreviewError, SourceError
from litreview.sources import READERS, hugging_face, read
from litreview.sources.file_content import Content, Entry, Rejection, decode

HEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
    "byAK and the research community\n\nAug 6\n\n"
)
BANDITS = "Learning to Bid in Repeated Auctions"
BANDITS_SAYS = (
    "We study bidding in repeated auctions where the bidder learns from past prices. Our algorithm has sublinear "
    "regret against the best fixed bid, and we prove that no algorithm does better. Experiments on logged data agree."
)
REPLAY = "Synthetic Experience Replay"
REPLAY_SAYS = (
    "A key theme in the past decade has been that when large neural networks and large datasets combine they can "
    "produce remarkable results. In deep reinforcement learning, this paradigm is made possible by experience replay."
)
WRAPPED = textwrap.fill(REPLAY_SAYS, 80)


def found_in(text: str | bytes) -> tuple[list[Entry], list[Rejection]]:
    """What the reader of listings finds: entries, and what it rejects."""
    found = list(hugging_face.read(Content(data=text.encode() if isinstance(text, str) else text)))
    return [each for each in found if isinstance(each, Entry)], [each for each in found if isinstance(each, Rejection)]


def pairs(text: str | bytes) -> list[tuple[str, str]]:
    """Titles and abstracts that the reader finds, blanks and line breaks evened out."""
    entries, _ = found_in(text)
    return [(" ".join(each.fields["title"].split()), " ".join(each.fields["abstract"].split())) for each in entries]


BOTH = [(BANDITS, BANDITS_SAYS), (REPLAY, REPLAY_SAYS)]
PLAIN = f"{BANDITS}\n\n{BANDITS_SAYS}\n\n{REPLAY}\n\n{REPLAY_SAYS}\n"

SAVES = {
    "plain": HEAD + PLAIN,
    "CRLF": (HEAD + PLAIN).replace("\n", "\r\n"),
    "byte order mark": b"\xef\xbb\xbf" + (HEAD + PLAIN).encode(),
    "UTF-16": (HEAD + PLAIN).encode("utf-16"),
    "non-breaking spaces round the lines": (HEAD + PLAIN).replace("\n\n", "\u00a0\n\u00a0\n\u00a0"),
    "only the day is left of the furniture": "Aug 6\n\n" + PLAIN,
    "headings and links of Markdown": HEAD
    + PLAIN.replace(BANDITS, f"### [{BANDITS}](https://huggingface.co/papers/2401.00001)").replace(
        REPLAY, f"* {REPLAY}", 1
    ),
    "what a card says besides": HEAD
    + PLAIN.replace(f"{REPLAY}\n", f"3\n\n·\n\n5 authors\n\nSubmitted by\n\nann-1\n\n{REPLAY}\n"),
    "a day with a year": "Daily Papers\n\nAug 6, 2025\n\n" + PLAIN,
    "a longer navigation": "Hugging Face\n\nModels\n\nDatasets\n\nLog In\n\nSign Up\n\n" + HEAD + PLAIN,
    "furniture below the last abstract": HEAD + PLAIN + "\n\nPrevious\n\nNext\n\nSystem theme\n\nPrivacy\n",
    "hard-wrapped abstract": HEAD + f"{BANDITS}\n\n{BANDITS_SAYS}\n\n{REPLAY}\n\n{WRAPPED}\n",
    "no blank lines at all": (HEAD + PLAIN).replace("\n\n", "\n"),
    "title and abstract without a blank line": HEAD + PLAIN.replace(f"{BANDITS}\n\n", f"{BANDITS}\n"),
    "title above a hard-wrapped abstract without a blank line": HEAD
    + f"{BANDITS}\n\n{BANDITS_SAYS}\n\n{REPLAY}\n{WRAPPED}\n",
    "abstract over three paragraphs": HEAD
    + PLAIN.replace(" Our algorithm has", "\n\nOur algorithm has").replace(" Experiments on", "\n\nExperiments on"),
}


@pytest.mark.parametrize("width", [72, 80, 100])
def test_wrapped_lines_without_blank_lines_between_papers_are_refused(width):
    titles = [f"Learning to Bid in {name} Auctions" for name in ("Repeated", "Sealed", "Combinatorial", "Open")]
    lines = [line for title in titles for text in (title, REPLAY_SAYS) for line in textwrap.wrap(text, width)]
    with pytest.raises(SourceError, match="no blank line parts its papers"):
        found_in("Aug 6\n\n" + "\n".join(lines))


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_however_the_page_was_saved_the_same_records_come_out(save):
    assert pairs(save) == BOTH


# (what follows the furniture, titles with the beginning of their abstracts)
ORDERS = [
    # a title without abstract, between others, first and last
    (f"{BANDITS}\n\n{REPLAY}\n\n{REPLAY_SAYS}", [(BANDITS, ""), (REPLAY, "A key")]),
    (f"{REPLAY}\n\n{REPLAY_SAYS}\n\n{BANDITS}", [(REPLAY, "A key"), (BANDITS, "")]),
    (BANDITS, [(BANDITS, "")]),
    # a very short abstract is an abstract
    (f"{BANDITS}\n\nWe bid.\n\n{REPLAY}\n\n{REPLAY_SAYS}", [(BANDITS, "We bid."), (REPLAY, "A key")]),
    (f"{BANDITS}\n\nNo abstract\n\n{REPLAY}\n\n{REPLAY_SAYS}", [(BANDITS, ""), (REPLAY, "A key")]),
    # a short second paragraph
    (
        f"{BANDITS}\n\n{BANDITS_SAYS}\n\nCode: https://github.com/a/b\n\n{REPLAY}\n\n{REPLAY_SAYS}",
        [(BANDITS, BANDITS_SAYS + " Code: https://github.com/a/b"), (REPLAY, "A key")],
    ),
    (
        f"{BANDITS}\n\n{BANDITS_SAYS}\n\nWe release all of it.\n\n{REPLAY}\n\n{REPLAY_SAYS}",
        [(BANDITS, BANDITS_SAYS + " We release"), (REPLAY, "A key")],
    ),
    # titles that look like sentences
    (
        f"{BANDITS}\n\n{BANDITS_SAYS}\n\nDoes sparsity help in learning?\n\n{REPLAY_SAYS}",
        [(BANDITS, BANDITS_SAYS), ("Does sparsity help in learning?", "A key")],
    ),
    (
        f"{BANDITS}\n\n{BANDITS_SAYS}\n\nAttention Is All You Need.\n\n{REPLAY_SAYS}",
        [(BANDITS, BANDITS_SAYS), ("Attention Is All You Need.", "A key")],
    ),
    (
        f"{BANDITS}\n\n{BANDITS_SAYS}\n\nLiquid Networks vs. Incremental Learning amid Drift\n\n{REPLAY_SAYS}",
        [(BANDITS, BANDITS_SAYS), ("Liquid Networks vs. Incremental Learning amid Drift", "A key")],
    ),
    # titles of one word, or of a word that the navigation has
    (f"{BANDITS}\n\n{BANDITS_SAYS}\n\nREX\n\n{REPLAY_SAYS}", [(BANDITS, BANDITS_SAYS), ("REX", "A key")]),
    (f"{BANDITS}\n\n{BANDITS_SAYS}\n\nTrending\n\n{REPLAY_SAYS}", [(BANDITS, BANDITS_SAYS), ("Trending", "A key")]),
    # other scripts
    (
        "强化学习综述\n\n本文综述了强化学习。我们讨论了方法。\n\n调度问题综述\n\n本文讨论调度问题。",
        [("强化学习综述", "本文综述"), ("调度问题综述", "本文讨论")],
    ),
    ("Обучение с подкреплением\n\nМы изучаем обучение.", [("Обучение с подкреплением", "Мы изучаем")]),
]


@pytest.mark.parametrize(("body", "expected"), ORDERS)
def test_titles_and_abstracts_are_told_apart_by_form_and_order(body, expected):
    found = pairs(HEAD + body)
    assert [title for title, _ in found] == [title for title, _ in expected]
    for (_, says), (_, begins) in zip(found, expected, strict=True):
        assert says.startswith(begins)
        assert bool(says) == bool(begins)


def test_prose_before_the_first_title_is_rejected_with_its_line():
    entries, rejected = found_in(f"Aug 6\n\n{BANDITS_SAYS} {REPLAY_SAYS}\n\n{PLAIN}")
    assert [each.fields["title"] for each in entries] == [BANDITS, REPLAY]
    assert [each.place for each in rejected] == [3]


def test_a_sentence_that_may_be_a_title_is_rejected_with_what_stands_below_it():
    entries, rejected = found_in(f"{HEAD}{BANDITS}\n\n{BANDITS_SAYS}\n\nSparsity helps.\n\n{REPLAY_SAYS}\n\n{REPLAY}")
    assert [each.fields["title"] for each in entries] == [BANDITS, REPLAY]
    assert entries[0].fields["abstract"] == BANDITS_SAYS
    assert [each.text for each in rejected] == ["Sparsity helps."]


def test_raw_text_is_verbatim_and_the_line_is_that_of_the_title():
    text = HEAD + f"{BANDITS}\n\n  We bid --  $x$.\u00a0\n\n and ``win''.\n"
    (entry,), _ = found_in(text)
    assert entry.place == 13
    assert entry.fields["abstract"] == "We bid --  $x$.\u00a0\n\n and ``win''."
    assert entry.fields["abstract"] in text


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("000_268296abfde70a8a.txt", 56),
        ("001_3fb21f5d25bb238b.txt", 63),
        ("003_3540fef8388e5b8c.txt", 89),
        ("004_5db1fc142ec420d6.txt", 76),
    ],
)
def test_the_shipped_pages_have_as_many_records_as_were_counted_by_hand(name, found):
    records, ledger = read(paths.RAW / name)
    assert (ledger.found, ledger.loaded, ledger.merged, ledger.rejected) == (found, found, 0, 0)
    assert len(records) == found
    assert not (records["abstract_raw"] == "").any()
    text = (paths.RAW / name).read_text(encoding="utf-8")
    lines = text.split("\n")
    assert all(lines[row.source_line - 1] == row.title_raw for row in records.itertuples())
    assert all(abstract in text for abstract in records["abstract_raw"])


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
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
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
    "NoteExpress": "\ufeff{Reference Type}: Journal Article\n{Title}: A\n{Author}: Doe\n",
    "RefWorks": "RT Journal Article\nSR Electronic(1)\nT1 A\nA1 Doe, Jane\n",
    "Cochrane": "Record #1 of 3\nID: CN-01\nAU: Doe J\nTI: A trial of queues\n",
    "ProQuest": "____\n\nDocument 1 of 2\n\nA title\n\nAuthor: Doe, Jane\n",
    "PubMed text": "1. J Queues. 2019 May;3(2):1-9.\n\nA title.\n\nDoe J.\n\nDOI: 10.1000/a\nPMID: 30000011\n",
    "Embase": '"TITLE","A"\n"AUTHOR NAMES","Lira A."\n"SOURCE","J (2019)"\n',
    "OpenDocument": "PK\x03\x04" + "\0" * 26 + "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    "a web page": "<!doctype html>\n<h1>\nDaily Papers\n</h1>",
    "a table in one": "<table><tr><td>Title<td>Authors</table>",
    "XML other than": '<?xml version="1.0"?><modsCollection><mods><title>A</title></mods></modsCollection>',
}


@pytest.mark.parametrize(("name", "text"), REFUSED.items(), ids=REFUSED.keys())
def test_a_format_that_is_known_and_not_read_is_refused_by_name_with_what_to_do(tmp_path, name, text):
    (tmp_path / "file").write_bytes(text.encode())
    with pytest.raises(SourceError, match=f"{name}.*which is not read. (Export|Save)"):
        read(tmp_path / "file")


STRANGERS = [
    ("sheet.css", "@media print { p { color: black } }\n@page { margin: 2cm }\n"),
    ("tagged.py", "@dataclass(frozen=True)\nclass Berth:\n    name: str = 'a'\n"),
    ("Berth.java", '@Table(name = "berths")\npublic class Berth { }\n'),
]


@pytest.mark.parametrize(("name", "text"), STRANGERS)
def test_a_file_that_names_no_paper_is_refused_though_it_begins_like_one_of_ours(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError, match="no papers are found in it"):
        read(tmp_path / name)


def test_the_ending_of_the_name_does_not_matter(tmp_path):
    path = tmp_path / "page.bib"
    path.write_text(HEAD + PLAIN)
    assert read(path)[1].found == 2


def test_what_is_no_file_is_told(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(SourceError, match="a folder"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceError, match="not a regular file"):
        read(tmp_path / "pipe")
    with pytest.raises(SourceError, match="cannot be read|no such file"):
        read("a\0b")
    with pytest.raises(SourceError, match="cannot be read|no such file"):
        read("x" * 5000)


DECODED = [
    ("é".encode(), "é"),
    ("é".encode("cp1252"), "é"),  # Windows
    ("\ufeffé".encode("utf-16-le"), "é"),
    ("naïve café ".encode() + b"\xff", "naïve café \ufffd"),  # one broken byte does not spoil the rest
    (b"\xff\xfea", "\ufffd"),  # half a code unit
]


@pytest.mark.parametrize(("data", "text"), DECODED)
def test_bytes_become_text(data, text):
    assert decode(data) == text


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: (HEAD + text).encode(errors="replace")))
def test_any_bytes_give_records_or_an_error_of_ours(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "file"
    path.write_bytes(data)
    try:
        records, ledger = read(path)
    except LitreviewError:
        return
    assert ledger.found == len(records) + ledger.rejected == ledger.loaded + ledger.merged + ledger.rejected


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([BANDITS, REPLAY, BANDITS_SAYS, REPLAY_SAYS, "We bid.", "Code: http://x.org", "Aug 6"]),
        max_size=9,
    )
)
def test_no_paragraph_is_lost(parts):
    """Whatever the order of titles and prose, all but the furniture is in a record, or a rejection is told."""
    entries, rejected = found_in(HEAD + "\n\n".join(parts))
    kept = " ".join(f"{each.fields['title']} {each.fields['abstract']}" for each in entries)
    kept += " ".join(each.text for each in rejected)
    assert rejected or all(part == "Aug 6" or part[:60] in kept for part in parts)
