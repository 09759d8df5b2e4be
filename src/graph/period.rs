//! Periods: ISO 8601 dates of any precision as the days that they cover.
//!
//! `2022-09` is the first to the last of September 2022; `2022-W37`, `2022-09-01/2022-09-15` and `2014/..` work as well.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Period {
    /// `None` for what is no date.
    pub fn parse(iso: &str) -> Option<Period> {
        let iso = iso.trim();
        if let Some((from, to)) = iso.split_once('/') {
            return match (from, to) {
                ("" | "..", "" | "..") => None,
                ("" | "..", to) => Some(Period { first: Date::MIN, last: whole(to)?.last }),
                (from, "" | "..") => Some(Period { first: whole(from)?.first, last: Date::MAX }),
                (from, to) => Some(Period { first: whole(from)?.first, last: whole(to)?.last }),
            }
            .filter(|period| period.first <= period.last);
        }
        whole(iso)
    }

    /// From the start of one to the end of the other; open where one is missing.
    pub fn between(from: Option<Period>, to: Option<Period>) -> Option<Period> {
        if from.is_none() && to.is_none() {
            return None;
        }
        let period = Period {
            first: from.map_or(Date::MIN, |period| period.first),
            last: to.map_or(Date::MAX, |period| period.last),
        };
        Some(period).filter(|period| period.first <= period.last)
    }

    pub fn overlaps(&self, other: &Period) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Its length; the fewer, the more exact.
    pub fn days(&self) -> i32 {
        self.last.since(self.first).map_or(i32::MAX, |span| span.get_days())
    }

    /// For people: "15 Sep 2022", "Sep 2022", "2022", "1–15 Sep 2022", "since 2014", "until Mar 2020".
    pub fn phrase(&self) -> String {
        if self.first == Date::MIN {
            return format!("until {}", Period { first: self.last, last: self.last }.shortest_end());
        }
        if self.last == Date::MAX {
            return format!("since {}", Period { first: self.first, last: self.first }.shortest_start());
        }
        let (first, last) = (self.first, self.last);
        if first == last {
            return day(first);
        }
        let whole_months = first.day() == 1 && last == last.last_of_month();
        if whole_months && first.month() == 1 && last.month() == 12 {
            return years(first.year(), last.year());
        }
        if whole_months && first.first_of_month() == last.first_of_month() {
            return month(first);
        }
        if whole_months {
            return format!("{} – {}", month(first), month(last));
        }
        if first.first_of_month() == last.first_of_month() {
            return format!("{}–{}", first.day(), day(last));
        }
        format!("{} – {}", day(first), day(last))
    }

    /// A state said to hold "since 2014" starts on a first of January only because a year has to start.
    fn shortest_start(&self) -> String {
        match (self.first.month(), self.first.day()) {
            (1, 1) => self.first.year().to_string(),
            (_, 1) => month(self.first),
            _ => day(self.first),
        }
    }

    fn shortest_end(&self) -> String {
        match (self.last.month(), self.last.day()) {
            (12, 31) => self.last.year().to_string(),
            _ if self.last == self.last.last_of_month() => month(self.last),
            _ => day(self.last),
        }
    }
}

fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

fn month(date: Date) -> String {
    format!("{} {}", MONTHS[date.month() as usize - 1], date.year())
}

fn years(first: i16, last: i16) -> String {
    match last - first {
        0 => first.to_string(),
        9 if first % 10 == 0 => format!("{first}s"),
        _ => format!("{first}–{last}"),
    }
}

/// A date, a week, a month, a quarter, a year, a decade ("197X"); an hour is ignored.
fn whole(iso: &str) -> Option<Period> {
    let iso = iso.split('T').next().unwrap_or(iso).trim_end_matches(['?', '~', '%']);
    if let Some(decade) = iso.strip_suffix('X') {
        let first = Date::new(decade.parse::<i16>().ok()?.checked_mul(10)?, 1, 1).ok()?;
        return Some(Period { first, last: Date::new(first.year() + 9, 12, 31).ok()? });
    }
    let mut parts = iso.splitn(3, '-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let Some(second) = parts.next() else {
        return Some(Period { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? });
    };
    if let Some(week) = second.strip_prefix('W') {
        let monday = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date();
        return Some(Period { first: monday, last: monday.checked_add(jiff::Span::new().days(6)).ok()? });
    }
    if let Some(quarter) = second.strip_prefix('Q') {
        let quarter: i8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        let last = Date::new(year, quarter * 3, 1).ok()?.last_of_month();
        return Some(Period { first: Date::new(year, quarter * 3 - 2, 1).ok()?, last });
    }
    let month: i8 = second.parse().ok()?;
    match parts.next() {
        Some(day) => {
            let date = Date::new(year, month, day.parse().ok()?).ok()?;
            Some(Period { first: date, last: date })
        }
        None => {
            let first = Date::new(year, month, 1).ok()?;
            Some(Period { first, last: first.last_of_month() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_precision_reads_and_prints() {
        for (iso, phrase) in [
            ("2022-09-15", "15 Sep 2022"),
            ("2022-09", "Sep 2022"),
            ("2022", "2022"),
            ("2022-W37", "12–18 Sep 2022"),
            ("2022-Q3", "Jul 2022 – Sep 2022"),
            ("2022-09-01/2022-09-15", "1–15 Sep 2022"),
            ("2022-09-28/2022-10-02", "28 Sep 2022 – 2 Oct 2022"),
            ("1990/1999", "1990s"),
            ("197X", "1970s"),
            ("2014/..", "since 2014"),
            ("../2020-03", "until Mar 2020"),
            ("2022-09-15T10:00:00Z", "15 Sep 2022"),
        ] {
            assert_eq!(Period::parse(iso).map(|period| period.phrase()).as_deref(), Some(phrase), "{iso}");
        }
    }

    #[test]
    fn what_is_no_date_is_nothing() {
        for text in
            ["", "Thursday", "2022-13", "2022-02-30", "2022-W60", "../..", "é-09", "2023/2022", "99999999", "XX"]
        {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
