//! Builds the two embedded lexicons from the unpacked source lists:
//! `cargo run --release --example lexicon -- SOURCES OUT`.
//!
//! `names.fst` holds names of people and street eponyms (sources under BSD, MIT and CC0 terms), `words.fst` holds
//! Russian word forms and place names (OpenCorpora, CC BY-SA 3.0) with frequencies (CC0). They stay apart because
//! CC BY-SA asks for it. `data/SOURCES.md` names every source.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use shirma_pii::lexicon::bits;

/// Rarer surnames of the register are mostly misspellings.
const SURNAME_COUNT_MIN: u64 = 2;
/// Below this count the given names of the register hold much noise.
const GIVEN_COUNT_MIN: u64 = 3;
/// A gender this many times rarer than the other is a slip.
const GENDER_NOISE: u64 = 30;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let sources = arguments.next().context("the folder of the sources is missing")?;
    let out = arguments.next().context("the output folder is missing")?;
    let (sources, out) = (Path::new(&sources), Path::new(&out));
    write_map(&out.join("names.fst"), &names(sources)?)?;
    write_map(&out.join("words.fst"), &words(sources)?)?;
    Ok(())
}

fn write_map(path: &Path, entries: &BTreeMap<String, u64>) -> Result<()> {
    let mut builder = fst::MapBuilder::memory();
    for (key, value) in entries {
        builder.insert(key, *value)?;
    }
    fs::write(path, builder.into_inner()?)?;
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn fold(word: &str) -> String {
    word.trim().to_lowercase().replace('ё', "е")
}

fn is_cyrillic_name(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(|c| ('а'..='я').contains(&c) || c == '-')
}

fn log2(count: u64) -> u64 {
    (64 - count.leading_zeros() as u64).min(15)
}

fn names(sources: &Path) -> Result<BTreeMap<String, u64>> {
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    let mut add = |word: &str, flags: u64, given: u64, surname: u64| {
        let word = fold(word);
        if !is_cyrillic_name(&word) {
            return;
        }
        let entry = entries.entry(word).or_default();
        *entry |= flags;
        *entry = bits::with_given_count(*entry, bits::given_count(*entry).max(given));
        *entry = bits::with_surname_count(*entry, bits::surname_count(*entry).max(surname));
    };
    let given = read(&sources.join("first_names.russiannames.tsv"))?;
    let mut most: BTreeMap<String, u64> = BTreeMap::new();
    for line in given.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let entry = most.entry(fold(fields[0])).or_default();
        *entry = (*entry).max(fields[1].parse().unwrap_or(0));
    }
    for line in given.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let count: u64 = fields[1].parse().unwrap_or(0);
        // The rare gender of a common name is a slip of the register.
        if count < GIVEN_COUNT_MIN || count * GENDER_NOISE < most[&fold(fields[0])] {
            continue;
        }
        let flags = match fields[2] {
            "m" => bits::GIVEN_MALE,
            "f" => bits::GIVEN_FEMALE,
            _ => bits::GIVEN_MALE | bits::GIVEN_FEMALE,
        };
        add(fields[0], flags, log2(count), 0);
    }
    for line in read(&sources.join("first_names_and_diminutives.koziev.tsv"))?.lines() {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let flags = if fields.next() == Some("m") {
            bits::GIVEN_MALE
        } else {
            bits::GIVEN_FEMALE
        };
        add(name, flags, 5, 0);
    }
    for line in read(&sources.join("first_names.natasha.txt"))?.lines() {
        add(line, bits::GIVEN_OTHER, 2, 0);
    }
    for line in read(&sources.join("diminutives.own.tsv"))?
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let (given, diminutive) = match fields[1] {
            "m" => (bits::GIVEN_MALE, bits::DIMINUTIVE_MALE),
            _ => (bits::GIVEN_FEMALE, bits::DIMINUTIVE_FEMALE),
        };
        add(fields[0], given, 6, 0);
        for form in fields[2].split(',') {
            add(form, diminutive | given, 5, 0);
        }
    }
    for line in read(&sources.join("patronymics.russiannames.tsv"))?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[1].parse::<u64>().unwrap_or(0) < 3 {
            continue;
        }
        add(
            fields[0],
            if fields[2] == "m" {
                bits::PATRONYMIC_MALE
            } else {
                bits::PATRONYMIC_FEMALE
            },
            0,
            0,
        );
    }
    for line in read(&sources.join("surnames.russiannames.tsv"))?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let count: u64 = fields[1].parse().unwrap_or(0);
        if count < SURNAME_COUNT_MIN {
            continue;
        }
        let flags = match fields[2] {
            "m" => bits::SURNAME_MALE,
            "f" => bits::SURNAME_FEMALE,
            _ => bits::SURNAME_MALE | bits::SURNAME_FEMALE,
        };
        add(fields[0], flags, 0, log2(count));
        if fields.len() > 4 && !fields[4].is_empty() {
            add(fields[4], bits::SURNAME_FEMALE, 0, log2(count));
        }
    }
    for line in read(&sources.join("surnames.natasha.txt"))?.lines() {
        add(line, bits::SURNAME_OTHER, 0, 1);
    }
    for word in street_eponyms(&read(&sources.join("streets.russiafaker.json"))?) {
        add(&word, bits::STREET, 0, 0);
    }
    Ok(entries)
}

/// Words of street names that stand in several towns: «Ленина», «Чичерина», «Салютная».
fn street_eponyms(json: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for piece in json.split('"') {
        let folded = fold(piece);
        if !["улица", "проспект", "переулок", "бульвар", "шоссе"]
            .iter()
            .any(|word| folded.contains(word))
        {
            continue;
        }
        for word in folded.split_whitespace() {
            *seen.entry(word.to_owned()).or_default() += 1;
        }
    }
    seen.into_iter()
        .filter(|(_, towns)| *towns >= 2)
        .map(|(word, _)| word)
        .collect()
}

fn words(sources: &Path) -> Result<BTreeMap<String, u64>> {
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    for line in read(&sources.join("common_forms.opencorpora.txt"))?.lines() {
        *entries.entry(fold(line)).or_default() |= bits::COMMON;
    }
    for line in read(&sources.join("geo_forms.opencorpora.tsv"))?.lines().skip(1) {
        let form = line.split('\t').next().unwrap_or_default();
        *entries.entry(fold(form)).or_default() |= bits::PLACE;
    }
    for line in read(&sources.join("word_freq.koziev_dialogues.tsv"))?.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |index: usize| {
            fields
                .get(index)
                .and_then(|field| field.parse::<u64>().ok())
                .unwrap_or(0)
        };
        let entry = entries.entry(fold(fields[0])).or_default();
        let lower = bits::lower_count(*entry).max(log2(number(2)));
        let capital = bits::capital_count(*entry).max(log2(number(3)));
        *entry = bits::with_frequencies(*entry, lower, capital);
    }
    entries.remove("");
    Ok(entries)
}
