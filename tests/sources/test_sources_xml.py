"""XML of databases, harvests, feeds and reference managers; and no trap in it."""

import json

import pytest
from reading import SAMPLES, rejected, rows

from litreview.errors import SourceError


def test_an_atom_entry_of_arxiv():
    first, second = rows((SAMPLES / "atom.xml").read_bytes())
    assert (first["arxiv_id"], first["arxiv_version"], first["category"]) == ("2305.18290", "3", "cs.LG")
    assert (first["doi"], first["venue"]) == ("10.1000/journal.1", "J. Queues 3 (2024)")
    assert first["published"] == "2023-05-29"  # not when it was last updated
    assert first["abstract_raw"] == "While queues <learn> and $x < y$,\nthey wait."
    assert first["authors"] == "Ann Lee; Suresh K"
    assert json.loads(first["extra"])["comment"] == "12 pages"
    assert second["arxiv_id"] == "hep-th/9901001"
    assert rejected((SAMPLES / "atom.xml").read_bytes()) == [(3, "arXiv answered with an error")]


def test_pubmed_gives_names_and_dates_in_parts_and_words_in_italics():
    first, second = rows((SAMPLES / "pubmed.xml").read_bytes())
    assert (first["pmid"], first["doi"], first["published"]) == ("12345678", "10.1000/abc.1", "2019-07")
    assert first["authors"] == "John A Smith; The Ward Group"
    assert first["title_raw"] == "A trial of H2O in a ward."
    assert first["abstract_raw"] == "Wards have queues.\nWe wait."
    assert second["pmid"] == "2"  # and not the number of a paper it comments on


def test_endnote_sets_words_in_styles():
    (row,) = rows((SAMPLES / "endnote.xml").read_bytes())
    assert (row["title_raw"], row["kind"], row["published"]) == ("Queues in EndNote", "Journal Article", "2012-05-12")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<feed><entry><title>&b;</title></entry></feed>"
)
OUTSIDE = '<!DOCTYPE feed [<!ENTITY a SYSTEM "secret.txt">]><feed><entry><title>&a;</title></entry></feed>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, "declares entities"),
        (f'<?xml version="1.0"?>{OUTSIDE}', "declares entities"),
        ("<feed>" + "<entry>" * 10_000, "elements lie more than"),
        ("<feed><entry><title>A</title></entry>", "looks like XML"),  # cut short: nothing of it is loaded
        ("<feed><entry><title>A & B</title></entry></feed>", "looks like XML"),
    ],
)
def test_a_trap_or_a_broken_file_is_told(text, message):
    with pytest.raises(SourceError, match=message):
        rows(text)


def test_a_feed_without_entries_holds_no_records():
    assert rows('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>') == []


