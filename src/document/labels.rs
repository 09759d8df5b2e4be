//! Labels of Universal Dependencies v2, spelled as UD spells them: `Upos`, `Deprel`, XPOS tags and features.

use std::borrow::Cow;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// UD's spelling.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The label that UD spells so.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Universal dependency relation, subtypes of UD English included.
    Deprel {
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case",
        Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
        Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Deprel {
    pub fn is_subject(self) -> bool {
        matches!(
            self,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NsubjOuter
                | Deprel::Csubj
                | Deprel::CsubjPass
                | Deprel::CsubjOuter
        )
    }

    pub fn is_oblique(self) -> bool {
        matches!(self, Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked)
    }

    /// `nmod` and its subtypes, the possessive left out.
    pub fn is_nominal_modifier(self) -> bool {
        matches!(self, Deprel::Nmod | Deprel::NmodDesc | Deprel::NmodUnmarked)
    }
}

/// The Penn tags of UD English, so that an XPOS is a `&'static str`.
pub const XPOS: &[&str] = &[
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ",
    "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
    "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
];

/// The table's own copy of an XPOS tag.
pub fn xpos(text: &str) -> Option<&'static str> {
    XPOS.binary_search(&text).ok().map(|index| XPOS[index])
}

/// What a word is to a name, in the order of its scores: outside, or first or later word of a person's, a location's, an
/// organization's, or another name.
pub const NAME_TAGS: [&str; 9] = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"];

/// Scores of the `NAME_TAGS`: natural logarithms of likelihoods, but for a number that is the same for all of a word.
pub type NameScores = [f32; NAME_TAGS.len()];

/// Morphological features as CoNLL-U writes them: `Number=Sing|Person=3`, `_` for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features(pub Cow<'static, str>);

impl Features {
    pub const NONE: Features = Features(Cow::Borrowed("_"));

    /// The value of one feature: `get("Number")` is `Some("Sing")`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_back() {
        assert!(Deprel::ALL.iter().all(|&label| Deprel::parse(label.name()) == Some(label)));
        assert!(Upos::ALL.iter().all(|&label| Upos::parse(label.name()) == Some(label)));
        assert!(XPOS.iter().all(|&tag| xpos(tag) == Some(tag)), "XPOS must stay sorted");
    }

    #[test]
    fn features_are_found_by_name() {
        let features = Features("Number=Plur|Person=3".into());
        assert_eq!(features.get("Person"), Some("3"));
        assert_eq!(features.get("Tense"), None);
    }
}
