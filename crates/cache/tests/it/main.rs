//! The cache's contract, over both backends.

#![cfg(test)]

mod contract;
