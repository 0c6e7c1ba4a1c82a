"""The dialects of tagged lines: how a file is recognised, how a tag looks, where a record begins and ends."""

import re

from litreview.sources.tagged import Tagged

_DASH = r"[ \t\xa0]{0,3}[-\u2011\u2013]"  # word processors change blanks and dashes
RIS = Tagged(
    "RIS",
    "ris",
    re.compile(rf"^\ufeff?[ \t]*(?:TY|ty){_DASH}[ \t\xa0]{{0,3}}[A-Za-z]|^(?:ER|er){_DASH}[ \t]*$", re.MULTILINE),
    (
        re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]|DOI|PMID)  -(?: |$)(.*)", re.DOTALL),
        re.compile(rf"[ \t\ufeff]*([A-Z][A-Z0-9]|DOI|PMID){_DASH}(?:[ \t]|$)?(.*)", re.DOTALL),
        re.compile(rf"[ \t\ufeff]*([a-z][a-z0-9]|doi|pmid){_DASH}(?:[ \t]|$)?(.*)", re.DOTALL),
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
    re.compile(r"^%0 [A-Z]|^%T .*\n(?:.*\n){0,60}?%[AJD] ", re.MULTILINE),
    (re.compile(r"%([0-9A-Za-z!@#$&()*+?<>=~^\]\[])(?: |$)(.*)", re.DOTALL),),
    ("0",),
    blank_ends=True,
)
REFWORKS = Tagged(
    "RefWorks tagged text",
    "refworks",
    re.compile(r"^RT [A-Z].{0,40}\n(?:SR|ID|A1|A2|AU|T1|TI|JF|YR|FD|DO|AB|K1|UL|NO|OL) ", re.MULTILINE),
    (re.compile(r"([A-Z][A-Z0-9]|vo)(?: |$)(.*)", re.DOTALL),),  # CNKI writes one tag with small letters
    ("RT",),
)
OVID = Tagged(
    "Ovid tagged text",
    "labelled",
    re.compile(r"^ ?VN {1,2}- Ovid|^ ?<\d+\. ?>[ \t]*\n ?[A-Z][A-Z0-9] {1,2}- ", re.MULTILINE),
    (re.compile(r" ?(<|[A-Z][A-Z0-9](?= ))(?: {1,2}-(?= |$)|(?=\d+\. ?>\s*$))(\d+(?=\. ?>)|.*)", re.DOTALL),),
    ("<", "VN"),
)
OVID_LABELLED = Tagged(
    "Ovid text with labels",
    "named",
    re.compile(
        r"^<\d+>[ \t]*\n[A-Z][A-Za-z ]+\n[ \t]+\S|^(?:Unique Identifier|Accession Number)[ \t]*\n[ \t]+\S", re.MULTILINE
    ),
    (re.compile(r"(<(?=\d+>\s*$)|[A-Z][^\n]{0,80}?(?=\s*$))(\d*)"),),  # values are set in, labels are not
    ("<", "Score", "Accession Number", "Unique Identifier"),
)
_PROQUEST = (
    "Author|Title|Alternate title|Abstract(?: \\(summary\\))?|Links|Subject|Location|Company / organization|People|Classification"
    "|Identifier / keyword|Publication (?:title|info|year|date|subject|type)|Volume|Issue|Pages|Number of pages|Section|Year"
    "|Publisher|(?:Place|Country) of publication|ISSN|ISBN|e-ISSN|CODEN|Source(?: type| attribution)?|Language(?: of publication)?"
    "|Document (?:type|feature|URL)|Supplemental file|DOI|ProQuest document ID|Accession number|Copyright|Last updated|Database"
    "|Correspondence author|Affiliation|Full text|First page|Credit|Number of references|Report number|Sponsor|Contributor"
)
_BAR = "_" * 20
PROQUEST = Tagged(
    "ProQuest text",
    "named",
    re.compile(r"^Document \d+ of \d+[ \t]*$", re.MULTILINE),
    (
        re.compile(
            rf"(Document(?= \d+ of \d+\s*$)|{_BAR}|ProQuest document link(?=\s*$)|(?:{_PROQUEST})(?=: ))"
            r"(?: \d+ of \d+|_*|: )(?=\s*$|(?<=: ))(.*)",
            re.DOTALL,
        ),
    ),
    ("Document",),
    last=_BAR,
    furniture=(_BAR, "ProQuest document link"),
)
NOTE_EXPRESS = Tagged(
    "NoteExpress (CNKI, Wanfang)",
    "named",
    re.compile(r"^\ufeff?\{Reference Type\} ?:", re.MULTILINE),
    (re.compile(r"\ufeff?\{([^{}\n]{1,40})\} ?:(.*)", re.DOTALL),),
    ("Reference Type",),
)
LABELLED = Tagged(
    "text with labels (Cochrane, SilverPlatter)",
    "labelled",
    re.compile(r"^Record #?\d+ of \d+|^TI ?[:~-] .*\n(?:.*\n){0,60}?(?:AU|SO|AB|PY) ?[:~-] ", re.MULTILINE),
    (re.compile(r"(Record(?= #?\d+ of)|[A-Z]{2}|DOI|ISBN|ISSN|MESH)(?: ?[:~-](?=\s|$)| #?(?=\d+ of))(.*)", re.DOTALL),),
    ("Record",),
    blank_ends=True,
)
