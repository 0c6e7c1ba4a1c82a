"""`import litreview` is quick, reads nothing, and hands out its names when they are asked for."""

import subprocess
import sys

import pandas as pd
import pytest

import litreview as lr


def test_every_name_can_be_had_and_an_unknown_one_is_an_attribute_error_that_lists_the_known():
    assert [name for name in lr.__all__ if getattr(lr, name) is None or name not in dir(lr)] == []
    with pytest.raises(AttributeError, match="no attribute 'load_corpsu'. Did you mean 'load_corpus'?.*load_corpus"):
        lr.load_corpsu  # noqa: B018


def test_importing_and_help_load_no_heavy_package_and_open_no_data():
    script = (
        "import sys, builtins, io, pathlib\n"
        "def refuse(self, *a, **k): raise SystemExit(f'opened {self}')\n"
        "pathlib.Path.open = pathlib.Path.read_bytes = pathlib.Path.read_text = refuse\n"
        "import litreview\n"
        "from litreview.commands import app\n"
        "app(['--help'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {*ran.stdout.split()}
    assert "litreview" in loaded
    assert not {*"pandas altair nltk sklearn scipy pyarrow papermill nbconvert".split()} & loaded


TABLES = [
    (pd.DataFrame({"year": [2020], "share": [0.12345]}), '<td class="number">2020</td><td class="number">0.12345<'),
    (pd.DataFrame({"a": [1]}, index=["named"]), '<th scope="row">named</th>'),
    (pd.DataFrame({"a": [2]}, index=[7]), '<tr><td class="number">2</td></tr>'),
    (pd.DataFrame({"<b>": ["<script>" * 100]}), f'<th scope="row" class="long">{"&lt;script&gt;" * 25}…</th>'),
    (pd.DataFrame({1: ["x"], (2, 3): [[1, None]]}), "<td>[1, None]</td>"),
    (pd.DataFrame({"t": pd.to_timedelta([1], unit="D"), "c": pd.Categorical(["x"])}), "<td>x</td>"),
    (pd.DataFrame([[1, 2]], columns=["a", "a"]), 'class="dataframe"'),  # as pandas has it
    (pd.DataFrame({"a": []}), "<strong>no row, 1 column:</strong> nothing to show"),
]


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_a_table_in_a_notebook_shows_what_it_holds(rows, expected):
    assert expected in lr._table_html(rows)


def test_a_review_completes_a_theme_that_is_begun_and_shows_its_themes_and_their_papers(corpus):
    begun = ['review.theme("offl', "x.theme( 'sched", "theme"]
    assert [lr._themes_after(line) for line in begun] == [["offline_rl"], ["scheduling"], []]
    shown = lr._review_html(corpus)
    assert f"{len(corpus):,} papers, " in shown
    assert '>offline_rl</th><td>Offline reinforcement learning</td><td class="number">' in shown
