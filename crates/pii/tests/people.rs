//! Who is who in a conversation: each way to tell one person from two, in a few invented messages.

use shirma_pii::{Conversation, Detector, Label, Speaker};

/// Masks a dialogue, one message a line («К: …» client, «С: …» staff), and gives the names with their subjects.
fn people(dialogue: &str) -> Vec<(String, u32)> {
    let detector = Detector::new();
    let mut conversation = Conversation::default();
    let mut people = Vec::new();
    for line in dialogue.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (mark, text) = line.split_once(": ").expect("a marked line");
        let speaker = if mark == "К" { Speaker::Client } else { Speaker::Staff };
        let masking = conversation.mask_said_by(&detector, text, speaker);
        for entity in masking.entities.iter().filter(|entity| entity.label == Label::Person) {
            let subject = entity.subject.expect("a person has a subject");
            people.push((text[entity.range.clone()].to_owned(), subject));
        }
    }
    people
}

/// The subjects of the names of a dialogue, in order, must be these.
#[track_caller]
fn check(dialogue: &str, subjects: &[u32]) {
    let people = people(dialogue);
    let made: Vec<u32> = people.iter().map(|(_, subject)| *subject).collect();
    assert_eq!(made, subjects, "{people:?}");
}

#[test]
fn namesakes_are_told_apart_by_what_they_do() {
    check(
        "С: Вас ждут бровист Ира и парикмахер Ира
         К: к бровисту Ире на три
         С: Парикмахер Ирина Лосева тоже свободна",
        &[1, 2, 1, 2],
    );
}

#[test]
fn two_names_of_one_list_are_two_people() {
    check("С: Сегодня работают Сергей Петрович и Сергей", &[1, 2]);
    check("К: это не Олеся, это Алеся", &[1, 2]);
}

#[test]
fn the_other_one_is_somebody_new_and_found_again() {
    check(
        "К: Это Павел, машину пригонит другой Павел
         С: Как фамилия второго Павла?
         К: Ерохин
         С: Ерохина встретим",
        &[1, 2, 2, 2, 2],
    );
}

#[test]
fn a_correction_names_somebody_else() {
    check(
        "С: К Валентину записать?
         К: нет, к Вале Рыковой",
        &[1, 2],
    );
}

#[test]
fn a_verb_tells_whom_a_surname_of_both_genders_means() {
    check(
        "С: Массажист Бондарь Илья и невролог Бондарь Светлана на месте
         К: Бондарь сказала прийти в среду
         К: Бондарь сказал прийти в пятницу",
        &[1, 2, 2, 1],
    );
}

#[test]
fn names_joined_by_and_stand_in_one_case() {
    check(
        "К: Хабаров Ян и Софья Хабарова, аренда на неделю
         С: Записали Хабарова и Хабарову",
        &[1, 2, 1, 2],
    );
}

#[test]
fn a_surname_asked_for_is_found_and_completes_the_client() {
    check(
        "К: здравствуйте, меня зовут Ангелина
         С: Ангелина, ваша фамилия?
         К: Скворцова
         С: Скворцова Ангелина, записала",
        &[1, 1, 1, 1],
    );
}

#[test]
fn a_given_name_asked_for_completes_the_relative() {
    check(
        "К: дома будет муж, Муравьёв
         С: Как зовут мужа?
         К: Аристарх
         С: Муравьёву позвонит курьер",
        &[1, 1, 1],
    );
}

#[test]
fn a_doctor_asked_for_by_patronymic_is_answered_by_surname() {
    check(
        "К: Эмма Давидовна завтра принимает?
         С: Да, доктор Цукерман завтра с девяти
         К: Цукерман Э. Д. это она же?",
        &[1, 1, 1],
    );
}

#[test]
fn a_person_known_by_initials_is_met_by_given_name() {
    check(
        "С: На завтра: Ярош Т. С., Дзюба М. П.
         С: Мария Петровна, подтвердите визит",
        &[1, 2, 2],
    );
}

#[test]
fn a_family_name_alone_does_not_make_the_client_of_a_relative() {
    check(
        "К: забрать посылку за деда: Пахомов Архип Кузьмич
         С: Вы Пахомов?
         К: да, Пахомов Ефим Архипович",
        &[1, 2, 2],
    );
}

#[test]
fn a_clause_with_two_names_is_about_two_people() {
    check(
        "С: Саша Ким, ваш мастер Александр Зимин
         К: отлично, Сашу Ким к Александру",
        &[1, 2, 1, 2],
    );
}

#[test]
fn whose_mother_writes_is_not_the_mother() {
    check(
        "К: это мама Лёвы, Таня
         С: Татьяна, Лев придёт?",
        &[1, 2, 2, 1],
    );
}

#[test]
fn rare_diminutives_and_one_wrong_letter_are_no_new_person() {
    check(
        "С: Мастер Вениамин приедет в десять
         К: Веня приехал",
        &[1, 1],
    );
    check(
        "К: Хочу к мастеру Екатрине
         С: Екатерина свободна, Катя ждёт",
        &[1, 1, 1],
    );
}

#[test]
fn names_in_two_scripts_are_one_person() {
    check(
        "К: Hello, my name is Dmitrii Orlovsky
         С: Дмитрий, доставка завтра
         С: Заказ оформлен на Орловского Дмитрия",
        &[1, 1, 1],
    );
}

#[test]
fn a_name_that_is_said_to_be_another_is_that_one() {
    check(
        "К: Тропин мне обещал подъём
         С: Тропин это менеджер Игорь Тропин?",
        &[1, 1, 1],
    );
}

#[test]
fn strange_texts_with_names_do_not_panic() {
    for text in [
        "Нет, Я",
        "нет, к Ё",
        "Анна и Анна или Анна, Анна/Анна",
        "это Анна?",
        "-Анна-",
        "Анна,",
        "к к к Анне Анне",
        "J J J",
        "Ыч Ычу ин ина",
    ] {
        for mark in ["К", "С"] {
            people(&format!("{mark}: {text}\n{mark}: {text}"));
        }
    }
}
