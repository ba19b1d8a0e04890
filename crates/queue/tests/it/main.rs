//! The queue's contract over both backends, and what only a broker can do to us.

#![cfg(test)]

mod contract;
mod subject;
