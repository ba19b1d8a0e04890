//! What a header must be to pass, a test for each trap.
