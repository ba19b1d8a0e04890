//! Structured logs on standard error: for people on a terminal, JSON otherwise.

use std::io::{IsTerminal, stderr};

use anyhow::Context;
use belfry_settings::{LogFormat, LogSettings};
use tracing_subscriber::EnvFilter;

/// Once a process, before anything is logged.
pub fn start(settings: &LogSettings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.filter).context("`log.filter` is not a valid filter")?;
    let json = match settings.format {
        LogFormat::Json => true,
        LogFormat::Human => false,
        LogFormat::Auto => !stderr().is_terminal(),
    };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if json {
        // Flat: request and tenant ids stand beside the message, where collectors look for them.
        subscriber.json().flatten_event(true).with_current_span(true).with_span_list(false).init();
    } else {
        subscriber.compact().with_ansi(stderr().is_terminal()).init();
    }
    Ok(())
}
