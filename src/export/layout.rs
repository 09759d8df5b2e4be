//! Where the boxes of a picture go: what is linked lies close, and no box lies on another.
//!
//! Each connected part is laid out so that distances follow the number of links between two boxes, a little more where several
//! link the same two (stress majorization: Gansner, Koren and North, "Graph drawing by stress majorization", 2004), a large one by forces; overlaps are pushed apart;
//! then the parts are put side by side. Only additions, products and square roots are used, which are the same on every machine.

use std::collections::{HashMap, VecDeque};

use itertools::Itertools;

use super::bows::{self, Bow};
use super::forces;

/// A place, or a width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

/// How a picture is spread out, in its unit of length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    /// From the middle of a box to that of one that is linked with it.
    pub link: Point,
    /// Left free between two boxes.
    pub margin: Point,
}

/// The middle of each box, all at zero or beyond, and the size of the whole. `links` are pairs of positions in `sizes`; what
/// stands from position `light` on are labels, which are drawn to the middle of what they are linked with.
pub(super) fn place(sizes: &[Point], links: &[(usize, usize)], light: usize, spread: Spread) -> (Vec<Point>, Point) {
    let mut neighbours = vec![Vec::new(); sizes.len()];
    for &(a, b) in links {
        neighbours[a].push(b);
        neighbours[b].push(a);
    }
    neighbours.iter_mut().for_each(|list| *list = list.drain(..).sorted().dedup().collect());
    let lines = links.iter().counts_by(|&(a, b)| (a.min(b), a.max(b)));
    let parts = parts(&neighbours);
    let mut middles = vec![Point::default(); sizes.len()];
    let mut frames = Vec::new();
    for part in &parts {
        let boxes = part.iter().map(|&item| sizes[item]).collect_vec();
        let mut places =
            if part.len() > MOST_EXACT { forced(part, &neighbours) } else { stressed(part, &neighbours, &lines) };
        level(&mut places);
        places.iter_mut().for_each(|place| *place = Point { x: place.x * spread.link.x, y: place.y * spread.link.y });
        push_apart(&mut places, &boxes, spread.margin, |place| part[place] >= light);
        let position: HashMap<usize, usize> = part.iter().enumerate().map(|(place, &item)| (item, place)).collect();
        // A label of a loop has one end and stays where it is, beside it.
        let bows = part.iter().enumerate().filter(|(_, item)| **item >= light);
        let bows = bows.filter_map(|(label, &item)| match neighbours[item].as_slice() {
            [a, b] => Some(Bow { label, ends: [position[a], position[b]] }),
            _ => None,
        });
        let bows = bows.collect_vec();
        for _ in 0..if part.len() > MOST_EXACT { 0 } else { EASINGS } {
            let targets = bows::targets(&bows, &places, &boxes, spread.margin.y, |place| part[place] < light);
            for (bow, target) in bows.iter().zip(targets) {
                let place = &mut places[bow.label];
                *place = Point { x: (place.x + target.x) / 2.0, y: (place.y + target.y) / 2.0 };
            }
            push_apart(&mut places, &boxes, spread.margin, |place| part[place] >= light);
        }
        let low = corner(&places, &boxes, -0.5, f64::min);
        let high = corner(&places, &boxes, 0.5, f64::max);
        for (&item, place) in part.iter().zip(&places) {
            middles[item] = Point { x: place.x - low.x, y: place.y - low.y };
        }
        frames.push(Point { x: high.x - low.x, y: high.y - low.y });
    }
    let (corners, whole) = side_by_side(&frames, Point { x: spread.margin.x * 3.0, y: spread.margin.y * 3.0 });
    for (part, corner) in parts.iter().zip(corners) {
        for &item in part {
            middles[item].x += corner.x;
            middles[item].y += corner.y;
        }
    }
    (middles, whole)
}

/// How often labels are drawn to the middle.
const EASINGS: usize = 8;

/// Larger parts are too many pairs to weigh each; forces place them.
const MOST_EXACT: usize = 600;

