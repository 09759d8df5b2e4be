#!/usr/bin/env python3
"""Uses the explorer as a person would, in headless Chromium.

    python tests/browser/check.py target/debug/geopol [ARTICLE] [--pictures DIR]

Needs the Python package playwright and a Chromium; no network.
"""

import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent
ARGUMENTS = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\" onmouseover=\"window.hacked=1\" '",
    "\u202egnp.exe\u2066 \u05e9\u05dc\u05d5\u05dd",
    "javascript:window.hacked=1",
    "<!--<script>",
    "long " * 2000,
    "__proto__",
    "{{script}}",
]


class Browser:
    """A page that fails on errors, on scripts that a policy stopped, and on requests to other hosts."""

    def __init__(self, chromium, own="file:"):
        self.page = chromium.new_page(viewport={"width": 1400, "height": 900})
        self.wrong = []
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda line: line.type == "error" and self.wrong.append(line.text))
        allowed = (own, "data:", "blob:")
        self.page.on("request", lambda request: request.url.startswith(allowed) or self.wrong.append(request.url))

    def open(self, address):
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", timeout=60000)
        metrics = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        return f"interactive after {self.page.get_attribute('html', 'data-ready')} ms, {metrics['TaskDuration'] * 1000:.0f} ms of them the page's own"

    def text(self, selector):
        return self.page.inner_text(selector)

    def count(self):
        return self.text("#count")

    def close(self):
        assert not self.wrong, self.wrong
        self.page.close()


# Whom to look for: the best connected entity, a line on its own, one that holds others alone, and two with one between; how sure to be.
CAST = """() => {
    const { nodes, statements } = JSON.parse(document.getElementById("graph").textContent);
    const links = statements.filter((one) => one.from !== one.to && !nodes[one.from].is_value && !nodes[one.to].is_value);
    const around = nodes.map(() => new Set());
    for (const { from, to } of links) around[from].add(to) && around[to].add(from);
    const most = (all, value) => all.reduce((best, one) => (value(one) > value(best) ? one : best));
    const known = nodes.map((_, at) => at).filter((at) => nodes[at].refs.wikidata && nodes[at].country);
    const star = most(known, (at) => around[at].size);
    const holder = nodes.findIndex((node, at) => [...around[at]].some((other) => around[other].size === 1));
    const isFirm = (one) => one.polarity === "affirmed" && one.modality === "asserted" && (one.from === star || one.to === star);
    const neighbours = links.filter(isFirm).map((one) => (one.from === star ? one.to : one.from)).filter((at) => nodes[at].refs.wikidata);
    const ends = neighbours.flatMap((a) => neighbours.filter((b) => a !== b && !around[a].has(b)).map((b) => [a, b]))[0];
    const pair = (one) => [one.from, one.to].sort().join();
    const alone = links.filter((one) => statements.filter((other) => pair(other) === pair(one)).length === 1);
    const middle = (one) => {
        const [a, b] = [one.from, one.to].map((at) => geopol.at(nodes[at].key));
        return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    };
    // Where no node is near.
    const space = ([x, y]) => Math.min(...nodes.map((node) => geopol.at(node.key)).map(([a, b]) => Math.hypot(a - x, b - y)));
    const line = most(alone, (one) => space(middle(one)));
    // The slider's next step above the least sure statement.
    const sure = (Math.floor(Math.min(...statements.map((one) => one.confidence)) * 20) + 1) / 20;
    return { sure: String(sure), star: nodes[star], holder: nodes[holder].name, ends: ends.map((at) => nodes[at].name), line: line.type, middle: middle(line) };
}"""


def build(geopol, source, target, *options):
    subprocess.run([geopol, "-q", "build", source, "-o", target, *options], check=True)


def search(page, words):
    page.fill("#search", words)
    page.wait_for_selector("#suggestions li")
    page.keyboard.press("Enter")


