//! The way out to other servers and the way in from them, against a fake remote server.

#![cfg(test)]

mod client;
mod deliver;
mod fetch;
mod neighbour;
mod policy;
mod proof;
mod receive;
mod send;
mod synchronise_received;
mod synchronise_sent;
mod world;
