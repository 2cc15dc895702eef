//! Tantivy with two fields, words by jieba and bigrams, for tests/bench/peers/run.py.
//!
//!     tantivy-peer ingest INPUT.jsonl INDEX [THREADS [HEAP_MB [both|words|bigrams [search]]]]
//!     tantivy-peer time INDEX QUERIES.tsv REPEAT rank|ids|snippets
//!     tantivy-peer list INDEX QUERIES.tsv

mod index;
mod queries;
mod tokens;

use std::path::Path;

use index::{Options, Outcome};

fn run(arguments: &[&str]) -> Outcome<()> {
    match arguments {
        ["ingest", input, folder, more @ ..] => {
            let fields = more.get(2).copied().unwrap_or("both");
            let options = Options {
                threads: more.first().unwrap_or(&"2").parse()?,
                heap: more.get(1).unwrap_or(&"200").parse::<usize>()? * 1_000_000,
                search_mode: more.get(3) == Some(&"search"),
                words: fields != "bigrams",
                bigrams: fields != "words",
            };
            index::ingest(Path::new(input), Path::new(folder), &options)
        }
        ["time", folder, file, repeat, mode] => queries::time(
            Path::new(folder),
            Path::new(file),
            repeat.parse()?,
            mode.parse()?,
        ),
        ["list", folder, file] => queries::list(Path::new(folder), Path::new(file)),
        _ => Err("usage: tantivy-peer ingest|time|list ...".into()),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Err(error) = run(&arguments) {
        eprintln!("tantivy-peer: {error}");
        std::process::exit(2);
    }
}
