//! Fan out the outbox, sign and POST, park and release, apply inbound jobs, run the scheduler.
