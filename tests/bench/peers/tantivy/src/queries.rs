//! The queries of the benchmark: timing them, counting and listing what they find.

use std::fs;
use std::ops::Bound;
use std::path::Path;
use std::time::Instant;

use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::index::{Fields, Outcome, open};
use crate::tokens::{fold, phrase_bigrams};

const HITS: usize = 10;

/// How much of an answer is timed.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    /// A query that is built already, to the numbers of the ten best: the engine alone.
    Rank,
    /// Text to the ids of the ten best.
    Ids,
    /// The same, and a marked piece of the text of each of them.
    Snippets,
}

impl std::str::FromStr for Mode {
    type Err = String;

    fn from_str(name: &str) -> Result<Mode, String> {
        match name {
            "rank" => Ok(Mode::Rank),
            "ids" => Ok(Mode::Ids),
            "snippets" => Ok(Mode::Snippets),
            _ => Err(format!("rank, ids or snippets, not '{name}'")),
        }
    }
}

struct Asked {
    number: String,
    class: String,
    text: String,
    query: Box<dyn Query>,
}

/// All documents with a bigram that begins with `text`; they score alike.
fn prefix(fields: Fields, text: &str) -> Box<dyn Query> {
    let lower = Term::from_field_text(fields.bigrams, text);
    let upper = Term::from_field_text(fields.bigrams, &format!("{text}\u{10ffff}"));
    Box::new(RangeQuery::new(
        Bound::Included(lower),
        Bound::Included(upper),
    ))
}

fn phrase(fields: Fields, text: &str) -> Box<dyn Query> {
    let mut terms: Vec<(usize, Term)> = phrase_bigrams(text)
        .into_iter()
        .map(|(at, bigram)| (at, Term::from_field_text(fields.bigrams, &bigram)))
        .collect();
    match terms.len() {
        0 => prefix(fields, text),
        1 => Box::new(TermQuery::new(
            terms.remove(0).1,
            IndexRecordOption::WithFreqs,
        )),
        _ => Box::new(PhraseQuery::new_with_offset(terms)),
    }
}

/// `text` of a class that ends in "and" is two phrases with a blank between them.
fn build(fields: Fields, class: &str, text: &str) -> Box<dyn Query> {
    let folded = fold(text);
    if !class.ends_with("and") {
        return phrase(fields, &folded);
    }
    let parts = folded.split(' ').map(|part| phrase(fields, part));
    Box::new(BooleanQuery::intersection(parts.collect()))
}

fn read(fields: Fields, file: &Path) -> Outcome<Vec<Asked>> {
    let mut out = Vec::new();
    for line in fs::read_to_string(file)?.lines() {
        let mut columns = line.splitn(3, '\t');
        let (Some(number), Some(class), Some(text)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        out.push(Asked {
            number: number.to_string(),
            class: class.to_string(),
            text: text.to_string(),
            query: build(fields, class, text),
        });
    }
    Ok(out)
}

fn searcher(folder: &Path) -> Outcome<(Searcher, Fields)> {
    let (index, fields) = open(folder)?;
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    Ok((reader.searcher(), fields))
}

/// A number that depends on everything that was found, so that none of the work can be left out.
fn search(searcher: &Searcher, fields: Fields, asked: &Asked, mode: Mode) -> Outcome<usize> {
    let best = TopDocs::with_limit(HITS).order_by_score();
    if mode == Mode::Rank {
        return Ok(searcher.search(asked.query.as_ref(), &best)?.len());
    }
    let query = build(fields, &asked.class, &asked.text);
    let snippets = match mode {
        Mode::Snippets => Some(SnippetGenerator::create(searcher, &query, fields.bigrams)?),
        _ => None,
    };
    let mut length = 0;
    for (_, address) in searcher.search(&query, &best)? {
        let document: TantivyDocument = searcher.doc(address)?;
        let value = |field| document.get_first(field).and_then(|v| v.as_str());
        length += value(fields.id).unwrap_or_default().len();
        if let Some(generator) = &snippets {
            let snippet = generator.snippet(&fold(value(fields.text).unwrap_or_default()));
            length += snippet.highlighted().len();
        }
    }
    Ok(length)
}

/// Prints `number<TAB>class<TAB>milliseconds<TAB>documents`: the median of `repeat` passes over all
/// queries after one that warms up; counting is not timed. Whole passes, because a query that comes
/// twice running finds its own blocks in the caches.
pub fn time(folder: &Path, file: &Path, repeat: usize, mode: Mode) -> Outcome<()> {
    let (searcher, fields) = searcher(folder)?;
    let queries = read(fields, file)?;
    let mut times = vec![Vec::new(); queries.len()];
    for pass in 0..=repeat {
        for (asked, times) in queries.iter().zip(&mut times) {
            let start = Instant::now();
            std::hint::black_box(search(&searcher, fields, asked, mode)?);
            if pass > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    for (asked, times) in queries.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        let count = searcher.search(asked.query.as_ref(), &Count)?;
        println!("{}\t{}\t{median:.6}\t{count}", asked.number, asked.class);
    }
    Ok(())
}

/// Prints `number<TAB>id id...`: everything that a query finds.
pub fn list(folder: &Path, file: &Path) -> Outcome<()> {
    let (searcher, fields) = searcher(folder)?;
    for asked in read(fields, file)? {
        let mut ids = Vec::new();
        for address in searcher.search(asked.query.as_ref(), &DocSetCollector)? {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document.get_first(fields.id).and_then(|v| v.as_str());
            ids.push(id.unwrap_or_default().to_string());
        }
        println!("{}\t{}", asked.number, ids.join(" "));
    }
    Ok(())
}
