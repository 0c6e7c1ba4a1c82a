"""Pages of Hugging Face: what is a title and its abstract in a listing, and what is no paper."""

import json
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import SAMPLES, content_of, rows

from litreview.errors import SourceError
from litreview.sources import hugging_face
from litreview.sources.file_content import Entry, Rejection

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
    found = list(hugging_face.read(content_of(text)))
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
    "UTF-16": (HEAD + PLAIN).encode("utf-16"),
    "non-breaking spaces round the lines": (HEAD + PLAIN).replace("\n\n", "\u00a0\n\u00a0\n\u00a0"),
    "zero-width space on an otherwise empty line": (HEAD + PLAIN).replace("\n\n", "\n\u200b\n"),
    "what a card says besides": HEAD + PLAIN.replace(REPLAY, f"3\n\n5 authors\n\nSubmitted by\n\nann\n\n{REPLAY}", 1),
    "furniture below the last abstract": HEAD + PLAIN + "\n\nPrevious\n\nNext\n\nSystem theme\n\nPrivacy\n",
    "two days in one file": HEAD + f"{BANDITS}\n\n{BANDITS_SAYS}\n\n" + HEAD + f"{REPLAY}\n\n{REPLAY_SAYS}\n",
    "hard-wrapped abstract": HEAD + f"{BANDITS}\n\n{BANDITS_SAYS}\n\n{REPLAY}\n\n{WRAPPED}\n",
    "no blank lines at all": (HEAD + PLAIN).replace("\n\n", "\n"),
    "abstract over two paragraphs": HEAD + PLAIN.replace(" Our algorithm has", "\n\nOur algorithm has"),
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


# Papers, each a title and the paragraphs of its abstract. B, b, R, r: the titles and abstracts above.
ORDERS = [
    [["B"], ["R", "r"]],  # a title without abstract, before others, last and alone
    [["R", "r"], ["B"]],
    [["B", "We bid."], ["R", "r"]],  # a very short abstract is an abstract
    [["B", "b", "Code: https://github.com/a/b"], ["R", "r"]],  # a short second paragraph
    [["B", f"{BANDITS_SAYS} https://github.com/a/b"], ["R", "r"]],  # the end is a link, without a full stop
    # a hard-wrapped abstract with a link that is wider than the rest
    [["B", f"{WRAPPED}\nCode at\nhttps://github.com/{'a' * 150}\nand elsewhere."], ["R", "r"]],
    # titles that look like sentences
    [["B", "b"], ["Does sparsity help in learning?", "r"]],
    [["B", "b"], ["Attention Is All You Need.", "r"]],
    [["B", "b"], ["Liquid Networks vs. Incremental Learning amid Drift", "r"]],
    [["B", "b"], ["Trending", "r"]],  # a word that the navigation has
    [["强化学习综述", "本文综述了强化学习。我们讨论了方法。"], ["调度问题综述", "本文讨论调度问题。"]],
    [["Обучение с подкреплением", "Мы изучаем обучение."]],
]
TEXTS = {"B": BANDITS, "b": BANDITS_SAYS, "R": REPLAY, "r": REPLAY_SAYS}


@pytest.mark.parametrize("papers", ORDERS)
def test_titles_and_abstracts_are_told_apart_by_form_and_order(papers):
    papers = [[TEXTS.get(text, text) for text in paper] for paper in papers]
    found = pairs(HEAD + "\n\n".join(text for paper in papers for text in paper))
    assert found == [(title, " ".join(" ".join(rest).split())) for title, *rest in papers]


# (a page of the two papers, line and beginning of what is rejected)
DOUBTFUL = [
    (f"Aug 6\n\n{BANDITS_SAYS} {REPLAY_SAYS}\n\n{PLAIN}", 3, BANDITS_SAYS[:80]),  # prose before the first title
    (f"{HEAD}{BANDITS}\n\n{BANDITS_SAYS}\n\nSparsity helps.\n\n{REPLAY_SAYS}\n\n{REPLAY}", 17, "Sparsity helps."),
]


@pytest.mark.parametrize(("page", "line", "begins"), DOUBTFUL)
def test_what_is_not_sure_to_have_a_title_is_rejected(page, line, begins):
    entries, rejected = found_in(page)
    assert [each.fields["title"] for each in entries] == [BANDITS, REPLAY]
    assert entries[0].fields["abstract"] == BANDITS_SAYS
    assert [(each.place, each.text) for each in rejected] == [(line, begins)]


