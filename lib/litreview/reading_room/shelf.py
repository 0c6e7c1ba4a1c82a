"""What the browser holds of a review: one short row a paper, and the categories that it can be filtered by."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from litreview.analysis.similarity import map_positions
from litreview.charts import style
from litreview.corpus.citations import cited
from litreview.judgement import exclusion_reasons, standing_decisions
from litreview.judgement.notes import SUGGESTED
from litreview.review import Review
from litreview.text.wording import NO_TITLE, date_text, label

LONGEST_TITLE = 240  # letters of a title in the list
LEAST_NAMED = 3  # papers of a theme whose name the map shows


def shelf(review: Review) -> dict[str, Any]:
    """Give what the browser needs to list and filter the papers, as JSON; papers are told by their place in `papers`.

    `facets`: name, its values, and for each paper the places of those that it has. `within` is the value of the first
    facet that a question belongs to.
    """
    papers = review.papers
    dates = map(date_text, papers["published"], papers["date_precision"].fillna(""))
    places = map_positions(review).round(3)
    return {
        "ids": papers["paper_id"].tolist(),
        "title": [(title or NO_TITLE)[:LONGEST_TITLE] for title in papers["title"]],
        "who": cited(review).tolist(),
        "date": [*dates],
        "x": places["x"].tolist(),
        "y": places["y"].tolist(),
        "facets": [*_facets(review)],
        "decisions": standing_decisions(review.decisions).set_index("paper_id")["decision"].to_dict(),
        "suggested": SUGGESTED,
        "reasons": exclusion_reasons(review),
    }


def _facets(review: Review) -> Iterator[dict[str, Any]]:
    titles = review.titles
    theme = _facet(review, "Theme", review.themes, "theme", titles, 'papers.themes.query("theme in KEYS")')
    yield theme | {"colours": style.colours(theme["keys"], "theme")}
    work = review.contribution
    kinds = {name: label(name) for name in sorted(work["contribution"].unique())}
    yield _facet(
        review, "Kind of work", work, "contribution", kinds, 'papers.contribution.query("contribution in KEYS")'
    )
    answers = review.answers[review.answers["role"] == "does"]
    for (theme, question), rows in answers.groupby(["theme", "question"], sort=False):
        asked = review.rules[theme].facets[question]
        named = {name: answer.title for name, answer in asked.values.items()}
        asks = f"theme == '{theme}' and question == '{question}' and role == 'does' and answer in KEYS"
        yield _facet(review, asked.question, rows, "answer", named, f'papers.answers.query("{asks}")') | {
            "within": titles[theme]
        }


def _facet(
    review: Review, name: str, rows: pd.DataFrame, by: str, titles: dict[str, str], code: str
) -> dict[str, Any]:
    """A category, the values that some paper has, the places of those of each paper, and the code that filters by it."""
    found = rows[by].value_counts()
    values = [key for key in titles if key in found.index]
    numbers = rows[by].map({key: place for place, key in enumerate(values)})
    of = numbers.groupby(rows["paper_id"]).agg(list).reindex(review.papers["paper_id"])
    return {
        "name": name,
        "code": code,
        "keys": values,
        "values": [titles[key] for key in values],
        "of": [[int(one) for one in each] if isinstance(each, list) else [] for each in of],
    }
