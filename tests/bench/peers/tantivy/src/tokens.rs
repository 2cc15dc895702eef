//! How text becomes terms: the folding that every engine of the benchmark gets, and bigrams.

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// NFKC, then full case folding: what the scan does that decides which documents match.
pub fn fold(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    CaseMapper::new().fold_string(&composed).into_owned()
}

/// Letters, digits and the marks that stand inside of words. Anything else ends a run.
fn in_run(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{3099}' | '\u{309a}' | '\u{0300}'..='\u{036f}')
}

/// Every character of a run with its follower; the last one alone, so that a prefix finds every
/// character. Positions count characters.
#[derive(Clone)]
pub struct BigramTokenizer;

pub struct BigramStream<'a> {
    text: &'a str,
    at: usize,
    position: usize,
    token: Token,
}

impl Tokenizer for BigramTokenizer {
    type TokenStream<'a> = BigramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BigramStream<'a> {
        BigramStream {
            text,
            at: 0,
            position: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for BigramStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let mut rest = self.text[self.at..].chars();
            let Some(first) = rest.next() else {
                return false;
            };
            let begin = self.at;
            self.at += first.len_utf8();
            let position = self.position;
            self.position += 1;
            if !in_run(first) {
                continue;
            }
            let follower = rest.next().filter(|c| in_run(*c));
            let end = self.at + follower.map_or(0, char::len_utf8);
            self.token.offset_from = begin;
            self.token.offset_to = end;
            self.token.position = position;
            self.token.text.clear();
            self.token.text.push_str(&self.text[begin..end]);
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The bigrams of a phrase with their positions; the last characters of runs are left out, because
/// text may go on behind them.
pub fn phrase_bigrams(phrase: &str) -> Vec<(usize, String)> {
    let mut tokenizer = BigramTokenizer;
    let mut stream = tokenizer.token_stream(phrase);
    let mut out = Vec::new();
    while stream.advance() {
        let token = stream.token();
        if token.text.chars().count() == 2 {
            out.push((token.position, token.text.clone()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = BigramTokenizer;
        let mut stream = tokenizer.token_stream(text);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.clone()));
        }
        out
    }

    #[test]
    fn the_last_character_of_a_run_stands_alone() {
        let got = terms("abc, d");
        let want = [(0, "ab"), (1, "bc"), (2, "c"), (5, "d")];
        assert_eq!(got, want.map(|(p, t)| (p, t.to_string())));
    }

    #[test]
    fn phrases_have_no_last_character() {
        assert_eq!(
            phrase_bigrams("abc"),
            [(0, "ab".to_string()), (1, "bc".to_string())]
        );
        assert!(phrase_bigrams("a").is_empty());
    }

    #[test]
    fn folding_is_nfkc_and_case() {
        assert_eq!(fold("\u{ff23}\u{ff34}\u{2460}\u{df}"), "ct1ss");
    }
}
