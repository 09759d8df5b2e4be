//! One look for every picture: colours and shapes by kind of node, colours by quad class, lines by what is claimed.
//!
//! Blue is cooperation, orange and red are conflict: the two stay apart for the colour-blind, and pale against strong
//! tells words from deeds.

use crate::graph::Statement;
use crate::record::{Kind, Modality, Polarity, Quad};

/// How nodes of a kind are drawn; `shape` is Graphviz's name.
pub struct NodeStyle {
    pub shape: &'static str,
    pub fill: &'static str,
    pub border: &'static str,
    pub text: &'static str,
    pub about: &'static str,
}

pub fn of_kind(kind: Kind) -> NodeStyle {
    let style = |shape, fill, border, about| NodeStyle { shape, fill, border, text: "#1d232b", about };
    match kind {
        Kind::Country => NodeStyle { text: "#ffffff", ..style("box", "#23395b", "#16263f", "country") },
        Kind::Intergovernmental => {
            NodeStyle { text: "#ffffff", ..style("box", "#4f7296", "#355372", "organization of states") }
        }
        Kind::Person => style("ellipse", "#fff1cf", "#c9952c", "person"),
        Kind::Office => style("ellipse", "#fff9ea", "#c9952c", "office"),
        Kind::Organization => style("box", "#e9e4f5", "#7a68a6", "organization"),
        Kind::ArmedGroup => style("octagon", "#f8dcd8", "#a83a2e", "armed group"),
        Kind::People => style("ellipse", "#f3e3ee", "#a0588a", "people"),
        Kind::Region => style("box", "#dcefe0", "#4d8a5e", "region"),
        Kind::City => style("box", "#edf7ee", "#4d8a5e", "city"),
        Kind::Place => style("box", "#f5faf5", "#8bb096", "place"),
        Kind::Facility => style("component", "#e6edf0", "#5f7d8a", "facility"),
        Kind::Agreement => style("note", "#e0f2f1", "#3c8883", "agreement"),
        Kind::Event => style("hexagon", "#fde9d9", "#c77a3a", "event"),
        Kind::Other => style("box", "#f1f2f4", "#9aa2ad", "other"),
    }
}

/// The colour of a statement's line; `None` is a state of affairs, or what another event only speaks of.
pub fn of_quad(quad: Option<Quad>) -> &'static str {
    match quad {
        Some(Quad::VerbalCooperation) => "#5b9bd5",
        Some(Quad::MaterialCooperation) => "#1b5fa8",
        Some(Quad::VerbalConflict) => "#e08a1e",
        Some(Quad::MaterialConflict) => "#b3261e",
        None => "#7a8491",
    }
}

/// The line of what is not so keeps to the background; its label has the quad's colour, and a cross in this red.
pub const DENIED: &str = "#a9afb8";
pub const CROSS: &str = "#b3261e";

pub fn quad_about(quad: Option<Quad>) -> &'static str {
    match quad {
        Some(Quad::VerbalCooperation) => "cooperation, in words",
        Some(Quad::MaterialCooperation) => "cooperation, in deeds",
        Some(Quad::VerbalConflict) => "conflict, in words",
        Some(Quad::MaterialConflict) => "conflict, in deeds",
        None => "no event of its own",
    }
}

/// How far the article stands behind a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Asserted by the article itself.
    Fact,
    /// Somebody says so.
    Claimed,
    /// Planned, possible, desired, hypothetical or feared.
    Open,
    Denied,
}

impl Standing {
    pub fn of(statement: &Statement) -> Standing {
        if statement.polarity == Polarity::Negated {
            Standing::Denied
        } else if statement.modality != Modality::Asserted {
            Standing::Open
        } else if statement.attribution.is_some() {
            Standing::Claimed
        } else {
            Standing::Fact
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Standing::Fact => "told as fact",
            Standing::Claimed => "somebody's claim",
            Standing::Open => "planned, possible, feared …",
            Standing::Denied => "denied: it is not so",
        }
    }
}
