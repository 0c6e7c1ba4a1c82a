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
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]])
ALL = [*style.HUES, style.GREY]
DARK_INK = "#e6e8eb"  # of the style sheet, where a reader asks for a dark scheme


def linear(colour: str) -> np.ndarray:
    """Linear RGB of a hex colour."""
    part = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((float(linear(colour) @ XYZ[1]) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def laid_over(card: str, colour: str, opacity: float) -> str:
    """The colour that is seen where one lies over another."""
    parts = ([int(hexed[place : place + 2], 16) for place in (1, 3, 5)] for hexed in (card, colour))
    return "#" + "".join(f"{round(under + opacity * (over - under)):02x}" for under, over in zip(*parts, strict=True))


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of linear RGB."""
    part = (XYZ @ np.clip(rgb, 0, 1)) / XYZ.sum(axis=1)
    f = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005)."""
    lightness, chroma = (one[0] + other[0]) / 2, (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    (a1, b1), (a2, b2) = ((colour[1] * stretch, colour[2]) for colour in (one, other))
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180
    hue = (h1 + turn / 2) % 360
    c = (c1 + c2) / 2
    wave = 1 - 0.17 * np.cos(np.radians(hue - 30)) + 0.24 * np.cos(np.radians(2 * hue))
    wave += 0.32 * np.cos(np.radians(3 * hue + 6)) - 0.2 * np.cos(np.radians(4 * hue - 63))
    far = (lightness - 50) ** 2
    parts = (
        (other[0] - one[0]) / (1 + 0.015 * far / np.sqrt(20 + far)),
        (c2 - c1) / (1 + 0.045 * c),
        2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * c * wave),
    )
    tilt = -2 * np.sqrt(c**7 / (c**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    return float(np.sqrt(sum(part**2 for part in parts) + tilt * parts[1] * parts[2]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_the_measure_of_difference_is_ciede2000(one, other, expected):
    """Three pairs of the test data of Sharma, Wu and Dalal."""
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("one", "other"), [*combinations(ALL, 2)])
def test_any_two_colours_stay_apart_under_every_kind_of_sight(one, other, sight):
    """Two of these differ by ten or more, where two or three is just seen side by side."""
    assert difference(*(lab(np.array(SIGHT[sight]) @ linear(colour)) for colour in (one, other))) >= 10


@pytest.mark.parametrize("colour", ALL)
@pytest.mark.parametrize("card", [style.PAPER, style.DARK_CARD])
def test_a_mark_stands_out_from_its_card(colour, card):
    assert contrast(colour, card) >= 3


@pytest.mark.parametrize("depth", [style.FEW, style.MOST])
@pytest.mark.parametrize(("card", "ink"), [(style.PAPER, style.INK), (style.DARK_CARD, DARK_INK)])
def test_a_number_can_be_read_in_its_cell(depth, card, ink):
    assert contrast(ink, laid_over(card, style.ACCENT, depth)) >= 4.5


@pytest.mark.parametrize("ink", [style.INK, style.SOFT])
def test_text_can_be_read_on_the_card(ink):
    assert contrast(ink, style.PAPER) >= 4.5


def test_a_theme_keeps_its_colour_whoever_stands_beside_it():
    among = style.colours([*"abcdefgh", "offline_rl", "federated_learning"], "theme")
    assert among[-2:] == [style.accent("offline_rl"), style.accent("federated_learning")] == [style.RED, style.GREY]


def test_what_is_no_theme_has_the_colour_of_the_theme_it_is_part_of():
    """Even where it is called like a theme."""
    assert style.colours(["scheduling", "b"], "facet", "offline_rl") == [style.RED] * 2
    assert style.colours(["scheduling", "b"], "name") == [style.ACCENT] * 2
    assert style.colours(["b"], "facet", "federated_learning") == [style.GREY]


def test_themes_of_another_file_take_the_hues_that_are_free(monkeypatch):
    """In the order of the file; a theme that keeps its name keeps its colour."""
    monkeypatch.setattr(style, "load_themes", lambda: dict.fromkeys(["mine", "offline_rl", *"abcd"]))
    style._own_hues.cache_clear()
    found = style.colours(["offline_rl", "mine", *"abcd", "unknown"], "theme")
    style._own_hues.cache_clear()
    assert found == [style.RED, style.BLUE, style.GREEN, style.MAGENTA, style.SAND, style.GREY, style.GREY]


def test_there_are_no_more_than_seven_colours_and_each_theme_has_its_own():
    assert len({*style.THEMES.values(), style.ACCENT, style.GREY}) == len(style.THEMES) + 2 == len(ALL) == 7


def test_a_chart_comes_as_data_that_jupyterlab_shows_and_as_text():
    style.enable()
    chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q").properties(description="One point.")
    data, metadata = chart._repr_mimebundle_()
    assert data == {"application/vnd.vegalite.v5+json": data[style.MIME], "text/plain": "[Chart] One point."}
    assert "/v5.json" in data[style.MIME]["$schema"]
    assert metadata[style.MIME]["embed_options"]["renderer"] == "svg"
    assert data[style.MIME]["config"]["font"] == style.FONT


def test_a_chart_as_wide_as_its_container_has_a_fixed_width_in_a_notebook():
    """JupyterLab hangs on the other. The mark that it fits is for the report."""
    spec = style.render({"width": "container", "usermeta": {"litreview": {"n": 3}}})[0][style.MIME]
    assert spec["width"] == style.WIDTH
    assert spec["usermeta"] == {"litreview": {"n": 3, "fits": True}}
    assert style.render({"width": 200})[0][style.MIME] == {"width": 200, "$schema": style.SCHEMA}
