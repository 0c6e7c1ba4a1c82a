"""Cleaning repairs what TeX and markup left, and nothing else; every letter is traced to the raw text."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litreview import paths
from litreview.corpus.cleaning import STEPS, clean, clean_column, raw_spans, signs_of_damage
from litreview.sources import read

ROWS = [
    # symbols, with and without their backslash
    ("a speedup of 1.22times, 1.43times", "a speedup of 1.22×, 1.43×"),
    (r"5 \times 5 and 3\times", "5 × 5 and 3×"),
    ("4 times faster, sometimes", "4 times faster, sometimes"),  # English
    ("A + Ccdot S_2", "A + C·S_2"),
    (r"\leq 5 \pm 0.1 \sim5\%", "≤ 5 ± 0.1 ~5%"),
    (r"$Q^\star$ and $Q^*$, \starting", "Q^* and Q^*, starting"),
    # commands
    ("boldsymbol theta of a model", "theta of a model"),
    (r"a\\b a\,b neu\-ral q\_proj", "a b a b neural q_proj"),
    (r"\textbf{Bold}, \emph{it}", "Bold, it"),
    ("mathcal O(sqrt K), mathcal{O}(mathcal{C_{Phi circ Psi}/n})", "O(sqrt K), O(C_{Phi circ Psi}/n)"),
    ("has O left( KT + (m+M)K right) CPR", "has O(KT + (m+M)K) CPR"),
    ("$ 5 for x and $ 6 for y; $ a and $ b", "$ 5 for x and $ 6 for y; $ a and $ b"),  # money
    # accents and letters; apostrophes and quotes that a program escaped
    (r"Pok\'emon, Gy\"{o}rgy, Schr\"odinger", "Pokémon, György, Schrödinger"),
    (r"\c{c}a va {\'e}t{\'e} na\"{\i}ve", "ça va été naïve"),
    (r"Polyak-\L ojasiewicz, {\L}ukasz, \O rsted, \o(n)", "Polyak-Łojasiewicz, Łukasz, Ørsted, o(n)"),
    (r"it\'s, we\'re, don\'t", "it's, we're, don't"),
    (r"for \"online\" learning", 'for "online" learning'),
    # formulas and money
    ("steps: $L(s) = L_0$ is", "steps: L(s) = L_0 is"),
    ("costs $5 million to $7 million, $10 and $20", "costs $5 million to $7 million, $10 and $20"),
    # braces that group, and braces that mean something
    ("a {O}(T) regret, {no-regret}, Norouzi{-}Fard", "a O(T) regret, no-regret, Norouzi-Fard"),
    ("T^{2/3}, N^{E}, sigma_{max}^2, {0, 1}^n, min{log T, K}", "T^{2/3}, N^E, sigma_{max}^2, {0, 1}^n, min{log T, K}"),
    # quotes, dashes, ties, blanks
    ("``safe'' and ''informative''", "“safe” and “informative”"),
    ("a -- b, LLMs--a key, smart---in", "a – b, LLMs–a key, smart—in"),
    ("the --verbose flag, a --> b, <!-- c", "the --verbose flag, a --> b, <!-- c"),
    ("a~failure, We~show, benchmarks~fu2020d4rl, 10~GB", "a failure, We show, benchmarks fu2020d4rl, 10 GB"),
    ("the ~ 0.25B parameter, ~5%, x~N(0, 1)", "the ~ 0.25B parameter, ~5%, x~N(0, 1)"),
    ("  doubled   blanks \t here , and\u00a0there ", "doubled blanks here, and there"),
    ("offline-\nto-online,\r\nhard\nwrapped", "offline-to-online, hard wrapped"),
    # the web and Unicode
    ("R&amp;D &lt; 5 &#39;x&#39; &nbsp; AT&T", "R&D < 5 'x' AT&T"),
    ("x<sub>i</sub> <i>y</i><br/>z <p class=\"a\">w</p>", "xi y z w"),
    ("k<5 and MNIST < CIFAR10 > x, <script>", "k<5 and MNIST < CIFAR10 > x, <script>"),
    ("e\u0301 ﬁne le\u00adarn\u200bing \ufeff\u202eabc\u202c\x00", "é fine learning abc"),
    ("می\u200cخواهم \U0001f468\u200d\U0001f4bb", "می\u200cخواهم \U0001f468\u200d\U0001f4bb"),  # joiners at work
    ("10² H₂O", "10² H₂O"),  # not 102
    # links stay, but for TeX's escapes
    ("https://a.edu/~me/x--y_z and https://x.y/a\\_b", "https://a.edu/~me/x--y_z and https://x.y/a_b"),
    ("", ""),
    ("\\", ""),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "cleaned"), ROWS, ids=[raw[:30] for raw, _ in ROWS])
def test_rows(raw, cleaned):
    assert clean(raw) == cleaned
    assert clean(cleaned) == cleaned


SNIPPETS = sorted({part for raw, _ in ROWS for part in re.findall(r"\S+|\s+", raw)})
messy = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=4), max_size=12).map("".join)
signs = st.text(alphabet="\\{}$`'\"^_~-&;<>#%/ \n.,()[]aeOLlsx12\u0301\u00ad\u200b\u00a0ﬁ")


@given(messy | signs)
@example("&amp;amp;lt;i&gt;")
@example("\\\\\\'{e}")
@example("```` '' ''")
@example("{{{a}}}^{{b}}")
def test_cleaning_a_clean_text_changes_nothing(raw):
    once = clean(raw)
    assert clean(once) == once
    assert once == once.strip()
    assert "\\" not in once
    assert "  " not in once


def test_a_column_is_cleaned_as_each_of_its_texts_is():
    """The quick test of a column hides nothing, nor the sign of Kelvin, which is a k where capitals do not count."""
    texts = [text for row in ROWS for text in row] + ["", " a", "a ", "5 \u212a", "a\x00b", "1 ,2", "e\u0301"]
    assert clean_column(pd.Series(texts, dtype="str")).tolist() == [clean(text) for text in texts]


def test_in_a_column_what_is_missing_is_missing():
    assert clean_column(pd.Series(["a  b", None], dtype="str")).fillna("none").tolist() == ["a b", "none"]


@given(messy | signs)
def test_every_code_point_is_traced_to_the_raw_text(raw):
    """Origins lie in the raw text, are not empty, and never run back."""
    cleaned, spans = clean(raw), raw_spans(raw)
    assert len(spans) == len(cleaned)
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))


WORDS = [*"regret O policy naïve offline times left right sqrt math 2024 强化学习 обучение".split()]
JUNK = (" ", "  ", "\n", "\r\n", " -- ", "--", "~", " ``", "'' ", ", ", " {", "} ")
JUNK += ("$", "\u00a0", " \u200b", " (", ") ", "\t")


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JUNK)), max_size=12))
def test_no_word_is_lost_or_invented(parts):
    raw = "".join(word + junk for word, junk in parts)
    assert re.findall(r"\w+", clean(raw)) == re.findall(r"\w+", raw.replace("\u200b", ""))


def test_the_shipped_texts_come_out_clean():
    """No damage that the rules know of is left, and every word is still there."""
    shipped = pd.concat([read(path)[0] for path in sorted(paths.PROJECT.raw.iterdir())])
    for raw in [*shipped["title_raw"], *shipped["abstract_raw"]]:
        cleaned = clean(raw)
        assert clean(cleaned) == cleaned
        assert not re.search(r"\\|``|''|--|\s\s|\dtimes|mathcal|mathrm|rightarrow|\bleft\(", cleaned)
        words = {word for word in re.findall(r"[A-Za-z]{3,}", raw) if word not in COMMANDS}
        assert {word for word in words if word not in cleaned} <= set()


COMMANDS = {*"times mathcal mathrm rightarrow left right infty Acdot Ccdot ojasiewicz rgy emon".split()}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_not_needed_finds_nothing(step):
    """The quick test may only save work: it never hides an edit."""
    texts = [raw for raw, _ in ROWS] + [cleaned for _, cleaned in ROWS]
    assert all(not [*step.edits(text)] for text in texts if signs_of_damage(text).isdisjoint(step.needs))
