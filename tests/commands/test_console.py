from dataclasses import replace

import pandas as pd
from invented import corpus
from invented import ONE, corpus_of

from litreview.commands.console import changes_text, columns, evaluation_text, hits_text, ledger_text, rebuilt_text
from litreview.evaluation import Evaluation


def test_text_stands_left_numbers_right_and_rates_have_two_decimals():
    rows = pd.DataFrame({"kind": ["a", "long one"], "n": [7, 1200], "f1": [0.5, None]})
    assert columns(rows).splitlines() == ["kind         n    f1", "a            7  0.50", "long one  1200     –"]


def test_strangers_text_cannot_fake_a_line_or_colour_the_terminal():
    rows = pd.DataFrame({"title": ["a\nb\x1b[31mred\u202e"]})
    assert columns(rows).splitlines() == ["title", "a b[31mred"]


def test_the_ledger_closes_and_names_what_was_not_loaded():
    corpus = corpus_of(ONE, {"paper_id": "undated"})
    corpus.ledger.loc[0] = ["a.txt", 4, 2, 1, 1]
    corpus.ledger.loc[1] = ["b.txt", 1, 1, 0, 0]
    corpus.rejected.loc[0, ["source_file", "line", "reason", "text"]] = ["a.txt", 7, "no title", "x"]
    lines = ledger_text(corpus).splitlines()
    assert lines[0].split() == ["file", "found", "loaded", "merged", "rejected"]
    assert lines[3].split() == ["All", "files", "5", "3", "1", "1"]
    assert lines[4] == f"2 papers, 1 without a date. Corpus {corpus.checksum}"
    assert lines[5:] == ["rejected: a.txt, line 7: no title"]


def test_more_loaded_records_than_papers_are_explained(tmp_path):
    papers, others = corpus_of(ONE), corpus(a="2021-01-01", b=None)
    assert not any("loaded records" in line for line in ledger_text(others).splitlines())
    rows = others.records.assign(paper_id=ONE["paper_id"])
    told = ledger_text(replace(papers, records=rows)).splitlines()
    assert told[3] == "2 loaded records: 1 paper and 1 further version of a work."


def test_what_new_files_did_is_told_in_a_line():
    old, new = corpus(a="2021-01-01"), corpus(a="2021-01-01", b=None, c=None)
    assert rebuilt_text(old, new) == "new: 2 papers."
    assert rebuilt_text(new, new) == "No paper changed."
    assert rebuilt_text(new, old).startswith("gone: 2 papers. A file took the place of the one of its name")
    assert rebuilt_text(new, replace(old, ledger=old.ledger.assign(source_file="b.txt"))) == "gone: 2 papers."


HITS = pd.DataFrame(
    {
        "paper_id": ["x", "2305.18290"],
        "matched": ["loss; other", "policy"],
        "field": ["title", "abstract"],
        "quote": ["Other", "A policy\x1b[2J is best."],
    }
)


def test_hits_keep_their_order_and_say_who_when_where_and_the_sentence():
    papers = corpus_of(ONE, {"paper_id": "x", "title": "Other", "url": None, "authors": None}).papers
    assert hits_text(HITS, papers).splitlines() == [
        "  1. Other",  # the sentence that matched is the title, and is not said twice
        "     undated · x",
        "  2. Direct preference optimization",
        "     Rafailov et al., 2023 · https://arxiv.org/abs/2305.18290",
        "     “A policy[2J is best.”",
    ]


def test_words_that_were_looked_for_are_marked_and_lines_break_where_asked():
    papers = corpus_of(ONE, {"paper_id": "x", "title": "Other losses, no lossy ones", "url": None}).papers
    shown = hits_text(HITS.head(1), papers, lambda word: f"*{word}*", 20).splitlines()
    assert shown[:2] == ["  1. *Other* *losses*,", "     no lossy ones"]


def test_a_search_without_hits_says_so():
    assert hits_text(HITS.head(0), corpus_of(ONE).papers) == "No paper answers this."


def test_changes_name_the_rule_and_the_sentence():
    changes = pd.DataFrame([{"paper_id": "2305.18290", "change": "added", "rule": "names it", "quote": "A sentence."}])
    assert changes_text("a_theme", changes, corpus_of(ONE).papers).splitlines() == [
        "a_theme: 1 papers added, 0 lost",
        "",
        "added: Direct preference optimization",
        "  rule names it: “A sentence.”",
    ]


def test_an_evaluation_tells_every_disagreement_with_its_quote_and_rule():
    scores = pd.DataFrame({"kind": ["claim"], "f1": [0.9]})
    pooled = pd.DataFrame({"theme": ["themes with facets"], "f1": [0.8]})
    columns = ["title", "kind", "expected", "found", "quote", "rule"]
    wrong = [
        ("A", "introduces", "REX", "", "We call it REX.", ""),
        ("B", "themes", "", "scheduling", "A schedule.", "names schedules"),
        ("C", "contribution", "theory", "method", "", "weighed cues"),
    ]
    missing = pd.DataFrame({"entry": [7], "title": ["D"]})
    themes = pooled.assign(theme="scheduling")
    wrong = pd.DataFrame(wrong, columns=columns)
    text = evaluation_text(Evaluation(scores, themes, pooled, wrong, missing, ["my_theme", "other"], []))
    assert "0.90" in text
    assert "themes with facets  0.80" in text
    assert "3 disagreements" in text
    assert "introduces: the labels say REX; the rules miss it\n  A\n  “We call it REX.”" in text
    assert "themes: no label says so; the rules say scheduling (names schedules)\n  B\n  “A schedule.”" in text
    assert "contribution: the labels say theory; the rules say method (weighed cues)\n  C" in text
    assert "not labelled, so not judged: my_theme, other" in text
    assert text.endswith("1 labelled papers are not in this corpus")


def test_a_paper_without_a_title_is_told_as_such():
    untitled = corpus_of({"paper_id": "x", "title": "", "url": None})
    assert hits_text(HITS.head(1), untitled.papers).splitlines()[0] == "  1. (no title)"
