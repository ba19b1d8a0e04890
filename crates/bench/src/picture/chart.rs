//! One chart: lines over a logarithmic number of inboxes.

use std::fmt::Write as _;

use crate::targets::plain;

const TOP: f64 = 50.0;
const BOTTOM: f64 = 330.0;
const WIDTH: f64 = 330.0;
/// Names of lines that end close together stand at least this far apart.
const LINE_HEIGHT: f64 = 16.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// From zero.
    Linear,
    Logarithmic,
}

pub struct Line {
    /// Its colour: `a`, `b` or `c`.
    pub class: &'static str,
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

pub struct Chart {
    pub title: &'static str,
    /// Where its axis begins.
    pub left: u32,
    pub scale: Scale,
    pub lines: Vec<Line>,
}

/// From values to places in the picture.
struct Frame {
    left: f64,
    x: (f64, f64),
    y: (f64, f64),
    scale: Scale,
}

impl Frame {
    fn x(&self, value: f64) -> f64 {
        let (low, high) = self.x;
        self.left + share(value.ln(), low.ln(), high.ln()) * WIDTH
    }

    fn y(&self, value: f64) -> f64 {
        let (low, high) = self.y;
        let share = match self.scale {
            Scale::Linear => share(value, low, high),
            Scale::Logarithmic => share(value.ln(), low.ln(), high.ln()),
        };
        BOTTOM - share * (BOTTOM - TOP)
    }

    /// Where lines across help to read: round values.
    fn marks(&self) -> Vec<f64> {
        let (low, high) = self.y;
        match self.scale {
            Scale::Linear => (0..=4).map(|quarter| high * f64::from(quarter) / 4.0).collect(),
            Scale::Logarithmic => {
                let powers = (-4..5).map(|power| 10_f64.powi(power));
                powers.filter(|mark| (low..=high).contains(mark)).collect()
            }
        }
    }
}

impl Chart {
    pub fn draw(&self) -> String {
        let mut svg = String::new();
        let values: Vec<(f64, f64)> = self.lines.iter().flat_map(|line| line.points.clone()).collect();
        let Some(frame) = self.frame(&values) else { return svg };
        // Writing to a string can't fail.
        let _ = self.write(&mut svg, &frame);
        svg
    }

    fn frame(&self, values: &[(f64, f64)]) -> Option<Frame> {
        let least = |values: &mut dyn Iterator<Item = f64>| values.min_by(f64::total_cmp);
        let greatest = |values: &mut dyn Iterator<Item = f64>| values.max_by(f64::total_cmp);
        let x = || values.iter().map(|(x, _)| *x);
        let y = || values.iter().map(|(_, y)| *y).filter(|y| *y > 0.0);
        let (low, high) = (least(&mut y())?, greatest(&mut y())?);
        let y = match self.scale {
            Scale::Linear => (0.0, (high * 1.1).ceil()),
            Scale::Logarithmic => (10_f64.powf(low.log10().floor()), 10_f64.powf(high.log10().ceil())),
        };
        Some(Frame {
            left: f64::from(self.left),
            x: (least(&mut x())?, greatest(&mut x())?),
            y,
            scale: self.scale,
        })
    }

    fn write(&self, svg: &mut String, frame: &Frame) -> std::fmt::Result {
        let right = frame.left + WIDTH;
        writeln!(svg, "<g>\n<text class=\"title\" x=\"{}\" y=\"28\">{}</text>", frame.left, self.title)?;
        for mark in frame.marks() {
            let y = frame.y(mark);
            writeln!(
                svg,
                "<path class=\"grid\" d=\"M{} {y:.1}H{right}\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                frame.left,
                frame.left - 6.0,
                y + 4.0,
                plain(mark)
            )?;
        }
        writeln!(svg, "<path class=\"axis\" d=\"M{} {TOP}V{BOTTOM}H{right}\"/>", frame.left)?;
        for (x, _) in self.lines.first().into_iter().flat_map(|line| &line.points) {
            writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                frame.x(*x),
                BOTTOM + 20.0,
                grouped(*x)
            )?;
        }
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">distinct inboxes</text>",
            frame.left + WIDTH / 2.0,
            BOTTOM + 42.0
        )?;
        for line in &self.lines {
            let places: Vec<String> =
                line.points.iter().map(|(x, y)| format!("{:.1} {:.1}", frame.x(*x), frame.y(*y))).collect();
            writeln!(svg, "<path class=\"line {}\" d=\"M{}\"/>", line.class, places.join("L"))?;
            for (x, y) in &line.points {
                writeln!(
                    svg,
                    "<circle class=\"dot {}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>",
                    line.class,
                    frame.x(*x),
                    frame.y(*y)
                )?;
            }
        }
        self.write_names(svg, frame)?;
        writeln!(svg, "</g>")
    }

    /// Each name above its line's end, pushed up where it would cover the one below.
    fn write_names(&self, svg: &mut String, frame: &Frame) -> std::fmt::Result {
        let mut ends: Vec<(&Line, f64)> =
            self.lines.iter().filter_map(|line| Some((line, frame.y(line.points.last()?.1) - 9.0))).collect();
        ends.sort_by(|one, other| other.1.total_cmp(&one.1));
        let mut above = f64::INFINITY;
        for (line, wanted) in ends {
            let y = wanted.min(above - LINE_HEIGHT);
            above = y;
            writeln!(
                svg,
                "<text class=\"name {}\" x=\"{}\" y=\"{y:.1}\" text-anchor=\"end\">{}</text>",
                line.class,
                frame.left + WIDTH,
                line.name
            )?;
        }
        Ok(())
    }
}

fn share(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.5 }
}

/// `20000` as `20,000`.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Chart, Line, Scale, grouped};

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(grouped(1_000.0), "1,000");
        assert_eq!(grouped(100_000.0), "100,000");
        assert_eq!(grouped(200.0), "200");
    }

    #[test]
    fn a_chart_of_nothing_is_empty() {
        let line = Line { class: "a", name: "x", points: vec![] };
        let chart = Chart { title: "t", left: 0, scale: Scale::Logarithmic, lines: vec![line] };
        assert_eq!(chart.draw(), "");
    }

    #[test]
    fn a_line_goes_from_the_left_to_the_right() {
        let line = Line { class: "a", name: "x", points: vec![(1_000.0, 1.0), (100_000.0, 2.0)] };
        let chart = Chart { title: "t", left: 10, scale: Scale::Linear, lines: vec![line] };
        assert!(chart.draw().contains("d=\"M10.0 236.7L340.0 143.3\""), "{}", chart.draw());
    }
}