def seed(chromium, geopol, article, folder, pictures):
    """Every view and control on the page of one article."""
    path = folder / "seed.html"
    build(geopol, article, path, "--date", "2022-09-16")
    assert path.stat().st_size < 2_000_000
    browser = Browser(chromium)
    page = browser.page
    ready = browser.open(path.as_uri())
    print(f"seed: {path.stat().st_size} bytes, {ready}")
    whole = browser.count()

    def shot(name):
        if pictures:
            page.wait_for_timeout(600)
            page.screenshot(path=pictures / f"explorer-{name}.png")

    shot("graph")
    cast = page.evaluate(CAST)
    star = cast["star"]
    page.keyboard.press("/")
    page.keyboard.type(star["name"].lower())
    page.wait_for_selector("#suggestions li")
    assert star["name"] in browser.text("#suggestions li >> nth=0")
    page.keyboard.press("Enter")
    card = browser.text("#card")
    assert all(word in card for word in (star["name"], star["refs"]["wikidata"], star["country"], "Relations")), card
    # A node and a line on the canvas.
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    page.mouse.click(*page.evaluate("(key) => geopol.at(key)", star["key"]))
    page.wait_for_selector("#card h2")
    assert star["name"] in browser.text("#card h2")
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    page.mouse.click(*cast["middle"])
    page.wait_for_selector("#evidence")
    assert cast["line"].replace("_", " ") in browser.text("#card h2"), browser.text("#card h2")
    facts = browser.text("#card dl")
    for word in ("polarity", "modality", "speaker", "confidence", "rule", "when", "article"):
        assert word in facts, facts
    marks = page.eval_on_selector_all("#evidence mark", "(all) => all.map((mark) => mark.className)")
    assert "mark-subject" in marks and "mark-object" in marks, marks
    # Filters.
    page.click("#facet-quad input >> nth=0")
    assert " of " in browser.count()
    page.click("#undo")
    assert browser.count() == whole
    for facet in ("kind", "type"):
        page.click(f"#facet-{facet} input >> nth=0")
        assert " of " in browser.count(), facet
        page.click("#undo")
    for facet in ("polarity", "modality", "source"):
        page.click(f"#facet-{facet} summary")
        page.click(f"#facet-{facet} input >> nth=0")
        assert " of " in browser.count(), facet
        page.click("#undo")
    page.fill("#sure", cast["sure"])
    assert " of " in browser.count()
    page.click("#reset")
    assert browser.count() == whole
    # Expand, collapse, pin, hide, undo.
    search(page, cast["holder"])
    page.click("#node-focus")
    assert " of " in browser.count()
    page.click("#undo")
    page.click("#node-collapse")
    assert " of " in browser.count()
    page.click("#node-expand")
    assert browser.count() == whole
    page.click("#node-pin")
    assert page.get_attribute("#node-pin", "aria-pressed") == "true"
    page.keyboard.press("Control+z")
    assert page.get_attribute("#node-pin", "aria-pressed") == "false"
    page.click("#node-hide")
    assert " of " in browser.count()
    page.click("#reset")
    # A path, and a link that restores what is seen.
    page.click("#path-tab")
    page.fill("#path-start", cast["ends"][0])
    page.keyboard.press("Tab")
    page.fill("#path-end", cast["ends"][1])
    page.keyboard.press("Tab")
    page.wait_for_selector("#path-result .way li")
    shot("path")
    ways = browser.text("#path-result")
    address = page.url
    other = Browser(chromium)
    other.open(address)
    assert other.text("#path-result") == ways
    other.close()
    page.click("#reset")
    # Table, claims, text.
    page.click("#table-tab")
    rows = page.locator("#table-panel tbody tr").count()
    assert f"{rows} statements" in browser.text("#table-panel caption")
    page.click("#claims-tab")
    assert "says" in browser.text("#claims-panel")
    page.click("#text-tab")
    page.click("#text-panel .sentence >> nth=2")
    assert page.locator("#text-panel .chosen").count() == 1
    shot("text")
    # Time.
    page.click("#reset")
    page.click("#graph-tab")
    box = page.locator("#timeline-chart").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20, steps=5)
    page.mouse.up()
    assert page.input_value("#from") and " of " in browser.count()
    page.click("#time-clear")
    assert browser.count() == whole
    page.check("#as-of-on")
    page.focus("#as-of")
    page.keyboard.press("Home")
    assert " of " in browser.count(), browser.count()
    shot("timeline")
    page.click("#time-clear")
    # Map, and its area on the timeline.
    page.click("#map-tab")
    page.wait_for_selector("#map .dot")
    shot("map")
    bars = page.locator("#timeline-chart .bar").count()
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] - 60, steps=5)
    page.mouse.up()
    assert " of " in browser.count() and page.locator("#timeline-chart .bar").count() <= bars
    page.click("#map-clear")
    # The one drawn last: none lies over it.
    page.click("#map .dot >> nth=-1")
    assert page.locator("#card h2").count()
    # Exports.
    page.click("#graph-tab")
    for name, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("dot", b"digraph"), ("json", b"{")):
        page.click("#export-menu summary")
        with page.expect_download() as download:
            page.click(f"#export-{name}")
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(start), (name, content[:80])
        if name == "json":
            assert len(json.loads(content)["edges"]) == rows
    # Keys, dark and light, help.
    page.click("#reset")
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    first = browser.text("#card h2")
    page.keyboard.press("ArrowLeft")
    assert browser.text("#card h2") != first
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    shot("dark")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    page.click("#help-close")
    browser.close()


