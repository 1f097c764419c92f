//! Driving licences by slang, in two named parts, second ones and those of drivers of a policy.

use crate::check::check_all;

#[test]
fn licences_are_found_by_slang_in_parts_and_after_another() {
    check_all(&[
        "водилка {DRIVER_LICENSE|7425 918203}, до 2035 года",
        "права 7 лет как получил, {DRIVER_LICENSE|99 07 411862}",
        "ву {DRIVER_LICENSE|9916 384015}, у жены ещё {DRIVER_LICENSE|74 17 300925}",
        "вписаны я, {DRIVER_LICENSE|02 14 375918}, и сестра, {DRIVER_LICENSE|02 36 901527}",
        "впишите второго водителя {DRIVER_LICENSE|74 33 815206}",
        "ву-шка {DRIVER_LICENSE|7422 серия, 604118 номер}",
        "допустить к управлению: {DRIVER_LICENSE|9925 017364}",
        "категория В открыта, {DRIVER_LICENSE|7438 860217}",
        "вушка {DRIVER_LICENSE|99 38 274051}",
        "стаж с 2012, {DRIVER_LICENSE|74 39 106428}",
        "водительское серия {DRIVER_LICENSE|7404 номер 552816}",
        "права {DRIVER_LICENSE|74 КЕ 220915}",
    ]);
}

#[test]
fn terms_prices_and_dates_beside_are_left() {
    check_all(&[
        "права категории B стоят 45000",
        "стаж 12 лет, 3 аварии",
        "водитель приедет 12.05.2026 к 10",
    ]);
}
