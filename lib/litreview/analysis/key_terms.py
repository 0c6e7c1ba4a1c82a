"""Which words and phrases set one group of papers apart from the rest of the corpus, and how sure that is.

**Terms.** A term is a word or a phrase of two or three words of titles and abstracts, in lower case and in the
singular. A phrase is of neighbours that occur together more often than by chance: NLTK's likelihood ratio (Dunning
1993, aclanthology J93-1003). A Treebank tokenizer would join "offline/online" and keep brackets and formula signs. A
phrase never reaches over punctuation.

**Counts are papers, not tokens.** An abstract repeats the name of its own method; counted by token, one paper would
speak for its group. The words of one abstract depend on each other; the papers nearly do not.

**Statistic.** Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
doi:10.1093/pan/mpn018). The prior is the whole corpus, with the weight of `PRIOR_PAPERS` average papers. It pulls rare
terms to zero, and words of every abstract ("method", "result") get no z-score because every group has them. Words
without content of their own (`STOP_WORDS`) are left out.
Where a group was made from its words, as themes are, z describes the group and is no test of it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice

import numpy as np
import pandas as pd
from nltk.collocations import BigramAssocMeasures
from scipy.sparse import csc_array, csr_array
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from litreview import schema
from litreview.corpus import Corpus

LEAST_PAPERS = 3  # a term of fewer papers of a group says more about those papers than about the group
LEAST_Z = 1.96  # standard deviations that a term's log-odds ratio lies above zero, at least
LEAST_RATIO = 10.83  # likelihood ratio of a phrase: chi-squared with one degree of freedom at p = 0.001
PRIOR_PAPERS = 30  # weight of the prior; at 10 a word that only one group has comes last, at 100 few words stand out
NESTED = 0.8  # a shorter term goes when so large a part of its papers has the longer one

# Beside scikit-learn's English stop words, what every abstract is made of; nothing is downloaded.
ABSTRACT_WORDS = """
    abstract al approach available away capable code common commonly conclusion contribution current did different
    directly does doing effective effectively efficiently empirical empirically especially et existing experiment
    experimental extensive framework fully furthermore github given good having highly important instead just key known
    largely let like literature main mainly make making method methodology nearly new novel number originality paper
    particular particularly possible previous previously prior problem purely quite recent recently regardless related
    respectively result second significant significantly similar simply single specifically state-of-the-art strong
    substantially technique typically unless unlike usually various website widely
""".split()
ABSTRACT_VERBS = """
    achieve address aim allow analyze appear apply argue attempt begin build combine compare consider demonstrate
    derive describe design develop differ discuss employ enable ensure establish evaluate examine exhibit explore
    facilitate find focus follow help highlight identify improve include indicate introduce investigate involve keep
    lead leverage limit motivate need observe obtain offer outperform perform present propose provide rely remain
    require reveal seek show study suffer suggest treat understand use work yield
