//! Where the services that tests run on are. `cargo xtask test` starts private ones and names
//! each in a variable: `BELFRY_TEST_POSTGRES`, `BELFRY_TEST_REDIS`, `BELFRY_TEST_AMQP`.

/// The address of a service.
///
/// # Panics
/// Without it: run the tests through `cargo xtask test`.
#[expect(clippy::disallowed_methods, reason = "the test runner passes the services' addresses this way")]
pub fn service(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run the tests with `cargo xtask test`"))
}
