"""Colours that everyone can tell apart, and charts that JupyterLab and reports both take."""

from itertools import combinations

import altair as alt
import numpy as np
import pytest

from litreview.charts import style

# What an eye without one kind of cone sees, in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])  # of red, green and blue (sRGB)
TO_CONES = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566]]
TO_CONES = np.array([*TO_CONES, [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099]]
TO_LAB = np.array([*TO_LAB, [0.0259040371, 0.7827717662, -0.8086757660]])
ALL = [*style.HUES, style.GREY]
DARK_INK = "#e6e8eb"  # of the style sheet, where a reader asks for a dark scheme


def linear(colour: str) -> np.ndarray:
    """Linear RGB of a hex colour."""
    part = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((float(linear(colour) @ LUMINANCE) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def laid_over(card: str, colour: str, opacity: float) -> str:
    """The colour that is seen where one lies over another."""
    parts = ([int(hexed[place : place + 2], 16) for place in (1, 3, 5)] for hexed in (card, colour))
    return "#" + "".join(f"{round(under + opacity * (over - under)):02x}" for under, over in zip(*parts, strict=True))


def oklab(rgb: np.ndarray) -> np.ndarray:
    """OKLab (Björn Ottosson 2020) of linear RGB: equal steps look equal; two hundredths are just seen."""
    return TO_LAB @ np.cbrt(TO_CONES @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), [*combinations(ALL, 2)])
def test_any_two_colours_stay_apart_under_every_kind_of_sight(one, other, sight):
    seen = [oklab(np.array(SIGHT[sight]) @ linear(colour)) for colour in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 0.05


CARDS = {style.PAPER: style.INK, "#15171b": DARK_INK}  # the second where a reader asks for a dark scheme
CELLS = [(ink, laid_over(card, style.ACCENT, way)) for card, ink in CARDS.items() for way in (style.FEW, style.MOST)]


@pytest.mark.parametrize(("mark", "card"), [(mark, card) for mark in ALL for card in CARDS])
def test_a_mark_stands_out_from_its_card(mark, card):
    assert contrast(mark, card) >= 3


@pytest.mark.parametrize(("ink", "card"), [(style.INK, style.PAPER), (style.SOFT, style.PAPER), *CELLS])
def test_text_can_be_read_on_the_card_and_a_number_in_its_cell(ink, card):
    assert contrast(ink, card) >= 4.5


def test_a_theme_has_its_colour_and_what_is_none_that_of_the_theme_it_is_part_of():
    grey, red = style.GREY, style.RED
    assert style.colours([*"ab", "offline_rl", "federated_learning"], "theme") == [grey, grey, red, grey]
    assert style.colours(["scheduling", "b"], "facet", "offline_rl") == [red, red]  # no theme, though called like one
    assert style.colours(["scheduling", "b"], "name") == [style.ACCENT] * 2
    assert style.colours(["b"], "facet", "federated_learning") == [grey]


def test_themes_of_another_file_take_the_hues_that_are_free(monkeypatch):
    """In the order of the file; a theme that keeps its name keeps its colour."""
    monkeypatch.setattr(style, "load_themes", lambda: dict.fromkeys(["mine", "offline_rl", *"abcd"]))
    found = style.colours(["offline_rl", "mine", *"abcd", "unknown"], "theme")
    assert found == [style.RED, style.BLUE, style.GREEN, style.MAGENTA, style.SAND, style.GREY, style.GREY]


def test_there_are_no_more_than_seven_colours_and_each_theme_has_its_own():
    assert len({*style.THEMES.values(), style.ACCENT, style.GREY}) == len(style.THEMES) + 2 == len(ALL) == 7


def test_a_chart_comes_as_data_that_jupyterlab_shows_and_as_text():
    chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q").properties(description="One point.")
    data, metadata = chart._repr_mimebundle_()
    assert data == {"application/vnd.vegalite.v5+json": data[style.MIME], "text/plain": "[Chart] One point."}
    assert "/v5.json" in data[style.MIME]["$schema"]
    assert metadata[style.MIME]["embed_options"]["renderer"] == "svg"
    assert data[style.MIME]["config"]["background"] == "var(--jp-layout-color0,#ffffff)"
    assert style.plain(data[style.MIME])["config"] == style.theme()["config"]


def test_a_chart_as_wide_as_its_container_has_a_fixed_width_in_a_notebook():
    """JupyterLab hangs on the other. The mark that it fits is for the report."""
    spec = style.render({"width": "container", "usermeta": {"litreview": {"n": 3}}})[0][style.MIME]
    assert spec["width"] == style.WIDTH
    assert spec["usermeta"]["litreview"] == {"n": 3, "fits": True}
    assert style.render({"width": 200})[0][style.MIME]["width"] == 200
