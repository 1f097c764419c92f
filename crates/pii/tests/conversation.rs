//! What tokens promise: a way there and back, nothing left behind, nothing forged.

use proptest::prelude::*;
use shirma_pii::{Action, Conversation, Detector, Gender, HELD_CHARS_MAX, Label, Policy, Speaker};

fn mask(conversation: &mut Conversation, text: &str) -> String {
    conversation.mask(&Detector::new(), text).text
}

#[test]
fn one_person_keeps_one_token_whatever_the_form() {
    let mut conversation = Conversation::default();
    assert_eq!(mask(&mut conversation, "Запишите Анастасию Ким"), "Запишите [Клиент-1]");
    assert_eq!(mask(&mut conversation, "Настя опоздает"), "[Клиент-1] опоздает");
    assert_eq!(mask(&mut conversation, "скажите Насте"), "скажите [Клиент-1]");
}

#[test]
fn namesakes_told_apart_by_their_roles_stay_two() {
    let mut conversation = Conversation::default();
    let detector = Detector::new();
    let said = conversation.mask_said_by(&detector, "Анна, хотелось бы к Анне", Speaker::Client);
    assert_eq!(said.text, "[Клиент-1], хотелось бы к [Клиент-2]");
    let said = conversation.mask_said_by(&detector, "Анна, у мастера Анны Верещагиной свободно", Speaker::Staff);
    assert_eq!(said.text, "[Клиент-1], у мастера [Клиент-2] свободно");
}

#[test]
fn a_new_sentence_gets_the_case_it_asks_for() {
    let mut conversation = Conversation::default();
    mask(&mut conversation, "Это Анна Ким, 8 900 000-00-01");
    let answer = conversation.restore("Передам [Клиент-1]у, перезвоним на [ТЕЛЕФОН–2].");
    assert_eq!(answer.text, "Передам Анне Ким, перезвоним на 8 900 000-00-01.");
    assert_eq!(answer.restored, ["[Клиент-1]", "[Телефон-2]"]);
}

#[test]
fn an_inflected_token_says_the_case_better_than_its_sentence() {
    let mut conversation = Conversation::default();
    conversation.introduce("Агафья Тестова", Label::Person, Some(Gender::Female));
    for (answer, wanted) in [
        (
            "Передадим лимонад [Клиенту-1] с радостью",
            "Передадим лимонад Агафье Тестовой с радостью",
        ),
        ("Лимонад [Клиентом-1] оплачен", "Лимонад Агафьей Тестовой оплачен"),
        ("Мы ждём [клиента-1] завтра", "Мы ждём Агафью Тестову завтра"),
        ("Время [Клиента-1] занято", "Время Агафьи Тестовой занято"),
        ("Заметка [Клиенте-1] есть", "Заметка Агафье Тестовой есть"),
        ("Лимонад [Клиент-1]у", "Лимонад Агафье Тестовой"),
        ("Ждём [Клиент-1]у завтра", "Ждём Агафью Тестову завтра"),
    ] {
        assert_eq!(conversation.restore(answer).text, wanted);
    }
}

#[test]
fn a_typed_token_restores_to_itself_only() {
    let mut conversation = Conversation::default();
    let first = mask(&mut conversation, "Это Анна Ким");
    for forged in [
        "[Клиент-1]",
        "[ клиент - 1 ]",
        "\\[Клиент-1\\]",
        "Клиент-1",
        "[Клиенту-1]",
    ] {
        let text = format!("покажи {forged} мне");
        let masked = mask(&mut conversation, &text);
        assert!(!masked.contains(forged) && masked.contains("[Текст-"), "{masked}");
        assert_eq!(conversation.restore(&masked).text, text);
    }
    assert_eq!(conversation.restore(&first).text, "Это Анна Ким");
}

#[test]
fn foreign_tokens_are_reported_and_left() {
    let restoration = Conversation::default().restore("привет, [Клиент-5]");
    assert_eq!(restoration.text, "привет, [Клиент-5]");
    assert_eq!(restoration.foreign, ["[Клиент-5]"]);
}

#[test]
fn tokens_an_answer_lacks_are_named() {
    let mut conversation = Conversation::default();
    mask(&mut conversation, "Это Анна Ким, 8 900 000-00-01");
    let restoration = conversation.restore("Перезвоним, [Клиент-1]!");
    assert_eq!(restoration.absent(&["[Клиент-1]", "[Телефон-2]"]), ["[Телефон-2]"]);
}

#[test]
fn a_stream_gives_plain_words_at_once_and_says_what_it_met() {
    let mut conversation = Conversation::default();
    mask(&mut conversation, "Это Анна Ким");
    let mut restorer = conversation.restorer();
    assert_eq!(restorer.push("Добрый день, "), "Добрый день, ");
    assert_eq!(restorer.push("[Кли"), "");
    let rest = restorer.push("ент-1] и [Клиент-9]. ") + &restorer.finish();
    assert_eq!(rest, "Анна Ким и [Клиент-9]. ");
    assert_eq!(restorer.restored(), ["[Клиент-1]"]);
    assert_eq!(restorer.foreign(), ["[Клиент-9]"]);
}

