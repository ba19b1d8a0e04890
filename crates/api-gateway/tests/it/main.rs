//! The edge in process, on a real Postgres, laid out as the routes are.

#![cfg(test)]

mod api_accounts;
mod api_audit;
mod api_delivery;
mod api_errors;
mod api_http;
mod api_instance;
mod api_media;
mod api_quota;
mod api_statuses;
mod api_urgent;
mod api_walk;
mod edge;
mod federation_documents;
mod federation_inbox;
mod federation_synchronisation;
mod oauth;
mod pages_browser;
mod pages_delivery;
mod pages_forms;
mod pages_reading;
mod policies;
mod register;
mod suspended;
