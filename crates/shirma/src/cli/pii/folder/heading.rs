//! What the columns of a table hold, by its heading. Tables of text and workbooks share it.

use shirma_pii::Label;

use super::column::label_of;
use super::cover::Cover;

/// A row with this many known columns is a heading.
const KNOWN_COLUMNS_MIN: usize = 2;
/// The heading stands in one of the first rows; a name of the table may stand above.
pub(super) const ROWS_LOOKED_AT: usize = 10;
/// Longer cells are no names of columns.
const TITLE_CHARS_MAX: usize = 60;
/// A run of this many digits is a value.
const VALUE_DIGITS_MIN: usize = 4;
/// Names of columns that mean something else as fields of JSON.
const IN_TABLES: &[(&str, Label)] = &[
    ("name", Label::Person),
    ("given name", Label::Person),
    ("family name", Label::Person),
    ("surname", Label::Person),
    ("client", Label::Person),
    ("customer", Label::Person),
    ("имя и фамилия", Label::Person),
    ("контакт", Label::Person),
    ("контактное лицо", Label::Person),
    ("заказчик", Label::Person),
    ("покупатель", Label::Person),
    ("отправитель", Label::Person),
    ("владелец", Label::Person),
    ("ученик", Label::Person),
    ("родитель", Label::Person),
    ("менеджер", Label::Person),
    ("администратор", Label::Person),
];

/// The heading of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    row: Option<usize>,
    labels: Vec<Option<Label>>,
}

impl Heading {
    /// The first of the first rows with two known columns; else the first with one and other names beside it, or the
    /// only column.
    pub(super) fn find(rows: &[Vec<&str>]) -> Heading {
        let rows = &rows[..rows.len().min(ROWS_LOOKED_AT)];
        let single = rows.iter().all(|row| filled(row) <= 1);
        let known = |row: &Vec<&str>| row.iter().filter(|cell| label_of_column(cell).is_some()).count();
        let titles = |row: &Vec<&str>| row.iter().all(|cell| is_title(cell));
        let found = rows.iter().position(|row| known(row) >= KNOWN_COLUMNS_MIN).or_else(|| {
            rows.iter()
                .position(|row| known(row) == 1 && titles(row) && (single || filled(row) >= 2))
        });
        Heading {
            row: found,
            labels: found.map_or_else(Vec::new, |row| {
                rows[row].iter().map(|cell| label_of_column(cell)).collect()
            }),
        }
    }

    /// What stands in a cell, if its column says it.
    pub(super) fn label(&self, row: usize, column: usize) -> Option<Label> {
        self.row.filter(|heading| row > *heading)?;
        self.labels.get(column).copied().flatten()
    }

    /// Takes notice of the people of a column, before the texts beside them are read.
    pub(super) fn learn_cell(&self, cover: &mut Cover<'_>, row: usize, column: usize, value: &str) {
        if self.label(row, column) == Some(Label::Person) {
            cover.learn(value);
        }
    }

    /// The cell with codes; names of columns and what stands above them are read as texts.
    pub(super) fn mask_cell(&self, cover: &mut Cover<'_>, row: usize, column: usize, value: &str) -> String {
        match self.label(row, column) {
            Some(label) => cover.value(value, label),
            None => cover.text(value),
        }
    }
}

fn label_of_column(cell: &str) -> Option<Label> {
    if !is_title(cell) {
        return None;
    }
    let folded = cell.trim().to_lowercase();
    let in_tables = IN_TABLES.iter().find(|(name, _)| *name == folded);
    in_tables.map(|(_, label)| *label).or_else(|| label_of(cell))
}

/// Whether a cell may be the name of a column: a value of a row without a heading must not pass for one.
fn is_title(cell: &str) -> bool {
    let digits = cell.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max();
    !cell.contains('@') && digits.unwrap_or(0) < VALUE_DIGITS_MIN && cell.chars().count() <= TITLE_CHARS_MAX
}

fn filled(row: &[&str]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_stand_below_the_name_of_the_table() {
        let rows = vec![
            vec!["База клиентов на 12.11.2026"],
            vec![],
            vec!["№", "Фамилия", "Телефон"],
            vec!["1", "Жмых", "89000000011"],
        ];
        let heading = Heading::find(&rows);
        assert_eq!(heading.label(3, 1), Some(Label::Person));
        assert_eq!(
            (heading.label(2, 1), heading.label(0, 0), heading.label(3, 0)),
            (None, None, None)
        );
    }

    #[test]
    fn one_known_column_is_enough_beside_other_names() {
        let heading = Heading::find(&[vec!["Дата", "Клиент", "Цена"], vec!["1", "Жмых", "2500"]]);
        assert_eq!(heading.label(1, 1), Some(Label::Person));
        let heading = Heading::find(&[vec!["Фамилия"], vec!["Жмых"]]);
        assert_eq!(heading.label(1, 0), Some(Label::Person));
    }

    #[test]
    fn a_row_of_values_is_no_heading() {
        let rows = [vec![
            "Анна Ким",
            "anna@mail.example",
            "телефон 89000000011",
            "писать на почту",
        ]];
        assert_eq!(Heading::find(&rows), Heading::default());
    }
}
