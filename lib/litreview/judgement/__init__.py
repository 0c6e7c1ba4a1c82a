"""What people say of papers: decisions, notes of the coding sheet, findings of a theme, and positions where papers
disagree.
"""

from litreview.judgement.agreement import agreement
from litreview.judgement.decisions import decide, decisions_by_paper, load_decisions, standing_decisions, with_decision
from litreview.judgement.notes import by_paper, coding_sheet, exclusion_reasons, load_fields, load_notes, note
from litreview.judgement.positions import findings_of, positions_of

__all__ = ["agreement", "by_paper", "coding_sheet", "decide", "decisions_by_paper", "exclusion_reasons"]
__all__ += ["findings_of", "load_decisions", "load_fields", "load_notes", "note", "positions_of", "standing_decisions"]
__all__ += ["with_decision"]
