"""The dialects of tagged lines: how a file is recognised, how a tag looks, where a record begins and ends."""

import re

from litreview.sources.tagged import Tagged

RIS = Tagged(
    "RIS",
    "ris",
    re.compile(r"^\ufeff?[ \t]*TY {0,3}- ?[A-Z]|^ER {0,3}- *$", re.MULTILINE),
    (
        re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]|DOI|PMID)  -(?: |$)(.*)", re.DOTALL),
        re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]|DOI|PMID) {0,3}-(?:[ \t]|$)?(.*)", re.DOTALL),
    ),
    ("TY",),
    last="ER",
)
NBIB = Tagged(
    "PubMed NBIB (MEDLINE)",
    "nbib",
    re.compile(r"^(?:PMID *- ?\d|(?:OWN|STAT|FAU|DCOM|MHDA|CRDT|PHST|EDAT) ?- \S)", re.MULTILINE),
    (re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}-(?: |$)(.*)", re.DOTALL),),
    ("PMID",),
    blank_ends=True,
)
WEB_OF_SCIENCE = Tagged(
    "Web of Science tagged text",
    "wos",
    re.compile(r"^(?:FN (?:Clarivate|Thomson|ISI|Web of)|PT [A-Z] *$)", re.MULTILINE),
    (re.compile(r"([A-Z][A-Z0-9])(?: |$)(.*)", re.DOTALL),),
    ("PT",),
    last="ER",
    apart=("AU", "AF", "BA", "BF", "BE", "CA", "C1", "C3", "CR", "RI", "OI", "EM", "FU"),
    furniture=("FN", "VR", "EF"),
)
ENDNOTE = Tagged(
    "EndNote (Refer)",
    "endnote",
    re.compile(r"^%0 [A-Z]|^%T .*\n(?:.*\n)*?%[AJD] ", re.MULTILINE),
    (re.compile(r"%([0-9A-Za-z!@#$&()*+?<>=~^\]\[])(?: |$)(.*)", re.DOTALL),),
    ("0",),
    blank_ends=True,
)
REFWORKS = Tagged(
    "RefWorks tagged text",
    "refworks",
    re.compile(
        r"^RT (?:Journal|Book|Conference|Dissertation|Thesis|Report|Generic|Web|Patent|Magazine|Newspaper)",
        re.MULTILINE,
    ),
    (re.compile(r"([A-Z][A-Z0-9])(?: |$)(.*)", re.DOTALL),),
    ("RT",),
)
