"""Names that a lexicon may want: what papers abbreviate, and names that recur. Nobody has accepted them yet."""

import json
from collections.abc import Iterator

import pandas as pd

from litreview.corpus import Corpus
from litreview.evidence.abstract_sentences import readings
from litreview.evidence.names.lexicon import PROPOSED, Lexicon
from litreview.text.escaping import visible

LEAST = 3  # papers that have a name
COLUMNS = ["name", "expansion", "n", "paper_id", "quote"]


def suggest_names(corpus: Corpus, known: Lexicon, most: int = 40) -> pd.DataFrame:
    """List names that at least three papers have and the lexicon lacks, most frequent first.

    Units, statistics, sentences in capitals and plurals of other names are left out.

    Columns: name, expansion (its words where an abstract gives them, else empty), n (int64, papers), paper_id, quote
    (of the first paper that has it).
    """
    rows = pd.DataFrame(_named(corpus), columns=COLUMNS).drop_duplicates(["name", "paper_id"])
    rows = rows[rows["name"].map(known.entry).isna()].astype({"n": "int64"})
    rows["n"] = rows.groupby("name")["n"].transform("size")
    said = rows[rows["expansion"] != ""].groupby("name")["expansion"].agg(lambda words: words.mode().iloc[0])
    rows["expansion"] = rows["name"].map(said).astype("str").fillna("")
    names = rows[rows["n"] >= LEAST].drop_duplicates("name").sort_values(["n", "name"], ascending=[False, True])
    plural = names["name"].str.endswith("s") & names["name"].str.removesuffix("s").isin(names["name"])
    return names[~plural].head(most).reset_index(drop=True)


def _named(corpus: Corpus) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield each mention of a word written as a name: the name, its words, 1, the paper, the sentence.

    A sentence all in capitals tells of no names.
    """
    for paper_id, reading in readings(corpus.papers):
        for sentence in (one for one in reading.sentences if not one.text.isupper()):
            for span in sentence.names:
                yield span.text, reading.abbreviations.get(span.text, ""), 1, paper_id, sentence.text


def as_yaml(names: pd.DataFrame) -> str:
    """Write suggested names as a kind of a lexicon file that is not counted, each below its papers and a sentence."""
    lines = [f"{PROPOSED}:  # not counted; move a name to its kind to accept it"] if len(names) else []
    for row in names.itertuples():
        alias = f" {json.dumps(row.expansion, ensure_ascii=False)}" if row.expansion else ""
        lines += [f"  # {row.n} papers: {visible(row.quote)}", f"  {json.dumps(row.name, ensure_ascii=False)}:{alias}"]
    return "".join(f"{line}\n" for line in lines)
