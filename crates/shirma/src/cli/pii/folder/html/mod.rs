//! Pages saved from a messenger: Telegram Desktop's export, the archive of VK, any other page.
//!
//! The copy is a fresh page. Only names of blocks and of classes from fixed lists, dates of digits, and masked text get
//! into it: links, scripts, looks and all other attributes have no way there. Marks inside a block (bold, links) are
//! dropped, so a value broken by them is seen whole.

mod mark;
mod page;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::cover::Cover;
use super::event;
use mark::Part;
use page::Page;

/// Deeper blocks are read as their parents: no page a person saved is deeper.
const DEPTH_MAX: usize = 256;

/// Masks a page.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str) -> String {
    // People first: a message may speak of somebody who writes further on.
    read(cover, text, true);
    read(cover, text, false)
}

fn read(cover: &mut Cover<'_>, text: &str, learning: bool) -> String {
    let mut reader = Reader {
        cover,
        learning,
        page: Page::new(),
        open: Vec::new(),
        text: String::new(),
        hidden: None,
    };
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text.trim_start_matches('\u{feff}'), emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |name: &[u8]| {
                    tag.attributes
                        .get(name)
                        .map(|value| String::from_utf8_lossy(value).into_owned())
                        .unwrap_or_default()
                };
                // A drawing may end in its own tag; other elements may not.
                let empty = tag.self_closing && matches!(name.as_str(), "svg" | "math");
                if !empty {
                    reader.begin(&name, &attribute(b"class"), &attribute(b"title"));
                }
            }
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(string) => reader.push(&String::from_utf8_lossy(&string)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish()
}

/// A block or a mark that has begun.
struct Open {
    name: String,
    part: Part,
    /// It stands in the copy, too.
    written: bool,
}

struct Reader<'c, 'd> {
    cover: &'c mut Cover<'d>,
    /// Only people are taken notice of.
    learning: bool,
    page: Page,
    open: Vec<Open>,
    /// Text of the block being read.
    text: String,
    /// The element whose inside is passed over, and how many of its name are open.
    hidden: Option<(String, usize)>,
}

impl Reader<'_, '_> {
    fn begin(&mut self, name: &str, class: &str, title: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(hidden == name);
            return;
        }
        if mark::is_hidden(name, class) {
            self.flush();
            if !mark::is_void(name) {
                self.hidden = Some((name.to_owned(), 1));
            }
            return;
        }
        if matches!(name, "br" | "wbr") {
            self.text.push_str(if name == "br" { "\n" } else { "" });
            return;
        }
        if name == "hr" {
            self.flush();
        }
        if mark::is_void(name) || self.open.len() >= DEPTH_MAX {
            return;
        }
        let classes = mark::classes(class);
        let block = mark::block(name, &classes);
        if block.is_some() {
            self.flush();
        }
        if let Some(block) = block {
            self.page.begin(block, &classes, title);
        }
        let part = mark::part(&classes).unwrap_or_else(|| self.part());
        self.open.push(Open {
            name: name.to_owned(),
            part,
            written: block.is_some(),
        });
    }

    fn end(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth -= usize::from(hidden == name);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        // An end without its beginning is a slip of the page.
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        if self.open[at..].iter().any(|open| open.written) {
            self.flush();
        }
        for open in self.open.drain(at..) {
            if open.written {
                self.page.end();
            }
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden.is_none() {
            let preformatted = self.open.iter().any(|open| open.name == "pre");
            let mut blank = self.text.ends_with([' ', '\n']) || self.text.is_empty();
            for sign in text.chars() {
                match sign {
                    '\u{ad}' => {}
                    '\n' if preformatted => self.text.push('\n'),
                    ' ' | '\n' | '\r' | '\t' | '\u{c}' => {
                        if !blank {
                            self.text.push(' ');
                        }
                    }
                    sign => self.text.push(sign),
                }
                blank = matches!(sign, ' ' | '\n' | '\r' | '\t' | '\u{c}');
            }
        }
    }

    fn part(&self) -> Part {
        self.open.last().map_or(Part::Text, |open| open.part)
    }

    /// Masks the text of a block by what it is part of, and writes it.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n']);
        if text.is_empty() {
            return;
        }
        let part = self.part();
        if self.learning {
            match part {
                Part::Person => self.cover.learn(text),
                Part::Header if !is_self(who_of(text)) => self.cover.learn(who_of(text)),
                Part::Header | Part::PageName | Part::Text | Part::Event | Part::FileName => {}
            }
            return;
        }
        let masked = match part {
            Part::Text => self.cover.text(text),
            Part::Person => self.cover.who(text),
            Part::FileName => self.cover.text(&text.replace('_', " ")),
            Part::Event => event::mask(self.cover, text, &[]),
            Part::Header => self.header(text),
            Part::PageName if mark::is_own_title(text) => text.to_owned(),
            Part::PageName => self.cover.who(text),
        };
        self.page.text(&masked);
    }

    fn header(&mut self, text: &str) -> String {
        let who = who_of(text);
        let masked = if is_self(who) {
            who.to_owned()
        } else {
            self.cover.who(who)
        };
        masked + &self.cover.text(&text[who.len()..])
    }

    fn finish(mut self) -> String {
        self.flush();
        self.page.finish()
    }
}

/// The first part of «Анна Ким, 12 ноя 2026 в 10:00».
fn who_of(header: &str) -> &str {
    let when = header
        .match_indices(", ")
        .map(|(at, _)| at)
        .find(|at| header[at + 2..].starts_with(|sign: char| sign.is_ascii_digit()));
    &header[..when.unwrap_or(header.len())]
}

fn is_self(who: &str) -> bool {
    matches!(who.trim(), "Вы" | "You")
}