def hostile(chromium, geopol, folder):
    """Whatever the articles say: nothing runs, nothing breaks."""
    base = [(FOLDER / "data" / f"{name}.jsonl").read_text() for name in ("samarkand", "sco-summit")]
    for number, text in enumerate(HOSTILE):
        records = []
        for line in base:
            record = json.loads(line)
            record["id"] = f"{text} {number}"
            record["title"] = record["url"] = record["source"] = text
            record["text"] = record["text"].replace(" met ", f" {text} ")
            for entity in record["entities"][:3]:
                entity["name"] = f"{text} {entity['id']}"
                entity["aliases"].append(text)
                entity["refs"] = {"wikidata": text, text: text}
            record["relations"][0].update(type=text, predicate=text, why=text)
            record["relations"][0]["qualifiers"].append({"role": text, "text": text})
            records.append(json.dumps(record))
        source = folder / "hostile.jsonl"
        source.write_text("\n".join(records))
        page_file = folder / "hostile.html"
        build(geopol, source, page_file)
        browser = Browser(chromium)
        browser.open(page_file.as_uri())
        page = browser.page
        for tab in ("map", "table", "claims", "text", "path", "graph"):
            page.click(f"#{tab}-tab")
        search(page, text[:40])
        page.click("#table-tab")
        for at in range(3):
            page.click(f"#table-panel [data-statement] >> nth={at}")
        assert page.evaluate("window.hacked") is None, text
        assert page.locator("a[href^='javascript:']").count() == 0
        assert page.locator("img").count() == 0
        assert not set("\u202e\u2066") & set(page.inner_text("body")), "the direction of the page stays its own"
        browser.close()


