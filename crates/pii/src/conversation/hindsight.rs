//! What a later message tells of people taken for two: «сафин», «ильдар» and then «сафин ильдар» are one.
//!
//! Tokens given out stay: both still restore. From then on the name met more often stands for the person, and the
//! other token says the same subject.

use std::collections::BTreeSet;

use super::Conversation;
use super::person::{Name, Person, Role};

/// Of the people met last, so many are looked through.
const LATEST: usize = 24;
/// Messages after which somebody met by a part of a name is left alone.
const MESSAGES: u32 = 8;

/// People offered to choose from: «алия или лилия?», and of whose name those are parts.
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Offered {
    people: Vec<usize>,
    of: Option<usize>,
}

impl Person {
    /// A given name, a surname or a patronymic is all that is known.
    fn is_known_by_one_part(&self) -> bool {
        let (given, patronymic, surname) = self.name.taken();
        usize::from(given) + usize::from(patronymic) + usize::from(surname) == 1
    }

    fn may_be(&self, other: &Person) -> bool {
        let role = |person: &Person| person.role.filter(|_| !person.role_is_hint);
        let roles = match (role(self), role(other)) {
            (Some(Role::Staff), Some(two)) => two == Role::Staff,
            (Some(_), Some(two)) => two != Role::Staff,
            _ => true,
        };
        let genders =
            self.name.gender().is_none() || other.name.gender().is_none() || self.name.gender() == other.name.gender();
        roles && genders && self.merged.is_none() && other.merged.is_none()
    }
}

/// The two names have no part in common.
fn are_apart(one: &Name, two: &Name) -> bool {
    let ((a, b, c), (d, e, f)) = (one.taken(), two.taken());
    !(a && d || b && e || c && f)
}

impl Conversation {
    /// `person` is told by `meant` now, and was known as `before`: who was met by another part of that name only is the
    /// same. Gives the person that stands for both.
    pub(super) fn unite_told(&mut self, person: usize, before: &Name, meant: &Name) -> usize {
        let (given, patronymic, surname) = meant.taken();
        // «Кочневой Л.С.» after «у Кочневой» and «Людмила Сергеевна».
        let by_initials = surname && !given && meant.initials.len() == 2;
        if usize::from(given) + usize::from(patronymic) + usize::from(surname) < 2 && !by_initials {
            return person;
        }
        let Some(known) = self.people.get(person) else {
            return person;
        };
        let fits = |other: &Person| {
            (other.is_known_by_one_part() && !by_initials || by_initials && other.name.taken() == (true, true, false))
                && are_apart(&other.name, before)
                && other.name.fit(meant, &self.weights).is_some()
                && known.may_be(other)
                && other.seen + MESSAGES >= self.messages
        };
        let from = self.people.len().saturating_sub(LATEST);
        let named_here = |index: usize| self.names.meant.iter().any(|(_, person)| *person == index);
        let mut others = (from..self.people.len())
            .filter(|index| *index != person && !named_here(*index) && fits(&self.people[*index]));
        match (others.next(), others.next()) {
            (Some(other), None) => self.unite(person, other),
            _ => person,
        }
    }

    /// Keeps who was offered in a message: «ильнур? или ильдар?» to somebody who is «сафин».
    pub(super) fn offer(&mut self, reader: Option<usize>) {
        let incomplete = |index: &usize| {
            let lacks = |person: &Person| !person.name.has_given() && person.is_known_by_one_part();
            self.people.get(*index).is_some_and(lacks)
        };
        let of = reader
            .filter(incomplete)
            .or_else(|| self.previous.iter().rev().copied().find(incomplete));
        self.offered = Offered {
            people: std::mem::take(&mut self.names.alternatives),
            of,
        };
    }

    /// The answer took one of those offered.
    pub(super) fn unite_chosen(&mut self, person: usize, meant: Option<&Name>) -> usize {
        let offered = std::mem::take(&mut self.offered);
        let same_name =
            |index: &&usize| meant.is_some_and(|meant| self.people[**index].name.fit(meant, &self.weights).is_some());
        match offered.of {
            Some(of) if of == person && offered.people.len() > 1 => match offered.people.iter().find(same_name) {
                Some(chosen) if *chosen != of && self.people[*chosen].may_be(&self.people[of]) => {
                    self.unite(of, *chosen)
                }
                _ => person,
            },
            Some(of)
                if offered.people.len() > 1
                    && offered.people.contains(&person)
                    && of != person
                    && self.people[of].may_be(&self.people[person]) =>
            {
                self.unite(person, of)
            }
            _ => person,
        }
    }

