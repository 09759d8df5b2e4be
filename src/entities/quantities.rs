//! Quantities in a sentence: "4,300-kilometer", "$5.3 billion", "about 40 percent" to a number with its unit.
//!
//! Units are UCUM codes (`km`, `t`, `%`), money is ISO 4217, a plain count has the unit `1`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::record::{Bound, Quantity};

/// A quantity in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Bytes in the sentence; the bound ("about") and the unit are inside.
    pub range: Range<usize>,
    pub quantity: Quantity,
}

/// The quantities of a sentence in reading order. Converted pairs, "4,300-kilometer (2,670-mile)", are one.
pub fn find(sentence: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for captures in PATTERN.captures_iter(sentence) {
        let range = captures.get_match().range();
        let group = |name: &str| captures.name(name).map(|group| group.as_str());
        let before = sentence[..range.start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '_'))
            || (before == Some('-') && sentence[..range.start - 1].ends_with(char::is_alphanumeric))
        {
            continue;
        }
        let Some(number) = group("number").and_then(number) else { continue };
        let words_only = group("number").is_some_and(|text| !text.starts_with(|c: char| c.is_ascii_digit()));
        let scale = group("scale").map_or(1.0, scale);
        let unit = group("currency").and_then(currency).or_else(|| group("unit").and_then(unit)).unwrap_or("1");
        // "one" alone is a pronoun or a name ("the one China principle") far more often than a count.
        if words_only && number == 1.0 && scale == 1.0 && unit == "1" {
            continue;
        }
        let lower = group("low").or_else(|| group("low_word")).and_then(self::number).map(|low| low * scale);
        let value = number * scale;
        let bound = match lower {
            Some(low) if low < value => Some(Bound::Between),
            _ => group("bound").and_then(bound).or_else(|| group("number").and_then(floor)),
        };
        let converts = found.last().is_some_and(|last| {
            let between = sentence[last.range.end..range.start].trim();
            matches!(between, "(" | ", or" | "(or") && last.quantity.unit != unit && unit != "1"
        });
        if converts {
            continue;
        }
        let text = captures.get_match().as_str().trim_end();
        let range = range.start..range.start + text.len();
        found
            .push(Found { range, quantity: Quantity { value, unit: unit.to_string(), text: text.to_string(), bound } });
    }
    for share in SHARE.captures_iter(sentence) {
        let range = share.get_match().range();
        let overlaps = |other: &Found| other.range.start < range.end && range.start < other.range.end;
        let Some(value) = percent(&share) else { continue };
        found.retain(|other| !overlaps(other));
        let text = share.get_match().as_str();
        let bound = share.name("bound").and_then(|word| bound(word.as_str()));
        let quantity = Quantity { value, unit: "%".to_string(), text: text.to_string(), bound };
        found.push(Found { range, quantity });
    }
    for rank in RANK.captures_iter(sentence) {
        let range = rank.get_match().range();
        let Some(value) = rank.name("ordinal").and_then(|word| ordinal(&word.as_str().to_lowercase())) else {
            continue;
        };
        let text = rank.get_match().as_str().to_string();
        found.push(Found { range, quantity: Quantity { value, unit: "{rank}".to_string(), text, bound: None } });
    }
    found.sort_by_key(|found| found.range.start);
    found
}

/// "two-thirds of", "one in five": in percent, to two digits.
fn percent(share: &regex::Captures) -> Option<f64> {
    let group = |name: &str| share.name(name).map(|group| group.as_str().to_lowercase());
    let of = |name: &str| group(name).and_then(|text| number(&text));
    let value = match (group("half"), of("in")) {
        (Some(_), _) => 50.0,
        (_, Some(whole)) if whole > 0.0 => of("part")? / whole * 100.0,
        _ => {
            let parts = group("parts").map_or(Some(1.0), |text| number(&text))?;
            let whole = match group("whole").or(group("part_of"))?.trim_end_matches('s') {
                // Two quarters are half a year.
                "quarter" if parts == 2.0 || parts > 3.0 => return None,
                "quarter" => 4.0,
                word => ordinal(word)?,
            };
            parts / whole * 100.0
        }
    };
    (value <= 100.0).then(|| (value * 100.0).round() / 100.0)
}

