"""Pages as a browser shows them, for tests; and the words that would show if a page ran what strangers write."""

import os
import shutil
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("LITREVIEW_CHROMIUM") or shutil.which("chromium") or ""
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
OPTIONS += ["--disable-component-update", "--disable-sync"]
# Each payload would leave a mark on the page's root element if it ran.
RAN = "document.documentElement.dataset.ran=1"
HOSTILE = (
    f'<img src=x onerror="{RAN}"></script><script>{RAN}</script><svg onload="{RAN}"><!-- <script> '
    f'"onmouseover="{RAN}" javascript:{RAN} {{{{constructor.constructor(\'{RAN}\')()}}}} '
    f"$\\href{{javascript:{RAN}}}{{x}}$ [x](javascript:{RAN}) `x` | \u202etxet\u202c \x00\x1b[31m "
    "<meta http-equiv=refresh content=0> <style>*{display:none}</style>"
)

# Everything that a reader can open, open. Rows of a table, marks of a chart and words of code are alike, so some of
# each stand for all: axe needs seconds for a thousand elements. It cannot tell what colour lies behind words on a
# gradient, so the shades of tables go.
OPEN = """rows => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  const code = document.querySelector('#show-code'), contents = document.querySelector('nav.contents button');
  if (code && !code.checked) code.click();
  if (contents?.checkVisibility() && contents.ariaExpanded !== 'true') contents.click();
  const words = {};
  for (const each of document.querySelectorAll('tbody, .references, .quotes, .papers section, svg g, pre')) {
    const seen = each.localName === 'pre' ? words : {};
    for (const row of [...each.children]) {
      const kind = row.localName + row.getAttribute('class');
      if ((seen[kind] = (seen[kind] ?? 0) + 1) > rows) row.remove();
    }
  }
  const style = document.createElement('style');
  style.textContent = '.scroll { background: none !important }';
  document.body.append(style);
}"""
# What of a page depends on its colours and its width.
OF_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]


class Visit:
    """A page opened from a file, with everything it asked for and complained about."""

    def __init__(self, browser: Browser, path: Path, **context: object) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context.route("**/*", self._note)
        self.page: Page = self.context.new_page()
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        if self.page.query_selector("figure.chart"):
            self.page.wait_for_function("document.documentElement.dataset.charts === 'ready'")

    def _note(self, route) -> None:
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()


def barriers(page: Page, rows: int = 1000, rules: list[str] | None = None) -> list[tuple[str, str]]:
    """What axe finds with everything open: the rule and the first element that breaks it. Of rows that are alike some.

    rules: only these; default: all.
    """
    page.evaluate(OPEN, rows)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    violations = Axe().run(page, options=options).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]


def overflowing(page: Page) -> list[int]:
    """The widths at which a page is wider than its window: of a phone, and of WCAG's reflow (1.4.10)."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = []
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_timeout(50)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def whole_page(browser: Browser, path: Path) -> None:
    """A page of real papers has no barrier, nor in the dark on a phone, scrolls no phone sideways, asks for nothing."""
    visit = Visit(browser, path, bypass_csp=True)
    assert barriers(visit.page, rows=2) == []
    visit.page.emulate_media(color_scheme="dark")
    visit.page.set_viewport_size({"width": 390, "height": 844})
    assert barriers(visit.page, 2, OF_LOOKS) == []
    assert overflowing(visit.page) == []
    assert (visit.requests, visit.complaints) == ([], [])
    assert visit.page.evaluate("document.documentElement.dataset.ran") is None
    visit.context.close()


def harmless_text(browser: Browser, path: Path) -> str:
    """The text of a page on which everything was opened and pointed at; nothing ran, was asked for or leads away."""
    visit = Visit(browser, path)
    page = visit.page
    for summary in page.query_selector_all("details summary"):
        summary.evaluate("summary => summary.click()")
    for mark in page.query_selector_all("figure.chart svg path, figure.chart svg text")[:200]:
        mark.dispatch_event("mousemove")  # a tooltip writes what it was given
    page.wait_for_timeout(200)
    assert page.url == path.as_uri()
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).display") == "block"
    picture = "main img:not([src^='data:image/svg+xml;base64,'])"  # the front page has small charts of our own
    foreign = f"a[href^='javascript'], [onerror], [onload], [onmouseover], {picture}, main style, main meta"
    assert page.locator(foreign).count() == 0
    assert (visit.requests, visit.complaints) == ([], [])
    text = page.inner_text("main")
    assert "\u202e" not in text
    return text
