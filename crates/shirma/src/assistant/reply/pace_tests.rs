//! How fast and how long one may talk with the assistant: quick clients, programs, rights in the middle of a loop.

use super::tests::{Talk, talk_fast};
use super::*;
use crate::assistant::Want;

#[test]
fn rights_and_stop_are_heard_in_a_loop_too() {
    let mut talk = Talk::new();
    let silent = (0..8)
        .map(|index| talk_fast(&mut talk, &format!("есть ли парковка номер {index}")))
        .last()
        .expect("asked");
    assert_eq!((silent.text.clone(), silent.hand_over), (None, Some(HandOver::Loop)));
    assert_eq!(talk_fast(&mut talk, "стоп").wants, Some(Want::StopMessages));
    assert_eq!(talk_fast(&mut talk, "отзываю согласие").wants, Some(Want::Withdrawal));
}

#[test]
fn a_quick_client_books_in_twelve_messages_without_being_taken_for_a_program() {
    let mut talk = Talk::new();
    let messages = [
        "Добрый день",
        "сколько стоит педикюр?",
        "до скольки работаете?",
        "где вы находитесь?",
        "хочу записаться",
        "педикюр",
        "в пятницу",
        "а парковка есть?",
        "18:00",
        "[Клиент-1]",
        "[Телефон-1]",
        "да",
    ];
    let mut last = None;
    for message in messages {
        let reply = talk_fast(&mut talk, message);
        assert!(
            reply.text.is_some() && reply.hand_over.is_none(),
            "{message}: {reply:?}"
        );
        last = reply.wish;
    }
    assert_eq!(last.expect("a wish").service.as_deref(), Some("Педикюр"));
}

/// Answers to a program that writes every ten seconds, until the dialogue is a person's.
fn answers_until_handed_over(words: impl Fn(usize) -> String) -> usize {
    const THREE_HOURS: usize = 1_080;
    let mut talk = Talk::new();
    (0..THREE_HOURS)
        .map(|turn| talk_fast(&mut talk, &words(turn)))
        .take_while(|reply| reply.hand_over.is_none())
        .filter(|reply| reply.text.is_some())
        .count()
}

#[test]
fn two_programs_do_not_talk_without_end() {
    let greetings = ["Добрый день", "Доброе утро", "Добрый вечер", "Здравствуйте"];
    let polite = answers_until_handed_over(|turn| greetings[turn % greetings.len()].to_owned());
    assert_eq!(polite, 3, "an autoresponder");
    let topics = ["сколько стоит педикюр", "до скольки работаете", "где вы находитесь"];
    let curious = answers_until_handed_over(|turn| topics[turn % topics.len()].to_owned());
    assert_eq!(curious, 9, "a program that asks the same questions in turn");
    // Each time another moment, so that no answer is like another.
    let inventive = answers_until_handed_over(|turn| {
        format!("сколько стоит педикюр? запишите на {}:{:02}", 9 + turn % 12, turn % 60)
    });
    assert!(
        inventive <= 40,
        "{inventive} answers to a program that is never at a loss"
    );
}

#[test]
fn a_contact_alone_is_thanked_for_and_the_talk_goes_on() {
    for contact in ["[Телефон-1]", "[Почта-1]", "[Клиент-1], [Телефон-2]"] {
        let mut talk = Talk::new();
        let reply = talk.says(contact);
        assert_eq!((reply.hand_over, reply.why), (None, "contact"), "{contact}");
        assert!(reply.text.expect("thanks").starts_with("Спасибо"));
        assert!(talk.text("педикюр завтра в 12").contains("зовут"));
    }
    let mut talk = Talk::new();
    talk.says("запишите на педикюр");
    let on = talk.says("[Телефон-1]");
    assert_eq!((on.hand_over, on.why), (None, "booking"));
}