fn ordinal(word: &str) -> Option<f64> {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    ORDINALS.iter().position(|ordinal| *ordinal == word).map(|index| index as f64 + 1.0).or_else(|| digits.parse().ok())
}

static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    let counts = "one|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,4}";
    let bounds = "about|around|roughly|nearly|almost|more than|over|at least|less than|up to";
    let pattern = format!(
        r"(?i)(?:\b(?P<bound>{bounds}) )?\b(?:(?P<half>half)(?: of\b)|(?P<part>{counts}) (?:in|out of) (?P<in>every )?|(?P<parts>one|two|three|four|five|seven|nine)[ -](?P<whole>thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b|an? (?P<part_of>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth) of\b)"
    );
    Regex::new(&pattern.replace("(?P<in>every )?", &format!("(?:every )?(?P<in>{counts})\\b")))
        .expect("a fixed pattern")
});

static RANK: LazyLock<Regex> = LazyLock::new(|| {
    let sizes = "largest|biggest|smallest|most|richest|poorest|highest|lowest|longest|busiest|oldest|strongest|deadliest|worst|best|leading";
    let ordinals = "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[1-9][0-9]?(?:st|nd|rd|th)";
    Regex::new(&format!(r"(?i)\b(?P<ordinal>{ordinals})[ -](?:{sizes})\b")).expect("a fixed pattern")
});

/// The number that a written-out word or compound means: "forty", "twenty-five".
pub fn number_word(text: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(small) = SMALL.iter().position(|word| *word == text) {
        return Some(small as f64);
    }
    let (tens, rest) = text.split_once(['-', ' ']).unwrap_or((text, ""));
    let tens = (TENS.iter().position(|word| *word == tens)? as f64 + 2.0) * 10.0;
    match rest {
        "" => Some(tens),
        rest => SMALL[1..10].iter().position(|word| *word == rest).map(|ones| tens + ones as f64 + 1.0),
    }
}

const UNITS: &[(&str, &str)] = &[
    (r"square kilomet(?:er|re)s?|sq\.? km|km²|km2", "km2"),
    (r"square miles?|sq\.? mi", "[mi_i]2"),
    (r"square met(?:er|re)s?|m²", "m2"),
    (r"cubic met(?:er|re)s?", "m3"),
    (r"kilomet(?:er|re)s?|kms?", "km"),
    (r"nautical miles?", "[nmi_i]"),
    (r"miles?", "[mi_i]"),
    (r"met(?:er|re)s?", "m"),
    (r"f(?:ee|oo)t", "[ft_i]"),
    (r"hectares?", "har"),
    (r"acres?", "[acr_us]"),
    (r"kilograms?|kilos?|kg", "kg"),
    (r"(?:metric )?tonn?es?|(?:metric )?tons?", "t"),
    (r"kilotons?", "kt"),
    (r"barrels? (?:per|a) day|bpd", "[bbl_us]/d"),
    (r"barrels?", "[bbl_us]"),
    (r"kilomet(?:er|re)s? (?:per|an) hour|km/h|kph", "km/h"),
    (r"miles (?:per|an) hour|mph", "[mi_i]/h"),
    (r"knots", "[kn_i]"),
    (r"lit(?:er|re)s?", "L"),
    (r"gallons?", "[gal_us]"),
    (r"terawatt[ -]hours?|TWh", "TW.h"),
    (r"gigawatt[ -]hours?|GWh", "GW.h"),
    (r"megawatt[ -]hours?|MWh", "MW.h"),
    (r"degrees? Celsius|°C", "Cel"),
    (r"gigawatts?|GW", "GW"),
    (r"megawatts?|MW", "MW"),
    (r"per ?cent|percentage points?|%", "%"),
    (r"(?:US |U\.S\. )?dollars?", "USD"),
    (r"euros?", "EUR"),
    (r"(?:British )?pounds", "GBP"),
    (r"yen", "JPY"),
    (r"yuan|renminbi", "CNY"),
    (r"roubles?|rubles?", "RUB"),
    (r"(?:Indian )?rupees?", "INR"),
    (r"(?:South )?Korean won", "KRW"),
    (r"(?:Swiss )?francs", "CHF"),
    (r"(?:Turkish )?liras?", "TRY"),
    (r"hryvnias?|hryvnyas?", "UAH"),
    (r"zlotys?", "PLN"),
    (r"shekels?", "ILS"),
    (r"(?:Saudi )?riyals", "SAR"),
    (r"(?:Iranian )?rials", "IRR"),
    (r"(?:Emirati )?dirhams", "AED"),
    (r"(?:Mexican )?pesos", "MXN"),
    (r"reais", "BRL"),
    (r"naira", "NGN"),
    (r"(?:Swedish )?kronor", "SEK"),
    (r"(?:Norwegian )?kroner", "NOK"),
    (r"forints?", "HUF"),
    (r"baht", "THB"),
    (r"rupiah", "IDR"),
    (r"rand", "ZAR"),
    (r"hours?", "h"),
    (r"days?", "d"),
    (r"weeks?", "wk"),
    (r"months?", "mo"),
    (r"years?(?: old)?", "a"),
];

