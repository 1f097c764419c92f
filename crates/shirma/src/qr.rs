//! A text as a QR code: a picture for pages, half blocks for a terminal. Whatever it says stays in the house: nothing is
//! asked of anybody to draw it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Quiet zone around a code in modules (ISO/IEC 18004 §9.1).
const QUIET: usize = 4;

/// The code as squares; `None` for a text too long for one.
fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark);
    Some((code.width(), dark.collect()))
}

/// An SVG picture without a style or script of its own, dark on light in every scheme; empty for a text too long.
pub fn svg(text: &str, label: &str) -> String {
    let Some((width, dark)) = modules(text) else {
        return String::new();
    };
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let _written = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    debug_assert!(!label.contains(['<', '"', '&']), "labels are words of ours");
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

/// Lines of half blocks, light on a dark terminal as on a light one: both colours are spelled out.
pub fn terminal(text: &str) -> String {
    let Some((width, dark)) = modules(text) else {
        return String::new();
    };
    let is_dark = |row: usize, column: usize| {
        let (row, column) = (row.wrapping_sub(QUIET), column.wrapping_sub(QUIET));
        row < width && column < width && dark[row * width + column]
    };
    let side = width + 2 * QUIET;
    let mut lines = String::new();
    for row in (0..side).step_by(2) {
        lines.push_str("\u{1b}[30;107m");
        for column in 0..side {
            lines.push(match (is_dark(row, column), is_dark(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push_str("\u{1b}[0m\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let (width, dark) = modules("https://shirma.example.ru/sign-in/token").expect("short enough");
        // A finder is a dark frame of seven around a light one around a dark square of three (ISO/IEC 18004 §6.3.3).
        for (row, column) in [(0, 0), (0, width - 7), (width - 7, 0)] {
            for (down, right, expected) in [(0, 0, true), (1, 1, false), (3, 3, true), (6, 6, true)] {
                assert_eq!(dark[(row + down) * width + column + right], expected);
            }
        }
        let picture = svg("token", "QR");
        assert!(picture.starts_with("<svg") && !picture.contains("style") && !picture.contains("M0 0h1"));
        let lines = terminal("token");
        assert!(lines.lines().count() > 12);
        assert!(lines.lines().next().is_some_and(|line| !line.contains('█')));
    }

    #[test]
    fn a_text_too_long_gives_nothing() {
        assert_eq!(svg(&"a".repeat(5_000), "QR"), "");
        assert_eq!(terminal(&"a".repeat(5_000)), "");
    }
}
