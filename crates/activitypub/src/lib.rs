//! ActivityPub as pure data and functions: wire types, signatures, discovery documents. No I/O.
