//! Who of the people known is worth comparing with a mention, so that a text with thousands of people is read in time
//! that grows with the text.

use std::collections::{BTreeMap, BTreeSet};

use super::person::{Name, Person};

/// Of people who share a given name or nothing but nearness, so many of the latest are compared; earlier ones would be
/// too far away to be meant by a bare «Анна».
const LATEST: usize = 48;
/// Letters of a given name that its diminutives share.
const BEGINNING_CHARS: usize = 3;

/// People by the parts of their names. Made anew from the people when it is missing.
#[derive(Clone, Default)]
pub(super) struct Acquaintance {
    surnames: BTreeMap<String, BTreeSet<usize>>,
    others: BTreeMap<String, BTreeSet<usize>>,
    people: usize,
}

impl Acquaintance {
    /// Takes in people that are not in yet.
    pub(super) fn catch_up(&mut self, people: &[Person]) {
        for (index, person) in people.iter().enumerate().skip(self.people) {
            self.learn(index, &person.name);
            for name in &person.spare {
                self.learn(index, name);
            }
        }
        self.people = people.len();
    }

    /// Person `index` may also be met under this name.
    pub(super) fn learn(&mut self, index: usize, name: &Name) {
        for key in surname_keys(name) {
            self.surnames.entry(key).or_default().insert(index);
        }
        for key in other_keys(name) {
            self.others.entry(key).or_default().insert(index);
        }
    }

    /// People to compare with these names, in order.
    pub(super) fn candidates<'n>(&self, names: impl Iterator<Item = &'n Name>) -> BTreeSet<usize> {
        let mut candidates: BTreeSet<usize> = (self.people.saturating_sub(LATEST)..self.people).collect();
        for name in names {
            for key in surname_keys(name) {
                let same = self.surnames.get(&key).into_iter().flatten();
                candidates.extend(same.rev().take(LATEST));
            }
            for key in other_keys(name) {
                let same = self.others.get(&key).into_iter().flatten();
                candidates.extend(same.rev().take(LATEST));
            }
        }
        candidates
    }
}

fn surname_keys(name: &Name) -> Vec<String> {
    let Some(surname) = &name.surname else {
        return Vec::new();
    };
    let mut keys = vec![surname.clone()];
    keys.extend(name.former.iter().cloned());
    if surname.contains('-') {
        keys.extend(surname.split('-').map(super::person::surname_stem));
    }
    keys
}

/// Given names by their beginning, patronymics whole.
fn other_keys(name: &Name) -> BTreeSet<String> {
    let beginning = |given: &String| given.chars().take(BEGINNING_CHARS).collect::<String>();
    let mut keys: BTreeSet<String> = name.given.iter().chain(&name.full).map(beginning).collect();
    keys.extend(name.patronymic.clone());
    keys
}
