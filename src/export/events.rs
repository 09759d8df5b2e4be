//! What every table of events has: codes of what happened, of who did it, and days.

use crate::graph::Period;
use crate::record::{Event, Kind, Quad};

/// The cells of `plover`, `mode`, `contexts`, `cameo`, `cameo_root`, `quad_class` and `score`.
pub(super) fn codes(event: &Event) -> [String; 7] {
    let cameo = event.cameo.clone().unwrap_or_default();
    [
        event.plover.clone().unwrap_or_default(),
        event.mode.clone().unwrap_or_default(),
        event.contexts.join(";"),
        cameo.clone(),
        cameo.get(..2).unwrap_or_default().to_string(),
        event.quad.map_or(String::new(), |quad| quad_class(quad).to_string()),
        event.score.map_or(String::new(), |score| score.to_string()),
    ]
}

/// An actor's code: its country's three letters, `IGO` for an organization of states; empty where neither is known.
pub(super) fn actor(country: Option<String>, kind: Kind) -> String {
    let is_body = kind == Kind::Intergovernmental;
    country.or_else(|| is_body.then(|| "IGO".to_string())).unwrap_or_default()
}

/// The first and the last day; none of a period that is open at an end.
pub(super) fn days(period: Option<Period>) -> [String; 2] {
    let closed = period.filter(|period| period.first.year() > 0 && period.last.year() < 9999);
    closed.map_or_else(Default::default, |period| [period.first, period.last].map(|day| day.to_string()))
}

/// The number that event data has for it.
fn quad_class(quad: Quad) -> u8 {
    match quad {
        Quad::VerbalCooperation => 1,
        Quad::MaterialCooperation => 2,
        Quad::VerbalConflict => 3,
        Quad::MaterialConflict => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_periods_have_no_days() {
        assert_eq!(days(Period::parse("2022-09")), ["2022-09-01", "2022-09-30"]);
        assert_eq!(days(Period::parse("2017/..")), ["", ""]);
        assert_eq!(days(None), ["", ""]);
    }
}
