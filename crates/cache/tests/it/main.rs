//! The cache's contract, over both backends.

mod contract;
