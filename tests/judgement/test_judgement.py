"""Notes, findings and positions are shown with words that stand in the papers, and refused without."""

import re
import shutil

import pandas as pd
import pytest
from invented import at_home

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
def judged(corpus, tmp_path):
    """A function that gives the review a file of judgement, with the id and the first words of the first paper."""
    made, paper = at_home(corpus, tmp_path), corpus.papers.iloc[0]
    shutil.copy(PROJECT.curated / FIELDS, made.home.curated)

    def judge(name, text):
        text = text.format(id=paper.paper_id, word=paper.abstract[:5])
        (made.home.curated / name).write_text(text, encoding="utf-8")
        return made

    return judge


BAD_NOTES = [
    ("{id},colour,red,{word},abstract,A,2024-05-17,confirmed", "line 2, column 'field': 'colour'"),
    ("{id},idea,x,{word},abstract,A,2024-05-17,maybe", "column 'status': 'maybe'"),
    ("{id},idea,x,{word},footnote,A,2024-05-17,confirmed", "column 'section': 'footnote'"),
    ("{id},idea,x,no such words,abstract,A,2024-05-17,confirmed", "column 'quote': 'no such words'"),
]


@pytest.mark.parametrize(("row", "said"), BAD_NOTES)
def test_a_note_that_cannot_stand_is_refused_with_its_line(judged, row, said):
    with pytest.raises(CurationError, match=said):
        load_notes(judged("notes.csv", HEADER + row))


def test_the_last_note_of_a_reader_stands_and_a_cleared_one_goes(judged):
    told = [("old", "A", "confirmed"), ("new", "A", "confirmed"), ("gone", "B", "confirmed"), ("gone", "B", "cleared")]
    rows = [f"{{id}},idea,{value},{{word}},abstract,{who},2024-05-17,{status}" for value, who, status in told]
    rows += ["not-here,idea,x,words,abstract,A,2024-05-17,confirmed"]
    notes = schema.check(load_notes(judged("notes.csv", HEADER + "\n".join(rows) + "\n")), schema.NOTES)
    assert notes[["value", "start"]].to_numpy().tolist() == [["new", 0]]
    assert load_notes(judged("none.csv", "")).loc[0, "value"] == "new"


def test_a_suggestion_fills_what_no_reader_has_noted_and_says_so(corpus):
    paper_id = corpus.papers["paper_id"][0]
    notes = pd.DataFrame([{"paper_id": paper_id, "field": "problem", "value": "hard", "quote": "", "who": "A"}])
    kinds, names = ["problem", "finding", "compares_to", "compares_to"], ["", "", "DPO", "PPO"]
    evidence = pd.DataFrame({"paper_id": paper_id, "kind": kinds, "name": names, "quote": "Words."})
    sheet = coding_sheet(corpus, "offline_rl", notes, evidence).set_index("field")
    wide = judgement.by_paper(corpus, sheet.reset_index())
    assert wide.loc[0, ["Problem", "Compared with"]].tolist() == ["hard", "DPO and PPO (suggested by rules)"]
    assert sheet["value"].to_dict() == {"problem": "hard", "result": "Words.", "compared_with": "DPO and PPO"}
    assert sheet["who"].tolist() == ["A", "suggested by rules", "suggested by rules"]


CLAIM = """
- theme: t
  claim: It works.
  papers: [{{paper_id: '{id}', quote: "WORDS"}}, {{paper_id: not here, quote: whatever}}]
"""
QUESTION = """
- theme: t
  question: Does it work?
  settles: A trial.
  positions:
    - {{claim: It does, papers: [{{paper_id: '{id}', quote: "{word}"}}]}}
    - {{claim: It does not, papers: [{{paper_id: 'OTHER', quote: "{word}"}}]}}
"""


def test_claims_are_shown_with_words_of_papers_that_are_here(judged):
    made = judged("findings.yml", CLAIM.replace("WORDS", "{word}"))
    assert findings_of(made, "t")["paper_id"].tolist() == made.papers["paper_id"].head(1).tolist()
    assert findings_of(made, "another").empty


@pytest.mark.parametrize(("other", "sides"), [("{id}", 2), ("not here", 0)])  # one side alone is no disagreement
def test_a_question_needs_two_sides_that_are_here(judged, other, sides):
    assert len(positions_of(judged("positions.yml", QUESTION.replace("OTHER", other)), "t")) == sides


BAD_CLAIMS = [
    (CLAIM.replace("WORDS", "no such words"), "'no such words' does not stand in"),
    ("- theme: t\n  question: Why?\n", r"findings\.yml has problems(.|\n)* line 1: item 1, claim: is missing"),
    (CLAIM + "  colour: red", r"findings\.yml has problems(.|\n)* line 5: item 1, colour: there is no such key"),
]


@pytest.mark.parametrize(("text", "said"), BAD_CLAIMS)
def test_claims_that_cannot_be_used_are_told(judged, text, said):
    with pytest.raises(CurationError, match=said):
        findings_of(judged("findings.yml", text), "t")


@pytest.mark.parametrize("theme", ["preference_optimization", "offline_rl", "scheduling"])
def test_the_shipped_judgement_quotes_its_papers_with_each_figure_and_covers_the_core_themes(corpus, theme):
    papers = corpus.theme(theme)
    findings, positions = findings_of(papers, theme), positions_of(papers, theme)
    assert positions["question"].nunique() >= 3
    assert 5 <= findings["claim"].nunique() <= 7
    for claim, quotes in pd.concat([findings, positions]).groupby("claim")["quote"].agg(" ".join).items():
        assert set(FIGURE.findall(claim)) <= set(FIGURE.findall(quotes)), claim
    sheet = coding_sheet(papers, theme, load_notes(papers), papers.evidence)
    filled = sheet[sheet["who"] != "suggested by rules"].groupby("field")["paper_id"].nunique()
    assert (filled == len(papers)).all()
    assert set(judgement.load_fields(corpus)) >= set(filled.index)


@pytest.mark.parametrize(("theme", "question"), [("preference_optimization", "data"), ("offline_rl", "setting")])
def test_the_answers_on_data_say_what_the_coding_sheet_says(corpus, theme, question):
    papers = corpus.theme(theme)
    given = papers.answers.query("theme == @theme and question == @question and role == 'does'")
    given = given.groupby("paper_id")["answer"].agg(set)
    for paper_id, value in papers.notes.query("field == 'data'")[["paper_id", "value"]].itertuples(index=False):
        allowed, answers = SIDES[value.partition(":")[0]], given.get(paper_id, set())
        assert answers <= allowed, (paper_id, value)
        assert bool(answers) == bool(allowed), (paper_id, value)