""".split()
VERB_FORMS = {verb.removesuffix("e") + ending for verb in ABSTRACT_VERBS for ending in ("ed", "ing")}
VERB_FORMS |= {*ABSTRACT_VERBS, *(re.sub("y$", "ied", verb) for verb in ABSTRACT_VERBS)}
FORMULA_WORDS = "epsilon frac mathcal omega sqrt tilde widetilde".split()  # what formulas leave behind
STOP_WORDS = (ENGLISH_STOP_WORDS - {"system"}) | VERB_FORMS | {*ABSTRACT_WORDS, *FORMULA_WORDS}

WORD_OR_SIGN = re.compile(
    r"""[^\W_]+(?:(?:[-'’]|(?<=\d)\.(?=\d))[^\W_]+)*  # a word; a hyphen, an apostrophe or a decimal point may join it
      | \S                                           # a sign, which interrupts a run""",
    re.VERBOSE,
)
RIGHTS = r"(?:©|\([Cc]\)|Copyright)\s*(?:\([Cc]\)\s*)?(?:19|20)\d\d[^\n]{0,150}$"
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def word_runs(text: str) -> list[list[str]]:
    """Split a text into runs of words that no punctuation interrupts; a number or single letter ends a run as well."""
    return [[*run] for said, run in groupby(chain.from_iterable(map(_words, text.split())), bool) if said]


@lru_cache(maxsize=1 << 17)  # a corpus says the same again and again
def _words(piece: str) -> list[str]:
    """The words of a piece of text, such as "offline/online,", in lower case and the singular; "" for a sign, a number
    or a single letter.
    """
    words = [singular(found.lower()) for found in WORD_OR_SIGN.findall(ADDRESS.sub("|", piece))]
    return [word if len(word) > 1 and not word.replace(".", "").isdigit() else "" for word in words]


def singular(word: str) -> str:
    """Strip a word in lower case of its plural or possessive ending: the S-stemmer of Harman (1991), widened by -ches.

    doi:10.1002/(SICI)1097-4571(199101)42:1<7::AID-ASI2>3.0.CO;2-P. Stronger stemmers make "general", "generate" and
    "generative" one word.
    """
    word = re.sub(r"['’]s?$", "", word)
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "as", "series", "species")) or len(word) < 4:
        return word
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def distinctive_terms(corpus: Corpus, table: pd.DataFrame, by: str, most: int = 15) -> pd.DataFrame:
    """Find the terms that set each group of papers apart from all other papers, strongest first: `schema.TERMS`.

    `table` has paper_id and the column `by` (such as theme); a paper may be in several groups. For groups within a
    theme, pass the corpus of that theme. Each group gets at most `most` terms.
    A term is listed when its z is above `LEAST_Z` and at least `LEAST_PAPERS` papers of the group have it, so a small
    group may have no rows.
    """
    matrix, terms = _term_matrix(corpus)
    places = pd.Series(pd.Index(corpus.papers["paper_id"]).get_indexer(table["paper_id"]), table.index)
    inside = {name: np.isin(np.arange(len(corpus)), at) for name, at in places.groupby(table[by])}
    groups = [_strongest(contrast(matrix, papers, terms), most).assign(group=name) for name, papers in inside.items()]
    return schema.shape(pd.concat(groups) if groups else [], schema.TERMS)


def contrast(matrix: csr_array, inside: np.ndarray, terms: Sequence[str]) -> pd.DataFrame:
    """Compare every term: its counts in and out of a group, its log-odds ratio and z (Monroe et al. 2008).

    `matrix` is papers × terms with 1 where a paper has a term; `inside` marks the papers of the group.
    """
    n_in, n = inside @ matrix, matrix.sum(axis=0)
    n_out, prior = n - n_in, PRIOR_PAPERS * n / max(len(inside), 1)
    here, there = n_in + prior, n_out + prior
    log_odds = np.log(here / (here.sum() - here)) - np.log(there / (there.sum() - there))
    z = log_odds / np.sqrt(1 / here + 1 / there)
    counts = {"term": terms, "n_in": n_in, "of_in": inside.sum(), "n_out": n_out, "of_out": (~inside).sum()}
    return pd.DataFrame({**counts, "log_odds": log_odds, "z": z})


def paper_texts(corpus: Corpus) -> list[str]:
    """Join title and abstract of each paper as one text, in the order of the papers, without a note of copyright."""
    return (corpus.papers["title"] + ". " + corpus.papers["abstract"].str.replace(RIGHTS, "", regex=True)).tolist()


def count_shared(documents: Iterable[Iterable[str]], least: int) -> tuple[csr_array, list[str]]:
    """Count the features that at least so many documents have: documents × features, and the features by name."""
    documents, count = [*documents], CountVectorizer(analyzer=list, min_df=least)
    try:
        return csr_array(count.fit_transform(documents)), count.get_feature_names_out().tolist()
    except ValueError:  # there is none
        return csr_array((len(documents), 0), dtype="int64"), []


def _term_matrix(corpus: Corpus) -> tuple[csc_array, Sequence[str]]:
    """Papers × terms, 1 where a paper has the term, and the terms; none when fewer than two are shared."""
    papers, codes, names = _numbered(paper_texts(corpus))
    places, ids, written = _terms(codes, names)
    matrix = csc_array((np.ones(len(ids), dtype="int64"), (papers[places], ids)), (len(corpus), len(written)))
    matrix.data[:] = 1
    terms = pd.Series(written, dtype="str")[np.diff(matrix.indptr) >= LEAST_PAPERS].sort_values()
    return (matrix[:, terms.index], terms.array) if len(terms) > 1 else (matrix[:, :0], [])  # a share needs two


