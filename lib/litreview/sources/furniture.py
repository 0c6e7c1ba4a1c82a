"""The lines of a Hugging Face page that are the page's own: its head and foot, its navigation, what a card says beside
a paper.
"""

import re

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = re.compile(rf"(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:, \d{{4}})?", re.IGNORECASE)
_PAGE = re.compile(
    r"get trending papers in your email inbox!?|(?:trending |daily )papers|by ?ak and the research community"
    r"|hugging face|search (?:papers|models, datasets, users\.*)|view all activity",
    re.IGNORECASE,
)
# What a card of the page says beside title and abstract, as paragraphs of their own.
_CARD = re.compile(
    r"[·•–-]|·?\s*\d+ authors?|submitted by(?:\s+\S+)?|upvotes?(?: [\d.,]+k?)?|(?:github|arxiv page|project page)(?: [\d.,]+k?)?"
    r"|#\d+ paper of the day",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,]+k?")
# Words of the navigation: furniture only beside such a line, or at the top or the end of the page.
_NAVIGATION = re.compile(
    r"new|subscribe|models|datasets|spaces|buckets|community|docs|enterprise|pricing|log in|sign up"
    r"|papers|daily|weekly|monthly|trending|previous|next"
    r"|company|tos|privacy|about|careers|website|system theme|© hugging face",
    re.IGNORECASE,
)


def furniture(texts: list[str]) -> list[bool]:
    """Which paragraphs are the page's own, or words of the navigation that touch such a one or an end of the page."""
    own = [is_own(text) or bool(_CARD.fullmatch(text)) for text in texts]
    around = zip(["", *texts], texts, [*texts[1:], ""], strict=False)
    own = [this or _is_of_card(*three) for this, three in zip(own, around, strict=True)]
    words = [bool(_NAVIGATION.fullmatch(text)) for text in texts]
    own = _spread(own, words)
    return _spread(own[::-1], words[::-1])[::-1]


def is_page(text: str) -> bool:
    """Whether a line stands on these pages and nowhere else."""
    return bool(_PAGE.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether a line is the day of a listing: "Sep 9"."""
    return bool(_DAY.fullmatch(text))


def is_own(text: str) -> bool:
    """Whether a line is the page's own: no paper has it for a title."""
    return is_page(text) or is_day(text)


def _is_of_card(before: str, text: str, after: str) -> bool:
    """Whether it is a number beside a line of the card, or the one word below "Submitted by"."""
    number = _NUMBER.fullmatch(text) and (_CARD.fullmatch(before) or _CARD.fullmatch(after))
    return bool(number) or (before.lower() == "submitted by" and " " not in text)


def _spread(own: list[bool], words: list[bool]) -> list[bool]:
    """Furniture reaches on over the words of the navigation that follow it."""
    spread, before = [], True
    for furniture, word in zip(own, words, strict=True):
        before = furniture or (word and before)
        spread.append(before)
    return spread
