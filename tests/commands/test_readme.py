"""The commands of the README, run as they stand there."""

import re
import shlex
from pathlib import Path

import yaml

from litreview.commands import app
from litreview.paths import CHOSEN, PROJECT

README = (PROJECT.root / "README.md").read_text(encoding="utf-8")
RECORDS = (PROJECT.root / "examples" / "coastal-ecology" / "refs.ris").read_text(encoding="utf-8").split("\n\n")


def test_the_commands_of_a_review_of_ones_own_work_one_after_the_other(tmp_path, monkeypatch, capfd):
    block = re.search(r"## Your own review.*?```\n(.*?)```", README, re.DOTALL)[1]
    commands = [shlex.split(re.split(r"\s{2,}", line)[0]) for line in block.splitlines()]
    assert sum(words[0] == "litreview" for words in commands) == 7
    (tmp_path / "refs.ris").write_text("\n\n".join(RECORDS[:40]), encoding="utf-8")
    (tmp_path / "june.ris").write_text("\n\n".join(RECORDS[40:44]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(CHOSEN, "")
    for program, *words in commands:
        if program == "cd":
            monkeypatch.chdir(words[0])
            continue
        themes = yaml.safe_load(Path("data/curated/themes.yml").read_text())["themes"] if "THEME" in words else []
        app([next(iter(themes)) if word == "THEME" else word for word in words], standalone_mode=False)
        assert capfd.readouterr().out
    made = {path.name for path in (tmp_path / "my-review").rglob("*")}
    assert {"index.html", "papers.html", "list.bib", "june.ris", "my-review.zip"} <= made