/// The connected parts, the largest first; in each the best connected box first, then outwards.
fn parts(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut is_seen = vec![false; neighbours.len()];
    let by_degree = (0..neighbours.len()).sorted_by_key(|&item| (std::cmp::Reverse(neighbours[item].len()), item));
    let mut parts = Vec::new();
    for start in by_degree {
        if std::mem::replace(&mut is_seen[start], true) {
            continue;
        }
        let mut part = vec![start];
        let mut next = 0;
        while next < part.len() {
            for &neighbour in &neighbours[part[next]] {
                if !std::mem::replace(&mut is_seen[neighbour], true) {
                    part.push(neighbour);
                }
            }
            next += 1;
        }
        parts.push(part);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// Points as seeds lie in a sunflower: each turned by the golden angle, whose cosine and sine these are.
pub(super) fn spiral(count: usize, step: f64) -> Vec<Point> {
    let (cosine, sine) = (-0.737_368_878_078_319_8, 0.675_490_294_261_523_8);
    let mut direction = Point { x: 1.0, y: 0.0 };
    let seed = |number: usize| {
        let radius = step * (number as f64).sqrt();
        let place = Point { x: radius * direction.x, y: radius * direction.y };
        let turned =
            Point { x: direction.x * cosine - direction.y * sine, y: direction.x * sine + direction.y * cosine };
        // Rounding would let the length drift.
        let length = (turned.x * turned.x + turned.y * turned.y).sqrt();
        direction = Point { x: turned.x / length, y: turned.y / length };
        place
    };
    (0..count).map(seed).collect()
}

/// Places by forces.
fn forced(part: &[usize], neighbours: &[Vec<usize>]) -> Vec<Point> {
    let position: HashMap<usize, usize> = part.iter().enumerate().map(|(place, &item)| (item, place)).collect();
    let links = part.iter().enumerate().flat_map(|(place, &item)| {
        let others = neighbours[item].iter().map(|other| position[other]);
        others.filter(move |&other| place < other).map(move |other| (place, other))
    });
    forces::spread(part.len(), &links.collect_vec())
}

/// Places whose distances are as near as can be to the number of links between them; `lines` counts those of linked pairs.
fn stressed(part: &[usize], neighbours: &[Vec<usize>], lines: &HashMap<(usize, usize), usize>) -> Vec<Point> {
    let count = part.len();
    let mut places = spiral(count, 0.6);
    let mut distances: Vec<f64> = distances(part, neighbours).into_iter().map(f64::from).collect();
    // Several lines with their labels want room.
    for [one, other] in (0..count).array_combinations() {
        let (a, b) = (part[one], part[other]);
        let more = lines.get(&(a.min(b), a.max(b))).map_or(0, |lines| (lines - 1).min(MOST_ROOM));
        distances[one * count + other] += more as f64 * 0.25;
        distances[other * count + one] = distances[one * count + other];
    }
    for _ in 0..ROUNDS {
        let mut moved: f64 = 0.0;
        for one in 0..count {
            let (mut sum, mut weights) = (Point::default(), 0.0);
            for other in (0..count).filter(|&other| other != one) {
                let wanted = distances[one * count + other];
                let weight = 1.0 / (wanted * wanted);
                let (x, y) = (places[one].x - places[other].x, places[one].y - places[other].y);
                let length = (x * x + y * y).sqrt().max(1e-9);
                sum.x += weight * (places[other].x + wanted * x / length);
                sum.y += weight * (places[other].y + wanted * y / length);
                weights += weight;
            }
            if weights > 0.0 {
                let place = Point { x: sum.x / weights, y: sum.y / weights };
                moved = moved.max((place.x - places[one].x).abs() + (place.y - places[one].y).abs());
                places[one] = place;
            }
        }
        if moved < 1e-3 {
            break;
        }
    }
    places
}

/// Lines beyond the first that get more room.
const MOST_ROOM: usize = 3;

/// After so many the eye sees no change.
const ROUNDS: usize = 200;

/// The number of links between any two of a part, row by row.
fn distances(part: &[usize], neighbours: &[Vec<usize>]) -> Vec<u16> {
    let count = part.len();
    let mut position = vec![usize::MAX; neighbours.len()];
    part.iter().enumerate().for_each(|(place, &item)| position[item] = place);
    let mut distances = vec![u16::MAX; count * count];
    for start in 0..count {
        let row = &mut distances[start * count..(start + 1) * count];
        row[start] = 0;
        let mut queue = VecDeque::from([start]);
        while let Some(one) = queue.pop_front() {
            for other in neighbours[part[one]].iter().map(|&item| position[item]) {
                if row[other] == u16::MAX {
                    row[other] = row[one] + 1;
                    queue.push_back(other);
                }
            }
        }
    }
    distances
}

/// Turns the places so that they are widest from left to right, as pages and screens are.
fn level(places: &mut [Point]) {
    let count = places.len() as f64;
    let mean = |value: fn(&Point) -> f64, places: &[Point]| places.iter().map(value).sum::<f64>() / count;
    let middle = Point { x: mean(|place| place.x, places), y: mean(|place| place.y, places) };
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places.iter_mut() {
        *place = Point { x: place.x - middle.x, y: place.y - middle.y };
        xx += place.x * place.x;
        xy += place.x * place.y;
        yy += place.y * place.y;
    }
    let largest = (xx + yy + ((xx - yy) * (xx - yy) + 4.0 * xy * xy).sqrt()) / 2.0;
    let axis = if xx > yy { Point { x: largest - yy, y: xy } } else { Point { x: xy, y: largest - xx } };
    let length = (axis.x * axis.x + axis.y * axis.y).sqrt();
    if length < 1e-9 {
        return;
    }
    let axis = Point { x: axis.x / length, y: axis.y / length };
    for place in places {
        *place = Point { x: place.x * axis.x + place.y * axis.y, y: place.y * axis.x - place.x * axis.y };
    }
}

/// Moves boxes that lie on each other, the shorter way, and labels more than others; where that does not end, everything
/// moves apart.
fn push_apart(places: &mut [Point], boxes: &[Point], margin: Point, is_light: impl Fn(usize) -> bool) {
    let widest = boxes.iter().map(|size| size.x).fold(0.0, f64::max) + margin.x;
    let mut order = (0..places.len()).collect_vec();
    for round in 1.. {
        order.sort_by(|&a, &b| places[a].x.total_cmp(&places[b].x).then(a.cmp(&b)));
        let mut is_free = true;
        for first in 0..order.len() {
            for second in first + 1..order.len() {
                let (a, b) = (order[first], order[second]);
                // Pushed boxes leave the order a little.
                if places[b].x - places[a].x > widest * 1.5 {
                    break;
                }
                let (x, y) = (places[b].x - places[a].x, places[b].y - places[a].y);
                let over_x = (boxes[a].x + boxes[b].x) / 2.0 + margin.x - x.abs();
                let over_y = (boxes[a].y + boxes[b].y) / 2.0 + margin.y - y.abs();
                if over_x <= 1e-6 || over_y <= 1e-6 {
                    continue;
                }
                is_free = false;
                let share = match (is_light(a), is_light(b)) {
                    (true, false) => 0.8,
                    (false, true) => 0.2,
                    _ => 0.5,
                };
                if over_x < over_y {
                    let push = if x < 0.0 { -over_x } else { over_x };
                    places[a].x -= push * share;
                    places[b].x += push * (1.0 - share);
                } else {
                    let push = if y < 0.0 { -over_y } else { over_y };
                    places[a].y -= push * share;
                    places[b].y += push * (1.0 - share);
                }
            }
        }
        if is_free {
            return;
        }
        if round % 60 == 0 {
            places.iter_mut().for_each(|place| *place = Point { x: place.x * 1.08, y: place.y * 1.08 });
        }
    }
}

fn corner(places: &[Point], boxes: &[Point], side: f64, furthest: fn(f64, f64) -> f64) -> Point {
    let corners = places.iter().zip(boxes);
    let corners = corners.map(|(place, size)| Point { x: place.x + side * size.x, y: place.y + side * size.y });
    corners.reduce(|a, b| Point { x: furthest(a.x, b.x), y: furthest(a.y, b.y) }).unwrap_or_default()
}

/// Frames in rows, the first largest; their upper left corners, and the size of the whole.
fn side_by_side(frames: &[Point], gap: Point) -> (Vec<Point>, Point) {
    let area: f64 = frames.iter().map(|frame| (frame.x + gap.x) * (frame.y + gap.y)).sum();
    let widest = frames.iter().map(|frame| frame.x).fold(0.0, f64::max).max((area * 1.6).sqrt());
    let mut corners = Vec::with_capacity(frames.len());
    let mut pen = Point::default();
    let (mut row, mut whole) = (0.0_f64, Point::default());
    for frame in frames {
        if pen.x > 0.0 && pen.x + frame.x > widest {
            pen = Point { x: 0.0, y: pen.y + row + gap.y };
            row = 0.0;
        }
        corners.push(pen);
        row = row.max(frame.y);
        whole = Point { x: whole.x.max(pen.x + frame.x), y: whole.y.max(pen.y + frame.y) };
        pen.x += frame.x + gap.x;
    }
    (corners, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPREAD: Spread = Spread { link: Point { x: 150.0, y: 90.0 }, margin: Point { x: 12.0, y: 10.0 } };

    fn check(count: usize, links: &[(usize, usize)]) -> Vec<Point> {
        let sizes = (0..count).map(|n| Point { x: 40.0 + (n * 37 % 90) as f64, y: 24.0 }).collect_vec();
        let (places, whole) = place(&sizes, links, count, SPREAD);
        for [a, b] in (0..count).array_combinations() {
            let apart_x = (places[a].x - places[b].x).abs() - (sizes[a].x + sizes[b].x) / 2.0;
            let apart_y = (places[a].y - places[b].y).abs() - (sizes[a].y + sizes[b].y) / 2.0;
            assert!(apart_x > 11.9 || apart_y > 9.9, "{a} and {b} of {count}");
        }
        for (place, size) in places.iter().zip(&sizes) {
            assert!(place.x - size.x / 2.0 > -0.01 && place.x + size.x / 2.0 < whole.x + 0.01);
            assert!(place.y - size.y / 2.0 > -0.01 && place.y + size.y / 2.0 < whole.y + 0.01);
        }
        places
    }

    #[test]
    fn no_box_lies_on_another() {
        check(0, &[]);
        check(1, &[]);
        check(2, &[(0, 0), (0, 1), (1, 0)]);
        check(200, &[]);
        check(120, &(1..120).map(|leaf| (0, leaf)).collect_vec());
        check(30, &(0..30).array_combinations().map(|[a, b]| (a, b)).collect_vec());
        check(1500, &(1..1500).map(|n| (n, n / 3)).collect_vec());
    }

    #[test]
    fn what_is_linked_lies_closer() {
        let places = check(6, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
        let far = |a: usize, b: usize| (places[a].x - places[b].x).abs() + (places[a].y - places[b].y).abs();
        assert!(far(0, 5) > 3.0 * far(0, 1));
    }

    #[test]
    fn two_calls_give_the_same_bits() {
        let links = (1..80).map(|n| (n, n * 7 % 13)).collect_vec();
        assert_eq!(check(80, &links), check(80, &links));
    }
}