def large(chromium, geopol, folder, pictures):
    """A graph of thousands, made up."""
    for count, name in ((150, None), (2000, "explorer-2000.png"), (10000, None)):
        source = folder / f"large-{count}.jsonl"
        entities = [
            {"id": n, "name": f"Town {n}", "kind": "city", "refs": {}, "aliases": [], "country": None, "lat": None, "lon": None}
            for n in range(count)
        ]
        relation = json.loads((FOLDER / "data" / "samarkand.jsonl").read_text())["relations"][0]
        links = [(n, (n * 7919) % max(n // 4, 1)) for n in range(1, count)] + [(n, (n + 13) % count) for n in range(0, count, 4)]
        relations = [
            relation | {"id": at, "subject": a, "object": b, "type": "trades_with" if at % 3 else "attacks", "qualifiers": [], "attribution": None}
            for at, (a, b) in enumerate(links) if a != b
        ]
        record = json.loads((FOLDER / "data" / "samarkand.jsonl").read_text())
        record.update(entities=entities, relations=relations, mentions=[], propositions=[])
        source.write_text(json.dumps(record))
        path = folder / f"large-{count}.html"
        subprocess.run([geopol, "-q", "build", source, "-o", path], check=True)
        browser = Browser(chromium)
        ready = browser.open(path.as_uri())
        print(f"{count} nodes: {path.stat().st_size} bytes, {ready}")
        search(browser.page, "town 42")
        assert "Town 42" in browser.text("#card h2")
        browser.page.keyboard.press("Escape")
        browser.page.click("#facet-type input >> nth=0")
        assert " of " in browser.count()
        browser.page.click("#undo")
        if pictures and name:
            browser.page.wait_for_timeout(1500)
            browser.page.screenshot(path=pictures / name)
        browser.close()
        if count == 2000:
            served(chromium, geopol, source)


def served(chromium, geopol, source):
    """The same page over a server, and the server itself."""
    server = subprocess.Popen([geopol, "serve", source, "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        address = server.stderr.readline().split()[0]
        assert address.startswith("http://127.0.0.1:"), address
        browser = Browser(chromium, address)
        browser.open(address)
        page = browser.page
        search(page, "town 42")
        assert "Town 42" in browser.text("#card h2")
        page.click("#node-expand")
        page.click("#read-tab")
        page.fill("#paste", "Brazil met Chile in Lima on Monday. Peru condemned the attack on Bolivia.")
        page.click("#paste-send")
        page.wait_for_selector("#text-panel .sentence")
        assert "Chile" in browser.text("#text-panel")
        page.click("#text-panel .sentence >> nth=0")
        assert page.locator("#evidence").count() == 1
        search(page, "lima")
        assert "Circumstance of" in browser.text("#card"), browser.text("#card")
        browser.close()

        def get(path, **headers):
            return urllib.request.urlopen(urllib.request.Request(address + path, headers=headers), timeout=60)

        def status(path, **headers):
            try:
                return get(path, **headers).status
            except urllib.error.HTTPError as error:
                assert error.code == 304 or "problem" in json.loads(error.read())
                return error.code

        api = json.load(get("openapi.json"))
        node = json.load(get("api/nodes?limit=1"))["nodes"][0]["key"]
        values = {"node": node, "from": node, "to": node, "q": "town", "depth": "1", "offset": "1", "limit": "2"}
        for path, methods in api["paths"].items():
            if "get" not in methods:
                continue
            names = [parameter["name"] for parameter in methods["get"].get("parameters", [])]
            query = "?" + "&".join(f"{name}={urllib.request.quote(values[name])}" for name in names) if names else ""
            answer = get(path[1:] + query)
            assert "default-src 'none'" in answer.headers["content-security-policy"], path
            assert status(path[1:] + query, **{"If-None-Match": answer.headers["etag"]}) == 304, path
        assert get("", **{"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
        assert len(json.load(get("api/statements?offset=5&limit=7"))["statements"]) == 7
        assert status("api/around?node=nobody") == 404 and status("nothing") == 404
        assert status("", Host="evil.example") == 403
        for body in (b"", b"{", b'{"text":""}', b'{"text":"a","date":"never"}', b'{"text":"' + b"a" * 300_000 + b'"}'):
            try:
                urllib.request.urlopen(urllib.request.Request(address + "api/extract", data=body), timeout=60)
                raise AssertionError(body[:40])
            except urllib.error.HTTPError as error:
                assert error.code in (400, 413), (body[:40], error.code)
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def main():
    arguments = sys.argv[1:]
    pictures = None
    if "--pictures" in arguments:
        at = arguments.index("--pictures")
        pictures = Path(arguments[at + 1])
        del arguments[at : at + 2]
    geopol, *articles = arguments
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        folder = Path(folder)
        for article in articles:
            seed(chromium, geopol, article, folder, pictures)
        hostile(chromium, geopol, folder)
        large(chromium, geopol, folder, pictures)
        chromium.close()
    print("the explorer does what it says")


if __name__ == "__main__":
    main()
