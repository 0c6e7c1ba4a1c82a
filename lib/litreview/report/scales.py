"""The same axes for the same chart of several runs, and where the charts differ most.

Works on Vega-Lite specifications as the notebooks show them. Positions are shared, along x always and along y but where
rows are laid out: there y has a domain and no axis. What a mark means is never touched.
"""

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

Specification = dict[str, Any]


def with_shared_scales(specs: list[Specification]) -> list[Specification]:
    """Copies of the charts of one cell in several runs, with axes that reach as far as the widest of them."""
    shared = copy.deepcopy(specs)
    for channel in ("x", "y"):
        placed = [each for spec in shared for each in _placed(spec, channel)]
        _share_numbers([each for each in placed if _is_numeric(_domain(each))])
        _share_names([each for each in placed if _is_text(_domain(each))])
        _share_categories(shared, [each for each in placed if each.get("type") == "ordinal" and not _domain(each)])
        _share_dates(shared, [each for each in placed if each.get("type") == "temporal" and not _domain(each)])
        _share_heights(shared, [each for each in placed if "axis" in each and each["axis"] is None])
    return shared


def _placed(spec: Specification, channel: str) -> Iterator[Specification]:
    """The encodings of a channel that a reader reads off an axis."""
    for encoding in _encodings({key: each for key, each in spec.items() if key != "datasets"}):
        each = encoding.get(channel, {})
        if "field" in each and (channel == "x" or each.get("axis", "") is not None or not _domain(each)):
            yield each


def _encodings(spec: Any) -> Iterator[Specification]:
    if isinstance(spec, list):
        for each in spec:
            yield from _encodings(each)
    elif isinstance(spec, dict):
        if isinstance(spec.get("encoding"), dict):
            yield spec["encoding"]
        for each in spec.values():
            yield from _encodings(each)


def _domain(channel: Specification) -> Any:
    return (channel.get("scale") or {}).get("domain")


def _is_numeric(domain: Any) -> bool:
    return isinstance(domain, list) and len(domain) > 1 and all(isinstance(each, int | float) for each in domain)


def _is_text(domain: Any) -> bool:
    return isinstance(domain, list) and bool(domain) and all(isinstance(each, str) for each in domain)


def _share_numbers(channels: list[Specification]) -> None:
    if channels:
        bounds = [bound for each in channels for bound in _domain(each)]
        _set_domain(channels, [min(bounds), max(bounds)])


def _share_names(channels: list[Specification]) -> None:
    """Periods stay in order; other names keep the order in which they come."""
    domains = [_domain(each) for each in channels]
    names = dict.fromkeys(name for domain in domains for name in domain)
    in_order = all(domain == sorted(domain) for domain in domains)
    _set_domain(channels, sorted(names) if in_order else list(names))


def _share_categories(specs: list[Specification], channels: list[Specification]) -> None:
    """Ordered categories, such as years, that a chart takes from its data."""
    if names := sorted(set(_shown(specs, channels, str | int)), key=str):
        _set_domain(channels, names)


def _shown(specs: list[Specification], channels: list[Specification], kind: Any) -> Iterator[Any]:
    """The values of a kind in the data sets that these channels show."""
    fields = {each["field"] for each in channels}
    for spec in specs:
        for rows in spec.get("datasets", {}).values():
            yield from (row[field] for row in rows for field in fields if isinstance(row.get(field), kind))


def _share_heights(specs: list[Specification], channels: list[Specification]) -> None:
    """Amounts with their numbers at the marks, in place of an axis, and with a scale of no particular make."""
    amounts = [each for each in channels if each.get("type") == "quantitative" and not each.get("scale")]
    if heights := list(_shown(specs, amounts, int | float)):
        _set_domain(amounts, [min(0, *heights), max(heights)])


def _share_dates(specs: list[Specification], channels: list[Specification]) -> None:
    days = sorted(_shown(specs, channels, str))
    if days:
        _set_domain(channels, [_moment(days[0]), _moment(days[-1])])


def _moment(day: str) -> dict[str, int]:
    """An ISO date as Vega-Lite takes it in a scale."""
    moment = pd.Timestamp(day)
    return {"year": moment.year, "month": moment.month, "date": moment.day}


def _set_domain(channels: list[Specification], domain: list[Any]) -> None:
    for each in channels:
        each["scale"] = {**(each.get("scale") or {}), "domain": domain}


class Measure(NamedTuple):
    """What a chart measures: the columns that name a mark, the column with its number, and how that is written."""

    names: list[str]
    value: str
    form: str


def measured(spec: Specification) -> pd.Series | None:
    """The numbers of a chart by what they belong to; None where it has none that a name tells apart.

    Returns: a float Series with the names as a text index; its name is the format of the numbers.
    """
    for encoding in _encodings({key: each for key, each in spec.items() if key != "datasets"}):
        measure = _measure(encoding)
        rows = next((data for data in spec.get("datasets", {}).values() if measure and _has(data, measure)), None)
        if measure and rows:
            return _values(pd.DataFrame(rows), measure)
    return None


def _measure(encoding: Specification) -> Measure | None:
    """Names stand along x and y, or in the colour; the number is along the other, or in the depth of a cell."""
    channels = [encoding[key] for key in ("x", "y", "color", "fillOpacity") if "field" in encoding.get(key, {})]
    names = [each["field"] for each in channels if each.get("type") in ("nominal", "ordinal")]
    values = [each["field"] for each in channels if each.get("type") == "quantitative" and each.get("field") != "level"]
    if not names or not values:
        return None
    told = [each for each in encoding.get("tooltip", []) if isinstance(each, dict) and each.get("field") == values[0]]
    return Measure(list(dict.fromkeys(names)), values[0], told[0].get("format", "") if told else "")


def _has(rows: list[dict[str, Any]], measure: Measure) -> bool:
    return bool(rows) and {*measure.names, measure.value} <= rows[0].keys()


def _values(rows: pd.DataFrame, measure: Measure) -> pd.Series | None:
    """Numbers by name, without the parts of a name that all share; nothing where a name has several numbers."""
    telling = [name for name in measure.names if len(set(rows[name])) > 1] or measure.names[:1]
    names = rows[telling].astype("str").agg(", ".join, axis=1)
    values = pd.Series(pd.to_numeric(rows[measure.value]).to_numpy(), index=names, name=measure.form).dropna()
    return values if len(values) and values.index.is_unique else None


def differences(charts: dict[str, Specification]) -> pd.DataFrame | None:
    """The numbers of one chart in several runs, side by side, the largest difference first.

    charts: run → its specification. Returns: `name` (str), a column a run (float, NaN where it has no such mark),
    `apart` (float: the largest less the smallest, NaN with fewer than two); `attrs["form"]` is how numbers are written.
    None where fewer than two charts have numbers, or none that they share.
    """
    found = {run: values for run, spec in charts.items() if (values := measured(spec)) is not None}
    if len(found) < 2 or len({values.name for values in found.values()}) > 1:
        return None
    joined = pd.concat(found, axis=1).reindex(columns=list(charts))
    apart = (joined.max(axis=1) - joined.min(axis=1)).where(joined.notna().sum(axis=1) > 1)
    table = joined.assign(apart=apart).rename_axis("name").sort_values("apart", ascending=False, kind="stable")
    if apart.isna().all():
        return None
    table = table.reset_index()
    table.attrs["form"] = next(iter(found.values())).name
    return table
