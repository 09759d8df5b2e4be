//! Times: "on Thursday", "in the 1990s", "since 2017", "two weeks later" to ISO 8601.
