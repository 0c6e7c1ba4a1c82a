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
from itertools import chain, combinations, groupby

import numpy as np
import pandas as pd
from nltk.metrics import BigramAssocMeasures
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from litreview import schema
from litreview.corpus import Corpus
from litreview.text.sentences import sentence_spans

LEAST_PAPERS = 3  # a term of fewer papers of a group says more about those papers than about the group
LEAST_Z = 1.96  # standard deviations that a term's log-odds ratio lies above zero, at least
LEAST_RATIO = 10.83  # likelihood ratio of a phrase: chi-squared with one degree of freedom at p = 0.001
PRIOR_PAPERS = 30  # weight of the prior; at 10 a word that only one group has comes last, at 100 few words stand out
NESTED = 0.8  # a shorter term goes when so large a part of its papers has the longer one

# Beside scikit-learn's English stop words, what every abstract is made of; nothing is downloaded.
ABSTRACT_WORDS = """
    abstract al approach available away capable code common commonly conclusion contribution current did different
    directly does doing effective effectively efficiently empirical empirically especially et existing experiment
    experimental extensive finding first framework fully furthermore github given good having highly important
    instead just key known largely let like literature main mainly make making method methodology nearly new novel
    number originality paper particular particularly possible previous previously prior problem purely quite recent
    recently regardless related respectively result second significant significantly similar simply single specifically
    state-of-the-art strong substantially technique typically unless unlike usually various website widely
""".split()
ABSTRACT_VERBS = """
    achieve address aim allow analyze appear apply argue attempt begin build combine compare consider demonstrate
    derive describe design develop differ discuss employ enable ensure establish evaluate examine exhibit explore
    facilitate find focus follow help highlight identify improve include indicate introduce investigate involve keep
    lead leverage limit motivate need observe obtain offer outperform perform present propose provide rely remain
    require reveal seek show study suffer suggest treat understand use work yield
    """.split()
VERB_FORMS = frozenset(
    form
    for verb in ABSTRACT_VERBS
    for form in (verb, verb.removesuffix("e") + "ed", verb.removesuffix("e") + "ing", re.sub("y$", "ied", verb))
)
FORMULA_WORDS = "epsilon frac mathcal omega sqrt tilde widetilde".split()  # what formulas leave behind
STOP_WORDS = (ENGLISH_STOP_WORDS - {"system"}) | VERB_FORMS | {*ABSTRACT_WORDS, *FORMULA_WORDS}
INVARIABLE = frozenset("series species".split())  # no plural ending, though they look it

WORD_OR_SIGN = re.compile(
    r"""[^\W_]+(?:(?:[-'’]|(?<=\d)\.(?=\d))[^\W_]+)*  # a word; a hyphen, an apostrophe or a decimal point may join it
      | \S                                           # a sign, which interrupts a run""",
    re.VERBOSE,
)
RIGHTS = r"(?:©|\([Cc]\)|Copyright)\s*(?:\([Cc]\)\s*)?(?:19|20)\d\d[^\n]{0,150}$"
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def word_runs(text: str) -> list[list[str]]:
    """Split a text into runs of words that no punctuation interrupts; a number or single letter ends a run as well."""
    words = [singular(found.lower()) for found in _written_words(text)]
    return [[*run] for says_something, run in groupby(words, _says_something) if says_something]


def _written_words(text: str) -> list[str]:
    """The words of a text, and the signs between them."""
    return WORD_OR_SIGN.findall(ADDRESS.sub("|", text) if "://" in text or "www." in text else text)


def _says_something(word: str) -> bool:
    return len(word) > 1 and not word.replace(".", "").isdigit()