def test_raw_text_is_verbatim_and_the_line_is_that_of_the_title():
    text = HEAD + f"{BANDITS}\n\n  We bid --  $x$.\u00a0\n\n and ``win''.\n"
    (entry,), _ = found_in(text)
    assert entry.place == 13
    assert entry.fields["abstract"] == "We bid --  $x$.\u00a0\n\n and ``win''."
    assert entry.fields["abstract"] in text


@given(st.lists(st.sampled_from([*TEXTS.values(), "We bid.", "Code: http://x.org", "Aug 6"]), max_size=9))
def test_no_paragraph_is_lost(parts):
    """Every paragraph but the furniture is in a record, or a rejection is told."""
    entries, rejected = found_in(HEAD + "\n\n".join(parts))
    kept = " ".join(f"{each.fields['title']} {each.fields['abstract']}" for each in entries)
    kept += " ".join(each.text for each in rejected)
    assert rejected or all(part == "Aug 6" or part[:60] in kept for part in parts)


def test_a_paper_that_a_page_names_twice_is_one():
    page = (SAMPLES / "list_page.html").read_text()
    start, end = page.index("<div"), page.index("</main>")
    assert len(rows(page[:end] + page[start:end] + page[end:])) == 2


@pytest.mark.parametrize("props", ["", "{", "null", "{&quot;dailyPapers&quot;: []}"])
def test_a_page_without_its_data_is_told(props):
    with pytest.raises(SourceError, match="no papers are found"):
        rows(f'<!doctype html><title>Hugging Face</title><div data-props="{props}"></div>')


PAGE = (SAMPLES / "paper_page.txt").read_text()
# (what is changed in the page, by what, column, how it begins)
CHANGED = [
    ("", "", "title_raw", "A Benchmark Curated by Queues"),
    ("", "", "abstract_raw", "Since queues now outperform"),
    ("Generated by Qwen/Qwen2.5-Coder-32B-Instruct", "AI-generated summary", "abstract_raw", "Since queues"),
    ("Jul 18, 2024", "Jul 18", "published", "2024-07-18"),  # the year is that of the id …
    ("Papers arxiv:2407.13168", '"}> Papers arxiv:2407.13168', "arxiv_id", "2407.13168"),  # markup that was left over
    ("View arXiv page View PDF", "View arXiv page View PDF GitHub 27", "abstract_raw", "Since queues"),
    ("\n", "\n\n", "authors", "Ann Lee; Bo Doe; Cy Roe"),
]


@pytest.mark.parametrize(("old", "new", "column", "begins"), CHANGED)
def test_however_a_paper_page_was_saved(old, new, column, begins):
    (row,) = rows(PAGE.replace(old, new) if old else PAGE)
    assert row[column].startswith(begins)
    assert row["abstract_raw"].strip().endswith("the benchmark.")
    assert "BigQueueBench" not in json.dumps(row)


LONG = "Queues wait. " * 20
# (what stands below "Abstract", the AI summary, the authors' abstract)
BELOW = [
    ("A summary.\nGenerated by a model\nWe wait.", "A summary.", "We wait."),
    ("AI-generated summary\n\nA summary.\n\nWe wait.\n\nAnd wait.", "A summary.", "We wait.\n\nAnd wait."),
    (f"AI-generated summary\n{LONG}\n{LONG}", LONG.strip(), LONG.strip()),
    ("AI-generated summary\nA summary that\nis wrapped. We\nwait.", "A summary that\nis wrapped. We\nwait.", None),
    ("We wait.", None, "We wait."),
]


@pytest.mark.parametrize(("below", "summary", "abstract"), BELOW)
def test_the_summary_of_a_machine_is_never_the_abstract(below, summary, abstract):
    (row,) = rows(f"Papers arxiv:2501.00001\n\nA\n\nPublished on Dec 31\n\nAbstract\n\n{below}\n\nView PDF\n")
    assert (row["title_raw"], row["published"]) == ("A", "2024-12-31")  # … or the one before, at the turn
    assert row.get("abstract_raw") == abstract
    assert json.loads(row["extra"]).get("ai_summary") == summary
