//! The queries of the benchmark: timing them, counting and listing what they find.

use std::fs;
use std::ops::Bound;
use std::path::Path;
use std::time::Instant;

use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, RangeQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::index::{Fields, Outcome, open};
use crate::tokens::{fold, phrase_bigrams};

const HITS: usize = 10;

struct Asked {
    number: String,
    class: String,
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

/// The ten best, and with `snippets` a marked piece of the text of each of them.
fn search(
    searcher: &Searcher,
    fields: Fields,
    query: &dyn Query,
    snippets: bool,
) -> Outcome<usize> {
    let top = searcher.search(query, &TopDocs::with_limit(HITS).order_by_score())?;
    if !snippets {
        return Ok(top.len());
    }
    let mut marks = 0;
    let generator = SnippetGenerator::create(searcher, query, fields.bigrams)?;
    for (_, address) in &top {
        let document: TantivyDocument = searcher.doc(*address)?;
        let text = document.get_first(fields.text).and_then(|v| v.as_str());
        let snippet = generator.snippet(&fold(text.unwrap_or_default()));
        marks += snippet.highlighted().len();
    }
    Ok(marks)
}

/// Prints `number<TAB>class<TAB>milliseconds<TAB>documents`, the median of `repeat` runs after one
/// that warms up; counting is not timed.
pub fn time(folder: &Path, file: &Path, repeat: usize, snippets: bool) -> Outcome<()> {
    let (searcher, fields) = searcher(folder)?;
    let queries = read(fields, file)?;
    for asked in &queries {
        search(&searcher, fields, asked.query.as_ref(), snippets)?;
    }
    for asked in &queries {
        let mut times = Vec::new();
        for _ in 0..repeat {
            let start = Instant::now();
            std::hint::black_box(search(&searcher, fields, asked.query.as_ref(), snippets)?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let count = searcher.search(asked.query.as_ref(), &Count)?;
        println!(
            "{}\t{}\t{:.6}\t{count}",
            asked.number,
            asked.class,
            times[times.len() / 2]
        );
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
