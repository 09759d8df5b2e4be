//! The routes: each answers a question to the graph as JSON, page by page, and says what is wrong with a bad one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_http::compression::CompressionLayer;

use super::Live;
use crate::article::Article;
use crate::error::Error;
use crate::export::explorer::{self, Scene, Source, digest};
use crate::graph::{Filter, Graph, Node, NodeKey, Route, View, paths, suggestions};
use crate::pipeline;

/// The page shows so many nodes at first; the rest comes as it is asked for.
const MOST_AT_FIRST: usize = 10_000;
const BEST_CONNECTED: usize = 300;
const MOST_AROUND: usize = 300;
const MOST_A_PAGE: usize = 500;
const LONGEST_ARTICLE: usize = 200_000;

type Shared = State<Arc<Live>>;

pub(super) fn router(live: Arc<Live>, address: SocketAddr) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/openapi.json", get(|| async { written("application/json", include_bytes!("openapi.json").to_vec()) }))
        .route("/api/scene", get(scene))
        .route("/api/around", get(around))
        .route("/api/search", get(search))
        .route("/api/path", get(path))
        .route("/api/nodes", get(nodes))
        .route("/api/statements", get(statements))
        .route("/api/extract", post(extract))
        .fallback(|| async { Wrong(StatusCode::NOT_FOUND, "there is nothing here".into()) })
        .layer(from_fn(guarded))
        .layer(from_fn_with_state(address.ip().is_loopback(), local_only))
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(2 * LONGEST_ARTICLE))
        .with_state(live)
}

/// Why there is no answer.
struct Wrong(StatusCode, String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "problem": self.1 }))).into_response()
    }
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Wrong {
        Wrong(StatusCode::BAD_REQUEST, error.to_string())
    }
}

impl From<QueryRejection> for Wrong {
    fn from(rejection: QueryRejection) -> Wrong {
        Wrong(rejection.status(), rejection.body_text())
    }
}

/// What is asked behind the `?`.
type Asked<T> = Result<Query<T>, QueryRejection>;

type Answer = Result<Response, Wrong>;

/// The headers of every answer; an answer that the browser has already is not sent again.
async fn guarded(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let answer = tokio::time::timeout(Duration::from_secs(60), next.run(request)).await;
    let mut answer =
        answer.unwrap_or_else(|_| Wrong(StatusCode::SERVICE_UNAVAILABLE, "it took too long".into()).into_response());
    if known.is_some() && answer.headers().get(header::ETAG) == known.as_ref() {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = axum::body::Body::empty();
        answer.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let policy = format!("{}; frame-ancestors 'none'", explorer::policy(true));
    for (name, value) in [
        ("content-security-policy", policy.as_str()),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_str(value).expect("headers are plain letters"));
    }
    answer
}

/// A page of another site must not reach the graph by a name of its own that leads here (DNS rebinding).
async fn local_only(State(is_loopback): State<bool>, headers: HeaderMap, request: Request, next: Next) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |h| h.0);
    if is_loopback && !["localhost", "127.0.0.1", "[::1]"].contains(&name) {
        return Wrong(StatusCode::FORBIDDEN, "this server answers to localhost alone".into()).into_response();
    }
    next.run(request).await
}

fn written(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let etag = format!("\"{}\"", digest(&bytes));
    ([(header::CONTENT_TYPE, media_type), (header::ETAG, etag.as_str())], bytes).into_response()
}

