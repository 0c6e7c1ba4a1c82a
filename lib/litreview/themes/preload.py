"""Loaded by the server of kernels: the rules of the present review, read once, so that every kernel has them.

A kernel reads a file of rules anew when it was edited since.
"""

from contextlib import suppress

from litreview.errors import LitreviewError
from litreview.evidence.names.lexicon import load_lexicon
from litreview.themes import load_themes

with suppress(LitreviewError, OSError):  # the notebook that needs them says what is wrong
    load_themes()
    load_lexicon()
