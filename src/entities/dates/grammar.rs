//! The grammar of times: patterns, and what resolves each.

use std::sync::LazyLock;

use regex::Regex;

use super::calendar::*;
use super::deictic::*;
use super::{Context, Reading, Rule};

const MONTH: &str = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";
const DAY: &str = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?";
const YEAR: &str = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})";
const WEEKDAY: &str = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const COUNT: &str = r"(?P<count>[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)";
const UNIT: &str = r"(?P<unit>day|week|month|year|decade)";

/// A sentence without a digit that matches this nowhere holds no time.
pub(super) static HINT: LazyLock<Regex> = LazyLock::new(|| {
    let words = "day|month|week|year|decade|century|morrow|night|morning|January|February|March|April|May|June|July|\
                 August|September|October|November|December|era|War|Jan|Feb|Apr|Aug|Sep|Oct|Nov|Dec";
    Regex::new(&format!("{words}|spring|summer|autumn|winter|[0-9]0s|ties\\b")).expect("a fixed pattern")
});

pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |pattern: &str, resolve: fn(&Context) -> Reading| {
        let pattern = ["WEEKDAY", "MONTH", "DAY", "YEAR", "COUNT", "UNIT"]
            .iter()
            .zip([WEEKDAY, MONTH, DAY, YEAR, COUNT, UNIT])
            .fold(pattern.to_string(), |pattern, (name, text)| pattern.replace(name, text));
        Rule { pattern: Regex::new(&pattern).expect("a fixed pattern"), resolve, is_bare_year: false }
    };
    vec![
        rule(r"\b(?P<year>[12][0-9]{3})-(?P<number>[01][0-9])-(?P<day>[0-3][0-9])\b", |c| {
            day(c.number("year"), c.number("number"), c.number("day"))
        }),
        rule(r"\b(?:WEEKDAY,? )?MONTH DAY(?:,? YEAR)?\b", month_and_day),
        rule(r"\b(?:WEEKDAY,? )?(?:the )?DAY(?: of)? MONTH(?:,? YEAR)?\b", month_and_day),
        rule(r"\bMONTH (?P<day>[0-3]?[0-9]) ?(?:-|–|to) ?(?P<last>[0-3]?[0-9])(?:,? YEAR)?\b", days_of_a_month),
        rule(r"\b(?P<day>[0-3]?[0-9]) ?(?:-|–|to) ?(?P<last>[0-3]?[0-9]) MONTH(?:,? YEAR)?\b", days_of_a_month),
        rule(
            r"\b(?:[Ff]rom |[Bb]etween )?(?P<v>MONTH (?:to|and|until|through|-|–) (?P<end>January|February|March|April|May|June|July|August|September|October|November|December),? (?:of )?YEAR)\b",
            months_of_a_year,
        ),
        rule(r"\b(?P<year>20[0-9]{2}|19[0-9]{2})-(?P<number>0[1-9]|1[0-2])\b", |c| {
            month(c.number("year"), c.number("number"))
        }),
        rule(r"\bMONTH,? (?:of )?YEAR\b", |c| month(c.number("year"), month_number(c))),
        rule(
            r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ff]rom|[Ee]arly|[Ll]ate|[Mm]id-?) (?:early |late |mid-)?(?P<v>MONTH)\b",
            bare_month,
        ),
        rule(r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his) MONTH\b", bare_month),
        rule(
            r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly|[Cc]oming) )?WEEKDAY(?: morning| afternoon| evening| night)?\b",
            weekday,
        ),
        rule(
            r"\b(?P<which>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night)\b",
            near_day,
        ),
        rule(
            r"\b(?:the )?(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Tt]his|[Nn]ext|[Cc]oming|[Ee]arlier this|[Ll]ater this) (?P<unit>week(?:end)?|month|year|decade|century)\b",
            near_unit,
        ),
        rule(r"\b(?:about |some |nearly |almost |more than |over )?(?i:COUNT) UNITs? ago\b", ago),
        rule(r"\b(?i:COUNT) UNITs? (?P<which>from now)\b", ago),
        rule(r"\b(?i:COUNT) UNITs? (?P<which>later|earlier|afterwards|before that|after that)\b", later),
        rule(r"\b[Tt]he (?P<which>following|next|previous) (?P<unit>day|week|month|year)\b", later),
        rule(r"\b[Tt]he day (?P<which>before yesterday|after tomorrow)\b", near_day),
        rule(r"\b(?:[Tt]he )?(?P<which>[Ll]ast|[Pp]ast|[Nn]ext|[Cc]oming) (?i:COUNT) UNITs?\b", span),
        rule(r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext) (?P<season>spring|summer|autumn|fall|winter)\b", near_season),
        rule(r"\b[Tt]he ['’]?(?P<decade>[2-9]0)s\b", decade),
        rule(
            r"\b[Tt]he (?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
            named_decade,
        ),
        rule(
            r"\b(?:[Tt]he )?(?P<word>sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first) century\b",
            named_century,
        ),
        rule(r"\b(?:[Tt]he )?(?:(?:early|mid|late)[- ])?(?P<decade>(?:1[5-9]|20)[0-9]0)s\b", decade),
        rule(r"\b(?:[Tt]he )?(?:early |mid-|late )?(?P<number>[12]?[0-9])(?:st|nd|rd|th) century\b", century),
        rule(r"\b(?:[Ff]rom|[Bb]etween) (?P<v>YEAR (?:to|and|until|through) (?P<last>(?:1[5-9]|20)[0-9]{2}))\b", years),
        rule(r"\bYEAR ?[-–] ?(?P<last>(?:1[5-9]|20)?[0-9]{2})\b", years),
        rule(r"\b(?:[Tt]he )?(?P<which>first|second|third|fourth|Q[1-4])(?: quarter)?(?: of)? YEAR\b", quarter),
        rule(r"\b(?:[Tt]he )?(?P<which>first|second) half of YEAR\b", half),
        rule(r"\b(?:[Tt]he )?(?P<season>spring|summer|autumn|fall|winter)(?: of)? YEAR\b", season),
        rule(r"\b(?:[Tt]he )?(?:early|mid-?|late|beginning of|start of|end of) ?(?P<v>YEAR)\b", year),
        Rule { is_bare_year: true, ..rule(r"(?:^|[^\w$€£¥.,/-])(?P<v>YEAR)(?:$|[^\w/%]|['’]s)", bare_year) },
        rule(r"\b(?:[Tt]he )?Soviet (?:era|times?|period|rule)\b", |_| Reading::Time("1922/1991".to_string())),
        rule(r"\b(?:[Tt]he )?Cold War(?: era)?\b", |_| Reading::Time("1947/1991".to_string())),
        rule(r"\b(?:[Tt]he )?(?:First World War|World War (?:I|One))\b", |_| Reading::Time("1914/1918".to_string())),
        rule(r"\b(?:[Tt]he )?(?:Second World War|World War (?:II|Two))\b", |_| Reading::Time("1939/1945".to_string())),
    ]
});