fn told(value: &impl Serialize) -> Answer {
    let bytes = serde_json::to_vec(value).map_err(|e| Wrong(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    Ok(written("application/json", bytes))
}

/// Work on the graph keeps a core busy, so it leaves the threads that talk to the network alone.
async fn work(act: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    let done = tokio::task::spawn_blocking(act).await;
    done.unwrap_or_else(|_| Err(Wrong(StatusCode::INTERNAL_SERVER_ERROR, "this broke; please report it".into())))
}

async fn page() -> Answer {
    let mut bytes = Vec::new();
    let written_page = explorer::write_page("geopol", Source::<()>::Server, &mut bytes);
    written_page.map_err(|error| Wrong(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(written("text/html; charset=utf-8", bytes))
}

/// Everything, or the best connected where everything is too much.
async fn scene(State(live): Shared) -> Answer {
    work(move || {
        let graph = &live.served.graph;
        let top = (graph.node_count() > MOST_AT_FIRST).then_some(BEST_CONNECTED);
        told(&Scene::new(&View::new(graph, &Filter { isolated: top.is_none(), top, ..Filter::default() })))
    })
    .await
}

fn node<'g>(graph: &'g Graph, key: &str) -> Result<&'g Node, Wrong> {
    let found = graph.node(&NodeKey(key.into()));
    found.ok_or_else(|| Wrong(StatusCode::NOT_FOUND, "the graph has no node of this id".into()))
}

#[derive(Deserialize)]
struct Around {
    node: String,
    #[serde(default = "one")]
    depth: usize,
}

fn one() -> usize {
    1
}

async fn around(State(live): Shared, asked: Asked<Around>) -> Answer {
    let Query(asked) = asked?;
    work(move || {
        let about = vec![node(&live.served.graph, &asked.node)?.key.clone()];
        let filter = Filter { about, depth: asked.depth.clamp(1, 3), top: Some(MOST_AROUND), ..Filter::default() };
        told(&Scene::new(&View::new(&live.served.graph, &filter)))
    })
    .await
}

/// A part of a list.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    q: String,
    #[serde(default)]
    offset: usize,
    #[serde(default = "hundred")]
    limit: usize,
}

fn hundred() -> usize {
    100
}

impl Part {
    fn of<T>(&self, all: impl ExactSizeIterator<Item = T>, name: &str, show: impl Fn(T) -> Value) -> Answer {
        let total = all.len();
        let part = all.skip(self.offset).take(self.limit.min(MOST_A_PAGE)).map(show).collect::<Vec<_>>();
        told(&json!({ "total": total, "offset": self.offset, name: part }))
    }
}

fn shown(node: &Node) -> Value {
    json!({
        "key": node.key, "name": node.name, "kind": node.kind, "aliases": node.aliases, "refs": node.refs,
        "country": node.country, "lat": node.lat, "lon": node.lon, "mentions": node.mentions(),
    })
}

async fn search(State(live): Shared, asked: Asked<Part>) -> Answer {
    let Query(asked) = asked?;
    work(move || asked.of(suggestions(&live.served.graph, &asked.q).into_iter(), "nodes", shown)).await
}

async fn nodes(State(live): Shared, asked: Asked<Part>) -> Answer {
    let Query(asked) = asked?;
    work(move || asked.of(live.everything().nodes(), "nodes", shown)).await
}

async fn statements(State(live): Shared, asked: Asked<Part>) -> Answer {
    let Query(asked) = asked?;
    work(move || {
        asked.of(live.everything().edges(), "statements", |edge| {
            let statement = edge.statement;
            json!({
                "from": edge.from.key, "type": statement.relation_type, "to": edge.to.key,
                "polarity": statement.polarity, "modality": statement.modality, "confidence": statement.confidence,
                "speaker": statement.attribution.as_ref().map(|speaker| speaker.phrase()),
                "when": statement.period().map(|period| period.phrase()),
                "evidence": statement.evidence, "article": statement.article.key.id,
            })
        })
    })
    .await
}

#[derive(Deserialize)]
struct Ends {
    from: String,
    to: String,
}

/// The shortest ways between two nodes, as a scene.
async fn path(State(live): Shared, asked: Asked<Ends>) -> Answer {
    let Query(asked) = asked?;
    work(move || {
        let graph = &live.served.graph;
        let [from, to] = [node(graph, &asked.from)?, node(graph, &asked.to)?];
        let found = paths(graph, &Filter::default().firm(), from, to, &Route::default(), 3);
        told(&Scene::new(&found.view(graph)))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pasted {
    text: String,
    title: Option<String>,
    date: Option<String>,
}

/// An article that was pasted, as a scene of its own; nothing of it is kept.
async fn extract(State(live): Shared, body: Bytes) -> Answer {
    work(move || {
        let bad = |problem: String| Wrong(StatusCode::BAD_REQUEST, problem);
        let pasted: Pasted = serde_json::from_slice(&body).map_err(|error| bad(error.to_string()))?;
        if pasted.text.trim().is_empty() || pasted.text.len() > LONGEST_ARTICLE {
            return Err(bad(format!("an article has 1 to {LONGEST_ARTICLE} bytes")));
        }
        let date = pasted.date.map(|date| date.parse().map_err(|_| bad(format!("`{date}` is no date")))).transpose()?;
        let article =
            Article { id: "pasted".to_string(), text: pasted.text, title: pasted.title, date, ..Article::default() };
        let record = pipeline::guarded(&article.id, || pipeline::extract(&article, &live.served.resources));
        let record =
            record.map_err(|_| Wrong(StatusCode::INTERNAL_SERVER_ERROR, "this broke; please report it".into()))?;
        let graph = Graph::from_records([&record]);
        told(&Scene::new(&View::new(&graph, &Filter::default())))
    })
    .await
}
