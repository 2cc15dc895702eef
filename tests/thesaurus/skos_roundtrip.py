#!/usr/bin/env python3
"""What `sakuin thesaurus export` prints, read by another library: RDFLib.

    skos_roundtrip.py --sakuin PROGRAM

RDFLib must load it, count the same concepts and labels as `sakuin thesaurus list --json`, and find
the integrity conditions S13, S14, S27 and S46 of SKOS kept. What RDFLib writes of it, as flat and as
nested RDF/XML, must be sound to `sakuin thesaurus validate` and, exported again, say the same of
every concept: the same elements, in any order. Exit status 1 with a message where something differs.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile

try:
    import rdflib
    from rdflib.namespace import RDF, SKOS
    from rdflib.plugins.parsers.RDFVOC import RDFVOC
except ImportError:
    sys.exit("RDFLib is not installed; ./check installs it (Debian's python3-rdflib)")

# RDFLib asks whether a term is one of RDF's each time it meets one, which takes most of its time: as
# attributes they are found before it asks.
for term in RDFVOC.__annotations__:
    setattr(RDFVOC, term, getattr(RDFVOC, term))

KINDS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("%s: exit %d\n%s%s" % (" ".join(command), done.returncode, done.stdout, done.stderr))
    return done.stdout


def load(text):
    graph = rdflib.Graph()
    graph.parse(data=text, format="xml")
    return graph


def entries(exported):
    """What an export says of each resource: its first line, then its elements in order of their text."""
    blocks = [[line.strip() for line in block.splitlines()] for block in exported.split("\n\n")]
    return {(block[0], *sorted(block[1:])) for block in blocks if block[0].startswith("<skos:")}


def expect(what, found, wanted):
    if found != wanted:
        sys.exit("%s: %s, wanted %s" % (what, found, wanted))


def above(graph, concept):
    return set(graph.transitive_objects(concept, SKOS.broader)) - {concept}


def check_integrity(graph, concepts):
    """The conditions of https://www.w3.org/TR/skos-reference/ that are no matter of form."""
    for concept in concepts:
        labels = {kind: set(graph.objects(concept, kind)) for kind in KINDS}
        for one, other in itertools.combinations(KINDS, 2):
            expect("S13: %s" % concept, labels[one] & labels[other], set())
        languages = [label.language for label in labels[SKOS.prefLabel]]
        expect("S14: %s" % concept, len(languages), len(set(languages)))
        upper = above(graph, concept)
        for other in graph.objects(concept, SKOS.related):
            expect("S27: %s and %s" % (concept, other), other in upper or concept in above(graph, other), False)
        exact = set(graph.objects(concept, SKOS.exactMatch))
        for kind in (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch):
            expect("S46: %s" % concept, exact & set(graph.objects(concept, kind)), set())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sakuin", required=True)
    sakuin = parser.parse_args().sakuin
    listed = json.loads(run(sakuin, "thesaurus", "list", "--json"))
    exported = run(sakuin, "thesaurus", "export")
    graph = load(exported)
    ours = entries(exported)
    expect("entries of concepts", sum(entry[0].startswith("<skos:Concept ") for entry in ours), len(listed))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    expect("concepts", len(concepts), len(listed))
    expect("ids", {str(o) for o in graph.objects(None, SKOS.notation)}, {one["id"] for one in listed})
    labels = sum(len(set(graph.objects(c, kind))) for c in concepts for kind in KINDS[:2])
    shown = sum(len(set(texts)) for one in listed for texts in one["labels"].values())
    expect("labels that are shown", labels, shown)
    check_integrity(graph, concepts)
    with tempfile.TemporaryDirectory() as folder:
        for form in ("xml", "pretty-xml"):
            path = os.path.join(folder, form + ".rdf")
            graph.serialize(destination=path, format=form, encoding="utf-8")
            run(sakuin, "thesaurus", "validate", path)
            again = entries(run(sakuin, "thesaurus", "export", path))
            expect(form + ": lost", sorted(ours - again)[:5], [])
            expect(form + ": added", sorted(again - ours)[:5], [])
    # Nothing without a name: what the entries say is then all that the graph holds.
    expect("blank nodes", [t for t in graph if any(isinstance(x, rdflib.BNode) for x in t)], [])
    print("%d concepts, %d labels, %d triples" % (len(concepts), labels, len(graph)))


if __name__ == "__main__":
    main()
