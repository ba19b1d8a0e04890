//! Statuses, relationships, timelines, notifications, media and search: what the client API means.
