//! Configuration: one file per section, with a generated schema, reference and sample.
