//! The server, asked over a real connection: what it answers, and whom and what it refuses.
#![cfg(feature = "serve")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{OnceLock, mpsc};

use geopol::Resources;
use geopol::graph::Graph;
use geopol::serve::{Served, serve};
use serde_json::Value;

fn address() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        let records = [include_str!("data/samarkand.jsonl"), include_str!("data/sco-summit.jsonl")];
        let records = records.map(|line| serde_json::from_str(line).unwrap());
        let served = Served { graph: Graph::from_records(&records), resources: Resources::embedded() };
        let (ready, taken) = mpsc::channel();
        std::thread::spawn(move || {
            serve(Box::leak(Box::new(served)), ([127, 0, 0, 1], 0).into(), |address| ready.send(address).unwrap())
        });
        taken.recv().unwrap()
    })
}

struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

fn ask(method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let mut connection = TcpStream::connect(address()).unwrap();
    let host = if headers.contains("Host:") { "" } else { "Host: localhost\r\n" };
    let length = body.len();
    write!(
        connection,
        "{method} {path} HTTP/1.1\r\n{host}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let headers = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
    Answer { status: headers[9..12].parse().unwrap(), headers, body: bytes[end + 4..].to_vec() }
}

fn get(path: &str) -> Answer {
    ask("GET", path, "", "")
}

#[test]
fn lists_come_in_pages_that_fit_together() {
    for (path, name) in [("/api/nodes", "nodes"), ("/api/statements", "statements")] {
        let all = get(&format!("{path}?limit=500")).json();
        let total = all["total"].as_u64().unwrap();
        assert!(total > 3 && all[name].as_array().unwrap().len() as u64 == total);
        let mut paged = Vec::new();
        for offset in (0..total).step_by(2) {
            let page = get(&format!("{path}?offset={offset}&limit=2")).json();
            paged.extend(page[name].as_array().unwrap().clone());
        }
        assert_eq!(Value::Array(paged), all[name]);
        assert_eq!(get(&format!("{path}?offset=999999")).json()[name], Value::Array(Vec::new()));
    }
}

#[test]
fn nodes_are_found_and_their_neighbourhood_is_shown() {
    let found = get("/api/search?q=samark").json();
    let key = found["nodes"][0]["key"].as_str().unwrap().to_string();
    assert_eq!(found["nodes"][0]["name"], "Samarkand");
    let around = get(&format!("/api/around?node={}", key.replace(' ', "%20"))).json();
    assert!(around["nodes"].as_array().unwrap().len() > 1, "{around}");
}

#[test]
fn every_path_that_is_described_answers() {
    let description = get("/openapi.json").json();
    for (path, methods) in description["paths"].as_object().unwrap() {
        let methods: Vec<&str> = methods.as_object().unwrap().keys().map(String::as_str).collect();
        let status = match methods[..] {
            ["get"] => get(path).status,
            ["post"] => ask("POST", path, "", "{}").status,
            _ => panic!("{path}: {methods:?}"),
        };
        // Without parameters some questions are incomplete.
        assert!([200, 400].contains(&status), "{path}: {status}");
        let other = ask(if methods == ["get"] { "DELETE" } else { "GET" }, path, "", "");
        assert_eq!(other.status, 405, "{path}");
    }
}

#[test]
fn a_pasted_article_becomes_a_graph() {
    let article = r#"{"text": "Norway invaded Sweden on Monday.", "date": "2031-05-07"}"#;
    let scene = ask("POST", "/api/extract", "", article).json();
    let names: Vec<&str> = scene["nodes"].as_array().unwrap().iter().filter_map(|node| node["name"].as_str()).collect();
    assert!(names.contains(&"Norway") && names.contains(&"Sweden"), "{names:?}");
    assert_eq!(get("/api/search?q=norway").json()["total"], 0, "what is pasted is not kept");
}

#[test]
fn bad_questions_are_told_what_is_wrong() {
    for (answer, status, problem) in [
        (get("/api/around?node=nobody"), 404, "no node"),
        (get("/api/around"), 400, "node"),
        (get("/api/nodes?limit=many"), 400, "limit"),
        (get("/etc/passwd"), 404, "nothing"),
        (ask("POST", "/api/extract", "", "{\"text\": "), 400, "EOF"),
        (ask("POST", "/api/extract", "", "{\"text\": \" \"}"), 400, "bytes"),
        (ask("POST", "/api/extract", "", "{\"text\": \"x\", \"date\": \"soon\"}"), 400, "`soon` is no date"),
    ] {
        let body = String::from_utf8_lossy(&answer.body);
        assert!(answer.status == status && body.contains(problem), "{status} {problem}: {} {body}", answer.status);
        assert!(answer.json()["problem"].is_string(), "{body}");
    }
    let long = format!("{{\"text\": \"{}\"}}", "a".repeat(500_000));
    assert_eq!(ask("POST", "/api/extract", "", &long).status, 413);
}

#[test]
fn names_of_other_sites_do_not_lead_here() {
    assert_eq!(ask("GET", "/api/nodes", "Host: graph.example\r\n", "").status, 403);
    assert_eq!(ask("GET", "/api/nodes", "Host: 127.0.0.1:8080\r\n", "").status, 200);
    assert_eq!(ask("GET", "/api/nodes", "Host: [::1]:8080\r\n", "").status, 200);
}

#[test]
fn every_answer_is_guarded_and_sent_once() {
    for path in ["/", "/api/scene", "/nowhere"] {
        let headers = get(path).headers;
        assert!(headers.contains("content-security-policy: default-src 'none'"), "{headers}");
        assert!(headers.contains("x-content-type-options: nosniff"));
    }
    let first = get("/api/scene");
    let etag = first.headers.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    // Base 64 tells capitals from small letters.
    let same = ask("GET", "/api/scene", &format!("If-None-Match: {etag}\r\n"), "");
    assert!(same.status == 304 || etag.chars().any(char::is_alphabetic));
    let packed = ask("GET", "/api/scene", "Accept-Encoding: gzip\r\n", "");
    assert!(packed.headers.contains("content-encoding: gzip") && packed.body.len() < first.body.len());
}
