"""Names that a new lexicon may want, and what is not counted before somebody accepts it."""

from invented import at_home, corpus_of

import litreview as lr
from litreview.evidence.names.lexicon import Lexicon, as_yaml, load_lexicon, suggest_names

ABSTRACTS = [
    "Seagrass meadows were mapped by remotely operated vehicle (ROV). Our method outperforms SCUBA.",
    "We used a remotely operated vehicle (ROV). LIGHT WAS LOW. CTD casts ran to 10 mg/L.",
    "Cover was read from ROV images; CTD and SCUBA agree (SD 2).",
    "Both CTDs and SCUBA dives found eelgrass at 3 mg/L; SD was 4 mg/L.",
]

REEF = corpus_of(*({"paper_id": f"p{n}", "abstract": text} for n, text in enumerate(ABSTRACTS)))


def test_names_that_recur_are_suggested_with_their_words_but_no_units_and_no_plurals_of_others():
    found = suggest_names(REEF, Lexicon({}))[["name", "expansion", "n"]].to_numpy().tolist()
    assert found == [["ROV", "remotely operated vehicle", 3], ["SCUBA", "", 3]]


def test_what_the_lexicon_knows_is_not_suggested():
    assert suggest_names(REEF, Lexicon({"methods": {"ROV": []}}))["name"].tolist() == ["SCUBA"]


def test_suggested_names_are_not_counted_until_they_are_moved(tmp_path):
    reef = at_home(REEF, tmp_path)
    file = reef.home.lexicon
    file.write_text(as_yaml(suggest_names(reef, Lexicon({}))), encoding="utf-8")
    assert not load_lexicon(file).entries
    assert lr.extract_evidence(reef).query("kind == 'compares_to'").empty
    file.write_text("methods:\n" + file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    compared = lr.extract_evidence(reef).query("kind == 'compares_to'")
    assert compared["name"].tolist() == ["SCUBA"]
