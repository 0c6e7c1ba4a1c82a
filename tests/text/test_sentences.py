"""Sentences are cut where a reader would cut them, and no code point is lost or told twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.text.sentences import sentence_at, sentence_spans

# A bar marks each cut that is expected.
CUTS = [
    "",
    "   ",
    "Does it work? | Yes! | It does.",
    "We compare with baselines, e.g. DPO and PPO, on two tasks. | Both improve.",
    "It is faster on FooNet (seq. length 512) and BarNet (avg. of 5 runs). | We are glad.",
    "As shown by Song et al. (2022), coverage matters. | We agree with Xie et al. | However, it is costly.",
    "We test robots, cars, etc. | The results hold.",  # "etc." may end a sentence: a starter follows
    "We test robots, cars, etc. on two maps.",  # … or not
    "We show DPO vs. PPO in Fig. 2 and Eq. 3. | Sec. 4 has proofs.",
    "Regret grows with budget B. | Furthermore, it is tight.",  # a single letter is an initial unless a starter follows
    "We thank J. Smith for help. | The data is public.",
    "See https://github.com/x/y.z and example.org. | We release all.",
    "iOS apps are slow. | iOS is fixed here. | macOS is not.",  # sentences may begin in lower case
    "We (i) collect data, (ii) train a model, and (iii) test it. | Each helps.",
    "The rates are i.i.d. and bounded w.r.t. the norm. | We prove it.",
    "Wait... | We found it.",
    "A 7b. | We scale it to 62b. | This helps.",  # model sizes end sentences, they are no abbreviations
    "Schrödinger's naïve café works. | Él también. | We agree.",
    "我们提出一种方法。We agree. | Yes.",  # only full stops of Latin script cut
    "It keeps cost management.|Code is available.",  # a lost blank after a full stop still cuts
    "We use torch.nn.Module and numpy.Array here.",
    "At example.com/We.html it stays.",
]


@pytest.mark.parametrize("marked", CUTS)
def test_a_text_is_cut_where_a_reader_cuts_it(marked: str) -> None:
    text = marked.replace(" | ", " ").replace("|", "")
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        part.strip() for part in marked.split("|") if part.strip()
    ]


def test_the_sentence_round_a_match_is_whole_and_several_where_it_reaches_over_them() -> None:
    assert sentence_at("We study bandits. We prove a bound.", 29, 34) == (18, 35)
    assert sentence_at("We study bandits. We prove a bound.", 9, 20) == (0, 35)


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("aB.?!() \n\t")), max_size=300))
def test_spans_are_in_order_and_hold_all_that_is_not_blank(text: str) -> None:
    spans = sentence_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(st.text(max_size=200), st.data())
def test_the_sentence_of_a_match_holds_the_match(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = sentence_at(text, start, end)
    assert 0 <= left <= start
    assert end <= right <= len(text)
