//! Times in a sentence: "on Thursday", "in the 1990s", "two weeks ago" to ISO 8601.
//!
//! A grammar of regular expressions, one rule a line; where two rules match at one place the longer match wins.
//! A time that depends on the day of writing is resolved against the article's date, never against the clock.

use std::ops::Range;
use std::sync::LazyLock;

use itertools::Itertools;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};

use crate::entities::quantities::number_word;

/// A time in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Bytes in the sentence.
    pub range: Range<usize>,
    /// ISO 8601; `None` where only the article's date could tell.
    pub value: Option<String>,
}

/// What the tree says of a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// Its clause speaks of what is to come.
    pub is_future: bool,
    /// Its clause is in the present tense: "go to the polls on 24 May" may tell of either.
    pub is_present: bool,
    /// A bare number before a plural noun: "2000 soldiers" is no year.
    pub counts_things: bool,
}

/// The times of a sentence in reading order. `setting` looks at the tree around a byte range; `told` is the day that the text told
/// last, from which "two weeks later" counts, and becomes the last one of this sentence.
pub fn find(
    sentence: &str,
    article: Option<Date>,
    told: &mut Option<Date>,
    setting: &dyn Fn(&Range<usize>) -> Setting,
) -> Vec<Time> {
    let mut matches: Vec<(Range<usize>, usize, Captures)> = Vec::new();
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) && !HINT.is_match(sentence) {
        return Vec::new();
    }
    for (index, rule) in RULES.iter().enumerate() {
        for captures in rule.pattern.captures_iter(sentence) {
            let range = captures.name("v").map_or_else(|| captures.get_match().range(), |value| value.range());
            matches.push((range, index, captures));
        }
    }
    matches.sort_by_key(|(range, index, _)| (range.start, usize::MAX - range.end, *index));
    let mut times: Vec<Time> = Vec::new();
    for (range, index, captures) in matches {
        if times.last().is_some_and(|last| range.start < last.range.end) {
            continue;
        }
        let rule = &RULES[index];
        let setting = setting(&range);
        if rule.is_bare_year && setting.counts_things {
            continue;
        }
        let context = Context { captures: &captures, article, told: *told, setting };
        match (rule.resolve)(&context) {
            Reading::Time(value) => {
                *told = first_day(&value).or(*told);
                times.push(Time { range, value: Some(value) });
            }
            Reading::Unresolved => times.push(Time { range, value: None }),
            Reading::NoTime => {}
        }
    }
    times
}

struct Rule {
    pattern: Regex,
    resolve: fn(&Context) -> Reading,
    is_bare_year: bool,
}

enum Reading {
    Time(String),
    /// A time, but of which day the text does not say.
    Unresolved,
    NoTime,
}

struct Context<'c> {
    captures: &'c Captures<'c>,
    article: Option<Date>,
    told: Option<Date>,
    setting: Setting,
}

impl<'c> Context<'c> {
    fn get(&self, name: &str) -> Option<&'c str> {
        self.captures.name(name).map(|group| group.as_str())
    }

    fn number(&self, name: &str) -> Option<i64> {
        let text = self.get(name)?;
        text.parse().ok().or_else(|| number_word(&text.to_lowercase()).map(|number| number as i64))
    }
}

const MONTH: &str = r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)";
const DAY: &str = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?";
const YEAR: &str = r"(?P<year>1[5-9][0-9]{2}|20[0-9]{2})";
const WEEKDAY: &str = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const COUNT: &str = r"(?P<count>[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)";
const UNIT: &str = r"(?P<unit>day|week|month|year|decade)";