@lru_cache(maxsize=1 << 16)  # a corpus says the same words again and again
def singular(word: str) -> str:
    """Strip a word in lower case of its plural or possessive ending: the S-stemmer of Harman (1991), widened by -ches.

    doi:10.1002/(SICI)1097-4571(199101)42:1<7::AID-ASI2>3.0.CO;2-P. Stronger stemmers make "general", "generate" and
    "generative" one word.
    """
    word = re.sub(r"['’]s?$", "", word)
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "as")) or len(word) < 4 or word in INVARIABLE:
        return word
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def distinctive_terms(corpus: Corpus, table: pd.DataFrame, by: str, most: int = 15) -> pd.DataFrame:
    """Find the terms that set each group of papers apart from all other papers, strongest first: `schema.TERMS`.

    `table` has paper_id and the column `by` (such as theme); a paper may be in several groups. For groups within a
    theme, pass the corpus of that theme. Each group gets at most `most` terms, each with one paper and its sentence.
    A term is listed when its z is above `LEAST_Z` and at least `LEAST_PAPERS` papers of the group have it, so a small
    group may have no rows.
    """
    matrix, terms = _term_matrix(corpus)
    groups = []
    for group, papers in table.groupby(by)["paper_id"]:
        inside = corpus.papers["paper_id"].isin(papers).to_numpy()
        rows = _strongest(contrast(matrix, inside, terms), most).assign(group=group)
        groups.append(pd.concat([rows, _quotes(corpus.papers[inside], rows["term"])], axis="columns"))
    return schema.shape(pd.concat(groups) if groups else [], schema.TERMS)


def contrast(matrix: csr_array, inside: np.ndarray, terms: Sequence[str]) -> pd.DataFrame:
    """Compare every term: its counts in and out of a group, its log-odds ratio and z.

    `matrix` is papers × terms with 1 where a paper has a term; `inside` marks the papers of the group.
    """
    n_in, n_out = matrix[inside].sum(axis=0), matrix[~inside].sum(axis=0)
    log_odds, deviation = dirichlet_log_odds(n_in, n_out, PRIOR_PAPERS * (n_in + n_out) / max(len(inside), 1))
    of_in, of_out = int(inside.sum()), int((~inside).sum())
    counts = {"term": terms, "n_in": n_in, "of_in": of_in, "n_out": n_out, "of_out": of_out}
    return pd.DataFrame({**counts, "log_odds": log_odds, "z": log_odds / deviation})