    /// Makes two people one, and gives the index of the one that stays.
    fn unite(&mut self, one: usize, two: usize) -> usize {
        let (kept, gone) = if self.people[two].mentions > self.people[one].mentions {
            (two, one)
        } else {
            (one, two)
        };
        let former = self.people[gone].clone();
        self.people[gone].merged = Some(kept);
        let person = &mut self.people[kept];
        person.name.learn(&former.name);
        person.spare.clear();
        if person.role.is_none() || person.role_is_hint && former.role.is_some() {
            person.role = former.role;
            person.role_is_hint = former.role_is_hint;
        }
        person.seen = person.seen.max(former.seen);
        person.addressed = person.addressed.max(former.addressed);
        person.place = person.place.max(former.place);
        person.mentions += former.mentions;
        person.occupation = person.occupation.take().or(former.occupation);
        person.kin = person.kin.take().or(former.kin);
        person.described.extend(former.described);
        person.spoken_of |= former.spoken_of;
        self.acquaintance.learn(kept, &self.people[kept].name);
        self.writers.replace(gone, kept);
        let replace = |index: &mut usize| {
            if *index == gone {
                *index = kept;
            }
        };
        self.previous.iter_mut().for_each(replace);
        self.asked_about.iter_mut().for_each(replace);
        self.names.replace(gone, kept);
        self.offered
            .people
            .iter_mut()
            .chain(&mut self.offered.of)
            .for_each(replace);
        let mut met = BTreeSet::new();
        self.previous.retain(|person| met.insert(*person));
        // Who was made one before goes along, and the token of the one that stays goes on standing for both.
        let entry = self.entry_of_person(kept);
        self.people[kept].entry = Some(entry);
        for other in self.entries.iter_mut().filter(|entry| entry.person == Some(gone)) {
            other.person = Some(kept);
        }
        self.entries[entry].gender = self.people[kept].name.gender();
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Conversation, Speaker};

    /// Names of one message after another, the subject of each.
    fn subjects(said: &[(Speaker, &str, &[&str])]) -> (Conversation, Vec<u32>) {
        let mut conversation = Conversation::default();
        let mut subjects = Vec::new();
        for (speaker, text, names) in said {
            let mut from = 0;
            let marks: Vec<_> = names
                .iter()
                .map(|name| {
                    let start = from + text[from..].find(name).expect("the name");
                    from = start + name.len();
                    start..from
                })
                .collect();
            let found = conversation.subjects_of(text, &marks, Some(*speaker));
            subjects.extend(found.into_iter().map(|subject| subject.expect("a subject")));
        }
        (conversation, subjects)
    }

    #[test]
    fn a_full_name_makes_one_of_two_who_were_met_by_its_parts_and_both_tokens_restore() {
        let (conversation, subjects) = subjects(&[
            (Speaker::Staff, "Голубева просится на среду", &["Голубева"]),
            (Speaker::Staff, "поставлю", &[]),
            (Speaker::Staff, "анастасия сегодня одна?", &["анастасия"]),
            (
                Speaker::Staff,
                "записала: Голубева Анастасия, 12:00",
                &["Голубева Анастасия"],
            ),
            (Speaker::Staff, "у Голубевой аллергия", &["Голубевой"]),
            (Speaker::Staff, "Анастасию предупредили", &["Анастасию"]),
        ]);
        assert_ne!(subjects[0], subjects[1]);
        assert_eq!(subjects[2..], [subjects[2]; 3]);
        let tokens: Vec<_> = conversation.tokens().map(|view| view.token.to_owned()).collect();
        assert_eq!(tokens.len(), 2);
        assert!(tokens.iter().all(|token| conversation.restore(token).text != *token));
        assert!(conversation.tokens().all(|view| view.subject == Some(subjects[2])));
    }

    #[test]
    fn who_turned_out_to_be_one_before_goes_along() {
        let (mut conversation, met) = subjects(&[
            (Speaker::Staff, "Лидия звонила", &["Лидия"]),
            (Speaker::Staff, "Тимур звонил", &["Тимур"]),
            (Speaker::Staff, "Марина, Марина", &["Марина", "Марина"]),
            (Speaker::Staff, "Марина, где ты", &["Марина"]),
        ]);
        let people: Vec<usize> = met[..3].iter().map(|subject| *subject as usize - 1).collect();
        let both = conversation.unite(people[1], people[0]);
        let all = conversation.unite(people[2], both);
        assert_eq!(all, people[2]);
        assert!(conversation.tokens().all(|view| view.subject == Some(met[2])));
    }

    #[test]
    fn who_is_chosen_of_two_is_the_one_whose_surname_was_told() {
        let (_, subjects) = subjects(&[
            (Speaker::Client, "на шиномонтаж. каримов", &["каримов"]),
            (Speaker::Staff, "рамиль или дамир?", &["рамиль", "дамир"]),
            (Speaker::Client, "дамир", &["дамир"]),
            (Speaker::Staff, "каримова записал на 9", &["каримова"]),
        ]);
        assert_eq!(subjects[2], subjects[3]);
        assert_ne!(subjects[1], subjects[3]);
    }

    #[test]
    fn an_employee_and_a_client_of_one_name_stay_two() {
        let (_, subjects) = subjects(&[
            (
                Speaker::Client,
                "это Марина, хочу к мастеру Ветровой",
                &["Марина", "Ветровой"],
            ),
            (Speaker::Staff, "мастер Марина Ветрова занята", &["Марина Ветрова"]),
            (Speaker::Staff, "Марина, есть окно в 12", &["Марина"]),
        ]);
        assert_eq!(subjects[1], subjects[2]);
        assert_eq!(subjects[0], subjects[3]);
        assert_ne!(subjects[0], subjects[1]);
    }
}
