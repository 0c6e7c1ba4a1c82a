"""Files of every format that the loader keeps, invented from a seed: the same on any machine and any day.

`baseline.py` reads them. A third of the files are tidy; the others have what real exports have: markup and quotation
marks in fields, odd dates, other encodings, repeated records, and ends that are missing.
"""

import csv
import io
import json
import random
from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

WORDS = "a the of with for queues learning offline bandits scheduling rewards deep policy networks regret we show naïve"
NASTY = """"quoted"¦a; b¦line
break¦{Braced}¦M{\\"u}ller¦<i>x</i>¦&amp;¦œuvre—¦cafe\u0301¦排队¦tab\there¦=SUM(1)¦50%¦#1¦$x^2 < y$¦
TI  - tag¦@article{¦\\emph{so}¦\u200b¦

ER¦\'\'""".split("¦")
NAMES = (
    "Müller/Jörg;van der Berg/Anna;Doe/Jane;O'Neil/A. B.;张/三;Łoś/É.;"
    "The Queue Consortium/;Smith, Jr./John A;{WHO}/;others/"
)
DATES = "2014//;n.d.;0000;in press;20224;Spring 2001;2019-13-45;12 May 2019;2019 Jul-Aug;5/6/07".split(";")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DOI_FORMS = "{};{};{};https://doi.org/{};http://dx.doi.org/{};doi:{};DOI {} ;https://doi.org/{}.;n/a".split(";")
# Pattern of a line, what a further line begins with, the end of a record, beginning and end of a file, tag=field.
TAGGED = {
    "ris": ("{}  - {}", "", "ER  - \n", "", "", "TY=kind TI=title AU=names AB=abstract PY=date DO=doi JO=venue "
        "KW=words UR=url"),
    "nbib": ("{:<4}- {}", "      ", "", "", "", "PMID=pmid TI=title AB=abstract FAU=names DP=date LID=lid JT=venue "
        "OT=words"),
    "wos": ("{} {}", "   ", "ER\n", "FN Clarivate\nVR 1.0\n", "EF\n",
        "PT=j AU=block TI=title SO=venue AB=abstract PY=year DI=doi"),
}  # fmt: skip
# Beginning of a file, one record, its end; a field in brackets is repeated.
MARKUP = {
    "atom": ('<?xml version="1.0" encoding="UTF-8"?>'
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://arxiv.org/schemas/atom">',
        '<entry><id>http://arxiv.org/abs/{arxiv}</id><published>{date}</published><title>{title}</title><summary>'
        '{abstract}</summary>{authors}<a:doi>{doi}</a:doi></entry>\n', "</feed>", "<author><name>{}</name></author>"),
    "pubmed": ('<?xml version="1.0"?><PubmedArticleSet>', '<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>'
        '<Article><Journal><JournalIssue><PubDate><Year>{year}</Year><Month>{month}</Month></PubDate></JournalIssue>'
        '<Title>{venue}</Title></Journal><ArticleTitle>{title}</ArticleTitle><ELocationID EIdType="doi">'
        '{doi}</ELocationID><Abstract><AbstractText Label="AIM">{abstract}</AbstractText></Abstract><AuthorList>'
        '{authors}</AuthorList></Article></MedlineCitation></PubmedArticle>\n', "</PubmedArticleSet>",
        "<Author><CollectiveName>{}</CollectiveName></Author>"),
    "endnote": ('<?xml version="1.0" encoding="UTF-8"?><xml><records>',
        '<record><rec-number>{pmid}</rec-number><ref-type name="Journal Article">17</ref-type><contributors>'
        '<authors>{authors}</authors></contributors><titles><title><style>{title}</style></title><secondary-title>'
        '{venue}</secondary-title></titles><dates><year>{date}</year></dates><abstract><style>{abstract}</style>'
        '</abstract><electronic-resource-num>{doi}</electronic-resource-num></record>\n', "</records></xml>",
        "<author><style>{}</style></author>"),
}  # fmt: skip
TABLES = {
    "scopus": "Authors=people,Title=title,Year=year,Source title=venue,Volume=volume,DOI=doi,Link=url,"
        "Abstract=abstract,Author Keywords=keywords,EID=key",
    "ieee": "Document Title=title,Authors=people,Author Affiliations=,Publication Title=venue,Publication Year=year,"
        "Abstract=abstract,DOI=doi,PDF Link=url,Author Keywords=keywords,Document Identifier=kind",
    "springer": "Item Title=title,Publication Title=venue,Journal Volume=volume,Item DOI=doi,Authors=glued,"
        "Publication Year=year,URL=url,Content Type=kind",
    "dimensions": "Rank=pmid,Publication ID=key,DOI=doi,PMID=pmid,Title=title,Abstract=abstract,Source title=venue,"
        "PubYear=year,Publication Date=date,Authors=people",
    "asreview": "record_id=volume,title=title,abstract=abstract,authors=listed,keywords=keywords,year=date,doi=doi,"
        "included=",
    "plain": "title=title,abstract=abstract,authors=people,date=date,doi=doi,url=url",
    "wostab": "PT=j,AU=people,TI=title,SO=venue,PY=year,PD=month,DI=doi,AB=abstract,DE=keywords,UT=key",
}  # fmt: skip
_PAGE = "new|Get trending papers in your email inbox!|Subscribe|Daily Papers|byAK and the research community|Aug 6|"
PAGE = _PAGE.replace("|", "\n\n")
# Beginning and end of a list of records in JSON, where they are not those of a list.
JSON = {
    "openalex": ('{"results":[', "]}"),
    "scholar": ('{"data":[', "]}"),
    "snapshot": ("", "\n"),
    "crossref": ('{"status":"ok","message":{"items":[', "]}}"),
}
ENDINGS = dict.fromkeys([*JSON, "csl", "daily"], "json") | dict.fromkeys(MARKUP, "xml") | dict.fromkeys(TABLES, "csv")
_OTHERS = "snapshot=jsonl listing=txt bibtex=bib ris=ris nbib=nbib wos=txt tabs=tsv wostab=txt xlsx=xlsx"
ENDINGS |= dict(each.split("=") for each in _OTHERS.split())