OAI = '<OAI-PMH xmlns="o"><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>{}</metadata></record></ListRecords></OAI-PMH>'
# (file, what is read of its one paper)
SHAPES = [
    (  # MODS: a name with its parts, and one without
        '<modsCollection xmlns="m"><mods><titleInfo><title>A</title></titleInfo><name><namePart type="given">Jane</namePart><namePart type="family">Doe</namePart></name><name><namePart>The Group</namePart></name><originInfo><dateIssued>2020</dateIssued></originInfo><relatedItem><titleInfo><title>J</title></titleInfo></relatedItem></mods></modsCollection>',
        {"authors": "Jane Doe; The Group", "venue": "J", "published": "2020"},
    ),
    (  # MODS of a part: its date stands with the whole
        '<mods xmlns="m"><titleInfo><title>A</title></titleInfo><relatedItem type="host"><titleInfo><title>J</title></titleInfo><part><date>2020</date></part></relatedItem></mods>',
        {"venue": "J", "published": "2020"},
    ),
    (  # Primo
        '<record><display><title>A</title><creator>Doe, Jane ; Roe, R.</creator></display><addata><au>Doe, Jane</au><au>Roe, R.</au><jtitle>J</jtitle><date>20200117</date><doi>10.1234/a</doi></addata></record>',
        {"authors": "Jane Doe; R. Roe", "venue": "J", "published": "2020-01-17", "doi": "10.1234/a"},
    ),
    (  # RDF without types: Dublin Core, as Zotero writes it
        '<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><rdf:Description><dc:title>A</dc:title><dc:creator>Doe, Jane</dc:creator><dc:date>2020</dc:date></rdf:Description></rdf:RDF>',
        {"authors": "Jane Doe", "published": "2020"},
    ),
    (  # RDF whose authors stand elsewhere
        '<rdf:RDF xmlns:rdf="r"><Article><title>A</title><creator rdf:nodeID="n2"/><authorList><rdf:Seq><rdf:li rdf:nodeID="n1"/><rdf:li rdf:nodeID="n2"/></rdf:Seq></authorList><isPartOf><Journal><title>J</title><volume>7</volume></Journal></isPartOf></Article><Person rdf:nodeID="n1"><surname>Doe</surname><givenname>Jane</givenname></Person><Person rdf:nodeID="n2"><surname>Roe</surname></Person></rdf:RDF>',
        {"authors": "Jane Doe; Roe", "venue": "J", "volume": "7"},
    ),
    (  # DBLP
        '<dblp><article key="j/x"><author>Wei Wang 0001</author><author>Jane Doe</author><title>A</title><year>2020</year><journal>J</journal></article></dblp>',
        {"authors": "Wei Wang; Jane Doe", "venue": "J", "source_key": "j/x"},
    ),
    (  # a search of DBLP
        "<result><query>q</query><hits><hit><info><authors><author>Jane Doe</author></authors><title>A</title><venue>V</venue></info></hit></hits></result>",
        {"authors": "Jane Doe", "venue": "V"},
    ),
    (  # a feed of arXiv: what announces the paper is no part of its abstract
        '<rss><channel><title>cs.LG</title><item><title>A</title><description>arXiv:2501.00001v1 Announce Type: new\nAbstract: We wait.</description><guid>oai:arXiv.org:2501.00001v1</guid><pubDate>Fri, 03 Jan 2025 00:00:00 -0500</pubDate><dc:creator xmlns:dc="d">Jane Doe, R. Roe</dc:creator></item></channel></rss>',
        {"abstract_raw": "We wait.", "arxiv_id": "2501.00001", "authors": "Jane Doe; R. Roe", "published": "2025-01-03"},
    ),
    (  # JATS: marked-up prose, and a body that names others
        "<article><front><journal-meta><journal-title>J</journal-title></journal-meta><article-meta><title-group><article-title>A</article-title></title-group><contrib-group><contrib><name><surname>Doe</surname><given-names>Jane</given-names></name></contrib></contrib-group><pub-date><month>3</month><year>2020</year></pub-date><abstract><p>We <b>wait</b></p><p>long.</p></abstract></article-meta></front><back><ref><article-title>B</article-title></ref></back></article>",
        {"abstract_raw": "We wait long.", "authors": "Jane Doe", "venue": "J", "published": "2020-03"},
    ),
    (  # Crossref
        "<doi_records><doi_record><crossref><journal><journal_metadata><full_title>J</full_title></journal_metadata><journal_article><titles><title>A</title></titles><contributors><person_name><given_name>Jane</given_name><surname>Doe</surname></person_name></contributors><doi_data><doi>10.1234/a</doi></doi_data></journal_article></journal></crossref></doi_record></doi_records>",
        {"authors": "Jane Doe", "venue": "J", "doi": "10.1234/a"},
    ),
    (  # Dublin Core, harvested
        OAI.format('<dc xmlns="d"><title>A</title><creator>Doe, Jane</creator><creator>Roe, R.</creator><date>2020-01-01</date><identifier>http://arxiv.org/abs/2001.00001</identifier></dc>'),
        {"authors": "Jane Doe; R. Roe", "arxiv_id": "2001.00001", "published": "2020-01-01", "source_key": "oai:x:1"},
    ),
    (  # arXiv's own form, harvested
        OAI.format("<arXiv><id>2001.00001</id><created>2020-01-01</created><authors><author><keyname>Doe</keyname><forenames>Jane</forenames></author></authors><title>A</title><categories>cs.LG stat.ML</categories></arXiv>"),
        {"authors": "Jane Doe", "arxiv_id": "2001.00001", "category": "cs.LG"},
    ),
    (  # MARC, harvested
        OAI.format('<record><controlfield tag="001">7</controlfield><datafield tag="100"><subfield code="a">Doe, Jane</subfield></datafield><datafield tag="245"><subfield code="a">A</subfield></datafield><datafield tag="700"><subfield code="a">Roe, R.</subfield></datafield></record>'),
        {"authors": "Jane Doe; R. Roe", "source_key": "oai:x:1"},
    ),
    (  # Word
        '<b:Sources xmlns:b="w"><b:Source><b:Title>A</b:Title><b:Year>2020</b:Year><b:JournalName>J</b:JournalName><b:Author><b:Author><b:NameList><b:Person><b:Last>Doe</b:Last><b:First>Jane</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source></b:Sources>',
        {"authors": "Jane Doe", "venue": "J", "published": "2020"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), SHAPES)
def test_a_record_is_read_as_its_source_writes_it(text, told):
    (row,) = rows(f'<?xml version="1.0"?>\n{text}')
    assert row["title_raw"] == "A"
    assert {name: row.get(name) for name in told} == told


def test_a_title_in_parts_is_one():
    (mods,) = rows(
        "<mods><titleInfo><nonSort>The</nonSort><title>Quay :</title><subTitle>a Reader</subTitle></titleInfo></mods>"
    )
    field = (
        '<datafield tag="245"><subfield code="a">Quay :</subfield><subfield code="b">a reader /</subfield></datafield>'
    )
    (marc,) = rows(f"<record>{field}</record>")
    assert (mods["title_raw"], marc["title_raw"]) == ("The Quay: a Reader", "Quay: a reader")


def test_rdf_without_a_paper_is_told():
    with pytest.raises(SourceError, match="no papers are found in it. It has 'Person'"):
        rows('<rdf:RDF xmlns:rdf="r"><Person><name>Doe</name></Person></rdf:RDF>')


def test_what_an_archive_has_deleted_is_told():
    assert rejected(OAI.format("").replace("<header>", '<header status="deleted">')) == [
        (1, "the archive has deleted it")
    ]


def test_the_journals_and_files_of_zotero_are_no_papers_and_a_paper_has_its_journal():
    spaces = 'xmlns:rdf="r" xmlns:z="http://www.zotero.org/namespaces/export#"'
    text = (
        f"<rdf:RDF {spaces}><Article><z:itemType>journalArticle</z:itemType><isPartOf rdf:resource='urn:1'/>"
        "<authors><Seq><li><Person><surname>Doe</surname><givenName>Jane</givenName></Person></li></Seq></authors>"
        "<title>A</title></Article><Journal rdf:about='urn:1'><title>J</title><identifier>DOI 10.1234/a</identifier>"
        "</Journal><z:Attachment><z:itemType>attachment</z:itemType><title>PDF</title></z:Attachment></rdf:RDF>"
    )
    (row,) = rows(text)
    assert (row["title_raw"], row["authors"], row["venue"], row["doi"]) == ("A", "Jane Doe", "J", "10.1234/a")
