"""Notes, findings and positions are shown with words that stand in the papers, and refused without."""

import re

import pandas as pd
import pytest

from litreview import judgement, schema
from litreview.errors import CurationError
from litreview.judgement.notes import FIELDS, coding_sheet, load_notes
from litreview.judgement.positions import findings_of, positions_of
from litreview.paths import PROJECT

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
SIDES = {  # what the sheet says of the data, and the answers that go with it
    "offline": {"offline"},
    "online": {"online", "hybrid"},  # one method acts only, its counterpart has logged data as well
    "hybrid": {"hybrid", "offline_to_online"},
    "offline-to-online": {"offline_to_online"},
    "both compared": {"compared", "hybrid"},
    "not said": set(),
}
HEADER = "paper_id,field,value,quote,section,who,when,status\n"


@pytest.fixture
def paper(corpus):
    """The first paper of the review."""
    return corpus.papers.iloc[0]


def notes_file(tmp_path, *rows):
    path = tmp_path / "notes.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{id},colour,red,{word},abstract,reader A,2024-05-17,confirmed", "line 2, column 'field': 'colour'"),
        ("{id},idea,x,{word},abstract,reader A,2024-05-17,maybe", "column 'status': 'maybe'"),
        ("{id},idea,x,{word},footnote,reader A,2024-05-17,confirmed", "column 'section': 'footnote'"),
        ("{id},idea,x,no such words,abstract,reader A,2024-05-17,confirmed", "column 'quote': 'no such words'"),
    ],
)
def test_a_note_that_cannot_stand_is_refused_with_its_line(tmp_path, corpus, paper, row, said):
    path = notes_file(tmp_path, row.format(id=paper.paper_id, word=paper.abstract.split()[0]))
    with pytest.raises(CurationError, match=said):
        load_notes(corpus, path)


def test_the_last_note_of_a_reader_stands_and_a_cleared_one_goes(tmp_path, corpus, paper):
    word = paper.abstract.split()[0]
    rows = [
        f"{paper.paper_id},idea,{value},{word},abstract,{who},2024-05-17,{status}"
        for value, who, status in [
            ("old", "A", "confirmed"),
            ("new", "A", "confirmed"),
            ("gone", "B", "confirmed"),
            ("gone", "B", "cleared"),
        ]
    ]
    notes = load_notes(corpus, notes_file(tmp_path, *rows, "not-here,idea,x,words,abstract,A,2024-05-17,confirmed"))
    assert notes["value"].tolist() == ["new"]
    schema.check(notes, schema.NOTES)
    assert paper.abstract[notes["start"][0] :].startswith(word)
    assert load_notes(corpus, tmp_path / "none.csv").empty


def test_a_suggestion_fills_what_no_reader_has_noted_and_says_so(corpus, paper):
    notes = pd.DataFrame(
        {"paper_id": [paper.paper_id], "field": ["problem"], "value": ["hard"], "quote": [""], "who": ["A"]}
    )
    kinds = ["problem", "finding", "compares_to", "compares_to"]
    evidence = pd.DataFrame(
        {"paper_id": paper.paper_id, "kind": kinds, "name": ["", "", "DPO", "PPO"], "quote": "Words."}
    )
    sheet = coding_sheet(corpus, "offline_rl", notes, evidence).set_index("field")
    wide = judgement.by_paper(corpus, sheet.reset_index())
    assert wide.loc[0, ["Problem", "Compared with"]].tolist() == ["hard", "DPO and PPO (suggested by rules)"]
    assert sheet["value"].to_dict() == {"problem": "hard", "result": "Words.", "compared_with": "DPO and PPO"}
    assert sheet["who"].to_dict() == {
        "problem": "A",
        "result": "suggested by rules",
        "compared_with": "suggested by rules",
    }


CLAIM = """
- theme: t
  claim: It works.
  papers: [{{paper_id: '{id}', quote: "{quote}"}}, {{paper_id: not here, quote: whatever}}]
"""
QUESTION = """
- theme: t
  question: Does it work?
  settles: A trial.
  positions:
    - claim: It does.
      papers: [{{paper_id: '{id}', quote: "{quote}"}}]
    - claim: It does not.
      papers: [{{paper_id: '{other}', quote: "{quote}"}}]
"""


def test_claims_are_shown_with_words_of_papers_that_are_here(tmp_path, corpus, paper):
    path = tmp_path / "findings.yml"
    path.write_text(CLAIM.format(id=paper.paper_id, quote=paper.title[:10]), encoding="utf-8")
    assert findings_of(corpus, "t", path)["paper_id"].tolist() == [paper.paper_id]
    assert findings_of(corpus, "another", path).empty
    (tmp_path / "wrong.yml").write_text(CLAIM.format(id=paper.paper_id, quote="no such words"), encoding="utf-8")
    with pytest.raises(CurationError, match="'no such words' does not stand in"):
        findings_of(corpus, "t", tmp_path / "wrong.yml")


@pytest.mark.parametrize(("other", "sides"), [("same", 2), ("not here", 0)])  # one side alone is no disagreement
def test_a_question_needs_two_sides_that_are_here(tmp_path, corpus, paper, other, sides):
    path = tmp_path / "positions.yml"
    ids = {"id": paper.paper_id, "other": paper.paper_id if other == "same" else other}
    path.write_text(QUESTION.format(**ids, quote=paper.title[:10]), encoding="utf-8")
    assert len(positions_of(corpus, "t", path)) == sides


def test_a_broken_file_is_told_by_name(tmp_path, corpus):
    (tmp_path / "p.yml").write_text("- theme: t\n  question: Why?\n", encoding="utf-8")
    with pytest.raises(CurationError, match=r"p\.yml: the file cannot be read"):
        positions_of(corpus, "t", tmp_path / "p.yml")


@pytest.mark.parametrize("theme", ["preference_optimization", "offline_rl", "scheduling"])
def test_the_shipped_judgement_quotes_its_papers_and_covers_the_core_themes(corpus, theme):
    papers = corpus.theme(theme)
    assert positions_of(papers, theme)["question"].nunique() >= 3
    assert 5 <= findings_of(papers, theme)["claim"].nunique() <= 7
    sheet = coding_sheet(papers, theme, load_notes(papers), papers.evidence)
    filled = sheet[sheet["who"] != "suggested by rules"].groupby("field")["paper_id"].nunique()
    assert (filled == len(papers)).all()
    assert set(judgement.load_fields(PROJECT.curated / FIELDS)) >= set(filled.index)


@pytest.mark.parametrize("theme", ["preference_optimization", "offline_rl", "scheduling"])
def test_each_figure_of_a_claim_stands_in_the_words_that_bear_it_out(corpus, theme):
    claims = pd.concat([findings_of(corpus, theme), positions_of(corpus, theme)])
    for claim, quotes in claims.groupby("claim")["quote"].agg(" ".join).items():
        assert set(FIGURE.findall(claim)) <= set(FIGURE.findall(quotes)), claim


@pytest.mark.parametrize(("theme", "question"), [("preference_optimization", "data"), ("offline_rl", "setting")])
def test_the_answers_on_data_say_what_the_coding_sheet_says(corpus, theme, question):
    papers = corpus.theme(theme)
    given = papers.answers.query("theme == @theme and question == @question and role == 'does'")
    given = given.groupby("paper_id")["answer"].agg(set)
    for paper_id, value in papers.notes.query("field == 'data'")[["paper_id", "value"]].itertuples(index=False):
        allowed, answers = SIDES[value.partition(":")[0]], given.get(paper_id, set())
        assert answers <= allowed, (paper_id, value)
        assert bool(answers) == bool(allowed), (paper_id, value)
