//! The routes, one file for each part of the URL tree. A handler is: extract, call, map.

pub mod activity;
pub mod alerts;
pub mod audit;
pub mod auth;
pub mod capture_interval;
pub mod devices;
pub mod downloads;
pub mod employees;
pub mod health;
pub mod invitations;
pub mod invite;
pub mod live;
pub mod me;
pub mod notice;
pub mod org;
pub mod policy;
pub mod presence;
pub mod receipts;
pub mod retention;
pub mod setup;
pub mod system;
pub mod teams;
pub mod uploads;
pub mod users;
pub mod viewings;
pub mod work;
