//! `geopol serve`: the explorer over a live graph.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use geopol::pipeline::Resources;
use geopol::serve::{Served, serve};

use super::graph::Sources;
use super::{Outcome, Session};

/// Look at a graph in a browser, on this computer alone
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  geopol serve graph.ron                 then open the address that it prints
  geopol serve news/ --port 9000
  curl 'http://127.0.0.1:8080/api/search?q=putin'

The server reads and never writes. It has no accounts: with --host others on the network can read the graph.
Its answers are described by /openapi.json. Ctrl+C ends it.")]
pub struct Serve {
    #[command(flatten)]
    sources: Sources,
    /// Listen at this address; any but a loopback one lets others in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Listen at this port; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
}

impl Serve {
    pub fn run(self, session: &Session) -> Outcome {
        let graph = self.sources.graph(session)?;
        let resources = Resources::load(&session.data()?)?;
        let served = Box::leak(Box::new(Served { graph, resources }));
        serve(served, SocketAddr::new(self.host, self.port), |address| {
            session.summary(&format!("http://{address}/ shows the graph; Ctrl+C ends"));
        })?;
        Ok(())
    }
}
