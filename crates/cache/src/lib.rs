//! Short-lived shared state over Redis or in memory: bounded, with a time to live.