def generated_files(number: int, seed: str = "litreview") -> Iterator[tuple[str, bytes]]:
    """So many files, each format in turn: name and bytes. A file depends on the seed and its own name only."""
    formats = sorted(ENDINGS)
    for place in range(number):
        kind = formats[place % len(formats)]
        name = f"{kind}_{place // len(formats):03}.{ENDINGS[kind]}"
        rng = random.Random(f"{seed}/{name}")  # noqa: S311 (no secret)
        nasty = rng.choice((0.0, 0.05, 0.15))
        records = [_record(rng, nasty) for _ in range(rng.choice((1, 2, 3, 5)))]
        records += [dict(rng.choice(records)) for _ in range(rng.random() < 0.2)]
        yield name, _workbook(rng, records) if kind == "xlsx" else _spoilt(rng, _text(rng, kind, records, nasty), nasty)


def _words(rng: random.Random, size: int, nasty: float) -> str:
    return " ".join(rng.choice(NASTY if rng.random() < nasty else WORDS.split()) for _ in range(size))


def _record(rng: random.Random, nasty: float) -> dict[str, Any]:
    """One invented paper; a field that is left out is empty."""
    year, month, day = rng.randint(1950, 2026), rng.randint(1, 12), rng.randint(1, 28)
    date = rng.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}"))
    title = _words(rng, rng.randint(2, 9), nasty)
    words = [_words(rng, 2, nasty / 3) for _ in range(rng.randint(0, 3))]
    sizes = [rng.choice((6, 12, 25)) for _ in range(rng.choice((1, 2, 4, 20)))]
    abstract = [f"{_words(rng, size, nasty).capitalize()}." for size in sizes]
    people = [name.split("/") for name in rng.sample(NAMES.split(";"), rng.randint(1, 4))]
    names = [f"{family}, {given}".removesuffix(", ") for family, given in people]
    doi = rng.choice(DOI_FORMS).format(f"10.{rng.randint(1000, 9999)}/{rng.choice(('ab', 'AB', 'x(y)', 'a<b>'))}.{day}")
    told = {
        "title": rng.choice((title.title(), title.capitalize(), title + ".")), "abstract": " ".join(abstract),
        "date": rng.choice(DATES) if rng.random() < nasty * 2 else date, "year": str(year), "month": MONTHS[month - 1],
        "doi": doi, "lid": f"{doi} [doi]", "people": "; ".join(names),
        "venue": f"Journal of {_words(rng, 2, nasty / 3)}",
        "arxiv": rng.choice((f"2305.{day}290v3", f"hep-th/99010{day:02}", f"21{month:02}.000{day:02}")),
        "pmid": str(rng.randint(1, 10**8)), "volume": str(day), "keywords": "; ".join(words), "listed": str(names),
        "url": f"https://example.org/?a={day}&b={month}", "glued": "".join(f"{b} {a}" for a, b in people),
    }  # fmt: skip
    for field in told:
        told[field] = "" if rng.random() < (0.04 if field == "title" else 0.15) else told[field]
    fixed = {"kind": rng.choice("JOUR CONF article misc".split()), "key": f"WOS:{rng.randint(1, 10**6)}", "j": "J"}
    return told | fixed | {"names": names, "pairs": people, "words": words, "block": "\n".join(names)}


