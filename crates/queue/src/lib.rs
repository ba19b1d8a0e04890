//! The job envelope and one queue contract over RabbitMQ and over Postgres.
