//! The binary as a whole: started as an operator starts it, used as people use it.

#![cfg(test)]

mod clients;
mod doctor;
mod gateway_killed;
mod running;
