from dataclasses import fields
from pathlib import Path

import pandas as pd
from invented import ONE, corpus_of

from litreview.commands.console import hits_text, ledger_text, next_steps, preview_text
from litreview.corpus import Corpus
from litreview.review import Review


def test_the_ledger_closes_and_names_what_was_not_loaded():
    corpus = corpus_of(ONE, {"paper_id": "undated"})
    corpus.ledger.loc[0] = ["a.txt", 4, 2, 1, 1]
    corpus.ledger.loc[1] = ["b\x1b[31m\n.txt", 1, 1, 0, 0]
    corpus.rejected.loc[0, ["source_file", "line", "reason", "text"]] = ["a.txt", 7, "no title", "x"]
    lines = ledger_text(corpus).splitlines()
    assert lines[0].split() == ["found", "loaded", "merged", "rejected"]
    assert lines[2].startswith("b .txt ")  # a stranger's name neither colours the terminal nor fakes a line
    assert lines[3].split() == ["All", "files", "5", "3", "1", "1"]
    assert lines[4] == f"2 papers, 1 without a date, no further version of a work. Corpus {corpus.checksum}"
    assert lines[5] == "rejected: a.txt, line 7: no title"
    # The shipped corrections are of other papers: one line says so, however many they are.
    assert len(lines) == 7
    assert lines[6].startswith("corrections.csv: ")
    assert " rows did nothing; this corpus has no paper '2106.14813'" in lines[6]


HITS = pd.DataFrame(
    {"paper_id": ["x", "2305.18290"], "field": ["title", "abstract"], "quote": ["Other", "A policy\x1b[2J is best."]}
)


def test_hits_keep_their_order_and_say_who_when_where_and_the_sentence():
    papers = corpus_of(ONE, {"paper_id": "x", "title": "Other", "url": None, "authors": None})
    assert hits_text(HITS, papers).splitlines() == [
        "  1. Other",  # the sentence that matched is the title, and is not said twice
        "     “Other”, undated · x",
        "  2. Direct preference optimization",
        "     Rafailov et al., 2023 · https://arxiv.org/abs/2305.18290",
        "     “A policy is best.”",
    ]
    untitled = corpus_of({"paper_id": "x", "title": "", "url": None})
    assert hits_text(HITS.head(1), untitled).splitlines()[0] == "  1. (no title)"
    assert hits_text(HITS.head(0), papers) == "No paper answers this."


def test_a_preview_names_the_rule_and_the_sentence():
    changes = pd.DataFrame([{"paper_id": "2305.18290", "change": "added", "rule": "names it", "quote": "A sentence."}])
    assert preview_text("a_theme", changes, corpus_of(ONE).papers).splitlines() == [
        "a_theme: 1 papers added, 0 lost",
        "",
        "added: Direct preference optimization",
        "  rule names it: “A sentence.”",
    ]


def test_a_new_review_says_what_it_knows_and_what_to_do_next():
    papers = corpus_of({**ONE, "arxiv_id": None, "venue": None}, {"paper_id": "x", "title": ""}).papers
    review = Review(**{field.name: getattr(corpus_of(), field.name) for field in fields(Corpus)} | {"papers": papers})
    said = next_steps(review, Path("mine"))
    known = ["n of", "Title 1 2", "Abstract 1 2", "Date 1 2", "Authors 1 2", "Venue 0 2", "DOI 0 2"]
    told = [" ".join(line.split()) for line in said.partition("\nNext:")[0].splitlines()]
    assert told == ["What is known of the papers:", *known]
    assert "cd mine" in said
