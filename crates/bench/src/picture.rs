//! The curves as a picture: plain shapes in SVG, readable in light and dark, and in words for
//! those who don't see it.

use std::fmt::Write as _;

use crate::figures::Report;
use crate::targets::plain;

mod chart;

use chart::{Chart, Line, Scale};

const WIDTH: u32 = 860;
const HEIGHT: u32 = 400;

/// Of text and axes both; the pages that show the picture may be light or dark.
const STYLE: &str = "\
    svg { color: #1f2328; background: #ffffff; }\n\
    text { font: 13px system-ui, sans-serif; fill: currentColor; }\n\
    .title { font-weight: 600; font-size: 15px; }\n\
    .axis { stroke: currentColor; stroke-width: 1; fill: none; }\n\
    .grid { stroke: currentColor; stroke-opacity: 0.15; }\n\
    .line { fill: none; stroke-width: 2.5; }\n\
    .a { --tone: #0550ae; } .b { --tone: #953800; } .c { --tone: #1a7f37; }\n\
    .line { stroke: var(--tone); } .dot { fill: var(--tone); } text.name { fill: var(--tone); }\n\
    .c.line { stroke-dasharray: 6 4; }\n\
    @media (prefers-color-scheme: dark) {\n\
      svg { color: #e6edf3; background: #0d1117; }\n\
      .a { --tone: #79c0ff; } .b { --tone: #ffa657; } .c { --tone: #56d364; }\n\
    }";

/// `None` where there are no curves to draw.
pub fn of(report: &Report) -> Option<String> {
    let costs = &report.raw.cost;
    if costs.len() < 2 {
        return None;
    }
    let points = |y: fn(&crate::figures::Cost) -> Option<f64>| -> Vec<(f64, f64)> {
        costs.iter().filter_map(|cost| Some((f64::from(cost.inboxes), y(cost)?))).collect()
    };
    let floor = report.figures.r_floor;
    let floor = costs.iter().filter_map(|cost| Some((f64::from(cost.inboxes), floor?))).collect();
    let cpu = Chart {
        title: "CPU per delivery, in RSA-2048 signatures",
        left: 50,
        scale: Scale::Linear,
        lines: vec![
            Line { class: "b", name: "with PostgreSQL, RabbitMQ", points: points(|cost| Some(cost.r_all)) },
            Line { class: "a", name: "worker", points: points(|cost| Some(cost.r_worker)) },
            Line { class: "c", name: "floor", points: floor },
        ],
    };
    let latency = Chart {
        title: "Seconds from commit to a sink",
        left: 480,
        scale: Scale::Logarithmic,
        lines: vec![
            Line { class: "b", name: "95th percentile", points: points(|cost| cost.latency_p95_seconds) },
            Line { class: "a", name: "median", points: points(|cost| cost.latency_median_seconds) },
        ],
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">Delivery at three sizes of audience</title>\n\
         <desc id=\"desc\">{}</desc>\n<style>\n{STYLE}\n</style>\n",
        description(report)
    );
    for chart in [cpu, latency] {
        svg.push_str(&chart.draw());
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

/// The picture in words.
fn description(report: &Report) -> String {
    let mut text = String::from("Two charts over the number of distinct inboxes.");
    for cost in &report.raw.cost {
        let latency = cost.latency_median_seconds.map_or_else(|| "not known".to_owned(), plain);
        // Writing to a string can't fail.
        let _ = write!(
            text,
            " At {}: {} signatures of CPU per delivery in the worker, {} with PostgreSQL and RabbitMQ; \
             a median of {latency} seconds.",
            cost.inboxes,
            plain(cost.r_worker),
            plain(cost.r_all)
        );
    }
    if let Some(floor) = report.figures.r_floor {
        let _ = write!(text, " The floor is at {} signatures.", plain(floor));
    }
    text
}
