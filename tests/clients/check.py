#!/usr/bin/env python3
"""Reads what geopol writes with programs that geopol's authors did not write.

    python tests/clients/check.py target/debug/geopol examples/articles/*.txt

Each input, and a set of records whose texts are hostile, becomes a graph in every format. A client that is installed
(networkx, igraph, rdflib, ladybug, pyarrow, duckdb, Graphviz, xmllint, rsvg-convert) has to find as many nodes and edges in it
as geopol reports. `SCHEMAS=FOLDER` names a folder with graphml.xsd and gexf.xsd, to which files have to keep.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

csv.field_size_limit(1 << 30)
FOLDER = Path(__file__).parent.parent

HOSTILE = [
    'say "no"; } digraph x { "',
    "it's a \\ back\\slash \\N \\u0041",
    "two\nlines\tand a tab",
    "</data><b>&amp; <!-- ]]> &#0;",
    "\u05de\u05d3\u05d9\u05e0\u05d4 \u202eright to left\u202c",
    "\U0001f469\u200d\U0001f467 e\u0301 \u4e60\u8fd1\u5e73",
    "bell\u0007 escape\u001b[31m nul\u0000",
    "a,b;c|d",
    "') DETACH DELETE n; // `",
]


def hostile_records(path):
    """Records with these texts for names, types, titles and addresses."""
    lines = [(FOLDER / "data" / f"{name}.jsonl").read_text() for name in ("samarkand", "sco-summit")]
    with path.open("w") as out:
        for number, text in enumerate(HOSTILE):
            for line in lines:
                record = json.loads(line)
                record["id"] = f"{text} {number}"
                record["title"] = record["url"] = record["source"] = text
                record["text"] = record["text"].replace(" met ", f" {text} ")
                record["entities"][0]["name"] = text
                record["entities"][0]["refs"] = {}
                record["entities"][1]["aliases"].append(text)
                record["entities"][2]["refs"][text] = text
                record["relations"][0]["type"] = text
                record["relations"][0]["predicate"] = text
                record["relations"][0]["qualifiers"].append({"role": text, "text": text})
                out.write(json.dumps(record) + "\n")


class Graph:
    """One graph in every format, and what is in it."""

    def __init__(self, geopol, source, folder):
        self.folder = folder
        self.geopol = geopol
        said = self.run("build", source, "--isolated", "-o", folder / "graph.json")
        numbers = re.match(r"([\d,]+) entit\w+, ([\d,]+) statement", said)
        entities, self.statements = [int(number.replace(",", "")) for number in numbers.groups()]
        self.data = json.loads(self.read("json"))
        self.nodes = entities + sum(node["value"] is not None for node in self.data["nodes"])
        self.names = {node["name"] for node in self.data["nodes"]}
        for line in self.run("formats").split("Written")[1].splitlines()[1:]:
            name, extension = line.strip("* ").split()[:2]
            self.run("build", folder / "graph.json", "--isolated", "-f", name, "-o", folder / f"graph{extension}")

    def run(self, *arguments):
        run = subprocess.run([self.geopol, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stderr or run.stdout

    def path(self, extension):
        return self.folder / f"graph.{extension}"

    def read(self, extension):
        return self.path(extension).read_text()


def same(what, found, expected):
    assert found == expected, f"{what}: {found}, geopol says {expected}"


def unescaped(text):
    """GraphML and GEXF spell out what XML forbids."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def networkx(graph):
    import networkx as nx

    graphml = nx.read_graphml(graph.path("graphml"), force_multigraph=True)
    gexf = nx.read_gexf(graph.path("gexf"))
    link = nx.node_link_graph(graph.data, edges="edges")
    for name, read in (("GraphML", graphml), ("GEXF", gexf), ("node-link JSON", link)):
        same(f"nodes of {name}", read.number_of_nodes(), graph.nodes)
        same(f"edges of {name}", read.number_of_edges(), graph.statements)
    same("names in GraphML", {unescaped(d.get("name", "")) for _, d in graphml.nodes(data=True)}, graph.names)
    same("names in GEXF", {unescaped(d.get("label", "")) for _, d in gexf.nodes(data=True)}, graph.names)


