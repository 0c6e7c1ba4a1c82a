"""Text: sentences, phrase patterns, person names, wording, escaping, files written whole."""