static HINT: LazyLock<Regex> = LazyLock::new(|| {
    let words = "day|month|week|year|decade|century|morrow|night|morning|January|February|March|April|May|June|July|\
                 August|September|October|November|December|era|War|Jan|Feb|Apr|Aug|Sep|Oct|Nov|Dec";
    Regex::new(&format!("{words}|spring|summer|autumn|winter|[0-9]0s|ties\\b")).expect("a fixed pattern")
});

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
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
        rule(r"\b[Tt]he ['’]?(?P<decade>[2-9]0)s\b", |c| {
            let first = 1900 + c.number("decade").unwrap_or_default();
            Reading::Time(format!("{first}/{}", first + 9))
        }),
        rule(r"\b[Tt]he (?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", |c| {
            const NAMES: [&str; 8] =
                ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
            let index = NAMES.iter().position(|name| Some(*name) == c.get("word")).unwrap_or_default();
            let first = 1920 + 10 * index;
            Reading::Time(format!("{first}/{}", first + 9))
        }),
        rule(
            r"\b(?:[Tt]he )?(?P<word>sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first) century\b",
            |c| {
                const NAMES: [&str; 6] =
                    ["sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"];
                let number = 16 + NAMES.iter().position(|name| Some(*name) == c.get("word")).unwrap_or_default();
                Reading::Time(format!("{:04}/{:04}", number * 100 - 99, number * 100))
            },
        ),
        rule(r"\b(?:[Tt]he )?(?:(?:early|mid|late)[- ])?(?P<decade>(?:1[5-9]|20)[0-9]0)s\b", |c| {
            let first = c.number("decade").unwrap_or_default();
            Reading::Time(format!("{first}/{}", first + 9))
        }),
        rule(r"\b(?:[Tt]he )?(?:early |mid-|late )?(?P<number>[12]?[0-9])(?:st|nd|rd|th) century\b", |c| {
            let number = c.number("number").unwrap_or_default();
            if number == 0 {
                Reading::NoTime
            } else {
                Reading::Time(format!("{:04}/{:04}", number * 100 - 99, number * 100))
            }
        }),
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

