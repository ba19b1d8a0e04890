//! The binary as a whole: started as an operator starts it, used as people use it.

#![cfg(test)]

mod accessible;
mod clients;
mod doctor;
mod gateway_killed;
mod journey_01;
mod journey_09;
mod journey_10;
mod keyboard;
mod lived_in;
mod people;
mod running;
