//! Shirma: a screen between a client and everyone who need not know who the client is.
//!
//! `journey` is the path of one message and the place to start reading; every other module is a room off that corridor.

pub mod access;
pub mod alarm;
pub mod app;
pub mod assistant;
pub mod audit;
pub mod boundary;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod consent;
pub mod contract;
pub mod desk;
pub mod dialog;
pub mod door;
pub mod enquiry;
pub mod erasure;
mod file;
pub mod identifier;
pub mod inbox;
pub mod journey;
pub mod listener;
pub mod live;
pub mod models;
pub mod opening;
pub mod outbox;
pub mod qr;
pub mod queue;
pub mod rate;
pub mod request;
pub mod rotation;
pub mod settings;
pub mod site_form;
#[cfg(test)]
mod sources;
pub mod subject;
pub mod vault;
pub mod workers;
