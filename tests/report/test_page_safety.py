import pytest

from litreview.report.page_safety import LARGEST, problems

GOOD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x'">
<title>A page</title><style>p { color: red }</style></head><body><h1>A page</h1>BODY</body></html>"""


def with_body(body):
    return GOOD.replace("BODY", body)


def test_a_good_page_has_no_problems():
    body = """<h2>Two</h2><h3>Three</h3><h2>Two</h2><a href="https://arxiv.org/abs/1">read</a><a href="#x">here</a>
    <a href="index.html">all</a><img src="data:image/png;base64,AA" alt="a picture">
    <table><caption>c</caption><tr><th scope="col">h</th></tr></table>
    <script type="application/json">{"a": "<iframe>"}</script>
    <script type="application/json">[{"type":"image"}]</script>
    <script type="application/json">\
{"spec":{"params":[{"bind":{"input":"range"}}],"title":"\\"element\\":"}}</script>"""
    assert problems(with_body(body)) == []


BREACHES = [
    ('<script src="https://cdn.example/x.js"></script>', "loads 'https://cdn.example/x.js'"),
    ('<script src="local.js"></script>', "loads 'local.js'"),
    ('<link rel="stylesheet" href="//cdn.example/x.css">', "loads '//cdn.example/x.css'"),
    ('<img src="pixel.png" alt="x">', "loads 'pixel.png'"),
    ('<img srcset="a.png 2x" src="data:," alt="x">', "loads 'a.png 2x'"),
    ('<svg><image href="https://a.b/x.png"></image></svg>', "loads 'https://a.b/x.png'"),
    ("<style>@import 'x.css';</style>", "style sheet loads"),
    ("<style>p { background: URL( 'https://a.b' ) }</style>", "style sheet loads"),
    ('<p style="background: url(x.png)">x</p>', "style that loads"),
    ('<meta http-equiv="Refresh" content="0">', "leaves the page by itself"),
    ('<script>{"spec":{"data":{"url":"https:\\u002f/a.b"}}}</script>', "a chart loads"),
    ('<script>{"spec":{"mark":{"type":"image"}}}</script>', "a chart loads"),
    ('<script>{"spec":{"bind":{"a":{"input":"range","element":"body"}}}}</script>', "an input elsewhere"),
    ('<form action="x"></form>', "<form> is not allowed"),
    ('<iframe src="x"></iframe>', "<iframe> is not allowed"),
    ("<base href=x>", "<base> is not allowed"),
    ('<p onclick="x()">x</p>', "has onclick="),
    ('<a href=" java&#115;cript:x()">x</a>', "links to"),
    ('<a href="data:text/html,x">x</a>', "links to"),
    ('<img src="data:image/png;base64,AA">', "no text alternative"),
    ('<div data-alt=" "></div>', "no text alternative"),
    ("<table><tr><td>x</td></tr></table>", "no caption"),
    ("<table><caption>c</caption><tr><th>h</th></tr></table>", "no scope"),
    ("<h3>three</h3>", "level 3 follows one of level 1"),
    ("<h1>again</h1>", "2 headings of the first level"),
]


@pytest.mark.parametrize(("body", "expected"), BREACHES)
def test_what_breaks_a_rule_is_named(body, expected):
    assert any(expected in problem for problem in problems(with_body(body)))


HEADS = [
    (' lang="en"', "", "language"),
    ("<title>A page</title>", "<title> </title>", "no title"),
    ("<h1>A page</h1>", "", "0 headings of the first level"),
    ("default-src 'none'; ", "", "Content Security Policy"),
    ("'sha256-x'", "'unsafe-eval'", "allows 'unsafe-eval'"),
    ("'sha256-x'", "https://cdn.example", "allows https:"),
]


@pytest.mark.parametrize(("old", "new", "expected"), HEADS)
def test_a_head_that_lacks_something_is_told(old, new, expected):
    found = problems(with_body("").replace(old, new))
    assert [expected in problem for problem in found] == [True]


def test_a_page_that_is_too_large_is_told():
    assert "3,000,000 are allowed" in problems(with_body("x" * LARGEST))[0]
