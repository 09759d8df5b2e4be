//! The program as people run it: what it prints, how it fails, and with which exit code.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a run gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn succeeds(self) -> Run {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// An error ends with code 1 and says all of these; it never is a panic.
    fn fails(self, said: &[&str]) {
        assert_eq!(self.code, Some(1), "out: {}\nerr: {}", self.out, self.err);
        assert!(self.err.starts_with("geopol: error: ") && !self.err.contains("panicked"), "{}", self.err);
        for said in said {
            assert!(self.err.contains(said), "`{said}` is not in: {}", self.err);
        }
    }

    fn notes(self, said: &str) -> Run {
        assert!(self.err.contains("geopol: note: ") && self.err.contains(said), "`{said}` is not in: {}", self.err);
        self
    }
}

fn geopol(arguments: &[&str]) -> Run {
    geopol_with(arguments, b"")
}

fn geopol_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_geopol"));
    command.args(arguments).env_remove("NO_COLOR").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A run may end before it has read all; then the pipe is closed and that is fine.
        scope.spawn(move || drop(stdin.write_all(input)));
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    })
}

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("geopol-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::create_dir_all(self.0.join(name).parent().unwrap()).unwrap();
        fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn ids(jsonl: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_string();
    jsonl.lines().map(id).collect()
}

#[test]
fn help_has_examples_for_every_command() {
    let help = geopol(&["--help"]).succeeds().out;
    let commands = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in
        commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()))
    {
        let help = if command == "help" { help.clone() } else { geopol(&[command, "--help"]).succeeds().out };
        assert!(help.contains("Example"), "`geopol {command} --help` shows no example");
    }
    assert!(geopol(&["--version"]).succeeds().out.starts_with("geopol "));
}

#[test]
fn wrong_usage_is_code_2() {
    for arguments in [
        &["extract"][..],
        &["extract", "--no-such-flag", "a.txt"],
        &["extract", "--date", "yesterday", "a.txt"],
        &["extract", "--input-format", "pdf", "a.txt"],
        &["extract", "--threads", "0", "a.txt"],
        &["parse", "--format", "xml", "a.txt"],
        &["no-such-command"],
        &[],
    ] {
        let run = geopol(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.err);
        assert!(run.err.contains("Usage") || run.err.contains("--help"), "{}", run.err);
    }
}

#[test]
fn articles_come_from_files_folders_and_standard_input() {
    let folder = Folder::new("inputs");
    let a = folder.file("a.txt", "Putin met Xi.");
    folder.file("deep/a.txt", "Modi met Xi.");
    folder.file("deep/news.jsonl", "{\"id\": \"n1\", \"text\": \"One.\"}\n{\"id\": \"n2\", \"text\": \"Two.\"}\n");
    folder.file("deep/picture.png", "PNG");
    let run = geopol_with(&["extract", &a, &folder.path("deep"), "-"], b"Erdogan met Biden.").succeeds();
    assert_eq!(ids(&run.out), ["a", "a-2", "n1", "n2", "stdin"]);
    run.notes("1 files of the folder left out");
    let lines = geopol_with(&["extract", "--input-format", "lines", "-"], b"One.\n\nThree.\n").succeeds();
    assert_eq!(ids(&lines.out), ["1", "3"]);
}

#[test]
fn records_are_read_back() {
    let records = geopol_with(&["extract", "-"], b"Putin met Xi in Samarkand.").succeeds().out;
    let again = geopol_with(&["extract", "-"], records.as_bytes()).succeeds().out;
    assert_eq!(again, records);
}

#[test]
fn parse_writes_ten_columns() {
    let conllu = geopol_with(&["parse", "--format", "conllu", "-"], b"Putin met Xi. They talked.").succeeds().out;
    assert_eq!(conllu.matches("# text = ").count(), 2);
    assert!(
        conllu.lines().filter(|line| line.starts_with(char::is_numeric)).all(|line| line.split('\t').count() == 10)
    );
}