static UNIT_PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    UNITS
        .iter()
        .map(|(pattern, code)| (Regex::new(&format!("^(?i:{pattern})$")).expect("a fixed pattern"), *code))
        .collect()
});

static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let ones = "one|two|three|four|five|six|seven|eight|nine";
    let tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
    let teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen";
    let digits = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?";
    let vague = "tens of thousands|hundreds of thousands|tens of millions|dozens|hundreds|thousands|millions|billions|a dozen|half a million|a million|a hundred|a thousand|a billion";
    let units = UNITS.iter().map(|(pattern, _)| *pattern).collect::<Vec<_>>().join("|");
    let pattern = format!(
        r"(?i)(?:\b(?P<bound>about|around|approximately|roughly|nearly|almost|some|an estimated|more than|over|at least|no fewer than|as many as|up to|at most|less than|fewer than|under|no more than|as much as|between|from) )?(?:(?P<currency>US\$|A\$|C\$|HK\$|\$|€|£|¥|₹|₽|\bUSD|\bEUR|\bGBP|\bCHF|\bCNY|\bJPY) ?)?(?:(?:(?P<low>{digits})(?: to | and |-|–)|(?P<low_word>(?:{tens})(?:-(?:{ones}))?|{teens}|{ones})(?: to | and ))(?:\$|€|£)?)?(?P<number>{digits}|\b(?:(?:{tens})(?:-(?:{ones}))?|{teens}|{ones}|{vague})\b)(?:[ -]?(?P<scale>dozen|hundred|thousand|million|billion|trillion|lakh|crore|bn|mn|tn|m|k)\b)?(?:[ -]?(?P<unit>{units})(?:\b|$|[^\w]))?"
    );
    regex::RegexBuilder::new(&pattern).size_limit(1 << 24).build().expect("a fixed pattern")
});

fn number(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "a dozen" => Some(12.0),
        "dozens" => Some(24.0),
        "hundreds" => Some(200.0),
        "thousands" => Some(2e3),
        "tens of thousands" => Some(2e4),
        "hundreds of thousands" => Some(2e5),
        "millions" => Some(2e6),
        "tens of millions" => Some(2e7),
        "billions" => Some(2e9),
        "half a million" => Some(5e5),
        "a hundred" => Some(1e2),
        "a thousand" => Some(1e3),
        "a million" => Some(1e6),
        "a billion" => Some(1e9),
        _ => lower.replace(',', "").parse().ok().or_else(|| number_word(&lower)),
    }
}

/// "Dozens" are two dozen or more.
fn floor(number: &str) -> Option<Bound> {
    let is_plural = number_word(number).is_none() && number.ends_with(['s', 'S']);
    is_plural.then_some(Bound::AtLeast)
}

fn scale(text: &str) -> f64 {
    match text.to_lowercase().as_str() {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "mn" | "m" => 1e6,
        "billion" | "bn" => 1e9,
        "lakh" => 1e5,
        "crore" => 1e7,
        _ => 1e12,
    }
}

