//! Where the label of a line is drawn to: the middle of its ends, unless the line would run through a third box or another
//! line parts the same two.
//!
//! A line is a bow through its label, so moving the label aside bends the line around what is in its way.

use std::collections::BTreeMap;

use super::layout::Point;

/// A label with the two ends of its line, as positions.
#[derive(Clone, Copy)]
pub(super) struct Bow {
    pub label: usize,
    pub ends: [usize; 2],
}

/// The place that each label wants, in the order of `bows`; `solid` tells which boxes a line must not run through.
pub(super) fn targets(
    bows: &[Bow],
    places: &[Point],
    boxes: &[Point],
    gap: f64,
    solid: impl Fn(usize) -> bool,
) -> Vec<Point> {
    let solid: Vec<usize> = (0..places.len()).filter(|&item| solid(item)).collect();
    let mut siblings: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    for bow in bows {
        *siblings.entry(bow.ends).or_default() += 1;
    }
    let mut ranks: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    let target = |bow: &Bow| {
        let rank = ranks.entry(bow.ends).or_default();
        let order = *rank as f64 - (siblings[&bow.ends] as f64 - 1.0) / 2.0;
        *rank += 1;
        let [from, to] = bow.ends.map(|end| places[end]);
        let middle = Point { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 };
        let (x, y) = (to.x - from.x, to.y - from.y);
        let length = (x * x + y * y).sqrt().max(1e-9);
        let aside = Point { x: -y / length, y: x / length };
        let size = boxes[bow.label];
        let step = aside.x.abs() * size.x + aside.y.abs() * size.y + gap;
        let at = |far: f64| Point { x: middle.x + aside.x * far, y: middle.y + aside.y * far };
        let is_free = |far: f64| {
            let others = solid.iter().filter(|item| !bow.ends.contains(item));
            let others = others.map(|&item| (places[item], boxes[item]));
            !others.into_iter().any(|(place, size)| crosses(from, at(far), to, place, size))
        };
        let first = order * step;
        let detours = DETOURS.iter().map(|detour| first + detour * (1.0 + length / 300.0));
        at(detours.into_iter().find(|&far| is_free(far)).unwrap_or(first))
    };
    bows.iter().map(target).collect()
}

/// How far aside a label may be moved for a free way, the nearest first; of a line 300 long, twice as far.
const DETOURS: [f64; 9] = [0.0, 12.0, -12.0, 24.0, -24.0, 36.0, -36.0, 50.0, -50.0];

/// Whether the bow from one point by a second to a third runs through a box.
fn crosses(from: Point, by: Point, to: Point, middle: Point, size: Point) -> bool {
    let control = Point { x: 2.0 * by.x - (from.x + to.x) / 2.0, y: 2.0 * by.y - (from.y + to.y) / 2.0 };
    (1..STEPS).any(|step| {
        let t = step as f64 / STEPS as f64;
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        let x = a * from.x + b * control.x + c * to.x - middle.x;
        let y = a * from.y + b * control.y + c * to.y - middle.y;
        x.abs() < size.x / 2.0 + 3.0 && y.abs() < size.y / 2.0 + 3.0
    })
}

const STEPS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_same_two_go_side_by_side_and_around_a_third() {
        let point = |x: f64, y: f64| Point { x, y };
        let places = [point(0.0, 0.0), point(0.0, 300.0), point(0.0, 100.0), point(9.0, 9.0), point(9.0, 9.0)];
        let boxes = [point(40.0, 20.0); 5];
        let bows = [Bow { label: 3, ends: [0, 1] }, Bow { label: 4, ends: [0, 1] }];
        let two = targets(&bows, &places, &boxes, 10.0, |item| item < 2);
        assert_eq!(two, [point(25.0, 150.0), point(-25.0, 150.0)]);
        let one = targets(&bows[..1], &places, &boxes, 10.0, |item| item < 3);
        assert!(one[0].x.abs() > 20.0, "{one:?}");
    }
}