def igraph(graph):
    import igraph

    read = igraph.Graph.Read_GraphML(str(graph.path("graphml")))
    same("nodes of GraphML", read.vcount(), graph.nodes)
    same("edges of GraphML", read.ecount(), graph.statements)


def rdflib(graph):
    import rdflib
    from rdflib.namespace import RDF, RDFS

    own = rdflib.Namespace("urn:geopol:vocabulary:")
    for name, extension, syntax in (("Turtle", "ttl", "turtle"), ("JSON-LD", "jsonld", "json-ld")):
        # Bytes, because a path would be quoted and text would be encoded again.
        read = rdflib.Graph().parse(data=graph.path(extension).read_bytes(), format=syntax)
        nodes = set(read.subjects(RDF.type, own.Entity)) | set(read.subjects(RDF.type, own.Value))
        same(f"nodes of {name}", len(nodes), graph.nodes)
        same(f"statements of {name}", len(set(read.subjects(RDF.type, RDF.Statement))), graph.statements)
        same(f"names in {name}", {str(read.value(node, RDFS.label)) for node in nodes}, graph.names)
        size = len(read) if name == "Turtle" else size
        same(f"triples of {name}", len(read), size)


def tables(graph):
    """The csv module; and the same counts once a graph database has them."""
    rows = {}
    for table, count in (("nodes", graph.nodes), ("edges", graph.statements)):
        with graph.path(f"{table}.csv").open(newline="") as file:
            header, *rows[table] = csv.reader(file)
        same(f"rows of {table}.csv", len(rows[table]), count)
        assert all(len(row) == len(header) for row in rows[table])
        expected = {"nodes": "id:ID", "edges": ":START_ID"}[table]
        same("first column", header[0], expected)
    same("names in CSV", {row[1] for row in rows["nodes"]}, graph.names)
    with graph.path("events.tsv").open(newline="") as file:
        header, *events = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    same("events", len(events), sum(edge["event"] is not None for edge in graph.data["edges"]))
    assert all(len(row) == len(header) for row in events)


def ladybug(graph):
    """Cypher, in a property-graph database; it wants its tables declared."""
    import ladybug

    database = ladybug.Connection(ladybug.Database(str(graph.folder / "database")))
    kinds = {"long": "INT64", "double": "DOUBLE", "boolean": "BOOL"}

    def columns(table):
        with graph.path(f"{table}.csv").open(newline="") as file:
            header = next(csv.reader(file))
        named = (column.partition(":") for column in header)
        renamed = {"LABEL": "kind", "ID": "id"}
        named = ((renamed.get(kind, name), kind) for name, _, kind in named)
        skipped = ("id", "key", "refs", "value", "appearances", "")
        return ", ".join(f"`{name}` {kinds.get(kind, 'STRING')}" for name, kind in named if name not in skipped)

    script = graph.read("cypher")
    database.execute(f"CREATE NODE TABLE Entity(id STRING PRIMARY KEY, {columns('nodes')})")
    for relation in sorted(set(re.findall(r"^MATCH .*?\) MERGE \(a\)-\[r:(`(?:[^`]|``)*`|\w+) \{id: ", script, re.M))):
        database.execute(f"CREATE REL TABLE {relation}(FROM Entity TO Entity, id STRING, {columns('edges')})")
    for statement in script.splitlines():
        database.execute(statement)

    def one(query):
        return database.execute(query).get_next()[0]

    same("nodes of Cypher", one("MATCH (n) RETURN count(n)"), graph.nodes)
    same("relationships of Cypher", one("MATCH ()-[r]->() RETURN count(r)"), graph.statements)


