"""Addresses of code, data and project pages."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from litreview.evidence.rhetorical_roles import Found, Reading

HOSTS = (
    r"(?:[\w-]+\.)*(?:github\.com|github\.io|gitlab\.com|huggingface\.co|bitbucket\.org|zenodo\.org|sites\.google\.com)"
)
ADDRESS = re.compile(
    rf"(?:https?://(?=\w)|(?:(?<![\w./@-])|(?<=:\s//))(?:www\.(?=\w)|{HOSTS}/(?=\w)))[^\s<>\"“”‘’`|\\^{{}}]+",
    re.IGNORECASE,
)
AFTER = ".,;:!?'\"*_~-–—"
SENTENCE = re.compile(r"\.(?=[A-Z][a-z]+$)")
PAIRS = {")": "(", "]": "[", "}": "{"}


def given_links(reading: Reading) -> Iterator[Found]:
    """Every well-formed http(s) address of the abstract, and addresses of known hosts that lost their scheme."""
    for match in ADDRESS.finditer(reading.abstract):
        end = match.start() + len(_trimmed(match[0]))
        if well_formed(reading.abstract[match.start() : end]):
            yield Found("link", "abstract", match.start(), end, "address in the abstract")


def well_formed(address: str) -> bool:
    """Whether an address has a host with a dot in it and a scheme that is http, https or left out."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", host, re.IGNORECASE))


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence it stands in."""
    while address:
        last = address[-1]
        if last in AFTER or (last in PAIRS and address.count(last) > address.count(PAIRS[last])):
            address = address[:-1]
        else:
            break
    glued = SENTENCE.search(address)
    return address[: glued.start()] if glued and "/" in address[8:] else address
