//! Payloads of each software, read from `fixtures/<software>/`.