def parquet(graph):
    """pyarrow and DuckDB, where geopol was built to write Parquet."""
    if not graph.path("nodes.parquet").exists():
        return
    import duckdb
    import pyarrow.parquet

    for table, count in (("nodes", graph.nodes), ("edges", graph.statements), ("articles", len(graph.data["graph"]["articles"]))):
        path = graph.path(f"{table}.parquet")
        read = pyarrow.parquet.read_table(path)
        same(f"rows of {table}.parquet", read.num_rows, count)
        same(f"rows of {table}.parquet in DuckDB", duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0], count)
        if table == "nodes":
            same("names in Parquet", set(read["name"].to_pylist()), graph.names)
        if table == "edges":
            facts = [(edge["key"], edge["evidence"], edge["confidence"]) for edge in graph.data["edges"]]
            rows = zip(*(read[name].to_pylist() for name in ("key", "evidence", "confidence")))
            same("statements in Parquet", sorted(rows), sorted(facts))


def schemas(graph):
    """GraphML's schema, and GEXF's: of 1.2, the last that is packaged, whose words 1.3 keeps but for the name of its space."""
    folder = os.environ.get("SCHEMAS")
    if not folder or not shutil.which("xmllint"):
        return
    former = graph.read("gexf").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace("<viz:", "<")
    former = former.replace('version="1.3"', 'version="1.2"', 1).replace(' timerepresentation="interval"', "", 1)
    graph.path("former.gexf").write_text(former)
    for schema, file in (("graphml", "graphml"), ("gexf", "former.gexf")):
        command = ["xmllint", "--noout", "--nonet", "--huge", "--schema", f"{folder}/{schema}.xsd", graph.path(file)]
        run = subprocess.run([*map(str, command)], capture_output=True, check=False)
        assert run.returncode == 0, f"{schema}: {run.stderr.decode()[:2000]}"


def programs(graph):
    """Graphviz, xmllint, rsvg-convert: each takes its files without a word."""

    def quiet(*command):
        run = subprocess.run([*map(str, command)], capture_output=True, check=False)
        assert run.returncode == 0 and not run.stderr, f"{command}: {run.stderr.decode()[:2000]}"
        return run.stdout

    if shutil.which("gvpr"):
        # A happening of many is a box of its own.
        names = quiet("gvpr", "N { printf(\"%s\\n\", gsub($.name, \"\\n\", \" \")); }", graph.path("dot")).decode()
        nodes = [name for name in names.splitlines() if not name.startswith("gathering ")]
        same("nodes of DOT", len(nodes), graph.nodes)
    for extension in ("graphml", "gexf", "svg"):
        if shutil.which("xmllint") and graph.path(extension).exists():
            quiet("xmllint", "--noout", "--huge", graph.path(extension))
    if shutil.which("rsvg-convert") and graph.path("svg").exists():
        # A picture of thousands is larger than it can draw in full size.
        size = ("--width", 2000, "--keep-aspect-ratio")
        assert quiet("rsvg-convert", *size, graph.path("svg")).startswith(b"\x89PNG")


def others(graph):
    features = json.loads(graph.read("geojson"))
    points = [feature for feature in features["features"] if feature["properties"]["feature"] == "entity"]
    same("entities of GeoJSON", len(points) + features["left_out"]["entities"], graph.nodes)
    same("all of GeoJSON", len(features["features"]) + sum(features["left_out"].values()), graph.nodes + graph.statements)
    same("nodes of Mermaid", len(re.findall(r"^  n\d+[\[({]", graph.read("mmd"), re.M)), graph.nodes)


def main():
    geopol, *sources = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        hostile = Path(folder) / "hostile.jsonl"
        hostile_records(hostile)
        missing = set()
        for number, source in enumerate([*sources, hostile]):
            place = Path(folder) / str(number)
            place.mkdir()
            graph = Graph(geopol, source, place)
            for client in (networkx, igraph, rdflib, tables, parquet, ladybug, schemas, programs, others):
                try:
                    client(graph)
                except ModuleNotFoundError as error:
                    missing.add(error.name)
                except AssertionError as error:
                    sys.exit(f"{source}: {client.__name__}: {error}")
            print(f"{source}: {graph.nodes} nodes, {graph.statements} statements in every client")
        for name in sorted(missing):
            print(f"note: {name} is not installed; what it reads was not checked")


if __name__ == "__main__":
    main()
