"""Which papers answer a query: Okapi BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019), with the words that
matched and the sentence that says most.

Spelling does not count, as it does not for the phrases of themes: over-optimization, overoptimization and
over-optimisation are one word here (`one_spelling`).
"""

import re
import unicodedata
import warnings
from collections.abc import Sequence
from functools import lru_cache
from math import fsum

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from litreview import schema
from litreview.analysis.key_terms import count_shared, paper_texts
from litreview.analysis.similarity import DIGITS, documents, features, heaviest_terms
from litreview.corpus import Corpus
from litreview.errors import SearchError, SearchHint
from litreview.evidence.names.lexicon import one_spelling
from litreview.text.patterns import PatternSet, any_of, phrase_pattern
from litreview.text.sentences import sentence_spans

SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b, at their usual values
_PART = re.compile(
    r"""(?P<without>(?<!\S)[-−–])?                    # what the papers must not have
        (?:(?P<field>title|author|since|until):\s*)?  # where it has to stand, or a year
        (?:"\s*(?P<phrase>[^"]*\w[^"]*?)\s*" | (?P<word>[^\s"]+))""",
    re.VERBOSE | re.IGNORECASE,
)


class Query:
    """What a query asks for: features that rank the papers, and conditions that they meet.

    Words rank. A phrase in quotes, `title:`, `author:`, `since:`, `until:` and a minus in front are conditions.
    Raises: SearchError for a query without anything to look for, or a year that is none.
    """

    def __init__(self, text: str) -> None:
        plain = re.sub("[“”„‟«»]", '"', text.encode(errors="ignore").decode())
        self.conditions: list[tuple[str, str, bool]] = []  # field, value, whether the papers meet it
        free = []
        for part in _PART.finditer(plain):
            said, field = part["phrase"] or part["word"], (part["field"] or "text").lower()
            alone = not part["field"] and not (part["without"] and re.search(r"\w", said))
            free += [said] if alone else []
            if part["phrase"] or not alone:
                self.conditions.append((field, said, not part["without"]))
        self.wanted = {one_spelling(word): word for word in sorted(set(features(" ".join(free))))}
        if not self.wanted and not self.conditions:
            told = "Give words of content: 'the', 'method' and single letters do not count."
            more = '"A phrase", title:word, author:name, since:2020, until:2024 and -word narrow it.'
            raise SearchError(f"The query {text[:80]!r} has no word to look for. {told} {more}")

    def meets(self, papers: pd.DataFrame, said: Sequence[str]) -> np.ndarray:
        """Tell which papers meet all conditions, as an array of bool; `said` is title and abstract of each."""
        met = [_meeting(field, value, papers, said) == wanted for field, value, wanted in self.conditions]
        return np.all([np.ones(len(papers), dtype=bool), *met], axis=0)


def _meeting(field: str, value: str, papers: pd.DataFrame, said: Sequence[str]) -> np.ndarray:
    """Which papers meet one condition."""
    if field in ("since", "until"):
        if not re.fullmatch(r"\d{4}", value):
            raise SearchError(f"{field}:{value[:40]}: this is no year. Give one in four digits, as in {field}:2021.")
        year = papers["published"].dt.year
        return (year.ge(int(value)) if field == "since" else year.le(int(value))).to_numpy()
    if field == "author":
        found = papers["authors"].fillna("").map(_plain).str.contains(rf"\b{re.escape(_plain(value))}")
        return found.to_numpy(dtype=bool)
    pattern, texts = PatternSet({value: any_of([phrase_pattern(value)])}), papers["title"] if field == "title" else said
    return np.array([any(pattern.spans(text, pattern.found(text))) for text in texts], dtype=bool)


