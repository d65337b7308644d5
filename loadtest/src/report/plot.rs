//! Lines over two axes, drawn as SVG that stands on its own.

use std::fmt::Write;

use super::axis::{Axis, RangedAxis};

/// The size of the drawing, in its own units; the page scales it.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 290.0;
/// Around the lines: left for numbers, below for numbers and the label.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BELOW: f64 = 42.0;
/// Points of one line; more than pixels would only make the page large.
const POINTS_MAX: usize = 600;
/// Stretches of the x axis that say their values when pointed at.
const READOUTS_MAX: usize = 120;

/// One plot.
#[derive(Clone, Debug)]
pub struct Plot {
    pub title: String,
    pub x: Axis,
    pub y: Axis,
    pub lines: Vec<Line>,
    /// Moments on the x axis that something happened at, with a word for it.
    pub marks: Vec<(f64, &'static str)>,
}

/// One line. Its colour comes from its place among the others.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

impl Line {
    /// A line through `points`, thinned to what can be seen.
    #[must_use]
    pub fn new(name: impl Into<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut points: Vec<(f64, f64)> = points.into_iter().collect();
        let every = points.len().div_ceil(POINTS_MAX).max(1);
        let last = points.last().copied();
        points = points.into_iter().step_by(every).collect();
        if points.last().copied() != last {
            points.extend(last);
        }
        Self { name: name.into(), points }
    }
}

impl Plot {
    /// The drawing. `escape` makes text safe for the page.
    pub(super) fn svg(&self, escape: impl Fn(&str) -> String) -> String {
        let points = || self.lines.iter().flat_map(|line| line.points.iter());
        let x = self.x.over(points().map(|point| point.0).chain(self.marks.iter().map(|mark| mark.0)));
        let y = self.y.over(points().map(|point| point.1));
        let mut svg =
            format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n", escape(&self.title));
        grid(&mut svg, &x, &y);
        let _ = write!(
            svg,
            "<text class=\"label\" x=\"{}\" y=\"{}\">{}</text>\n<text class=\"label\" x=\"{LEFT}\" y=\"{}\">{}</text>\n",
            WIDTH - RIGHT,
            HEIGHT - 6.0,
            escape(self.x.label),
            TOP - 3.0,
            escape(self.y.label),
        );
        for (at, name) in &self.marks {
            let left = left_of(&x, *at);
            let _ = writeln!(
                svg,
                "<path class=\"mark\" d=\"M{left:.1} {TOP}V{}\"/><text class=\"marked\" x=\"{:.1}\" y=\"{}\">{}</text>",
                HEIGHT - BELOW,
                left + 5.0,
                TOP + 12.0,
                escape(name),
            );
        }
        for (index, line) in self.lines.iter().enumerate() {
            let mut path = String::new();
            for (step, point) in line.points.iter().enumerate() {
                let command = if step == 0 { 'M' } else { 'L' };
                let _ = write!(path, "{command}{:.1} {:.1}", left_of(&x, point.0), top_of(&y, point.1));
            }
            if line.points.len() == 1 {
                // A path of one point shows nothing: make it a dot.
                path += "h0.1";
            }
            let _ = writeln!(svg, "<path class=\"line s{}\" d=\"{path}\"/>", index % 6);
        }
        self.readouts(&mut svg, &x, &y, escape);
        svg + "</svg>\n"
    }

    /// Invisible stretches that tell the values of all lines there: the page has no script.
    fn readouts(&self, svg: &mut String, x: &RangedAxis, y: &RangedAxis, escape: impl Fn(&str) -> String) {
        let Some(longest) = self.lines.iter().max_by_key(|line| line.points.len()) else { return };
        let every = longest.points.len().div_ceil(READOUTS_MAX).max(1);
        let stops: Vec<f64> = longest.points.iter().step_by(every).map(|point| point.0).collect();
        for (index, at) in stops.iter().enumerate() {
            let before = index.checked_sub(1).map_or(*at, |before| stops[before]);
            let after = stops.get(index + 1).copied().unwrap_or(*at);
            let from = left_of(x, *at).midpoint(left_of(x, before));
            let to = left_of(x, *at).midpoint(left_of(x, after));
            let mut text = x.text(*at);
            for line in &self.lines {
                if let Some(value) = line.at(*at) {
                    let _ = write!(text, "\n{}: {}", line.name, y.text(value));
                }
            }
            let _ = writeln!(
                svg,
                "<rect class=\"read\" x=\"{from:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\"><title>{}</title></rect>",
                (to - from).max(1.0),
                HEIGHT - TOP - BELOW,
                escape(&text),
            );
        }
    }
}

impl Line {
    /// The value at the point nearest to `at`.
    fn at(&self, at: f64) -> Option<f64> {
        let distance = |point: &&(f64, f64)| (point.0 - at).abs();
        let nearest = self.points.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        Some(nearest.1)
    }
}

fn grid(svg: &mut String, x: &RangedAxis, y: &RangedAxis) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BELOW);
    for tick in y.ticks() {
        let top = top_of(y, tick);
        let _ = writeln!(
            svg,
            "<path class=\"grid\" d=\"M{LEFT} {top:.1}H{right}\"/><text class=\"tick y\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            LEFT - 6.0,
            top + 4.0,
            y.text(tick),
        );
    }
    for tick in x.ticks() {
        let left = left_of(x, tick);
        let _ = writeln!(
            svg,
            "<path class=\"grid\" d=\"M{left:.1} {bottom}v5\"/><text class=\"tick\" x=\"{left:.1}\" y=\"{:.1}\">{}</text>",
            bottom + 18.0,
            x.text(tick),
        );
    }
    let _ = writeln!(svg, "<path class=\"axis\" d=\"M{LEFT} {bottom}H{right}\"/>");
}

fn left_of(x: &RangedAxis, value: f64) -> f64 {
    LEFT + x.position(value) * (WIDTH - LEFT - RIGHT)
}

fn top_of(y: &RangedAxis, value: f64) -> f64 {
    HEIGHT - BELOW - y.position(value) * (HEIGHT - TOP - BELOW)
}