#[test]
fn explain_shows_every_layer() {
    let text = "Putin met Xi in Samarkand on Thursday.";
    let run = geopol(&["explain", "--date", "2022-09-16", text]).succeeds();
    for part in ["└─ ", "nsubj", "Mentions", "Vladimir Putin", "Q7747", "2022-09-15", "Propositions", "meets(", "rule"]
    {
        assert!(run.out.contains(part), "no `{part}` in: {}", run.out);
    }
    assert!(!run.out.contains('\x1b'));
    assert!(geopol(&["explain", "--color", "always", text]).succeeds().out.contains("\x1b["));
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = Folder::new("unreadable");
    geopol(&["extract", &folder.path("missing.txt")]).fails(&["missing.txt", "No such file", "check the name"]);
    geopol(&["extract", &folder.path("")]).fails(&["without articles", ".jsonl"]);
    let noise = folder.file("noise.txt", b"Putin\0met\0Xi");
    geopol(&["extract", &noise]).fails(&["noise.txt", "NUL byte at offset 5"]);
    let russian =
        folder.file("russian.txt", b"\xcf\xf3\xf2\xe8\xed \xe2\xf1\xf2\xf0\xe5\xf2\xe8\xeb\xf1\xff \xf1 \xd1\xe8");
    geopol(&["extract", &russian]).fails(&["russian.txt", "not UTF-8", "offset 0", "iconv"]);
    let pdf = folder.file("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3");
    geopol(&["extract", &pdf]).fails(&["paper.txt", "a PDF", "pdftotext"]);
    let word = folder.file("paper.docx", b"PK\x03\x04");
    geopol(&["extract", &word]).fails(&["paper.docx", "`.docx`", "--input-format text"]);
    let long = folder.file("long.txt", "word ".repeat(2_000_000));
    geopol(&["extract", &long]).fails(&["long.txt", "longer than 8 MB", "--input-format lines"]);
}

#[test]
fn odd_input_gives_less_output_and_a_note() {
    let folder = Folder::new("odd");
    let empty = folder.file("empty.txt", "");
    let run = geopol(&["extract", &empty]).succeeds().notes("holds no text");
    assert_eq!(ids(&run.out), ["empty"]);
    let old = folder.file("old.txt", b"\x93Never\x94, said the minister of foreign affairs in Paris.");
    let run = geopol(&["extract", &old]).succeeds().notes("2 bytes are not UTF-8");
    assert!(run.out.contains("“Never”"));
    let mixed =
        folder.file("mixed.jsonl", "{\"id\": \"a\", \"text\": \"Xi left.\"}\n{\"id\": \"b\"}\n{\"id\": broken\n");
    let run = geopol(&["extract", &mixed]).succeeds().notes("mixed.jsonl:2:1: left out: it has no `text`");
    assert_eq!(ids(&run.out), ["a"]);
    assert!(geopol(&["extract", "--quiet", &mixed]).succeeds().err.is_empty());
    let mut lines = b"First.\n".to_vec();
    lines.resize(50 << 20, b'x');
    lines.extend(b"\nThird.\n");
    let run = geopol_with(&["extract", "--input-format", "lines", "-"], &lines).succeeds().notes("longer than 8 MB");
    assert_eq!(ids(&run.out), ["1", "3"]);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = Folder::new("whole");
    let good = folder.file("good.txt", "Putin met Xi.");
    let output = folder.file("out.jsonl", "what was there before");
    geopol(&["extract", &good, "-o", &folder.path("no/such/folder.jsonl")])
        .fails(&["no/such/folder.jsonl", "No such file"]);
    geopol(&["extract", &good, "-o", &folder.path("")]).fails(&["a directory"]);
    let noise = folder.file("noise.txt", b"\0\0");
    geopol(&["extract", &good, &noise, "-o", &output]).fails(&["noise.txt"]);
    assert_eq!(fs::read_to_string(&output).unwrap(), "what was there before");
    let run = geopol(&["extract", &good, "-o", &output]).succeeds();
    assert!(run.err.contains("1 article"), "{}", run.err);
    assert_eq!(ids(&fs::read_to_string(&output).unwrap()), ["good"]);
    assert_eq!(folder.names(), ["good.txt", "noise.txt", "out.jsonl"]);
}

