//! What each figure is meant to be, for a person to read and in one place.

use std::fmt;

use crate::figures::Figures;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    AtMost(f64),
    Below(f64),
    Above(f64),
}

impl Bound {
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(bound) => value <= bound,
            Self::Below(bound) => value < bound,
            Self::Above(bound) => value > bound,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(bound) => write!(f, "≤ {}", plain(*bound)),
            Self::Below(bound) => write!(f, "< {}", plain(*bound)),
            Self::Above(bound) => write!(f, "> {}", plain(*bound)),
        }
    }
}

/// One line of the table of results.
#[derive(Debug)]
pub struct Row {
    pub key: &'static str,
    pub title: &'static str,
    pub value: Option<f64>,
    /// `None` where there is none, or where what it is relative to was not measured.
    pub target: Option<Bound>,
}

impl Row {
    pub fn value(&self) -> String {
        self.value.map_or_else(|| "not measured".to_owned(), plain)
    }

    pub fn target(&self) -> String {
        self.target.map_or_else(String::new, |target| target.to_string())
    }

    /// `None`: not measured, or nothing to measure it by.
    pub fn met(&self) -> Option<bool> {
        Some(self.target?.holds(self.value?))
    }
}

pub fn rows(figures: &Figures) -> Vec<Row> {
    let above_floor = |more: f64| figures.r_floor.map(|floor| Bound::AtMost(floor + more));
    let row = |key, title, value, target| Row { key, title, value, target };
    vec![
        row("r_floor", "CPU of the floor, in signatures", figures.r_floor, None),
        row("r_worker", "CPU of the worker per delivery, in signatures", figures.r_worker, above_floor(0.2)),
        row("r_all", "with PostgreSQL and RabbitMQ", figures.r_all, above_floor(0.5)),
        row("r_cold", "of a key's first delivery", figures.r_cold, Some(Bound::AtMost(3.0))),
        row(
            "per_second_100ms",
            "deliveries per second to hosts that take 100 ms",
            figures.per_second_100ms,
            Some(Bound::Above(1000.0)),
        ),
        row(
            "healthy_latency_ratio_5",
            "healthy hosts' latency with 5 % hanging, over none",
            figures.healthy_latency_ratio_5,
            Some(Bound::Below(1.2)),
        ),
        row(
            "healthy_latency_ratio_10",
            "with 10 %",
            figures.healthy_latency_ratio_10,
            Some(Bound::Below(1.2)),
        ),
        row(
            "fairness_ratio",
            "a small agency's post during a burst, over idle",
            figures.fairness_ratio,
            Some(Bound::Below(3.0)),
        ),
        row("fairness_ratio_1_worker", "with one worker", figures.fairness_ratio_1_worker, None),
        row("fairness_ratio_3_workers", "with three workers", figures.fairness_ratio_3_workers, None),
        row(
            "cpu_growth_100k",
            "CPU per delivery at 100,000 inboxes, over 1,000",
            figures.cpu_growth_100k,
            Some(Bound::Below(1.1)),
        ),
        row(
            "worker_rss_mb",
            "most memory of a worker at 100,000, in MiB",
            figures.worker_rss_mb,
            Some(Bound::Below(64.0)),
        ),
        row(
            "lost",
            "inboxes that a post never reached",
            figures.lost.map(f64::from),
            Some(Bound::AtMost(0.0)),
        ),
        row("duplicates", "inboxes that a post reached twice", duplicates(figures), None),
    ]
}

fn duplicates(figures: &Figures) -> Option<f64> {
    // Far from where whole numbers end to be exact.
    u32::try_from(figures.duplicates?).ok().map(f64::from)
}

/// Three places at most, and none where there is nothing behind the point.
pub fn plain(value: f64) -> String {
    let text = if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{Figures, plain, rows};

    #[test]
    fn what_was_not_measured_is_neither_met_nor_missed() {
        assert!(rows(&Figures::default()).iter().all(|row| row.met().is_none()));
    }

    #[test]
    fn targets_above_the_floor_move_with_it() {
        let figures = Figures { r_floor: Some(1.1), r_worker: Some(1.25), ..Figures::default() };
        let row = rows(&figures).into_iter().find(|row| row.key == "r_worker").unwrap();
        assert_eq!((row.met(), row.target().as_str()), (Some(true), "≤ 1.3"));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(plain(1.3), "1.3");
        assert_eq!(plain(1234.56), "1235");
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(1.0504), "1.05");
    }
}
