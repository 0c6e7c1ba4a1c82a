"""How right the rules and the ranking are, against labels: what readers found, or decided, of the same abstracts.

The labels of a review lie in its `data/curated/labels/`; data/README.md says what each key means. Nothing is learned
from them: they measure. A score on labels that were seen when rules were written is a fit. The first look at labels
that nobody had seen is kept in `first_looks.csv`, for it can be measured only once.
"""

from litreview.evaluation.label_scores import evaluate_answers, evaluate_evidence, evaluate_roles, never_judged
from litreview.evaluation.labels import NO_LABELS, first_looks, labelled_papers, readers_agree, theme_questions
from litreview.evaluation.metrics import Evaluation
from litreview.evaluation.simulation import recall_curve, screened_set, screening_scores, simulate, starting_pairs

__all__ = ["NO_LABELS", "Evaluation", "evaluate_answers", "evaluate_evidence", "evaluate_roles"]
__all__ += ["first_looks", "labelled_papers", "never_judged", "readers_agree", "theme_questions"]
__all__ += ["recall_curve", "screened_set", "screening_scores", "simulate", "starting_pairs"]