#[test]
fn a_closed_pipe_is_success() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_geopol"));
    command.args(["extract", "--input-format", "lines", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all("Putin met Xi in Samarkand.\n".repeat(300).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_misspelt_ontology_says_where_and_what() {
    let folder = Folder::new("ontology");
    let entry = |field: &str| {
        format!(
            "[\n    (\n        name: \"befriends\",\n        {field}: \"is a friend of\",\n        subject: [country], object: [country],\n        \
             triggers: [Verb(lemmas: [\"befriend\"])],\n        examples: [(\"Chad befriended Sudan.\", [(\"Chad\", \"Sudan\")])],\n    ),\n]\n"
        )
    };
    let mine = folder.file("ontology/mine.ron", entry("abuot"));
    let said = ["mine.ron:4:", "`abuot`", "`about`"];
    geopol(&["ontology", "check", &mine]).fails(&said);
    geopol_with(&["extract", "--data", &folder.path(""), "-"], b"Chad befriended Sudan.").fails(&said);
    folder.file("ontology/mine.ron", entry("about"));
    geopol(&["ontology", "check", &mine]).succeeds();
    let run = geopol_with(&["extract", "--data", &folder.path(""), "-"], b"Chad befriended Sudan.").succeeds();
    assert!(run.out.contains("\"type\":\"befriends\""), "{}", run.out);
    geopol(&["ontology", "show", "befriend"]).fails(&["`befriend`", "ontology list"]);
    geopol_with(&["extract", "--data", &folder.path("nowhere"), "-"], b"Chad befriended Sudan.").fails(&["nowhere"]);
}

#[test]
fn a_base_is_checked_with_file_and_line() {
    assert!(geopol(&["data", "check"]).succeeds().out.is_empty());
    let directory = std::env::temp_dir().join(format!("geopol-cli-data-{}", std::process::id()));
    fs::create_dir_all(directory.join("knowledge")).unwrap();
    let mine = "[\n(entry: \"ox-mine\", name: \"Mine\", country: \"ZZZ\"),\n]";
    fs::write(directory.join("knowledge/mine.ron"), mine).unwrap();
    let run = geopol(&["data", "check", directory.to_str().unwrap()]);
    fs::remove_dir_all(&directory).unwrap();
    assert!(run.out.contains("mine.ron:2: no country has the code `ZZZ`"), "{}", run.out);
    run.fails(&["a problem"]);
}

#[test]
fn threads_change_no_byte() {
    for format in ["dot", "ron", "json"] {
        let with =
            |threads: &str| geopol(&["build", "-f", format, "--threads", threads, "examples/articles"]).succeeds().out;
        assert_eq!(with("1"), with("8"), "{format}");
    }
}

#[test]
fn a_saved_graph_is_an_input() {
    let folder = Folder::new("saved");
    let article = "examples/articles/border-dispute.txt";
    let dot = geopol(&["build", "-f", "dot", article]).succeeds().out;
    for name in ["graph.ron", "graph.json", "graph.graphml", "graph.csv"] {
        let saved = folder.path(name);
        geopol(&["build", article, "-o", &saved]).succeeds();
        assert_eq!(geopol(&["build", "-f", "dot", &saved]).succeeds().out, dot, "{name}");
        let run = geopol(&["links", "maduro", &saved]).succeeds();
        assert!(run.out.starts_with("Nicolás Maduro"), "{}", run.out);
        geopol(&["links", "Madur", &saved]).fails(&["`Madur`", "did you mean"]);
        // A graph in CSV is three files.
        let Ok(whole) = fs::read(&saved) else { continue };
        let half = folder.file(&format!("half-{name}"), &whole[..whole.len() / 2]);
        let picture = folder.path("half.dot");
        geopol(&["build", &half, "-o", &picture]).fails(&[&format!("half-{name}:"), "geopol build"]);
        assert!(!folder.names().contains(&"half.dot".to_string()));
    }
}

#[test]
fn a_graph_in_csv_is_three_tables() {
    let folder = Folder::new("csv");
    geopol(&["build", "examples/articles/summit.txt", "-o", &folder.path("graph.csv")]).succeeds();
    assert_eq!(folder.names(), ["graph.articles.csv", "graph.edges.csv", "graph.nodes.csv"]);
    fs::remove_file(folder.path("graph.nodes.csv")).unwrap();
    geopol(&["build", &folder.path("graph.edges.csv")]).fails(&["graph.nodes.csv", "No such file"]);
}

#[test]
fn an_unknown_format_is_named_before_anything_is_read() {
    let folder = Folder::new("format");
    geopol(&["build", "missing.txt", "-o", &folder.path("graph.xyz")]).fails(&["graph.xyz", ".dot", ".ron"]);
    let run = geopol(&["build", "missing.txt", "-f", "xyz"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(folder.names().is_empty());
}

/// Two articles of two outlets about one meeting.
fn two_reports(folder: &Folder) -> String {
    let line = |id: &str, source: &str, text: &str| {
        format!("{{\"id\": \"{id}\", \"date\": \"2022-09-16\", \"source\": \"{source}\", \"text\": \"{text}\"}}\n")
    };
    let lines = [
        line("a", "AFP", "Vladimir Putin met Xi Jinping in Samarkand on Thursday. Narendra Modi met Xi Jinping."),
        line(
            "b",
            "Reuters",
            "Xi Jinping met Vladimir Putin. Narendra Modi accused Pakistan of supporting terrorists. Pakistan accused India.",
        ),
    ];
    folder.file("news.jsonl", lines.concat())
}

#[test]
fn every_question_answers_as_table_json_csv_and_graph() {
    let folder = Folder::new("questions");
    let news = two_reports(&folder);
    let graph = folder.path("graph.ron");
    geopol(&["build", &news, "-o", &graph]).succeeds();
    for (question, said) in [
        (vec!["common", "Putin", "Modi"], "Xi Jinping"),
        (vec!["between", "Putin", "Xi"], "15 Sep 2022"),
        (vec!["claims", "--by", "Modi"], "Pakistan"),
        (vec!["timeline", "Putin"], "15 Sep 2022"),
        (vec!["rank", "--by", "pagerank"], "Xi Jinping"),
        (vec!["communities"], "modularity"),
        (vec!["bridges"], "Modi"),
        (vec!["cycles"], "circle"),
        (vec!["query", "(?p:person)-[meets]->(Xi Jinping)"], "Narendra Modi"),
    ] {
        let ask = |more: &[&str]| geopol(&[question.as_slice(), &[graph.as_str()], more].concat()).succeeds().out;
        let text = ask(&[]).to_lowercase();
        assert!(text.contains(&said.to_lowercase()), "{question:?}: {text}");
        let json: serde_json::Value = serde_json::from_str(&ask(&["--json"])).unwrap();
        let rows = json["rows"].as_array().unwrap().len();
        let csv = ask(&["--csv"]);
        assert!(csv.lines().count() > rows, "{question:?}: {csv}");
        let part = folder.path("part.ron");
        ask(&["-o", &part]);
        geopol(&["build", &part, "-f", "dot"]).succeeds();
        assert_eq!(ask(&["-f", "ron"]), fs::read_to_string(&part).unwrap(), "{question:?}");
    }
    geopol(&["links", "Putin", &graph, "--csv"]).fails(&["no table", "--json"]);
    geopol(&["query", "(?p:persn)-[meets]->(Xi)", &graph]).fails(&["query:1:5: there is no kind `persn`", "    ^"]);
    geopol(&["query", "(?p)-[meets]->(Xo)", &graph]).fails(&["query:1:16: no entity is called `Xo`"]);
    geopol(&["timeline", "Putin", &folder.path("missing.ron")]).fails(&["missing.ron", "after the names"]);
    geopol(&["rank", &graph, "--source", "TASS"]).fails(&["`TASS`", "AFP, Reuters"]);
}

#[test]
fn one_filter_serves_every_command() {
    let folder = Folder::new("filter");
    let news = two_reports(&folder);
    let statements = |flags: &[&str]| {
        let run = geopol(&[&["build", &news, "-f", "json"], flags].concat()).succeeds();
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["edges"].as_array().unwrap().len()
    };
    let all = statements(&[]);
    for flags in [
        ["--source", "afp"],
        ["--about", "Putin"],
        ["--type", "accuses"],
        ["--kind", "person"],
        ["--min-confidence", "0.999"],
        ["--since", "2022-09-16"],
    ] {
        assert!(statements(&flags) < all, "{flags:?}");
    }
    let timeline = geopol(&["timeline", "Putin", &news, "--source", "AFP", "--csv"]).succeeds().out;
    assert!(timeline.contains("AFP") && !timeline.contains("Reuters"), "{timeline}");
    let path = geopol(&["path", "Putin", "Modi", &news, "--avoid", "Xi"]).succeeds().out;
    assert!(path.contains("no path"), "{path}");
    let path = geopol(&["path", "Putin", "Modi", &news, "--through", "Xi", "--longer"]).succeeds().out;
    assert!(path.contains("2 steps"), "{path}");
}

#[test]
fn decisions_and_policies_are_applied_to_a_build() {
    let folder = Folder::new("decisions");
    let news = two_reports(&folder);
    let file = folder.path("decisions.ron");
    let count = || {
        let run = geopol(&["build", &news, "--decisions", &file, "-f", "json"]).succeeds();
        serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["nodes"].as_array().unwrap().len()
    };
    geopol(&["merge", "Modi", "India", &news]).fails(&["--decisions decisions.ron"]);
    geopol(&["build", &news, "--decisions", &file]).fails(&["decisions.ron", "No such file"]);
    let run = geopol(&["merge", "India", "Modi", &news, "--decisions", &file, "--reason", "a test"]).succeeds();
    assert!(run.err.contains("1 decision") && fs::read_to_string(&file).unwrap().contains("a test"), "{}", run.err);
    let merged = count();
    geopol(&["split", "India", &news, "--decisions", &file]).succeeds();
    assert_eq!(count(), merged + 1);
    geopol(&["split", "India", &news, "--decisions", &file]).fails(&["no decision was made on India", "--article"]);
    geopol(&["split", "Xi", &news, "--decisions", &file, "--article", "z"]).fails(&["`z`", "a, b"]);
    geopol(&["split", "Xi", &news, "--decisions", &file, "--article", "b"]).succeeds();
    assert_eq!(count(), merged + 2);
    geopol(&["merge", "Xi", "Xi Jinping", &news, "--decisions", &file]).fails(&["one entity already"]);
    let policy = folder.file(
        "policy.ron",
        "[(name: \"Taiwan\", places: [\"wikidata:Q865\"], code: \"TWN\", country: \"CHN\", kind: region)]",
    );
    let text = b"Nancy Pelosi visited Taiwan.";
    let run = geopol_with(&["build", "-f", "json", "--policy", &policy, "-"], text).succeeds();
    let graph: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let taiwan = graph["nodes"].as_array().unwrap().iter().find(|node| node["name"] == "Taiwan").unwrap();
    assert_eq!((&taiwan["kind"], &taiwan["country"]), (&"region".into(), &"CHN".into()));
    let wrong = folder.file("wrong.ron", "[(name: \"X\", places: [], contry: \"RUS\")]");
    geopol(&["build", &news, "--policy", &wrong]).fails(&["wrong.ron:1:", "`contry`", "data/policy.ron"]);
}

#[test]
fn check_lays_statements_beside_the_base() {
    let text = "Norway and Sweden share a 1,630-kilometre border. Sydney is the capital of Australia.";
    let run = geopol_with(&["check", "-"], text.as_bytes()).succeeds();
    assert!(run.out.contains("agrees") && run.out.contains("1666 km (-2.2 %)"), "{}", run.out);
    assert!(run.out.contains("differs") && run.out.contains("Canberra"), "{}", run.out);
    assert!(run.err.contains("1 agree, 1 differ"), "{}", run.err);
    let json = geopol_with(&["check", "-", "--json", "--differing"], text.as_bytes()).succeeds().out;
    let checks: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((checks.len(), checks[0]["verdict"].as_str()), (1, Some("differs")), "{json}");
}

#[test]
fn an_article_that_is_taken_out_leaves_no_trace() {
    let folder = Folder::new("without");
    let one = folder.file("one.txt", "Norway invaded Sweden on Monday.\n");
    let two = folder.file("two.txt", "Denmark condemned Norway. Sweden asked Denmark for help.\n");
    let built = |arguments: &[&str]| geopol(&[&["build", "-q", "-f", "ron"], arguments].concat()).succeeds().out;
    let both = folder.file("both.ron", built(&[&one, &two]));
    assert_eq!(built(&[&both, "--without", "two"]), built(&[&one]));
    assert_eq!(built(&[&both, "--without", "two", "--without", "one"]), built(&[&one, "--without", "one"]));
    geopol(&["build", &both, "--without", "three"]).fails(&["no article has the id `three`", "ids are like one, two"]);
}
