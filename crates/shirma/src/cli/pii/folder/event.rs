//! What a messenger says itself: «Анна Ким добавила Петра Кима», «Anna joined the group». Such a line names people
//! with nothing around that a name is known by, so what stands before and after its verb is covered as a name.

use super::cover::Cover;

/// Words after which people stand, too.
const ABOUT_OTHERS: &[&str] = &[
    " добавил(а) ",
    " добавила ",
    " добавил ",
    " добавили ",
    " удалил(а) ",
    " удалила ",
    " удалил ",
    " удалили ",
    " пригласил(а) ",
    " пригласила ",
    " пригласил ",
    " пригласили ",
    " исключил(а) ",
    " исключила ",
    " исключил ",
    " исключили ",
    " added ",
    " removed ",
    " invited ",
    " changed their phone number to ",
];
/// Words before which only somebody stands.
const ABOUT_ONESELF: &[&str] = &[
    " присоедини",
    " вступил",
    " вышел",
    " вышла",
    " покинул",
    " создал",
    " измени",
    " сменил",
    " обновил",
    " закрепил",
    " теперь администратор",
    " joined",
    " left",
    " created ",
    " changed ",
    " pinned ",
    " was added",
    " was removed",
    " is now an admin",
];
/// Not people.
const NOBODY: &[&str] = &["вы", "you", "вас", "это сообщение", "this message"];
/// Longer lines are nothing a messenger says.
const LINE_BYTES_MAX: usize = 1024;
/// Longer pieces are no names but sentences.
const NAME_CHARS_MAX: usize = 60;

/// Masks what the messenger says; `known` are the people who write in the chat, longer names first.
pub(super) fn mask(cover: &mut Cover<'_>, text: &str, known: &[String]) -> String {
    match text.split_once('\n') {
        Some((line, rest)) => format!("{}\n{}", mask_line(cover, line, known), cover.text(rest)),
        None => mask_line(cover, text, known),
    }
}

fn mask_line(cover: &mut Cover<'_>, line: &str, known: &[String]) -> String {
    if line.len() > LINE_BYTES_MAX {
        return cover.text(line);
    }
    for verb in ABOUT_OTHERS {
        if let Some((who, whom)) = line.split_once(verb) {
            return format!("{}{verb}{}", person(cover, who), people(cover, whom));
        }
    }
    for verb in ABOUT_ONESELF {
        if let Some(at) = line.find(verb) {
            return person(cover, &line[..at]) + &mask_rest(cover, &line[at..], known);
        }
    }
    mask_rest(cover, line, known)
}

/// Somebody who writes here is known by the very spelling, wherever it stands.
fn mask_rest(cover: &mut Cover<'_>, text: &str, known: &[String]) -> String {
    let found = known
        .iter()
        .filter_map(|name| whole_at(text, name).map(|at| (at, name)));
    let Some((at, name)) = found.min_by_key(|(at, _)| *at) else {
        return cover.text(text);
    };
    let before = cover.text(&text[..at]);
    let token = cover.who(name);
    before + &token + &mask_rest(cover, &text[at + name.len()..], known)
}

fn people(cover: &mut Cover<'_>, whom: &str) -> String {
    for border in [", ", " и ", " and "] {
        if let Some((first, others)) = whom.split_once(border) {
            return format!("{}{border}{}", people(cover, first), people(cover, others));
        }
    }
    person(cover, whom)
}

fn person(cover: &mut Cover<'_>, who: &str) -> String {
    let plain = who.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    if NOBODY.contains(&plain.as_str()) || who.chars().count() > NAME_CHARS_MAX {
        return cover.text(who);
    }
    cover.who(who)
}

/// Where the name stands as whole words.
fn whole_at(line: &str, name: &str) -> Option<usize> {
    line.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = line[..*at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
