import pytest

from litreview.report.markdown import Contents, Heading, cleaned, first_bullet, lead, markdown_html, slug


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *b* `c`", "<p>a <em>b</em> <code>c</code></p>\n"),
        (r"\$5 or \<b\> \_x\_", "<p>$5 or &lt;b&gt; _x_</p>\n"),  # escaped by findings.escape
        ("costs $5, not $10", "<p>costs $5, not $10</p>\n"),  # no formulas here
        ("[x](javascript:alert(1))", None),
        ("<script>alert(1)</script>", None),
        ("<img src=x onerror=alert(1)>", None),
    ],
)
def test_markdown_becomes_clean_html(source, expected):
    result = markdown_html(source)
    assert "alert" not in result or "javascript" not in result
    assert "<script" not in result
    assert "onerror" not in result
    assert expected is None or result == expected


def test_a_markdown_table_can_be_scrolled_and_its_heads_say_what_they_head():
    result = markdown_html("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert 'role="region"' in result
    assert result.count('<th scope="col"') == 2


def test_a_script_in_an_output_is_left_out_and_that_is_said():
    assert "left out" in cleaned("<p>x</p><script>alert(1)</script>")
    assert "alert" not in cleaned("<p>x</p><script>alert(1)</script>")
    assert "left out" not in cleaned("<p>x</p>")


def test_headings_get_anchors_that_differ_and_make_the_contents():
    contents = Contents()
    result = contents.anchored("<h2>Why?</h2><h3>Why <em>not</em> &amp; how</h3><h2>Why?</h2>")
    assert contents.headings == [
        Heading(2, "why", "Why?"),
        Heading(3, "why-not-how", "Why not & how"),
        Heading(2, "why-2", "Why?"),
    ]
    assert '<h2 id="why-2">' in result
    assert 'href="#why-not-how"' in result


def test_a_heading_keeps_an_anchor_of_its_own_while_it_is_free():
    contents = Contents()
    source = contents.anchored('<h4 id="paper-1">One</h4><h4 id="paper-1">Two</h4>')
    assert [heading.anchor for heading in contents.headings] == ["paper-1", "paper-1-2"]
    assert source.count('id="paper-1"') == 1


def test_a_heading_cannot_take_an_anchor_of_the_page():
    assert 'id="main-2"' in Contents().anchored("<h2>Main</h2>")


@pytest.mark.parametrize(
    ("text", "expected"), [("Which tools?", "which-tools"), ("Über 3×", "über-3"), ("?!", "section")]
)
def test_an_anchor_is_made_of_the_words(text, expected):
    assert slug(text) == expected


def test_a_notebook_opens_with_title_and_question():
    opening = lead(markdown_html("# A *title*\n\nWhat is asked?\n\nBy whom."))
    assert (opening.title, opening.question, opening.rest.strip()) == (
        "A <em>title</em>",
        "What is asked?",
        "<p>By whom.</p>",
    )


@pytest.mark.parametrize("source", ["## No title", "text first\n\n# Title", ""])
def test_a_cell_without_a_title_opens_nothing(source):
    assert lead(markdown_html(source)) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- **one** thing\n- two", "<strong>one</strong> thing"),
        ("- one\n\n- two", "one"),  # a loose list has paragraphs in its items
        ("- see [this](https://a.b)", "see this"),
        ("no list", ""),
    ],
)
def test_the_headline_is_the_first_bullet_without_links(source, expected):
    assert first_bullet(source) == expected
