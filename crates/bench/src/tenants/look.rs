//! A process that has just been started, with the agencies that there are: how much memory it
//! takes, and how long its lists take.

use anyhow::Result;

use super::figures::{PageTime, Step};
use crate::platform::{EMPTY, SHARED_DOMAIN, Site, Whole};
use crate::statistics::{median, ratio, rounded};

/// The lists of the console, the register, and the register for machines.
const PAGES: [&str; 5] =
    ["/console", "/console/agencies", "/console/agencies?q=agency-0007", "/", "/?q=number+7"];
const WARM_UP: usize = 10;
const ROUNDS: usize = 60;
/// Memory differs by a few hundred KiB from start to start, by what threads happen to do first.
const STARTS: usize = 3;

pub async fn at(site: &Site, tenants: usize, session: &str) -> Result<Step> {
    let mut least = f64::INFINITY;
    let mut times = PAGES.map(|_| Vec::new());
    for _ in 0..STARTS {
        let whole = Whole::start(site, EMPTY, None).await?;
        // In turn, so that a moment of somebody else's work does not meet one page alone.
        for round in 0..WARM_UP + ROUNDS {
            for (path, times) in PAGES.iter().zip(&mut times) {
                let took = whole.page(SHARED_DOMAIN, path, session).await?;
                if round >= WARM_UP {
                    times.push(took);
                }
            }
        }
        least = least.min(whole.resident_kib()?);
        whole.stop().await?;
    }
    let pages = PAGES
        .iter()
        .zip(&times)
        .map(|(&path, times)| PageTime { path, median_ms: rounded(median(times).unwrap_or_default()) });
    Ok(Step { tenants, resident_kib: least, pages: pages.collect() })
}

/// What each agency adds between the first step and the last.
pub fn idle_tenant_kib(steps: &[Step]) -> Option<f64> {
    let (first, last) = (steps.first()?, steps.last()?);
    let added = u32::try_from(last.tenants.checked_sub(first.tenants)?).ok().filter(|&added| added > 0)?;
    Some((last.resident_kib - first.resident_kib).max(0.0) / f64::from(added))
}

/// Of the list that grows most: its time at the last step over that at the first.
pub fn worst_ratio(steps: &[Step]) -> Option<f64> {
    let (first, last) = (steps.first()?, steps.last()?);
    let pages = first.pages.iter().zip(&last.pages);
    pages.filter_map(|(few, many)| ratio(Some(many.median_ms), Some(few.median_ms))).max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::{PageTime, Step, idle_tenant_kib, worst_ratio};

    fn step(tenants: usize, resident_kib: f64, times: [f64; 2]) -> Step {
        let pages = times.map(|median_ms| PageTime { path: "/", median_ms }).to_vec();
        Step { tenants, resident_kib, pages }
    }

    #[test]
    fn the_ends_are_compared() {
        let steps =
            [step(10, 1000.0, [1.0, 2.0]), step(50, 9000.0, [9.0, 9.0]), step(110, 3000.0, [1.2, 3.0])];
        assert_eq!(idle_tenant_kib(&steps), Some(20.0));
        assert_eq!(worst_ratio(&steps), Some(1.5));
    }

    #[test]
    fn one_step_says_nothing() {
        assert_eq!(idle_tenant_kib(&[step(10, 1.0, [1.0, 1.0])]), None);
        assert_eq!(worst_ratio(&[]), None);
    }
}