#[test]
fn refused_tokens_become_the_substitute() {
    let mut conversation = Conversation::default();
    mask(&mut conversation, "Это Анна, карта 2200 0000 0000 0004");
    let restoration = conversation.restore_where("[Клиент-1], [Карта-2]", |view| view.label != Label::Card, "…");
    assert_eq!(restoration.text, "Анна, …");
    assert_eq!(restoration.refused, ["[Карта-2]"]);
}

#[test]
fn an_introduced_person_is_met_again() {
    let mut conversation = Conversation::default();
    let token = conversation.introduce("Дамир Ахметов", Label::Person, None);
    assert_eq!(
        mask(&mut conversation, "запишите к Дамиру"),
        format!("запишите к {token}")
    );
}

#[test]
fn debug_hides_values() {
    let mut conversation = Conversation::default();
    mask(&mut conversation, "Это Анна Ким");
    let shown = format!(
        "{conversation:?} {:?} {:?}",
        conversation.tokens().next(),
        conversation.restore("[Клиент-1]")
    );
    assert!(!shown.contains("Анна"), "{shown}");
}

/// Chat made of names, numbers, tokens, disguises and plain words in any order.
fn chat() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Анна ",
        "Анне ",
        "анна ",
        "Анной Ким",
        "мастер ",
        "к ",
        "8 900 000-00-01",
        "+79000000002",
        "[Клиент-1]",
        "[Клиент-2",
        "Клиент-1",
        "[",
        "]",
        "\\",
        "\\[",
        "*",
        "-",
        "1",
        "[Телефон",
        "-3]",
        "anna@example.ru",
        "\n",
        ", ",
        ". ",
        "паспорт 7500 000011 ",
        "ул. Кирова, 5 ",
        "\u{200b}",
        "ё",
        "й",
        "\u{306}",
        "🌸",
        "Mapинa ",
        "у",
        "ова",
        "<Клиент-1>",
        "&lt;",
        "пароль qwe123! ",
        "Клиент",
        "17",
        "_",
    ]);
    prop::collection::vec(
        prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,4}"],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

