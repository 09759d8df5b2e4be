//! Times that the calendar alone resolves: "3 May 2021", "the third quarter of 2021", "the nineties".

use itertools::Itertools;
use jiff::civil::Date;

use super::{Context, Reading};

pub(super) fn day(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Reading {
    date(year, month, day).map_or(Reading::NoTime, |date| Reading::Time(date.to_string()))
}

pub(super) fn date(year: Option<i64>, month: Option<i64>, day: Option<i64>) -> Option<Date> {
    Date::new(year?.try_into().ok()?, month?.try_into().ok()?, day?.try_into().ok()?).ok()
}

pub(super) fn month(year: Option<i64>, month: Option<i64>) -> Reading {
    match (year, month) {
        (Some(year), Some(month)) => Reading::Time(format!("{year:04}-{month:02}")),
        _ => Reading::NoTime,
    }
}

pub(super) fn month_number(context: &Context) -> Option<i64> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = context.get("month")?.to_lowercase();
    NAMES.iter().position(|start| name.starts_with(start)).map(|index| index as i64 + 1)
}

pub(super) fn years(context: &Context) -> Reading {
    let first = context.get("year").unwrap_or_default();
    let last = context.get("last").unwrap_or_default();
    let last = if last.len() == 2 { format!("{}{last}", &first[..2]) } else { last.to_string() };
    if first < last.as_str() { Reading::Time(format!("{first}/{last}")) } else { Reading::NoTime }
}

/// "from March to June 2021".
pub(super) fn months_of_a_year(context: &Context) -> Reading {
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

pub(super) fn quarter(context: &Context) -> Reading {
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

pub(super) fn half(context: &Context) -> Reading {
    if context.get("which") == Some("first") { months(context, 1, 6) } else { months(context, 7, 12) }
}

pub(super) fn season(context: &Context) -> Reading {
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

pub(super) fn year(context: &Context) -> Reading {
    Reading::Time(context.get("year").unwrap_or_default().to_string())
}

/// A four-digit number on its own reads as a year when it lies within living and written memory.
pub(super) fn bare_year(context: &Context) -> Reading {
    match context.number("year") {
        Some(1700..=2099) => year(context),
        _ => Reading::NoTime,
    }
}

/// "the 1990s", "the '90s".
pub(super) fn decade(context: &Context) -> Reading {
    let first = context.number("decade").unwrap_or_default();
    let first = if first < 100 { 1900 + first } else { first };
    Reading::Time(format!("{first}/{}", first + 9))
}

pub(super) fn named_decade(context: &Context) -> Reading {
    const NAMES: [&str; 8] =
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let index = NAMES.iter().position(|name| Some(*name) == context.get("word")).unwrap_or_default();
    let first = 1920 + 10 * index;
    Reading::Time(format!("{first}/{}", first + 9))
}

pub(super) fn century(context: &Context) -> Reading {
    match context.number("number").unwrap_or_default() {
        0 => Reading::NoTime,
        number => Reading::Time(format!("{:04}/{:04}", number * 100 - 99, number * 100)),
    }
}

pub(super) fn named_century(context: &Context) -> Reading {
    const NAMES: [&str; 6] = ["sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"];
    let number = 16 + NAMES.iter().position(|name| Some(*name) == context.get("word")).unwrap_or_default();
    Reading::Time(format!("{:04}/{:04}", number * 100 - 99, number * 100))
}
