"""Rules of themes.yml: which papers belong to a theme, and what they answer to its questions."""

from litreview.themes.assignment import assign_answers, assign_themes, differing_rows, preview, theme_matches, themes_of
from litreview.themes.definitions import Theme, edited_theme, get_theme, load_themes

__all__ = ["Theme", "assign_answers", "assign_themes", "differing_rows", "edited_theme", "get_theme", "load_themes"]
__all__ += ["preview", "theme_matches", "themes_of"]