/// Plain Russian speech that uses the words of tokens and numbers; a word with its number in square brackets is no
/// plain speech.
fn speech() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "клиент 17 записан",
        "Клиент 3",
        "клиент №5",
        "клиент-2",
        "телефон 12",
        "Телефон: 3",
        "карта 4",
        "карта-1 ",
        "адрес 7",
        "(клиент 1)",
        "[клиент]",
        "[17]",
        "«клиент 8»",
        " у клиента 2 ",
        "счёт-3",
        "паспорт 40",
        "права 5",
        " к клиенту 9 ",
        "почта 1",
        " клиентам 10 ",
        "текст 6",
        ", ",
        ". ",
        "\n",
        " и ",
        " на ",
        "1",
        "17",
        " ",
        "\"",
        "первый",
        "ИНН 12",
        "мастер",
        "в 15:00",
        "2 500 ₽",
        "(",
        ")",
        "<",
        ">",
        "*",
        "_",
        "клиент",
        "Client-1",
        "client 17",
        "phone 3",
        "email-2",
        "№",
        "-",
        " — ",
    ])
    .prop_map(|piece: &str| format!("{piece} "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn restoring_a_masked_text_gives_the_text(texts in prop::collection::vec(prop_oneof![chat(), any::<String>()], 1..4)) {
        let (detector, mut conversation) = (Detector::new(), Conversation::default());
        for text in texts {
            let masked = conversation.mask(&detector, &text).text;
            prop_assert_eq!(conversation.restore(&masked).text, text);
        }
    }

    #[test]
    fn findings_lie_on_character_borders_and_do_not_overlap(text in prop_oneof![chat(), any::<String>()]) {
        let mut end = 0;
        for finding in Detector::new().detect(&text).findings {
            prop_assert!(finding.range.start >= end && finding.range.start < finding.range.end);
            prop_assert!(text.is_char_boundary(finding.range.start) && text.is_char_boundary(finding.range.end));
            end = finding.range.end;
        }
    }

    #[test]
    fn nothing_found_is_left_behind(text in chat()) {
        let masking = Conversation::default().mask(&Detector::new(), &text);
        for entity in masking.entities {
            let value = &text[entity.range];
            if value.chars().count() > 6 && text.matches(value).count() == 1 {
                prop_assert!(!masking.text.contains(value));
            }
        }
    }

    #[test]
    fn our_tokens_are_nothing_personal(text in chat()) {
        let detector = Detector::new();
        let masking = Conversation::default().mask(&detector, &text);
        let masked = &masking.text;
        let tokens = masking.entities.iter().map(|entity| entity.token.as_str());
        let places: Vec<_> = tokens.flat_map(|token| {
            masked.match_indices(token).map(|(at, found)| at..at + found.len()).collect::<Vec<_>>()
        }).collect();
        for finding in detector.detect(masked).findings {
            let hit = places.iter().find(|place| place.start < finding.range.end && finding.range.start < place.end);
            prop_assert!(hit.is_none(), "{:?} in {}", hit.map(|place| &masked[place.clone()]), masked);
        }
    }

    #[test]
    fn random_text_restores_nothing(text in any::<String>()) {
        let mut conversation = Conversation::default();
        conversation.mask(&Detector::new(), "Это Анна Ким, 8 900 000-00-01");
        let restoration = conversation.restore(&text);
        prop_assert!(restoration.restored.is_empty());
        prop_assert_eq!(restoration.text, text);
    }

    #[test]
    fn plain_speech_with_token_words_restores_nothing(pieces in prop::collection::vec(speech(), 0..30)) {
        let mut conversation = Conversation::default();
        for number in 0..40 {
            conversation.mask(&Detector::new(), &format!("тел. 8 900 000-00-{number:02}"));
        }
        conversation.introduce("Анна Ким", Label::Person, None);
        let text = pieces.concat();
        let restoration = conversation.restore(&text);
        prop_assert!(restoration.restored.is_empty(), "{:?} in {}", restoration.restored, text);
        prop_assert_eq!(restoration.text, text);
    }

    #[test]
    fn masking_the_same_text_again_changes_nothing(text in chat()) {
        let (detector, mut conversation) = (Detector::new(), Conversation::default());
        let first = conversation.mask(&detector, &text).text;
        let second = conversation.mask(&detector, &text).text;
        prop_assert_eq!(conversation.restore(&first).text, conversation.restore(&second).text);
        let third = conversation.mask(&detector, &text).text;
        prop_assert_eq!(conversation.restore(&third).text, text);
    }

    #[test]
    fn a_stream_holds_back_no_more_than_it_must(text in prop_oneof![chat(), prop::collection::vec(speech(), 0..30).prop_map(|p| p.concat())]) {
        let (detector, mut conversation) = (Detector::new(), Conversation::default());
        let masked = conversation.mask(&detector, &text).text;
        // Tokens of nobody stay as they are, so that lengths can be compared.
        let empty = Conversation::default();
        let mut restorer = empty.restorer();
        let (mut pushed, mut given) = (0, String::new());
        for letter in masked.chars() {
            given.push_str(&restorer.push(&letter.to_string()));
            pushed += 1;
            prop_assert!(pushed - given.chars().count() <= HELD_CHARS_MAX);
        }
        given.push_str(&restorer.finish());
        prop_assert_eq!(given, masked);
    }

    #[test]
    fn a_stream_is_restored_as_a_whole_is(texts in prop::collection::vec(chat(), 1..3), cuts in prop::collection::vec(0..400_usize, 0..12)) {
        let (detector, mut conversation) = (Detector::new(), Conversation::default());
        let mut answer = String::from("Здравствуйте, [Клиент-1]! Передам [Клиенту-2], что вы придёте. ");
        for text in texts {
            answer.push_str(&conversation.mask(&detector, &text).text);
        }
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| answer.is_char_boundary(*cut)).collect();
        cuts.push(answer.len());
        cuts.sort_unstable();
        let (mut restorer, mut streamed, mut start) = (conversation.restorer(), String::new(), 0);
        for cut in cuts {
            streamed.push_str(&restorer.push(&answer[start..cut]));
            start = cut;
        }
        streamed.push_str(&restorer.finish());
        prop_assert_eq!(streamed, conversation.restore(&answer).text);
    }
}

#[test]
fn a_policy_says_what_becomes_of_each_label() {
    let policy = Policy::preset("garage")
        .expect("named")
        .with(Label::Plate, Action::Keep);
    let mut conversation = Conversation::default();
    let text = "Это Анна Ким, карта 2200 0000 0000 0004, госномер А000АА74, пароль: qwe12345";
    let masking = conversation.mask_under(&Detector::new(), text, None, &policy);
    assert_eq!(
        masking.text,
        "Это [Клиент-1], карта ••••0004, госномер А000АА74, пароль: "
    );
    assert_eq!(
        conversation.restore(&masking.text).text,
        "Это Анна Ким, карта ••••0004, госномер А000АА74, пароль: "
    );
    assert!(
        conversation
            .surfaces()
            .iter()
            .all(|value| !value.contains("2200") && !value.contains("qwe"))
    );
}

#[test]
fn a_name_introduced_twice_before_the_first_message_is_one_person() {
    let mut conversation = Conversation::default();
    let first = conversation.introduce("Анна", Label::Person, None);
    conversation.introduce("Пётр", Label::Person, None);
    assert_eq!(conversation.introduce("Анна", Label::Person, None), first);
}

#[test]
fn names_of_a_list_are_different_people_unless_they_are_the_same_words() {
    let mut conversation = Conversation::default();
    let policy = Policy::default();
    let mut token = |name: &str| conversation.mask_value(name, Label::Person, &policy);
    let first = token("Абдрахманова Гульнара");
    for other in [
        "Абдрахимова Гульнара",
        "Гульнара",
        "Абдрахманов Гульнар",
        "Абдрахманова Гуля",
    ] {
        assert_ne!(token(other), first, "{other}");
    }
    assert_eq!(token("гульнара  абдрахманова"), first);
    assert_eq!(conversation.restore(&first).text, "Абдрахманова Гульнара");
}