def _plain(name: str) -> str:
    """A name in lower case and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


class SearchIndex:
    """The papers of a corpus, ready to be searched."""

    def __init__(self, corpus: Corpus) -> None:
        self.papers = corpus.papers.reset_index(drop=True)
        self._said = paper_texts(corpus)
        # A title counts twice.
        found = [features(title) + said for title, said in zip(self.papers["title"], documents(corpus), strict=True)]
        spelt = [[*map(one_spelling, document)] for document in found]
        counts, words = count_shared(spelt, 1)
        self._counts, self._column = counts.tocsc(), {word: column for column, word in enumerate(words)}
        papers = (self._counts > 0).sum(axis=0)
        self._rarity = np.log1p((len(spelt) - papers + 0.5) / (papers + 0.5))  # BM25's weight of each word
        length = np.array([len(document) for document in found])
        mean = length.mean() if length.any() else 1
        self._tempered = SATURATION * (1 - LENGTH + LENGTH * length / mean)

    def ranked(self, query: Query) -> pd.DataFrame:
        """Rank the papers that answer a query: paper_id, title, abstract, score (float64), matched (features; str).

        A query of conditions alone ranks the papers that meet them from the newest, with a score of 0.
        """
        known = [word for spelt, word in query.wanted.items() if spelt in self._column]
        columns = [self._column[spelt] for spelt in query.wanted if spelt in self._column]
        counts, rarity = self._counts[:, columns].toarray(), self._rarity[columns]
        worth = rarity * counts * (SATURATION + 1) / (counts + self._tempered[:, np.newaxis])
        score = worth.sum(axis=1).round(DIGITS)
        kept = query.meets(self.papers, self._said) & ((score > 0) | (not query.wanted))
        hits = self.papers[["paper_id", "title", "abstract", "published"]].assign(score=score)[kept]
        hits = hits.sort_values(["score", "published", "paper_id"], ascending=[False, False, True])
        return hits.assign(matched=heaviest_terms(csr_array(counts[hits.index] * rarity), known))

    def hints(self, query: Query) -> list[str]:
        """Say which words of the query no paper has."""
        absent = [word for spelt, word in query.wanted.items() if " " not in word and spelt not in self._column]
        return [f"No paper has '{word[:40]}'." for word in absent]

    def passage(self, title: str, abstract: str, query: Query) -> tuple[str, str, int, int]:
        """The sentence that says most of what was looked for, the first of equals; the title where no sentence does."""
        worth = {word: self._rarity[self._column[word]] for word in query.wanted if word in self._column}
        spans = [("abstract", abstract, *span) for span in sentence_spans(abstract)] + [("title", title, 0, len(title))]
        words = [{*map(one_spelling, features(text[start:end]))} for _, text, start, end in spans]
        weight = [fsum(worth.get(word, 0) for word in has) for has in words]  # exact, whatever the order of a set
        field, text, start, end = spans[weight.index(max(weight))]
        return text[start:end], field, start, end


@lru_cache(maxsize=4)
def search_index(corpus: Corpus) -> SearchIndex:
    """Return the index of a corpus, made when it is first searched."""
    return SearchIndex(corpus)


def search(corpus: Corpus, query: str, k: int = 10) -> pd.DataFrame:
    """Find the `k` papers that answer a query best, best first: columns of `schema.HITS`; a title counts twice.

    Words match in any order, in the singular and in any case and spelling; words that stand together in the query and
    in a paper count more. A paper need not have all of them, but it has the phrases in quotes: "direct preference" is
    these words in this order, as `text.patterns.phrase_pattern` reads them. `title:word` and `author:name` say where,
    `since:2020` and `until:2024` when; a minus in front leaves papers out. Without a match the table is empty.
    A `SearchHint`, a warning, names each word that no paper has.
    Raises: SearchError when the query has nothing to look for, or a year that is none.

    >>> search(review, '"nash equilibrium" preference -robot since:2022')
    """
    asked, index = Query(query), search_index(corpus)
    hits = index.ranked(asked)
    for hint in index.hints(asked):
        warnings.warn(SearchHint(hint), stacklevel=2)
    hits = hits.head(max(k, 0))
    passages = [index.passage(*texts, asked) for texts in zip(hits["title"], hits["abstract"], strict=True)]
    found = pd.DataFrame(passages, index=hits.index, columns=["quote", "field", "start", "end"])
    return schema.shape(hits.join(found), schema.HITS)