def _text(rng: random.Random, kind: str, records: list[dict[str, Any]], nasty: float) -> str:
    if kind in TAGGED:
        first, last, parts = TAGGED[kind][3], TAGGED[kind][4], [_tagged(kind, one) + "\n" for one in records]
    elif kind in MARKUP:
        first, last, parts = MARKUP[kind][0], MARKUP[kind][2], [_marked(rng, kind, one, nasty) for one in records]
    elif kind in TABLES or kind == "tabs":
        return _table(rng, kind, records)
    elif kind in ("bibtex", "listing"):
        first, last = ("", "") if kind == "bibtex" else (PAGE, "Previous\n\nNext\n")
        listed = "{title}\n\n{abstract}\n\n".format_map
        parts = [_bibtex(rng, one) if kind == "bibtex" else listed(one) for one in records]
    else:
        first, last = JSON.get(kind, ("[", "]"))
        each = [json.dumps(_object(kind, one), ensure_ascii=rng.random() < 0.5) for one in records]
        parts = [("\n" if kind == "snapshot" else ",\n").join(each)]
    broken = [one[: rng.randrange(len(one))] + "\n" if rng.random() < nasty / 2 else one for one in parts]
    return first + "".join(broken) + last


def _tagged(kind: str, one: dict[str, Any]) -> str:
    pattern, further, end, _, _, tags = TAGGED[kind]
    pairs = [(tag, one[field]) for tag, field in (each.split("=") for each in tags.split())]
    lines = [(tag, value) for tag, told in pairs for value in (told if isinstance(told, list) else [told]) if value]
    return "".join(pattern.format(tag, value.replace("\n", "\n" + further)) + "\n" for tag, value in lines) + end


def _marked(rng: random.Random, kind: str, one: dict[str, Any], nasty: float) -> str:
    safe = (lambda text: text) if rng.random() < nasty / 2 else escape
    fields = {name: safe(value) for name, value in one.items() if isinstance(value, str)}
    authors = "".join(MARKUP[kind][3].format(safe(name)) for name in one["names"])
    return MARKUP[kind][1].format(**fields, authors=authors)


def _table(rng: random.Random, kind: str, records: list[dict[str, Any]]) -> str:
    columns = [each.split("=") for each in TABLES["plain" if kind == "tabs" else kind].split(",")]
    mark = "\t" if kind in ("tabs", "wostab") else rng.choice(",,,;") if kind == "plain" else ","
    file = io.StringIO()
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(file, delimiter=mark, lineterminator="\n", quoting=quoting)
    writer.writerows([["About the data: exported on May 12, 2024."]] if kind == "dimensions" else [])
    writer.writerow([header for header, _ in columns])
    writer.writerows([one.get(field, "") for _, field in columns] for one in records)
    return file.getvalue()


