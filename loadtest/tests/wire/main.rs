//! The library against a hub made by hand: the agent door, the portal door, and what goes over them.

#![allow(clippy::unwrap_used, reason = "a failure is the message of a test")]

mod agent;
mod agent_live;
mod live;
mod rest;
mod scenario;
mod seed;
mod support;
mod throttle;
