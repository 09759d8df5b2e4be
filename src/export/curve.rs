//! Lines of a picture: a bow from one point to another, cut where it enters a box, with its arrowheads.

use super::layout::Point;

/// A quadratic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    from: Point,
    control: Point,
    to: Point,
}

impl Curve {
    /// Straight, unless it has to pass through a point, which it does half way.
    pub fn through(from: Point, through: Option<Point>, to: Point) -> Curve {
        let half = Point { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 };
        let through = through.unwrap_or(half);
        Curve { from, control: Point { x: 2.0 * through.x - half.x, y: 2.0 * through.y - half.y }, to }
    }

    /// The path from a point by another back to it.
    pub fn loop_through(from: Point, by: Point) -> String {
        let (x, y) = ((by.x - from.x) * 4.0 / 3.0, (by.y - from.y) * 4.0 / 3.0);
        let length = (x * x + y * y).sqrt().max(1.0);
        let (aside_x, aside_y) = (-y / length * 40.0, x / length * 40.0);
        format!(
            "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            from.x,
            from.y,
            from.x + x + aside_x,
            from.y + y + aside_y,
            from.x + x - aside_x,
            from.y + y - aside_y,
            from.x,
            from.y
        )
    }

    /// Moved to its right.
    pub fn moved_aside(self, far: f64) -> Curve {
        let (x, y) = (self.to.x - self.from.x, self.to.y - self.from.y);
        let length = (x * x + y * y).sqrt().max(1e-9);
        let moved = |point: Point| Point { x: point.x - y / length * far, y: point.y + x / length * far };
        Curve { from: moved(self.from), control: moved(self.control), to: moved(self.to) }
    }

    pub fn reversed(self) -> Curve {
        Curve { from: self.to, to: self.from, ..self }
    }

    /// The piece outside of what it starts in and what it ends in; `None` where nothing is left.
    pub fn between(self, starts_in: impl Fn(Point) -> bool, ends_in: impl Fn(Point) -> bool) -> Option<Curve> {
        let step = |number: usize| number as f64 / STEPS as f64;
        let first = (0..=STEPS).rev().find(|&number| starts_in(self.at(step(number)))).map_or(0, |number| number + 1);
        let last = (0..=STEPS).find(|&number| number >= first && ends_in(self.at(step(number))));
        let last = last.map_or(STEPS, |number| number.saturating_sub(1));
        (first < last).then(|| self.piece(step(first), step(last)))
    }

    /// Without so much at its start and at its end.
    pub fn shortened(self, start: f64, end: f64) -> Curve {
        let far = |number: usize, from: Point| {
            let point = self.at(number as f64 / STEPS as f64);
            ((point.x - from.x) * (point.x - from.x) + (point.y - from.y) * (point.y - from.y)).sqrt()
        };
        let first = (0..STEPS / 2).find(|&number| far(number, self.from) >= start).unwrap_or(0);
        let last = (STEPS / 2..=STEPS).rev().find(|&number| far(number, self.to) >= end).unwrap_or(STEPS);
        self.piece(first as f64 / STEPS as f64, last as f64 / STEPS as f64)
    }

    pub fn path(&self) -> String {
        let Curve { from, control, to } = self;
        format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", from.x, from.y, control.x, control.y, to.x, to.y)
    }

    /// A filled triangle at its end.
    pub fn arrow(&self, color: &str, length: f64) -> String {
        let (Point { x, y }, ahead) = (self.to, self.direction(length));
        let base = Point { x: x - ahead.x * length, y: y - ahead.y * length };
        let (wide_x, wide_y) = (-ahead.y * length * 0.4, ahead.x * length * 0.4);
        format!(
            "<polygon points=\"{x:.1},{y:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{color}\"/>",
            base.x + wide_x,
            base.y + wide_y,
            base.x - wide_x,
            base.y - wide_y
        )
    }

    /// A bar across its end.
    pub fn tee(&self, color: &str) -> String {
        let (Point { x, y }, ahead) = (self.to, self.direction(6.0));
        let (x, y) = (x - ahead.x * 2.0, y - ahead.y * 2.0);
        format!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{color}\" stroke-width=\"2\"/>",
            x - ahead.y * 5.0,
            y + ahead.x * 5.0,
            x + ahead.y * 5.0,
            y - ahead.x * 5.0
        )
    }

    fn at(&self, t: f64) -> Point {
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point {
            x: a * self.from.x + b * self.control.x + c * self.to.x,
            y: a * self.from.y + b * self.control.y + c * self.to.y,
        }
    }

    fn piece(&self, start: f64, end: f64) -> Curve {
        let (a, b, c) = ((1.0 - start) * (1.0 - end), start * (1.0 - end) + end * (1.0 - start), start * end);
        let control = Point {
            x: a * self.from.x + b * self.control.x + c * self.to.x,
            y: a * self.from.y + b * self.control.y + c * self.to.y,
        };
        Curve { from: self.at(start), control, to: self.at(end) }
    }

    /// Where it goes over its last piece of this length, as a unit.
    fn direction(&self, length: f64) -> Point {
        let before = self.shortened(0.0, length).to;
        let (x, y) = (self.to.x - before.x, self.to.y - before.y);
        let length = (x * x + y * y).sqrt();
        if length < 1e-9 { Point { x: 1.0, y: 0.0 } } else { Point { x: x / length, y: y / length } }
    }
}

/// A curve is looked at in so many places.
const STEPS: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_through_its_label_and_is_cut_at_boxes() {
        let (from, to) = (Point { x: 0.0, y: 0.0 }, Point { x: 100.0, y: 0.0 });
        let curve = Curve::through(from, Some(Point { x: 50.0, y: 30.0 }), to);
        assert_eq!(curve.at(0.5), Point { x: 50.0, y: 30.0 });
        let cut = curve.between(|point| point.x < 20.0, |point| point.x > 80.0).unwrap();
        assert!((cut.from.x - 20.0).abs() < 0.5 && (cut.to.x - 80.0).abs() < 0.5);
        assert!((cut.at(0.5).y - 30.0).abs() < 0.1);
        assert_eq!(curve.between(|_| true, |_| false), None);
    }
}
