import pytest

from litreview.text.atomic_files import write_file


@pytest.mark.parametrize("content", ["text “quoted”", b"\x00bytes"])
def test_a_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path, content):
    path = tmp_path / "new" / "page.html"
    write_file(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        write_file(tmp_path / "file" / "page.html", "text")
