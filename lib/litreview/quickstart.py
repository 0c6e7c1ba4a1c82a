"""Keeps one slow import out of every process that loads this library.

JupyterLab asks jsonschema for all of its format checkers. One of them, `rfc3987_syntax`, builds a grammar while it is
imported: a second in every process that imports Altair, papermill or nbconvert, so three times a report. jsonschema
does without it where it is not installed, and nothing here checks addresses by schema. An entry of None in
`sys.modules` makes Python say that the module is not there. The package imports this file first, before any of them.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None is Python's own mark for "not there"
