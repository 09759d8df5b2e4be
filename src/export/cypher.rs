//! Cypher: statements that fill a property graph, the same each time they are run.
//!
//! `MERGE (n:Entity {id: 'wikidata:Q717'}) SET n.name = 'Venezuela', …;` and for each statement a relationship of its type.
//! Entities have one label, because not every engine takes several; what kind they are is a property.

use std::io::{self, Write};

use itertools::Itertools;

use super::Format;
use super::columns::{self, Column, EDGE, NODE, Type};
use crate::graph::{Saving, View};

pub const FORMAT: Format = Format {
    name: "cypher",
    extensions: &["cypher", "cql"],
    media_type: "application/x-cypher-query",
    about: "statements for property-graph databases, one a line",
    is_picture: false,
    write,
    read: None,
    parts: &[],
};

/// What a database has no use for or keeps elsewhere.
const LEFT_OUT: [&str; 8] = ["id", "source", "target", "type", "key", "appearances", "refs", "value"];

fn write(view: &View, output: &mut (dyn Write + Send)) -> io::Result<()> {
    let saving = Saving::new(view);
    for node in saving.nodes() {
        let values = set("n", NODE, &columns::cells(&node, NODE));
        writeln!(output, "MERGE (n:Entity {{id: {}}}) SET {values};", quoted(&node.id.0))?;
    }
    for edge in saving.edges() {
        let values = set("r", EDGE, &columns::cells(&edge, EDGE));
        let [from, to, id] = [&*edge.source.0, &*edge.target.0, &edge.key].map(quoted);
        writeln!(
            output,
            "MATCH (a:Entity {{id: {from}}}), (b:Entity {{id: {to}}}) MERGE (a)-[r:{} {{id: {id}}}]->(b) SET {values};",
            name(&edge.relation_type)
        )?;
    }
    Ok(())
}

/// `n.name = 'Venezuela', n.mentions = 8`: every property that there is.
fn set(variable: &str, columns: &[Column], cells: &[Option<String>]) -> String {
    let present = columns.iter().zip(cells).filter(|(column, _)| !LEFT_OUT.contains(&column.name));
    let present = present.filter_map(|(column, cell)| Some((column, cell.as_ref()?)));
    let values = present.map(|(column, cell)| match column.holds {
        Type::Text | Type::Json => format!("{variable}.{} = {}", name(column.name), quoted(cell)),
        Type::Count | Type::Number | Type::Truth => format!("{variable}.{} = {cell}", name(column.name)),
    });
    values.collect_vec().join(", ")
}

/// A name in backticks, where it is not plain.
fn name(name: &str) -> String {
    let reserved = ["end", "start", "type"].contains(&name);
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !reserved;
    if is_plain { name.to_string() } else { format!("`{}`", super::escape::plain_line(name).replace('`', "``")) }
}

fn quoted(text: &str) -> String {
    super::escape::quoted(text, '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(quoted("a'b\\\n'}) DETACH DELETE n //"), "'a\\'b\\\\\\n\\'}) DETACH DELETE n //'");
        assert_eq!(name("meets"), "meets");
        assert_eq!(name("end"), "`end`");
        assert_eq!(name("a`]-() b"), "`a``]-() b`");
    }
}
