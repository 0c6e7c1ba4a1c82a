"""YAML is read with the line of each place in it, and what is no YAML is told with its line."""

import pytest

from litreview.text.checked_yaml import load_yaml_with_lines

TEXT = """# a comment
first:
  title: A
  list: [x,
    y]
2024: {a: 1}
"""
LINES = {(): 1, ("first",): 2, ("first", "title"): 3, ("first", "list", 1): 5, (2024, "a"): 6}
LINES |= {("first", "absent"): 2, ("first", "title", "deeper"): 3}  # those of what would hold it


def test_a_place_has_the_line_of_its_deepest_part(tmp_path):
    (tmp_path / "a.yml").write_text(TEXT)
    data, line_of = load_yaml_with_lines(tmp_path / "a.yml")
    assert data == {"first": {"title": "A", "list": ["x", "y"]}, 2024: {"a": 1}}
    assert {place: line_of(place) for place in LINES} == LINES


NO_YAML = [
    (b"a: 1\nb: [1,\n", "line 2: this is not YAML .*stream end"),
    (b"a: 1\nb:\n  c: 1\n  c: 2\n", r"line 4: this is not YAML \('c' stands twice, first on line 3"),
    (b"a: *b\n", "line 1: .*undefined alias"),
    (b"? [a]\n: 1\n? {b: c}\n: 1\n", "found unhashable key"),
    (b"[" * 5000, "line 1: this is not YAML"),
    (b"\xff", "utf-8"),
    (b"a: !!python/object:os.system x", "line 1: .*could not determine a constructor"),
]


@pytest.mark.parametrize(("text", "words"), NO_YAML)
def test_what_is_no_yaml_is_told_with_its_line(tmp_path, text, words):
    (tmp_path / "a.yml").write_bytes(text)
    with pytest.raises(ValueError, match=words):
        load_yaml_with_lines(tmp_path / "a.yml")
