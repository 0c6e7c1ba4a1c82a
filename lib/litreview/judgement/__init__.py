"""What people say of papers: notes of the coding sheet, findings of a theme, and positions where papers disagree."""

from litreview.judgement.notes import by_paper, coding_sheet, load_fields, load_notes
from litreview.judgement.positions import findings_of, positions_of

__all__ = ["by_paper", "coding_sheet", "findings_of", "load_fields", "load_notes", "positions_of"]
