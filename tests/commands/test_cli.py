import itertools
import json
import re
import subprocess
import sys

import numpy as np
import pytest
from conftest import listing, page_of

from litreview.paths import ReviewFolder
from litreview.report import catalog


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["report", "offlin-rl"], "There is no report 'offlin-rl'. Did you mean 'offline-rl'? Reports: 'corpus', "),
        (["report", "offline-rl", "-p", "sinc=2020"], "there is no parameter 'sinc'. Did you mean 'since'?"),
        (["report", "offline-rl", "-p", "since"], "Parameter 'since' has no value. Write key=value"),
        (["report", "offline-rl", "-p", "=1"], "Parameter '=1' has no value"),
        (["report", "theme-rl-theory", "-p", "theme=scheduling"], "theme=rl_theory. Run `litreview theme scheduling`"),
        (["theme", "rl_teory"], "No report is about a theme 'rl_teory'. Did you mean 'rl_theory'?"),
        (["theme", "\x1b[31mrl_\u202eteory"], "No report is about a theme 'rl_teory'."),  # as shown
        (["corpus", "x.txt"], "or --to FOLDER"),
        (["corpus", "x.txt", "--add"], "there is no such file"),
        (["corpus", "x.txt", "--to", "x", "--add"], "adds to a review"),
        (["search", "the"], "no word to look for"),
        (["export", "--to", "list.doc"], "the ending '.doc' names no format. Use .bib, "),
        (["export", "--to", "list.bib", "--theme", "ofline_rl"], "no theme 'ofline_rl'. Did you mean 'offline_rl'?"),
        (["export", "--to", "list.bib", "--search", "zxqwv"], "(theme: any; search: zxqwv). Nothing was written"),
        (["diff", "no/such/folder"], "there is no corpus here"),
        (["simulate", "no-such-file.csv", "--included", "label"], "there is no such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.filterwarnings("ignore::litreview.errors.SearchHint")
def test_bad_use_is_one_clear_message_and_status_2(litreview, words, message):
    status, out, err = litreview(*words)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.fixture
def catalogue(saved, tmp_path, monkeypatch):
    """A catalogue of a notebook that runs and of one that fails, the one that commands read."""
    for name, source in (("good", "print(since)"), ("bad", "raise ValueError('no')")):
        (tmp_path / f"{name}.ipynb").write_text(saved(source).read_text())
        with (tmp_path / "catalog.yml").open("a") as rows:
            rows.write(f"- {{name: {name}, notebook: {name}.ipynb, title: The {name}, question: Q}}\n")
    for owner, name in ((catalog, "NOTEBOOKS"), (ReviewFolder, "notebooks")):
        monkeypatch.setattr(owner, name, tmp_path)
    monkeypatch.setattr(catalog, "with_theme_pages", lambda rows, _: rows)


@pytest.mark.usefixtures("catalogue")
def test_reports_are_made_where_asked_and_a_failure_is_status_1(litreview, tmp_path):
    status, out, _ = litreview("report", "good", "-p", "since=2020", "--to", tmp_path / "one")
    assert (status, out.splitlines()[0], "1 of 1 reports made" in out) == (0, "[1/1] good: done", True)
    assert ">2020</pre>" in (tmp_path / "one" / "good.html").read_text()
    status, out, err = litreview("report", "--to", tmp_path / "catalog.yml")
    assert (status, out) == (1, "")  # told before a notebook runs
    assert "the reports cannot be written" in err
    status, out, err = litreview("report", "--to", tmp_path / "two")
    assert (status, err, "1 of 2 reports made" in out) == (1, "failed: bad: ValueError: no\n", True)
    assert {path.name for path in (tmp_path / "two").glob("*.html")} == {"good.html", "bad.html", "index.html"}


def test_verify_says_what_is_wrong_and_where(litreview, tmp_path):
    (tmp_path / "good.html").write_text(page_of())
    (tmp_path / "bad.html").write_text(page_of().replace("</h1>", "</h1><iframe></iframe>", 1))
    assert litreview("verify", tmp_path / "good.html") == (0, f"{tmp_path / 'good.html'}: no problem found\n", "")
    status, out, _ = litreview("verify", tmp_path / "good.html", tmp_path / "bad.html")
    assert (status, "<iframe> is not allowed" in out) == (1, True)


def test_a_file_that_was_not_read_is_a_failure_though_the_others_are_loaded(litreview, tmp_path):
    (tmp_path / "june.ris").write_text("TY  - JOUR\nTI  - Walking the long way home\nER  - \n", encoding="utf-8")
    (tmp_path / "note.txt").write_text("Dear all,\nnothing here.", encoding="utf-8")
    files = [tmp_path / name for name in ("note.txt", "absent.txt", "june.ris")]
    told = ["1 paper, ", "not read: absent.txt: there is no such file", "'Dear all, nothing here.'. Tried:"]
    for _ in ("built", "found fresh"):
        status, out, err = litreview("corpus", *files, "--to", tmp_path / "mine")
        assert (status, err, [words for words in told if words not in out]) == (1, "", [])


def test_a_corpus_loses_no_file_in_silence(litreview, tmp_path):
    """A list that lacks files is refused with what to do; all together join, --replace lets them go."""
    folder, months = tmp_path / "my-review", {name: tmp_path / f"{name}.ris" for name in ("may", "june", "july")}
    for name, path in months.items():
        path.write_text(f"TY  - JOUR\nTI  - Routing a mixture of experts in {name}\nER  - \n", encoding="utf-8")
    litreview("corpus", months["may"], months["june"], "--to", folder)

    status, out, err = litreview("corpus", months["july"], "--to", folder)
    assert (status, out) == (2, "")
    assert "papers from 'june.ris', 'may.ris'" in err
    assert all(advice in err for advice in ("Give these files again", "--replace"))

    (tmp_path / "bad.ris").write_bytes(b"\x00\x01")
    out = litreview("diff", folder, months["july"], tmp_path / "bad.ris")[1]  # told before they join
    for words in ("new file: july.ris\nnot read: bad.ris: ", "\n  Routing a mixture of experts in july", "experts and"):
        assert words in out

    status, out, _ = litreview("corpus", *months.values(), "--to", folder)
    assert (status, out.splitlines()[-1]) == (0, "Papers: 1 new.")
    assert "nothing was done" in litreview("corpus", *months.values(), "--to", folder)[1]
    assert "new: 1 paper\n  Routing a mixture of experts in july" in litreview("diff", folder)[1]
    litreview("corpus", months["may"], "--to", tmp_path / "other")
    assert "new: 2 papers" in litreview("diff", tmp_path / "other", folder)[1]
    assert "name both: litreview diff OLD NEW" in litreview("diff", tmp_path / "other")[2]  # no earlier state

    status, out, _ = litreview("corpus", months["may"], "--to", folder, "--replace")
    assert (status, out.splitlines()[-1]) == (0, "Papers: 2 gone.")

    months["may"].write_text("TY  - JOUR\nTI  - Other papers under the same name\nER  - \n", encoding="utf-8")
    assert "Papers: 1 new and 1 gone." in litreview("corpus", months["may"], "--to", folder)[1]


def test_a_search_answers_in_plain_lines_where_nobody_looks_and_with_a_hint():
    command = [sys.executable, "-m", "litreview", "search", "nash prefrence", "--limit", "1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stderr == "No paper has 'prefrence'.\n"
    assert said.stdout.startswith("  1. ")
    assert "\x1b" not in said.stdout


def test_a_selection_is_written_with_its_reasons_and_the_flow_as_a_picture(litreview, tmp_path):
    path = tmp_path / "list.csv"
    status, out, err = litreview("export", "--theme", "scheduling", "--search", "learning rate", "-k", 3, "--to", path)
    assert (status, out, err) == (0, f"{path}: 3 papers written\n", "")
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 4
    assert all("Has learning" in row for row in rows[1:])
    status, out, _ = litreview("export", "--since", 2024, "--to", tmp_path / "flow.svg")
    assert (status, "papers drawn" in out) == (0, True)
    assert (tmp_path / "flow.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_corpus_of_ones_own_papers_has_pages_of_its_own(litreview, tmp_path):
    """The reports on the project's corpus are not written over."""
    folder = tmp_path / "my-review"
    litreview("corpus", listing(tmp_path / "may.txt", 0, 3), "--to", folder)
    status, out, _ = litreview("report", "corpus", "--corpus", folder)
    assert (status, str(folder / "reports" / "index.html") in out) == (0, True)
    assert (folder / "reports" / "corpus.html").is_file()


def test_a_new_review_begins_with_draft_themes_and_a_person_keeps_one(litreview, tmp_path):
    words = {"bird": "feather nest egg wing song beak flock", "fish": "fin scale reef river gill tide shoal"}
    rows = []
    for n, (topic, of) in itertools.product(range(35), words.items()):
        rows += [f"On the {topic} {n},We saw: {' / '.join(np.random.default_rng(n).permutation(of.split())[:5])}."]
    (tmp_path / "papers.csv").write_text("\n".join(["title,abstract", *rows]), encoding="utf-8")
    status, out, _ = litreview("new", tmp_path / "mine", tmp_path / "papers.csv")
    assert (status, "70 papers without a theme, with" in out, "its rules alone find" in out) == (0, True, True)
    file = ReviewFolder(tmp_path / "mine").themes
    drafts = file.read_bytes()
    assert litreview("themes", "suggest", "--review", tmp_path / "mine")[0] == 0
    assert file.read_bytes() == drafts
    first, *others = re.split(rb"(?<=\n)(?=  \w+:\n)", drafts.partition(b"\nthemes:\n")[2])
    kept = first.replace(b"    status: draft\n", b"")
    file.write_bytes(b"themes:\n" + b"".join([*others, kept]))
    status, out, err = litreview("themes", "suggest", "--review", tmp_path / "mine")
    assert (status, err, "70 papers without a theme" in out) == (0, "", False)
    assert file.read_bytes().startswith(b"themes:\n" + kept)


def test_a_finished_screening_is_replayed_as_a_table_and_as_json(litreview, tmp_path):
    rows = [f"{kind} of {each},,{kind == 'Soil carbon'}" for kind in ("Soil carbon", "Sea waves") for each in "abcdef"]
    (tmp_path / "set.csv").write_text("\n".join(["title,abstract,kept", *rows]))
    words = ["simulate", tmp_path / "set.csv", "--included", "kept", "--starts", "2"]
    status, out, _ = litreview(*words)
    assert (status, out.splitlines()[0]) == (0, "10 papers, 5 of them relevant, without the two of a start.")
    assert re.search(r"wss_95 +0\.45 +0\.45 +0\.45", out)
    found = json.loads(litreview(*words, "--json")[1])
    assert [row["mean"] for row in found["summary"]] == [0.45, 0.2]
    assert found["starts"][0]["included"].startswith("set.csv:")
    assert found["curve"][-1] == {"recall": 1, "low": 1, "high": 1, "read": 1, "of": 10}
