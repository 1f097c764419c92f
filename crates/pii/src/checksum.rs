//! Check digits of Russian identifiers and of bank cards.

fn digit_values(digits: &str) -> Option<Vec<u32>> {
    digits.chars().map(|character| character.to_digit(10)).collect()
}

/// The Luhn check of bank cards (ISO/IEC 7812-1), also used by the 16-digit insurance policy.
pub(crate) fn luhn(digits: &str) -> bool {
    let sum = digits.bytes().rev().enumerate().try_fold(0, |sum, (place, sign)| {
        let value = char::from(sign).to_digit(10)?;
        Some(match (place % 2, value * 2) {
            (0, _) => sum + value,
            (_, doubled) if doubled > 9 => sum + doubled - 9,
            (_, doubled) => sum + doubled,
        })
    });
    !digits.is_empty() && sum.is_some_and(|sum| sum.is_multiple_of(10))
}

/// The last digit of a GTIN of 8, 12, 13 or 14 digits (GS1 General Specifications, 7.9).
pub(crate) fn gtin(digits: &str) -> bool {
    let Some(values) = digit_values(digits) else {
        return false;
    };
    let weights = [1, 3].into_iter().cycle();
    let sum: u32 = values
        .iter()
        .rev()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum();
    matches!(values.len(), 8 | 12..=14) && sum.is_multiple_of(10)
}

/// Both check digits of the 12-digit ИНН of a person.
pub(crate) fn inn_of_person(digits: &str) -> bool {
    const FIRST: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    const SECOND: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let Some(values) = digit_values(digits) else {
        return false;
    };
    let check = |weights: &[u32]| {
        weights
            .iter()
            .zip(&values)
            .map(|(weight, value)| weight * value)
            .sum::<u32>()
            % 11
            % 10
    };
    values.len() == 12 && check(&FIRST) == values[10] && check(&SECOND) == values[11]
}

/// The check number of СНИЛС; numbers up to 001-001-998 have none.
pub(crate) fn snils(digits: &str) -> bool {
    let Some(values) = digit_values(digits) else {
        return false;
    };
    if values.len() != 11 {
        return false;
    }
    let sum: u32 = values[..9]
        .iter()
        .zip((1..=9).rev())
        .map(|(value, weight)| value * weight)
        .sum();
    let check = if sum % 101 == 100 { 0 } else { sum % 101 };
    check == values[9] * 10 + values[10]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_numbers_pass_and_a_typo_does_not() {
        assert!(luhn("4000000000000002") && !luhn("4000000000000003"));
        assert!(snils("11223344595") && !snils("11223344596"));
        assert!(gtin("4006381333931") && !gtin("4006381333932") && !gtin("31"));
        assert!(inn_of_person("500100732259") && !inn_of_person("500100732250"));
    }
}