def dirichlet_log_odds(inside: np.ndarray, outside: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the log-odds ratio of each term between two groups, and its standard deviation (Monroe et al. 2008).

    Counts of each term in the one group, in the other, and of the Dirichlet prior, all in the same order.
    """
    here, there = inside + prior, outside + prior
    log_odds = np.log(here / (here.sum() - here)) - np.log(there / (there.sum() - there))
    return log_odds, np.sqrt(1 / here + 1 / there)


def paper_texts(corpus: Corpus) -> list[str]:
    """Join title and abstract of each paper as one text, in the order of the papers, without a note of copyright."""
    said = corpus.papers["abstract"].str.replace(RIGHTS, "", regex=True)
    return (corpus.papers["title"] + ".\n" + said).tolist()


def count_matrix(documents: Iterable[Iterable[str]], vocabulary: Sequence[str]) -> csr_array:
    """Count how often each document has each word of the vocabulary: documents × vocabulary."""
    documents = list(documents)
    if not vocabulary:
        return csr_array((len(documents), 0), dtype="int64")
    return csr_array(CountVectorizer(analyzer=lambda words: words, vocabulary=vocabulary).transform(documents))


def _term_matrix(corpus: Corpus) -> tuple[csr_array, list[str]]:
    """Papers × terms, 1 where a paper has the term, and the terms; none when fewer than two are shared.

    A phrase has content at both ends; "of" may stand inside ("mixture of expert").
    """
    paper, word, vocabulary = _coded_words(paper_texts(corpus))
    second, third = np.append(word[1:], 0), np.append(word[2:], [0, 0])[: len(word)]
    content = np.array([each not in STOP_WORDS and each != "" for each in vocabulary])
    bound, inner, size = _bound(word, second), content | (vocabulary == "of"), len(vocabulary)
    pair = content[word] & content[second] & bound
    triple = content[word] & inner[second] & content[third] & bound & np.append(bound[1:], False)[: len(word)]
    terms = [(content[word], word), (pair, word + size * second), (triple, word + size * (second + size * third))]
    term, keys = pd.factorize(np.concatenate([key[chosen] for chosen, key in terms]))
    place = np.concatenate([paper[chosen] for chosen, _ in terms])
    matrix = csr_array((np.ones_like(term), (place, term)), shape=(len(corpus.papers), len(keys)))
    matrix.data[:] = 1
    shared = np.flatnonzero(matrix.sum(axis=0) >= LEAST_PAPERS)
    codes = zip(*(keys[shared] // size**power % size for power in range(3)), strict=True)
    named = sorted(
        (" ".join(vocabulary[code] for code in of if code), at) for of, at in zip(codes, shared, strict=True)
    )
    named = named if len(named) > 1 else []  # a share among terms needs two
    return matrix[:, [at for _, at in named]], [name for name, _ in named]


def _coded_words(texts: Iterable[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words of all texts one after the other: number of the text, number of the word, and the words.

    Where a run of words is interrupted, and behind each text, stands 0, which is no word.
    """
    found = [[*_written_words(text), "|"] for text in texts]
    written, spellings = pd.factorize(np.array([*chain.from_iterable(found)], dtype=object))
    spoken = (singular(spelling.lower()) for spelling in spellings)
    code, vocabulary = pd.factorize(
        np.array(["", *(word if _says_something(word) else "" for word in spoken)], dtype=object)
    )
    return np.repeat(np.arange(len(found)), [len(words) for words in found]), code[1:][written], vocabulary


def _bound(word: np.ndarray, following: np.ndarray) -> np.ndarray:
    """Whether each word and the next occur together more often than by chance (likelihood ratio, Dunning 1993)."""
    together = (word > 0) & (following > 0)
    pair, keys = pd.factorize(word[together] + (size := word.max(initial=0) + 1) * following[together])
    n_word, n, both = np.bincount(word, minlength=size), np.count_nonzero(word), np.bincount(pair, minlength=len(keys))
    first, second = n_word[keys % size], n_word[keys // size]
    likely = np.flatnonzero((both >= LEAST_PAPERS) & (both * n > first * second))
    counts = zip(*(each[likely].tolist() for each in (both, first, second)), strict=True)
    ratios = [BigramAssocMeasures.likelihood_ratio(met, alone, int(n)) for met, *alone in counts]
    bound = np.zeros(len(word), dtype=bool)
    bound[together] = np.isin(pair, likely[np.array(ratios, dtype=float) >= LEAST_RATIO])
    return bound


def _strongest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first `most` terms by z, without those that a longer one stands for."""
    rows = rows[(rows["z"] > LEAST_Z) & (rows["n_in"] >= LEAST_PAPERS)].sort_values(
        ["z", "term"], ascending=[False, True]
    )
    longer: dict[str, int] = {}
    for term, n in zip(rows["term"], rows["n_in"], strict=True):
        words = term.split()
        for start, end in combinations(range(len(words) + 1), 2):
            part = " ".join(words[start:end])
            longer[part] = max(longer.get(part, 0), n if part != term else 0)
    stands = [longer[term] < NESTED * n for term, n in zip(rows["term"], rows["n_in"], strict=True)]
    return rows[np.array(stands, dtype=bool)].head(most)


def _quotes(papers: pd.DataFrame, terms: pd.Series) -> pd.DataFrame:
    """For each term the first paper that has it and the sentence: columns paper_id and quote, index as in `terms`."""
    found: dict[str, tuple[str, str]] = {}
    for paper, title, abstract in zip(papers["paper_id"], papers["title"], papers["abstract"], strict=True):
        if not (sought := [term for term in terms if term not in found]):
            break
        for sentence in [*(abstract[start:end] for start, end in sentence_spans(abstract)), title]:
            words = f" {' | '.join(' '.join(run) for run in word_runs(sentence))} "
            found = {term: (paper, sentence) for term in sought if f" {term} " in words} | found
    return pd.DataFrame([found[term] for term in terms], index=terms.index, columns=["paper_id", "quote"])
