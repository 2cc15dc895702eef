//! Making and opening the index: words and bigrams of the folded text, and the text as it was.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, IndexWriter, TantivyDocument};
use tantivy_jieba::JiebaTokenizer;

use crate::tokens::{BigramTokenizer, fold};

pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Clone, Copy)]
pub struct Fields {
    pub id: Field,
    pub words: Field,
    pub bigrams: Field,
    pub text: Field,
}

pub struct Options {
    pub threads: usize,
    pub heap: usize,
    /// Words inside of words too, as jieba's search mode gives them.
    pub search_mode: bool,
    /// One field only, to see what the other costs.
    pub words: bool,
    pub bigrams: bool,
}

/// A line of JSON Lines as `sakuin ingest` reads it.
#[derive(Deserialize)]
struct Record {
    id: String,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    text: String,
}

fn indexed(tokenizer: &str) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        words: builder.add_text_field("words", indexed("jieba")),
        bigrams: builder.add_text_field("bigrams", indexed("bigrams")),
        text: builder.add_text_field("text", STORED),
    };
    (builder.build(), fields)
}

fn register(index: &Index, search_mode: bool) {
    let mut jieba = JiebaTokenizer::with_search_mode(search_mode);
    jieba.set_ordinal_position_mode(!search_mode);
    index.tokenizers().register("jieba", jieba);
    index.tokenizers().register("bigrams", BigramTokenizer);
}

/// Reads JSON Lines into a new index: one commit, and every merge that it brings is waited for.
pub fn ingest(input: &Path, folder: &Path, options: &Options) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    register(&index, options.search_mode);
    let mut writer: IndexWriter = index.writer_with_num_threads(options.threads, options.heap)?;
    let mut reader = BufReader::with_capacity(1 << 20, fs::File::open(input)?);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            break;
        }
        let record: Record = serde_json::from_str(&line)?;
        let mut document = TantivyDocument::default();
        document.add_text(fields.id, &record.id);
        for section in &record.sections {
            let folded = fold(&section.text);
            if options.words {
                document.add_text(fields.words, &folded);
            }
            if options.bigrams {
                document.add_text(fields.bigrams, &folded);
            }
            document.add_text(fields.text, &section.text);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

pub fn open(folder: &Path) -> Outcome<(Index, Fields)> {
    let index = Index::open_in_dir(folder)?;
    register(&index, false);
    Ok((index, schema().1))
}
