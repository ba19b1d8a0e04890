//! Agencies that were resumed: what stood still with them goes on, with as much time as it had.

use crate::{Parts, Result};

pub(super) async fn run(parts: &Parts) -> Result<()> {
    let resumed = parts.machinery.suspension_move_on().await?;
    if resumed > 0 {
        tracing::info!(agencies = resumed, "what stood still goes on");
    }
    Ok(())
}
