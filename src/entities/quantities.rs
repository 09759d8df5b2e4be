//! Quantities: "4,300-kilometer", "$5.3 billion", "about 40 percent" to a value with a unit.
