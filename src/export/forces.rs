//! Places for the boxes of a large part, by forces: what is linked pulls together, everything else pushes apart.
//!
//! Fruchterman and Reingold, "Graph drawing by force-directed placement", 1991; far boxes push as one through a quadtree
//! (Barnes and Hut 1986). 10,000 boxes take about a second. Only additions, products, quotients and square roots are used,
//! which are the same on every machine.

use super::layout::{Point, spiral};

const ROUNDS: usize = 120;

/// A cell pushes as one when it is so much smaller than it is far.
const OPENING: f64 = 1.1;

/// Deeper than this two boxes lie on one point.
const DEEPEST: usize = 40;

/// Places in links' lengths. `links` are pairs of positions, each once.
pub(super) fn spread(count: usize, links: &[(usize, usize)]) -> Vec<Point> {
    let mut places = spiral(count, 0.8);
    let mut pushes = vec![Point::default(); count];
    let mut degrees = vec![1.0_f64; count];
    for &(a, b) in links {
        degrees[a] += 1.0;
        degrees[b] += 1.0;
    }
    let start = (count as f64).sqrt() * 0.1;
    for round in 0..ROUNDS {
        let tree = Tree::new(&places);
        for (place, push) in places.iter().zip(&mut pushes) {
            *push = tree.push(*place);
            // A weak pull to the middle keeps loose ends near.
            push.x -= place.x * 0.02;
            push.y -= place.y * 0.02;
        }
        for &(a, b) in links {
            let (x, y) = (places[b].x - places[a].x, places[b].y - places[a].y);
            let length = (x * x + y * y).sqrt();
            // A hub has many links, which together would draw everything onto it.
            for (one, sign) in [(a, 1.0), (b, -1.0)] {
                let pull = sign * length / degrees[one].sqrt();
                pushes[one].x += x * pull;
                pushes[one].y += y * pull;
            }
        }
        let left = 1.0 - round as f64 / ROUNDS as f64;
        let furthest = start * left * left + 0.01;
        for (place, push) in places.iter_mut().zip(&pushes) {
            let length = (push.x * push.x + push.y * push.y).sqrt().max(1e-9);
            let step = length.min(furthest) / length;
            *place = Point { x: place.x + push.x * step, y: place.y + push.y * step };
        }
    }
    places
}

/// A square with the boxes in it, or the one box.
#[derive(Clone, Copy, Default)]
struct Cell {
    mass: f64,
    /// Of the places in it; divided by the mass, their middle.
    sum: Point,
    /// Its first quarter; the others follow. Zero is none.
    quarters: usize,
}

struct Tree {
    cells: Vec<Cell>,
    side: f64,
}

impl Tree {
    fn new(places: &[Point]) -> Tree {
        let reach = places.iter().map(|place| place.x.abs().max(place.y.abs())).fold(1.0, f64::max);
        let mut tree = Tree { cells: vec![Cell::default()], side: 2.0 * reach };
        for &place in places {
            tree.add(place);
        }
        tree
    }

    fn add(&mut self, place: Point) {
        let (mut cell, mut middle, mut half) = (0, Point::default(), self.side / 2.0);
        for _ in 0..DEEPEST {
            let here = &mut self.cells[cell];
            let before = *here;
            here.mass += 1.0;
            here.sum.x += place.x;
            here.sum.y += place.y;
            if before.mass == 0.0 {
                return;
            }
            if before.quarters == 0 {
                let first = self.cells.len();
                self.cells.extend([Cell::default(); 4]);
                self.cells[cell].quarters = first;
                let resident = Point { x: before.sum.x / before.mass, y: before.sum.y / before.mass };
                let quarter = &mut self.cells[first + quarter(resident, middle)];
                (quarter.mass, quarter.sum) = (before.mass, before.sum);
            }
            cell = self.cells[cell].quarters + quarter(place, middle);
            half /= 2.0;
            middle.x += if place.x > middle.x { half } else { -half };
            middle.y += if place.y > middle.y { half } else { -half };
        }
        let here = &mut self.cells[cell];
        here.mass += 1.0;
        here.sum.x += place.x;
        here.sum.y += place.y;
    }

    /// What all boxes together do to one at this place.
    fn push(&self, place: Point) -> Point {
        let mut push = Point::default();
        let mut open = vec![(0, self.side)];
        while let Some((cell, side)) = open.pop() {
            let Cell { mass, sum, quarters } = self.cells[cell];
            if mass == 0.0 {
                continue;
            }
            let (x, y) = (place.x - sum.x / mass, place.y - sum.y / mass);
            let square = x * x + y * y;
            if quarters == 0 || side * side < OPENING * OPENING * square {
                let strength = mass / square.max(0.01);
                push.x += x * strength;
                push.y += y * strength;
            } else {
                open.extend((quarters..quarters + 4).map(|quarter| (quarter, side / 2.0)));
            }
        }
        push
    }
}

fn quarter(place: Point, middle: Point) -> usize {
    usize::from(place.x > middle.x) + 2 * usize::from(place.y > middle.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_linked_lies_closer() {
        let links: Vec<(usize, usize)> = (1..2000).map(|n| (n / 3, n)).collect();
        let places = spread(2000, &links);
        let far = |(a, b): (usize, usize)| {
            let (x, y) = (places[a].x - places[b].x, places[a].y - places[b].y);
            (x * x + y * y).sqrt()
        };
        let linked = links.iter().map(|&link| far(link)).sum::<f64>() / links.len() as f64;
        let others = (0..1000).map(|n| far((n, n + 1000))).sum::<f64>() / 1000.0;
        assert!(linked * 5.0 < others, "{linked} {others}");
        assert_eq!(places, spread(2000, &links));
    }

    #[test]
    fn boxes_on_one_point_do_no_harm() {
        let tree = Tree::new(&[Point { x: 1.0, y: 1.0 }; 5]);
        assert!(tree.push(Point { x: 1.0, y: 1.0 }).x.is_finite());
        assert_eq!(spread(0, &[]), []);
        assert!(spread(1, &[(0, 0)])[0].x.is_finite());
    }
}
