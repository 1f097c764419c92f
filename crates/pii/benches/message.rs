//! Detecting and masking one chat message, and loading the engine.

use divan::{Bencher, black_box, counter::CharsCount};
use shirma_pii::{Conversation, Detector};

/// Invented messages of the usual lengths.
const MESSAGES: [&str; 4] = [
    "Здравствуйте! Можно записаться на стрижку в субботу после обеда?",
    "Меня зовут Анна Сергеевна Тестова, телефон +7 900 000-00-01, почта anna.testova@example.com",
    "запишите пожалуйста гульнару на маникюр в пт к 18, номер 8 900 000 00 11",
    "Добрый день. Машина лада веста х000хх74, стучит спереди. Приеду завтра, Пётр. Адрес: ул. Примерная, д. 5, кв. 12",
];

fn main() {
    divan::main();
}

#[divan::bench(args = MESSAGES)]
fn detect(bencher: Bencher<'_, '_>, message: &str) {
    let detector = Detector::new();
    bencher
        .counter(CharsCount::of_str(message))
        .bench(|| detector.detect(black_box(message)));
}

#[divan::bench(args = MESSAGES)]
fn mask(bencher: Bencher<'_, '_>, message: &str) {
    let detector = Detector::new();
    bencher
        .counter(CharsCount::of_str(message))
        .with_inputs(Conversation::default)
        .bench_values(|mut conversation| conversation.mask(&detector, black_box(message)));
}

#[divan::bench]
fn load() -> Detector {
    Detector::new()
}
