"""The themes of a review as a file that a researcher edits: themes.yml, read into checked `Theme` models.

A rule is a set of phrases and RE2 patterns with one weight. A message lists every problem of the file with its line.
"""

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pydantic
import re2
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from litreview.errors import ThemeFileError, UnknownTheme, listed, nearest
from litreview.paths import present_review
from litreview.text.checked_yaml import checked_yaml, problem_text
from litreview.text.escaping import one_line
from litreview.text.patterns import any_of, compiled, phrase_pattern


def _problem(text: str, *place: str) -> PydanticCustomError:
    """A problem of our own, at a place below the validated value."""
    return PydanticCustomError("theme", "{text}", {"text": text, "place": place})


def _checked_name(name: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise _problem("may only have a-z, 0-9 and _, and must begin with a letter")
    return name


Name = Annotated[str, pydantic.AfterValidator(_checked_name)]
# RE2 needs memory with the square of a pattern's letters: 200 MB for so many.
Text = Annotated[str, Field(min_length=1, max_length=5_000), pydantic.AfterValidator(one_line)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Threshold = Annotated[Number, Field(gt=0)]


class _Entry(BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, validate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _knows_its_keys(cls, data: Any) -> Any:
        keys = [field.alias or name for name, field in cls.model_fields.items() if not field.exclude]
        for key in data if isinstance(data, dict) else ():
            if key not in (*keys, *cls.model_fields):
                told = f"there is no '{key}'.{nearest(str(key), keys)} Allowed: {listed(keys)}"
                raise _problem(told, str(key))
        return data


class Rule(_Entry):
    """Phrases and patterns that speak for (weight > 0) or against (< 0) an answer, or are of others (0).

    A rule with `needs` counts only in a paper that says one of these phrases as well.
    """

    name: Text
    weight: Number
    phrases: Texts = ()
    patterns: Texts = ()
    field: Literal["title", "abstract"] | None = Field(None, alias="in")
    needs: Texts = ()

    @cached_property
    def pattern(self) -> str:
        """All phrases and patterns as one RE2 pattern."""
        return any_of([*map(phrase_pattern, self.phrases), *self.patterns])

    @cached_property
    def needed(self) -> str:
        """What it needs as one RE2 pattern, or nothing."""
        return any_of(map(phrase_pattern, self.needs)) if self.needs else ""

    __hash__ = object.__hash__  # a rule is asked for many times a paper, and of all fields it would cost more

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if not (self.phrases or self.patterns):
            raise _problem("has neither phrases nor patterns; give it one of them")
        for pattern in self.patterns:
            try:
                compiled(pattern)
            except re2.error as error:
                raise _problem(f"'{pattern}' is not RE2 syntax: {error.args[0].decode()}", "patterns") from None
        return self


def _checked_rules(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    if all(rule.weight <= 0 for rule in rules):
        raise _problem("has no rule with a weight above 0, so no paper can have it")
    return rules


Rules = Annotated[tuple[Rule, ...], Field(min_length=1), pydantic.AfterValidator(_checked_rules)]


class Answer(_Entry):
    """One answer to a dimension's question, and the rules that give it."""

    title: Text
    rules: Rules


class Dimension(_Entry):
    """A question asked of each paper of a theme, and its possible answers by name.

    `background`: sentences of background answer as well, as they state the difficulty that a paper attacks.
    """

    question: Text
    threshold: Threshold
    values: Annotated[dict[Name, Answer], Field(min_length=1)]
    background: bool = False


class Theme(_Entry):
    """A theme, the rules that assign it, and the dimensions that describe its papers."""

    name: str = Field("", exclude=True)  # in the file it is the key
    title: Text
    about: Text
    status: Literal["", "draft"] = ""
    threshold: Threshold
    rules: Rules
    facets: dict[Name, Dimension] = {}

    def labels(self, dimension: str) -> dict[str, str]:
        """Return the answers to a dimension's question in the file's order, each with its title."""
        return {key: answer.title for key, answer in self.facets[dimension].values.items()}


class _File(_Entry):
    lists: dict[str, Texts] = {}  # to give phrases a name (&name) which a rule needs (*name)
    themes: dict[Name, Theme] = {}


def load_themes(path: Path | str | None = None) -> dict[str, Theme]:
    """Return the themes of a file (that of the present review without `path`), by name, in its order.

    No file: no themes.

    Raises: ThemeFileError, which lists every problem of the file with its line and what is allowed.
    """
    file = Path(path) if path else present_review().themes
    return dict(_read(file, file.stat().st_mtime_ns)) if file.exists() else {}


def get_theme(themes: dict[str, Theme], name: str) -> Theme:
    """Look up a theme by name. Raises: UnknownTheme."""
    if name not in themes:
        raise UnknownTheme(f"There is no theme '{name}'.{nearest(name, themes)} Themes: {listed(themes)}.")
    return themes[name]


def edited_theme(themes: dict[str, Theme], name: str, changes: dict[str, Any]) -> Theme:
    """Return the theme of that name with some of its keys replaced, or a new one.

    Raises: ThemeFileError, which lists every problem of the changes.
    """
    theme = themes[name].model_dump(by_alias=True, exclude_defaults=True) if name in themes else {}
    try:
        return Theme.model_validate({"title": name, "about": "edited in Python", **theme, **changes, "name": name})
    except ValidationError as error:
        problems = "; ".join(map(problem_text, error.errors()))
        raise ThemeFileError(f"The theme '{name}' cannot be edited so. {problems}.") from None


@lru_cache(maxsize=4)  # a notebook asks for the same themes again and again, until the file is edited
def _read(file: Path, _edited: int) -> dict[str, Theme]:
    themes = checked_yaml(file, _File, ThemeFileError).themes
    return {name: theme.model_copy(update={"name": name}) for name, theme in themes.items()}
