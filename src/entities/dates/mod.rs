//! Times in a sentence: "on Thursday", "in the 1990s", "two weeks ago" to ISO 8601.
//!
//! A grammar of regular expressions, one rule a line; where two rules match at one place the longer match wins.
//! A time that depends on the day of writing is resolved against the article's date, never against the clock.

mod grammar;
mod calendar;
mod deictic;

use std::ops::Range;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::entities::quantities::number_word;
use grammar::{HINT, RULES};

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
