"""What each abstract introduces, names in which role, is tested on, claims, proves and links to, and its key sentences.

Everything is found by rules: how names are written, the words round them, and the lexicon of the field's known names
(data/curated/lexicon.yml). Each row names the rule that found it and the sentence it stands in.
"""

from litreview.evidence.extraction import classify_contribution, extract_evidence

__all__ = ["classify_contribution", "extract_evidence"]