def _numbered(texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words of all texts in one array, each as a number, with 0 between runs; the text of each; all names."""
    # The sign before each text ends the run of the one before.
    pieces = (". " + pd.Series(texts, dtype="large_string[pyarrow]")).str.split(" ").explode()
    kinds, written = pd.factorize(pieces)
    words = [*map(_words, written)]  # of each piece once, however often it is said
    codes, names = pd.factorize(np.array(["", *chain.from_iterable(words)], dtype=object))
    # A row has the words of a piece in their order; the rows are taken as the pieces stand in the texts.
    ends = np.cumsum([0, *map(len, words)])
    said = csr_array((codes[1:], np.zeros(len(codes) - 1), ends), (len(words), 1))[kinds]
    return np.repeat(pieces.index, np.diff(said.indptr)), np.append(said.data, [0, 0]), names


def _terms(codes: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each word or phrase stands, its number, and all of them by number; without words that few papers can share.

    Each has content at both ends; "of" may stand inside ("mixture of expert").
    """
    one, two, three = (codes[start : len(codes) - 2 + start] for start in range(3))
    telling = ~pd.Index(names).isin({"", *STOP_WORDS}) & (np.bincount(codes, minlength=len(names)) >= LEAST_PAPERS)
    pairs, bound, first, second = _collocations(one, two, telling | (names == "of"))
    chained = bound & np.append(bound, False)[1:]
    begins = [telling[one], bound & telling[one] & telling[two], chained & telling[one] & telling[three]]
    word, pair, triple = places = [*map(np.flatnonzero, begins)]
    last = np.append(np.zeros_like(pair), three[triple])  # 0 where two words are all
    ids, kinds = pd.factorize(pairs[np.append(pair, triple)] * len(names) + last)
    number, third = np.divmod(kinds, len(names))
    phrases = names[first[number]] + " " + names[second[number]] + np.where(third > 0, " " + names[third], "")
    return np.concatenate(places), np.append(one[word], len(names) + ids), np.append(names, phrases)


def _collocations(one: np.ndarray, two: np.ndarray, inside: np.ndarray) -> tuple[np.ndarray, ...]:
    """The number of each pair of neighbours, and whether they occur together more often than by chance; then the first
    and the second word of each pair by number. Pairs of words that no phrase may hold (`inside`) share a number.

    The measure is the likelihood ratio (Dunning 1993).
    """
    pairs, kinds = pd.factorize(np.where(inside[one] & inside[two], one * len(inside) + two, 0))
    first, second = np.divmod(kinds, len(inside))
    alone = np.bincount(one, minlength=len(inside))
    n, a, b, both = int(alone[1:].sum()), alone[first], alone[second], np.bincount(pairs, minlength=len(kinds))
    bound = (kinds > 0) & (both >= LEAST_PAPERS) & (both * n > a * b)
    counts = zip(*(each[bound].tolist() for each in (both, a, b)), strict=True)
    ratios = [BigramAssocMeasures.likelihood_ratio(n_ab, (n_a, n_b), n) for n_ab, n_a, n_b in counts]
    bound[bound] = np.array(ratios) >= LEAST_RATIO
    return pairs, bound[pairs], first, second


def _strongest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first `most` terms by z, without those that a longer one stands for."""
    rows = rows[(rows["z"] > LEAST_Z) & (rows["n_in"] >= LEAST_PAPERS)]  # in the order of their terms
    rows = rows.sort_values("z", ascending=False, kind="stable")
    known = [(f" {term} ", n) for term, n in zip(rows["term"], rows["n_in"], strict=True)]
    nested = (any(more >= NESTED * n and term in longer != term for longer, more in known) for term, n in known)
    return rows.iloc[[*islice((place for place, inside in enumerate(nested) if not inside), most)]]
