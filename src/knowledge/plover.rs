//! PLOVER's event classes (manual, draft 2.0): a published standard, so code.
//!
//! `Plover::Consult` is `CONSULT`, verbal cooperation, CAMEO root 04, score 2.5, or 1.5 in the mode `phone`.

use serde::Deserialize;

use crate::record::Quad;

/// The sixteen types. Data files spell them `Agree`, `Consult`, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Plover {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// What the standard says of one type.
struct Class {
    name: &'static str,
    quad: Quad,
    /// CAMEO roots whose codes belong here.
    cameo: &'static [&'static str],
    score: f64,
    /// Modes with their own scores.
    modes: &'static [(&'static str, f64)],
}

impl Plover {
    pub const ALL: [Plover; 16] = [
        Plover::Agree,
        Plover::Consult,
        Plover::Support,
        Plover::Concede,
        Plover::Cooperate,
        Plover::Aid,
        Plover::Retreat,
        Plover::Request,
        Plover::Accuse,
        Plover::Reject,
        Plover::Threaten,
        Plover::Protest,
        Plover::Sanction,
        Plover::Mobilize,
        Plover::Coerce,
        Plover::Assault,
    ];

    /// PLOVER's spelling: `CONSULT`.
    pub fn name(self) -> &'static str {
        self.class().name
    }

    pub fn quad(self) -> Quad {
        self.class().quad
    }

    /// What announcing or promising it is: a promised visit is an agreement, an announced strike a threat (manual, AGREE,
    /// CONCEDE and THREATEN). With the CAMEO code of that class; words stay what they are.
    pub fn promised(self) -> Option<(Plover, &'static str)> {
        match self {
            Plover::Consult | Plover::Support | Plover::Cooperate | Plover::Aid => Some((Plover::Agree, "030")),
            // CAMEO 035, intent to yield.
            Plover::Retreat | Plover::Concede => Some((Plover::Agree, "035")),
            Plover::Sanction | Plover::Mobilize | Plover::Coerce | Plover::Assault => Some((Plover::Threaten, "130")),
            // "threatened to strike"
            Plover::Protest => Some((Plover::Threaten, "133")),
            _ => None,
        }
    }

    /// What saying that one will not do it is: whoever will not sign, help or withdraw rejects it (CAMEO 12).
    pub fn refused(self) -> Option<(Plover, &'static str)> {
        match self {
            Plover::Agree
            | Plover::Consult
            | Plover::Support
            | Plover::Concede
            | Plover::Cooperate
            | Plover::Aid
            | Plover::Retreat => Some((Plover::Reject, "120")),
            _ => None,
        }
    }

    /// The CAMEO root that the type descends from, first where there are several.
    pub fn cameo_root(self) -> &'static str {
        self.class().cameo[0]
    }

    /// Whether a CAMEO code belongs to this type, by its root or a longer prefix.
    pub fn covers(self, cameo: &str) -> bool {
        self.class().cameo.iter().any(|root| cameo.starts_with(root))
    }

    pub fn has_mode(self, mode: &str) -> bool {
        self.class().modes.iter().any(|(name, _)| *name == mode)
    }

    pub fn modes(self) -> impl Iterator<Item = &'static str> {
        self.class().modes.iter().map(|(name, _)| *name)
    }

    /// -10 (conflict) to +10 (cooperation): the mode's score, else the type's.
    pub fn score(self, mode: Option<&str>) -> f64 {
        let class = self.class();
        class.modes.iter().find(|(name, _)| Some(*name) == mode).map_or(class.score, |(_, score)| *score)
    }

    /// Disputed cells (the quad of SANCTION, the sign of ACCUSE) follow the type's own section of the manual.
    fn class(self) -> Class {
        use Quad::{MaterialConflict, MaterialCooperation, VerbalConflict, VerbalCooperation};
        let (name, quad, cameo, score, modes): (_, _, &[_], _, &[_]) = match self {
            Plover::Agree => ("AGREE", VerbalCooperation, &["03"], 2.5, &[]),
            Plover::Consult => (
                "CONSULT",
                VerbalCooperation,
                &["04"],
                2.5,
                &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)],
            ),
            Plover::Support => ("SUPPORT", VerbalCooperation, &["05"], 5.0, &[]),
            Plover::Concede => ("CONCEDE", VerbalCooperation, &["08", "055"], 4.5, &[]),
            Plover::Cooperate => ("COOPERATE", MaterialCooperation, &["06"], 9.5, &[]),
            Plover::Aid => ("AID", MaterialCooperation, &["07"], 10.0, &[]),
            Plover::Retreat => (
                "RETREAT",
                MaterialCooperation,
                &["08"],
                6.5,
                &[
                    ("withdraw", 8.0),
                    ("release", 6.5),
                    ("disarm", 10.0),
                    ("ceasefire", 7.5),
                    ("access", 6.5),
                    ("resign", 4.5),
                ],
            ),
            Plover::Request => (
                // CAMEO 02 is to appeal, 10 to demand.
                "REQUEST",
                VerbalConflict,
                &["10", "02"],
                0.0,
                &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)],
            ),
            Plover::Accuse => (
                "ACCUSE",
                VerbalConflict,
                &["11", "09"],
                -3.0,
                &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)],
            ),
            Plover::Reject => (
                "REJECT",
                VerbalConflict,
                &["12"],
                -2.0,
                &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)],
            ),
            Plover::Threaten => (
                "THREATEN",
                VerbalConflict,
                &["13"],
                -3.5,
                &[
                    ("restrict", -3.0),
                    ("arrest", -3.5),
                    ("relations", -3.5),
                    ("expel", -3.5),
                    ("territory", -4.0),
                    ("violence", -3.5),
                ],
            ),
            Plover::Protest => (
                "PROTEST",
                MaterialConflict,
                &["14"],
                -5.0,
                &[
                    ("demo", -5.0),
                    ("riot", -7.0),
                    ("strike", -5.0),
                    ("hunger", -4.5),
                    ("boycott", -4.5),
                    ("obstruct", -4.5),
                    ("vandalize", -5.0),
                ],
            ),
            Plover::Sanction => (
                "SANCTION",
                MaterialConflict,
                &["16", "116"],
                -6.0,
                &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)],
            ),
            Plover::Mobilize => (
                "MOBILIZE",
                MaterialConflict,
                &["15"],
                -5.5,
                &[("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)],
            ),
            Plover::Coerce => (
                "COERCE",
                MaterialConflict,
                &["17", "191", "192"],
                -7.0,
                &[
                    ("seize", -7.0),
                    ("restrict", -7.0),
                    ("censor", -6.5),
                    ("curfew", -6.5),
                    ("martial-law", -7.5),
                    ("arrest", -7.0),
                    ("deport", -7.0),
                    ("withhold", -7.0),
                    ("misinformation", -6.5),
                    ("cyber", -7.0),
                ],
            ),
            Plover::Assault => (
                "ASSAULT",
                MaterialConflict,
                &["19", "18", "20", "175"],
                -9.0,
                &[
                    ("abduct", -8.5),
                    ("beat", -7.5),
                    ("torture", -8.5),
                    ("sexual", -8.5),
                    ("targeted", -9.5),
                    ("destroy", -8.5),
                    ("primitive", -8.0),
                    ("firearms", -9.0),
                    ("explosives", -9.0),
                    ("suicide-attack", -9.5),
                    ("aerial", -9.5),
                    ("drone", -9.5),
                    ("heavy-weapons", -9.5),
                    ("crowd-control", -7.5),
                    ("unconventional", -10.0),
                ],
            ),
        };
        Class { name, quad, cameo, score, modes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cooperation_scores_above_conflict() {
        for class in Plover::ALL {
            let cooperative = matches!(class.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
            assert_eq!(class.score(None) > 0.0, cooperative, "{}", class.name());
            assert!(class.modes().all(|mode| (-10.0..=10.0).contains(&class.score(Some(mode)))));
        }
    }

    #[test]
    fn a_mode_has_its_own_score() {
        assert_eq!(Plover::Consult.score(Some("visit")), 4.0);
        assert_eq!(Plover::Consult.score(None), 2.5);
        assert_eq!(Plover::Aid.promised(), Some((Plover::Agree, "030")));
        assert!(Plover::Coerce.covers("191") && !Plover::Coerce.covers("190"));
    }
}
