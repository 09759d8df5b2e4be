//! The server: the explorer over a live graph, for one computer.
//!
//! It reads and never writes. `GET /` is the page, `GET /api/scene` what it shows first, `GET /api/around?node=…` what lies
//! around a node; `/openapi.json` describes the rest. It listens on the loopback address unless told otherwise.

mod routes;

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use crate::error::{Error, Result};
use crate::graph::{Filter, Graph, View};
use crate::pipeline::Resources;

/// What is served.
pub struct Served {
    pub graph: Graph,
    /// To read pasted articles with.
    pub resources: Resources,
}

/// A graph that does not change, with its order, which a large one takes a second to find.
struct Live {
    served: &'static Served,
    everything: OnceLock<View<'static>>,
}

impl Live {
    fn everything(&self) -> &View<'static> {
        self.everything.get_or_init(|| View::new(&self.served.graph, &Filter::default()))
    }
}

/// Serves until the process is told to end; `ready` hears the address that was taken.
pub fn serve(served: &'static Served, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    // Trees of odd articles are deep.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(16 << 20).build();
    let failed = |error: std::io::Error| Error::Request {
        problem: format!("{address} cannot be served: {error}"),
        advice: "another port may be free: --port 0 takes any".to_string(),
    };
    runtime.map_err(failed)?.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
        ready(listener.local_addr().map_err(failed)?);
        let app = routes::router(
            Arc::new(Live { served, everything: OnceLock::new() }),
            listener.local_addr().map_err(failed)?,
        );
        axum::serve(listener, app).with_graceful_shutdown(told_to_end()).await.map_err(failed)
    })
}

/// Ctrl+C, or what a service manager sends.
async fn told_to_end() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    interrupt.await;
}
