//! A plot of one figure by day, made here as inline SVG.
//!
//! Invariants: nobody needs to see it: it has a name, a description and the same figures as a
//! table. All words and numbers outside of the table stand in HTML around the drawing, which is
//! stretched: they are as large as other text at any width. No colour says anything alone.
//!
//! `{{ <chart chart={view.chart} title={t(key="…")} /> }}` (`templates/parts/chart.html`).

use std::fmt::Write;

use chrono::NaiveDate;
use serde::Serialize;

/// The drawing's own measure; it is stretched to the room that there is.
const WIDTH: u64 = 1000;
const HEIGHT: u64 = 200;
/// Of a bar and the gap after it, the bar.
const BAR: f64 = 0.8;

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// What was done on each day.
    Bars,
    /// What there was at the end of each day.
    Line,
}

/// What a number counts: how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Count,
    Bytes,
}

/// A number as people read it: counted, and grouped as each language does, or in words already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    Count(u64),
    Text(String),
}

impl Amount {
    pub fn new(count: u64, unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Count(count),
            Unit::Bytes => Self::Text(belfry_model::usage::Bytes(count).to_string()),
        }
    }
}

/// One day.
#[derive(Debug, Clone, Serialize)]
pub struct ChartPoint {
    /// Midnight, as the texts' functions take a time.
    pub at: String,
    pub amount: Amount,
}

#[derive(Debug, Clone, Serialize)]
struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
}

/// What the template draws. Made by [`Chart::new`].
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Unique on its page.
    id: String,
    shape: Shape,
    width: u64,
    height: u64,
    bars: Vec<Bar>,
    /// `d` of the line's path.
    line: String,
    /// Where the limit runs, if it is on the drawing.
    limit_y: Option<String>,
    is_limited: bool,
    limit: Option<Amount>,
    /// From the top to the bottom.
    ticks: Vec<Amount>,
    /// The oldest first.
    points: Vec<ChartPoint>,
    most: Amount,
    latest: Amount,
}

impl Chart {
    /// `points` are days in a row, the oldest first. The limit is drawn where the figures come
    /// near it; far above them it would press them flat, and is only said.
    pub fn new(
        id: &str,
        shape: Shape,
        unit: Unit,
        points: impl IntoIterator<Item = (NaiveDate, u64)>,
        limit: Option<u64>,
    ) -> Self {
        let points: Vec<_> = points.into_iter().collect();
        let most = points.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let shown = limit.filter(|limit| *limit <= most.saturating_mul(3));
        let top = round_up(most.max(shown.unwrap_or(0)).max(2));
        let amount = |count| Amount::new(count, unit);
        Self {
            id: id.to_owned(),
            shape,
            width: WIDTH,
            height: HEIGHT,
            bars: if shape == Shape::Bars { bars(&points, top) } else { Vec::new() },
            line: if shape == Shape::Line { line(&points, top) } else { String::new() },
            limit_y: shown.map(|limit| length(y(limit, top))),
            is_limited: limit.is_some(),
            limit: limit.map(amount),
            ticks: [top, top / 2, 0].map(amount).to_vec(),
            most: amount(most),
            latest: amount(points.last().map_or(0, |(_, count)| *count)),
            points: points
                .into_iter()
                .map(|(day, count)| ChartPoint { at: format!("{day}T00:00:00Z"), amount: amount(count) })
                .collect(),
        }
    }
}

/// The next number that is even and easy to halve: 2, 4, 10, 20, 40, 100 …
fn round_up(most: u64) -> u64 {
    let mut unit: u64 = 1;
    loop {
        for step in [2, 4, 10] {
            let top = unit.saturating_mul(step);
            if top >= most {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn bars(points: &[(NaiveDate, u64)], top: u64) -> Vec<Bar> {
    let step = ratio(WIDTH, 1) / ratio(count(points), 1).max(1.0);
    let bar = |(place, (_, value)): (usize, &(NaiveDate, u64))| {
        let y = y(*value, top);
        Bar {
            x: length(step * (ratio(u64::try_from(place).unwrap_or(0), 1) + (1.0 - BAR) / 2.0)),
            y: length(y),
            width: length(step * BAR),
            height: length(ratio(HEIGHT, 1) - y),
        }
    };
    points.iter().enumerate().filter(|(_, (_, value))| *value > 0).map(bar).collect()
}

/// A day is a step: what there was did not grow between two days.
fn line(points: &[(NaiveDate, u64)], top: u64) -> String {
    let step = ratio(WIDTH, 1) / ratio(count(points), 1).max(1.0);
    let mut path = String::new();
    for (place, (_, value)) in points.iter().enumerate() {
        let from = step * ratio(u64::try_from(place).unwrap_or(0), 1);
        let y = length(y(*value, top));
        let start = if place == 0 { "M" } else { "L" };
        // Writing to a String can't fail.
        let _ = write!(path, "{start}{} {y}H{}", length(from), length(from + step));
    }
    path
}

fn count(points: &[(NaiveDate, u64)]) -> u64 {
    u64::try_from(points.len()).unwrap_or(u64::MAX)
}

/// From the top, so a large value is a small number.
fn y(value: u64, top: u64) -> f64 {
    ratio(HEIGHT, 1) * (1.0 - ratio(value, top))
}

#[expect(clippy::cast_precision_loss, reason = "a drawing has no more than a few hundred steps")]
fn ratio(part: u64, of: u64) -> f64 {
    part as f64 / of.max(1) as f64
}

fn length(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
impl Chart {
    pub(crate) fn sample(id: &str) -> Self {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap_or_default();
        Self::new(id, Shape::Bars, Unit::Count, first.iter_days().take(30).zip([3, 0, 1204]), Some(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(values: &[u64]) -> Vec<(NaiveDate, u64)> {
        NaiveDate::from_ymd_opt(2026, 11, 1).unwrap().iter_days().zip(values.iter().copied()).collect()
    }

    #[test]
    fn the_axis_ends_at_a_number_that_is_easy_to_read() {
        for (most, top) in [(1, 2), (2, 2), (3, 4), (5, 10), (11, 20), (399, 400), (401, 1000)] {
            assert_eq!(round_up(most), top);
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn bars_stand_on_the_ground_and_none_is_drawn_for_nothing() {
        let chart = Chart::new("a", Shape::Bars, Unit::Count, days(&[0, 5, 10]), None);
        assert_eq!(chart.bars.len(), 2);
        assert_eq!((chart.bars[1].y.as_str(), chart.bars[1].height.as_str()), ("0.0", "200.0"));
        assert_eq!((chart.bars[0].y.as_str(), chart.bars[0].height.as_str()), ("100.0", "100.0"));
        assert_eq!([chart.most, chart.latest], [10, 10].map(Amount::Count));
    }

    #[test]
    fn a_limit_far_away_is_said_and_not_drawn() {
        let near = Chart::new("a", Shape::Line, Unit::Bytes, days(&[5_000_000]), Some(8_000_000));
        assert_eq!(near.limit_y.as_deref(), Some("40.0"));
        assert_eq!(near.line, "M0.0 100.0H1000.0");
        let far = Chart::new("a", Shape::Line, Unit::Bytes, days(&[5]), Some(8_000_000));
        assert_eq!((far.limit_y, far.limit), (None, Some(Amount::Text("8 MB".to_owned()))));
    }

    #[test]
    fn nothing_at_all_is_drawn_too() {
        let chart = Chart::new("a", Shape::Bars, Unit::Count, days(&[]), Some(0));
        assert!(chart.bars.is_empty() && chart.points.is_empty());
    }
}