fn unit(text: &str) -> Option<&'static str> {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '²'));
    UNIT_PATTERNS.iter().find(|(pattern, _)| pattern.is_match(text)).map(|(_, code)| *code)
}

fn currency(text: &str) -> Option<&'static str> {
    Some(match text.to_uppercase().as_str() {
        "US$" | "$" => "USD",
        "A$" => "AUD",
        "C$" => "CAD",
        "HK$" => "HKD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" => "INR",
        "₽" => "RUB",
        "USD" => "USD",
        "EUR" => "EUR",
        "GBP" => "GBP",
        "CHF" => "CHF",
        "CNY" => "CNY",
        "JPY" => "JPY",
        _ => return None,
    })
}

fn bound(text: &str) -> Option<Bound> {
    Some(match text.to_lowercase().as_str() {
        "about" | "around" | "approximately" | "roughly" | "some" | "an estimated" | "nearly" | "almost" => {
            Bound::About
        }
        "more than" | "over" | "at least" | "no fewer than" => Bound::AtLeast,
        "between" | "from" => return None,
        _ => Bound::AtMost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sentence: &str) -> Vec<String> {
        let show = |found: Found| {
            let Quantity { value, unit, text, bound } = found.quantity;
            let bound = bound.map_or(String::new(), |bound| format!(" {bound:?}"));
            format!("{text} = {value} {unit}{bound}")
        };
        find(sentence).into_iter().map(show).collect()
    }

    #[test]
    fn quantities_have_units_and_bounds() {
        for (sentence, expected) in [
            ("a 4,300-kilometer (2,670-mile) border", vec!["4,300-kilometer = 4300 km"]),
            ("worth about $5.3 billion a year", vec!["about $5.3 billion = 5300000000 USD About"]),
            ("a $62bn corridor", vec!["$62bn = 62000000000 USD"]),
            ("rose by 12% in May", vec!["12% = 12 %"]),
            ("nearly 40 percent of its gas", vec!["nearly 40 percent = 40 % About"]),
            ("at least 280 pupils", vec!["at least 280 = 280 1 AtLeast"]),
            ("twenty-five envoys left", vec!["twenty-five = 25 1"]),
            ("a nation of 1.4 billion", vec!["1.4 billion = 1400000000 1"]),
            ("between 5 and 10 ships", vec!["between 5 and 10 = 10 1 Between"]),
            ("tens of thousands marched", vec!["tens of thousands = 20000 1 AtLeast"]),
            ("500,000 tonnes of grain", vec!["500,000 tonnes = 500000 t"]),
            ("1,200 square kilometers", vec!["1,200 square kilometers = 1200 km2"]),
            ("3 million euros in aid", vec!["3 million euros = 3000000 EUR"]),
            ("an F-16 of the G20, and one China", vec![]),
            ("up to 300 km away", vec!["up to 300 km = 300 km AtMost"]),
            ("two-thirds of the seats", vec!["two-thirds = 66.67 %"]),
            ("a third of the seats for a third party", vec!["a third of = 33.33 %"]),
            ("nearly half of the voters", vec!["nearly half of = 50 % About"]),
            ("one in five children", vec!["one in five = 20 %"]),
            ("the world's third-largest economy", vec!["third-largest = 3 {rank}"]),
            ("two dozen vessels", vec!["two dozen = 24 1"]),
            ("a road of 100 miles, or 160 km,", vec!["100 miles = 100 [mi_i]"]),
            ("50 million Korean won ($38,000)", vec!["50 million Korean won = 50000000 KRW"]),
            ("EUR 5 million in loans", vec!["EUR 5 million = 5000000 EUR"]),
            ("2 million barrels per day", vec!["2 million barrels per day = 2000000 [bbl_us]/d"]),
            ("at least 12 people were killed and 30 injured", vec!["at least 12 = 12 1 AtLeast", "30 = 30 1"]),
        ] {
            assert_eq!(read(sentence), expected, "{sentence}");
        }
    }
}