fn day(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Reading {
    date(year, month, day).map_or(Reading::NoTime, |date| Reading::Time(date.to_string()))
}

fn date(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Option<Date> {
    Date::new(year?.try_into().ok()?, month?.try_into().ok()?, day?.try_into().ok()?).ok()
}

fn month(year: Option<i64>, month: Option<i64>) -> Reading {
    match (year, month) {
        (Some(year), Some(month)) => Reading::Time(format!("{year:04}-{month:02}")),
        _ => Reading::NoTime,
    }
}

fn month_number(context: &Context) -> Option<i64> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = context.get("month")?.to_lowercase();
    NAMES.iter().position(|start| name.starts_with(start)).map(|index| index as i64 + 1)
}

/// A day that recurs every year: the one nearest before the article, or after it where the clause looks ahead.
fn recurring(context: &Context, in_year: impl Fn(i64) -> Option<Date>) -> Option<Date> {
    let article = context.article?;
    let year = i64::from(article.year());
    let candidates = [in_year(year - 1), in_year(year), in_year(year + 1)];
    let mut candidates = candidates.into_iter().flatten();
    if context.setting.is_present {
        return candidates.min_by_key(|date| article.duration_until(*date).as_hours().abs());
    }
    if context.setting.is_future {
        candidates.find(|date| *date >= article)
    } else {
        candidates.rfind(|date| *date <= article)
    }
}

fn month_and_day(context: &Context) -> Reading {
    let (month, number) = (month_number(context), context.number("day"));
    if context.get("year").is_some() {
        return day(context.number("year"), month, number);
    }
    if date(Some(2000), month, number).is_none() {
        return Reading::NoTime;
    }
    resolved(recurring(context, |year| date(Some(year), month, number)).map(|date| date.to_string()))
}

fn days_of_a_month(context: &Context) -> Reading {
    let month = month_number(context);
    let year = context.number("year").or_else(|| {
        recurring(context, |year| date(Some(year), month, context.number("day"))).map(|date| i64::from(date.year()))
    });
    let ends = [context.number("day"), context.number("last")].map(|number| date(year, month, number));
    match ends {
        [Some(first), Some(last)] if first < last => Reading::Time(format!("{first}/{last}")),
        _ if year.is_none() => Reading::Unresolved,
        _ => Reading::NoTime,
    }
}

fn bare_month(context: &Context) -> Reading {
    let (Some(number), Some(article)) = (month_number(context), context.article) else { return Reading::Unresolved };
    let mut year = i64::from(article.year());
    let this = i64::from(article.month());
    match context.get("which").map(str::to_lowercase).as_deref() {
        Some("last") if number >= this => year -= 1,
        Some("next") if number <= this => year += 1,
        Some(_) => {}
        None if context.setting.is_future && number < this => year += 1,
        None if context.setting.is_present && number <= this + 6 => {}
        None if !context.setting.is_future && number > this => year -= 1,
        None => {}
    }
    month(Some(year), Some(number))
}

fn weekday(context: &Context) -> Reading {
    let name = context.get("weekday").unwrap_or_default();
    let Some(article) = context.article else { return Reading::Unresolved };
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let Some(index) = NAMES.iter().position(|day| *day == name) else { return Reading::NoTime };
    let Ok(weekday) = Weekday::from_monday_zero_offset(index as i8) else { return Reading::NoTime };
    let which = context.get("which").map(str::to_lowercase);
    let ahead =
        matches!(which.as_deref(), Some("next" | "coming" | "this")) || (which.is_none() && context.setting.is_future);
    if article.weekday() == weekday && which.is_none() {
        return Reading::Time(article.to_string());
    }
    resolved(article.nth_weekday(if ahead { 1 } else { -1 }, weekday).ok().map(|date| date.to_string()))
}

fn near_day(context: &Context) -> Reading {
    let Some(article) = context.article else { return Reading::Unresolved };
    let offset = match context.get("which").unwrap_or_default().to_lowercase().as_str() {
        "before yesterday" => -2,
        "yesterday" | "last night" => -1,
        "tomorrow" => 1,
        "after tomorrow" => 2,
        _ => 0,
    };
    resolved(article.checked_add(offset.days()).ok().map(|date| date.to_string()))
}

fn near_unit(context: &Context) -> Reading {
    let Some(article) = context.article else { return Reading::Unresolved };
    let offset = match context.get("which").unwrap_or_default().to_lowercase().as_str() {
        "last" | "past" | "previous" => -1,
        "next" | "coming" => 1,
        _ => 0,
    };
    let year = i64::from(article.year());
    match context.get("unit").unwrap_or_default() {
        "week" => resolved(article.checked_add(offset.weeks()).ok().map(week)),
        "weekend" => {
            let saturday = article.nth_weekday(if offset < 0 { -1 } else { 1 }, Weekday::Saturday).ok();
            resolved(saturday.and_then(|day| Some(format!("{day}/{}", day.checked_add(1.days()).ok()?))))
        }
        "month" => resolved(article.checked_add(offset.months()).ok().map(|date| date.strftime("%Y-%m").to_string())),
        "year" => Reading::Time(format!("{:04}", year + offset)),
        "decade" => {
            let first = year.div_euclid(10) * 10 + offset * 10;
            Reading::Time(format!("{first}/{}", first + 9))
        }
        _ => {
            let first = (year - 1).div_euclid(100) * 100 + 1 + offset * 100;
            Reading::Time(format!("{first}/{}", first + 99))
        }
    }
}

/// "two weeks ago": as precise as its unit.
fn ago(context: &Context) -> Reading {
    let sign = if context.get("which").is_some() { 1 } else { -1 };
    distant(context, context.article, sign * count(context))
}

/// "two weeks later", "the following day": from the day that the text told last.
fn later(context: &Context) -> Reading {
    let is_before = matches!(context.get("which"), Some("earlier" | "before that" | "previous"));
    distant(context, context.told, if is_before { -count(context) } else { count(context) })
}

fn count(context: &Context) -> i64 {
    context.number("count").unwrap_or(1)
}

/// "over the past two years": from then to the article, or from the article on.
fn span(context: &Context) -> Reading {
    let Some(article) = context.article else { return Reading::Unresolved };
    let ahead = matches!(context.get("which").unwrap_or_default().to_lowercase().as_str(), "next" | "coming");
    let steps = if ahead { count(context) } else { -count(context) };
    let end = match context.get("unit").unwrap_or_default() {
        "day" => article.checked_add(steps.days()),
        "week" => article.checked_add(steps.weeks()),
        "month" => article.checked_add(steps.months()),
        "year" => article.checked_add(steps.years()),
        _ => article.checked_add((steps * 10).years()),
    };
    let Ok(end) = end else { return Reading::Unresolved };
    Reading::Time(format!("{}/{}", article.min(end), article.max(end)))
}

/// The first day of a time that is at least as precise as a year.
fn first_day(value: &str) -> Option<Date> {
    let start = value.split('/').next()?;
    let full = match start.len() {
        4 => format!("{start}-01-01"),
        7 => format!("{start}-01"),
        _ => start.to_string(),
    };
    full.parse().ok()
}

/// So many units from a day, as precise as the unit.
fn distant(context: &Context, from: Option<Date>, steps: i64) -> Reading {
    let Some(article) = from else { return Reading::Unresolved };
    let (sign, count) = (steps.signum(), steps.abs());
    let year = i64::from(article.year());
    match context.get("unit").unwrap_or_default() {
        "day" => resolved(article.checked_add((sign * count).days()).ok().map(|date| date.to_string())),
        "week" => resolved(article.checked_add((sign * count).weeks()).ok().map(week)),
        "month" => {
            resolved(article.checked_add((sign * count).months()).ok().map(|date| date.strftime("%Y-%m").to_string()))
        }
        "year" => Reading::Time(format!("{:04}", year + sign * count)),
        _ => Reading::Time(format!("{:04}", year + sign * count * 10)),
    }
}

fn years(context: &Context) -> Reading {
    let first = context.get("year").unwrap_or_default();
    let last = context.get("last").unwrap_or_default();
    let last = if last.len() == 2 { format!("{}{last}", &first[..2]) } else { last.to_string() };
    if first < last.as_str() { Reading::Time(format!("{first}/{last}")) } else { Reading::NoTime }
}

fn quarter(context: &Context) -> Reading {
    let which = context.get("which").unwrap_or_default();
    if !which.starts_with('Q') && !context.captures.get_match().as_str().contains("quarter") {
        return Reading::NoTime;
    }
    let first = match which {
        "first" | "Q1" => 1,
        "second" | "Q2" => 4,
        "third" | "Q3" => 7,
        _ => 10,
    };
    months(context, first, first + 2)
}

/// "from March to June 2021".
fn months_of_a_year(context: &Context) -> Reading {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let last = NAMES.iter().position(|start| context.get("end").is_some_and(|end| end.starts_with(start)));
    match (month_number(context), last.map(|index| index as i64 + 1), context.number("year")) {
        (Some(first), Some(last), Some(year)) if first < last => {
            Reading::Time(format!("{year:04}-{first:02}/{year:04}-{last:02}"))
        }
        (Some(first), Some(last), Some(year)) if first > last => {
            Reading::Time(format!("{:04}-{first:02}/{year:04}-{last:02}", year - 1))
        }
        _ => Reading::NoTime,
    }
}

/// "last summer": the nearest that has begun before the article; "next": that begins after it.
fn near_season(context: &Context) -> Reading {
    let Some(article) = context.article else { return Reading::Unresolved };
    let (first, length) = match context.get("season").unwrap_or_default() {
        "spring" => (3, 3),
        "summer" => (6, 3),
        "winter" => (12, 3),
        _ => (9, 3),
    };
    let begins = |year: i16| Date::new(year, first, 1).ok();
    let year = article.year();
    let seasons = [begins(year - 1), begins(year), begins(year + 1)];
    let ends = |start: Date| start.checked_add((length - 1).months()).unwrap_or(start);
    let mut seasons = seasons.into_iter().flatten();
    let start = match context.get("which").unwrap_or_default().to_lowercase().as_str() {
        "last" => seasons.rfind(|start| ends(*start).first_of_month() < article.first_of_month()),
        "next" => seasons.find(|start| *start > article),
        _ => seasons.find(|start| ends(*start).first_of_month() >= article.first_of_month()),
    };
    resolved(start.map(|start| format!("{}/{}", start.strftime("%Y-%m"), ends(start).strftime("%Y-%m"))))
}

fn half(context: &Context) -> Reading {
    if context.get("which") == Some("first") { months(context, 1, 6) } else { months(context, 7, 12) }
}

fn season(context: &Context) -> Reading {
    match context.get("season").unwrap_or_default() {
        "spring" => months(context, 3, 5),
        "summer" => months(context, 6, 8),
        "winter" => {
            let year = context.number("year").unwrap_or_default();
            Reading::Time(format!("{year}-12/{}-02", year + 1))
        }
        _ => months(context, 9, 11),
    }
}

fn months(context: &Context, first: u8, last: u8) -> Reading {
    let year = context.get("year").unwrap_or_default();
    Reading::Time([first, last].iter().map(|month| format!("{year}-{month:02}")).join("/"))
}

fn year(context: &Context) -> Reading {
    Reading::Time(context.get("year").unwrap_or_default().to_string())
}

/// A four-digit number on its own reads as a year when it lies within living and written memory.
fn bare_year(context: &Context) -> Reading {
    match context.number("year") {
        Some(1700..=2099) => year(context),
        _ => Reading::NoTime,
    }
}

fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn resolved(value: Option<String>) -> Reading {
    value.map_or(Reading::Unresolved, Reading::Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Friday, 16 September 2022.
    fn times(sentence: &str, is_future: bool) -> Vec<String> {
        let setting = |_: &Range<usize>| Setting { is_future, ..Setting::default() };
        find(sentence, Some(jiff::civil::date(2022, 9, 16)), &mut None, &setting)
            .into_iter()
            .map(|time| format!("{}={}", &sentence[time.range], time.value.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn times_resolve_against_the_article() {
        for (sentence, expected) in [
            ("They met on Thursday.", vec!["Thursday=2022-09-15"]),
            ("They met on Friday.", vec!["Friday=2022-09-16"]),
            ("He left last Monday and returned yesterday.", vec!["last Monday=2022-09-12", "yesterday=2022-09-15"]),
            ("It fell on Feb. 24, 2022.", vec!["Feb. 24, 2022=2022-02-24"]),
            ("It fell on 24 February.", vec!["24 February=2022-02-24"]),
            ("The treaty of 3 March 1918 held.", vec!["3 March 1918=1918-03-03"]),
            ("On Tuesday, November 8, 2016, she lost.", vec!["Tuesday, November 8, 2016=2016-11-08"]),
            ("The two fell out in the 1990s.", vec!["the 1990s=1990/1999"]),
            ("They nearly fought in 1969.", vec!["1969=1969"]),
            ("Since 2017, and until 2021, it paid.", vec!["2017=2017", "2021=2021"]),
            ("He governed from 1990 to 1995.", vec!["1990 to 1995=1990/1995"]),
            ("The 2014–15 war", vec!["2014–15=2014/2015"]),
            ("Two weeks ago the line was quiet.", vec!["Two weeks ago=2022-W35"]),
            ("It had been so three years ago.", vec!["three years ago=2019"]),
            ("Trade fell last month and rose this year.", vec!["last month=2022-08", "this year=2022"]),
            ("Talks in May failed.", vec!["May=2022-05"]),
            ("Talks in November failed.", vec!["November=2021-11"]),
            ("Exports rose in the third quarter of 2021.", vec!["the third quarter of 2021=2021-07/2021-09"]),
            ("Under the tsar, in the 19th century", vec!["the 19th century=1801/1900"]),
            ("The pact of 2003-04-16 ended.", vec!["2003-04-16=2003-04-16"]),
            ("The summit of September 15-16 closed.", vec!["September 15-16=2022-09-15/2022-09-16"]),
            ("They were allies in the Soviet era.", vec!["the Soviet era=1922/1991"]),
            (
                "He left on 3 May 2021 and returned two weeks later.",
                vec!["3 May 2021=2021-05-03", "two weeks later=2021-W20"],
            ),
            (
                "It fell on 1 March 2022; the following day it was retaken.",
                vec!["1 March 2022=2022-03-01", "the following day=2022-03-02"],
            ),
            ("They met three years earlier.", vec!["three years earlier="]),
            ("Exports grew over the past two years.", vec!["the past two years=2020-09-16/2022-09-16"]),
            ("They will meet within the next three weeks.", vec!["the next three weeks=2022-09-16/2022-10-07"]),
            ("Talks ran from March to June 2021.", vec!["March to June 2021=2021-03/2021-06"]),
            ("The summit of 3-5 May 2021 closed.", vec!["3-5 May 2021=2021-05-03/2021-05-05"]),
            ("The drought of last summer ended.", vec!["last summer=2022-06/2022-08"]),
            ("They will vote next spring.", vec!["next spring=2023-03/2023-05"]),
            ("The border closed in the '90s.", vec!["the '90s=1990/1999"]),
            ("Prices fell in the eighties.", vec!["the eighties=1980/1989"]),
            ("In the nineteenth century it was Ottoman.", vec!["the nineteenth century=1801/1900"]),
            ("He had called the day before yesterday.", vec!["the day before yesterday=2022-09-14"]),
            ("The index of 2021-11 fell.", vec!["2021-11=2021-11"]),
            ("It may rain on 45 islands.", vec![]),
            ("He may march on.", vec![]),
            ("They paid $2000 for it.", vec![]),
        ] {
            assert_eq!(times(sentence, false), expected, "{sentence}");
        }
    }

    #[test]
    fn what_is_to_come_lies_ahead() {
        assert_eq!(times("They will meet on Thursday.", true), ["Thursday=2022-09-22"]);
        assert_eq!(times("They will vote in November.", true), ["November=2022-11"]);
        assert_eq!(times("They will vote on 4 March.", true), ["4 March=2023-03-04"]);
    }

    #[test]
    fn without_a_date_the_text_stays_unresolved() {
        let found = find("They met on Thursday.", None, &mut None, &|_| Setting::default());
        assert_eq!(found, [Time { range: 12..20, value: None }]);
    }
}