def _workbook(rng: random.Random, records: list[dict[str, Any]]) -> bytes:
    columns = [each.split("=") for each in TABLES[rng.choice(sorted(TABLES))].split(",")]
    book, file = Workbook(), io.BytesIO()
    for row in [[header for header, _ in columns], *([one.get(field) for _, field in columns] for one in records)]:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "n" if cell.value is None else "s"  # text, also where it looks like a formula
    book.save(file)
    return file.getvalue()


def _bibtex(rng: random.Random, one: dict[str, Any]) -> str:
    fields = {"journal": "venue", "eprint": "arxiv"}
    tags = "title abstract journal year month doi url eprint keywords".split()
    pairs = [(tag, told) for tag in tags if (told := one[fields.get(tag, tag)])]
    left, right = rng.choice(("{}", "{}", '""'))
    lines = [f"  {tag} = {left}{value}{right}" for tag, value in [*pairs, ("author", " and ".join(one["names"]))]]
    kind = rng.choice(("article", "InProceedings", "misc"))
    return f"@{kind}{{{one['key']},\n{rng.choice((',', ',', ''))}" + ",\n".join(lines) + "\n}\n\n"


def _object(kind: str, one: dict[str, Any]) -> dict[str, Any]:
    """A record as the JSON of a format has it."""
    numbers = [int(part) for part in one["date"].split("-") if part.isdecimal()]
    places = {word: [place] for place, word in zip(count(), dict.fromkeys(one["abstract"].split()), strict=False)}
    issued = {"date-parts": [numbers]} if numbers else {"raw": one["date"]}
    pairs = [{"family": family, "given": given} for family, given in one["pairs"]]
    named = [{"name": name} for name in one["names"]]
    return {
        "snapshot": {"id": one["arxiv"], "authors": " and ".join(one["names"]), "title": one["title"],
            "abstract": one["abstract"], "doi": one["doi"] or None, "journal-ref": one["venue"],
            "categories": "cs.LG cs.AI", "update_date": one["date"], "versions": [{"version": "v1",
            "created": f"Mon, 2 Apr {one['year']} 19:18:42 GMT"}]},
        "openalex": {"id": f"https://openalex.org/W{one['pmid']}", "doi": one["doi"] or None,
            "display_name": one["title"], "publication_date": one["date"],
            "publication_year": int(one["year"] or 0), "authorships": [{"author": {"display_name": name}}
            for name in one["names"]], "abstract_inverted_index": places or None},
        "scholar": {"paperId": one["key"], "externalIds": {"ArXiv": one["arxiv"] or None, "DOI": one["doi"]},
            "title": one["title"], "abstract": one["abstract"] or None, "year": int(one["year"] or 0) or None,
            "publicationDate": one["date"], "venue": one["venue"], "authors": named},
        "crossref": {"DOI": one["doi"], "type": "journal-article", "title": [one["title"]],
            "container-title": [one["venue"]], "author": pairs, "issued": issued,
            "abstract": f"<jats:p>{one['abstract']}</jats:p>"},
        "csl": {"id": one["key"], "type": "article-journal", "title": one["title"], "container-title": one["venue"],
            "author": pairs, "issued": issued, "DOI": one["doi"], "abstract": one["abstract"],
            "keyword": one["keywords"]},
        "daily": {"paper": {"id": one["arxiv"], "title": one["title"], "summary": one["abstract"], "authors": named,
            "publishedAt": one["date"]}, "publishedAt": "2024-07-22T03:14:15.000Z", "title": one["title"]},
    }[kind]  # fmt: skip


def _spoilt(rng: random.Random, text: str, nasty: float) -> bytes:
    """The bytes of a text, in nasty files with what befalls files on their way."""
    text = text[: rng.randrange(len(text))] if rng.random() < nasty / 2 else text
    text = text.replace("\n", "\r\n") if rng.random() < 0.2 else text
    codec = rng.choice("cp1252 latin-1 utf-16 utf-8-sig utf-8-sig".split()) if rng.random() < 0.25 else "utf-8"
    return text.encode(codec, errors="replace")
