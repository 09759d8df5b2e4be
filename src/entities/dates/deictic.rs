//! Deictic times, which count from the day of writing or from the day that the text told last: "on Thursday", "last month",
//! "two weeks ago", "the following day".

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{date, day, month, month_number};
use super::{Context, Reading};

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

pub(super) fn month_and_day(context: &Context) -> Reading {
    let (month, number) = (month_number(context), context.number("day"));
    if context.get("year").is_some() {
        return day(context.number("year"), month, number);
    }
    if date(Some(2000), month, number).is_none() {
        return Reading::NoTime;
    }
    resolved(recurring(context, |year| date(Some(year), month, number)).map(|date| date.to_string()))
}

pub(super) fn days_of_a_month(context: &Context) -> Reading {
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

pub(super) fn bare_month(context: &Context) -> Reading {
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

pub(super) fn weekday(context: &Context) -> Reading {
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

pub(super) fn near_day(context: &Context) -> Reading {
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

pub(super) fn near_unit(context: &Context) -> Reading {
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

/// "last summer": the nearest that has begun before the article; "next": that begins after it.
pub(super) fn near_season(context: &Context) -> Reading {
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

/// "over the past two years": from then to the article, or from the article on.
pub(super) fn span(context: &Context) -> Reading {
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

/// "two weeks ago": as precise as its unit.
pub(super) fn ago(context: &Context) -> Reading {
    let sign = if context.get("which").is_some() { 1 } else { -1 };
    distant(context, context.article, sign * count(context))
}

/// "two weeks later", "the following day": from the day that the text told last.
pub(super) fn later(context: &Context) -> Reading {
    let is_before = matches!(context.get("which"), Some("earlier" | "before that" | "previous"));
    distant(context, context.told, if is_before { -count(context) } else { count(context) })
}

fn count(context: &Context) -> i64 {
    context.number("count").unwrap_or(1)
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

fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn resolved(value: Option<String>) -> Reading {
    value.map_or(Reading::Unresolved, Reading::Time)
}
